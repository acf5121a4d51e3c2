"""Words of Spanish and English that rules go by: numbers, months, weekdays, languages, function words."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
}

SCALES = {
    "en": {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    "es": {
        "mil millones": 1e9,
        "cien": 1e2,
        "mil": 1e3,
        "millón": 1e6,
        "millones": 1e6,
        "billón": 1e12,
        "billones": 1e12,
    },
}
"""What a word after a number multiplies it by: an English billion is a thousand million."""

# Words that stand in running text of one language and (nearly) never in that of the other.
FUNCTION_WORDS = {
    "en": frozenset(
        "the and of in that with for is are was were this from which you your have has will would by an to it be"
        " been at on or but not they their its his her she we our than then there these those when where who"
        " what how can could should may might must into over about after before because if while such some any"
        " only also between through during under more most other".split()
    ),
    "es": frozenset(
        "el la los las del que y en una por para con se su sus es al lo como más pero le les ya este esta estos"
        " estas son fue era muy sin sobre también hasta hay donde quien desde todo todos todas durante ni contra"
        " ese esa eso ante esto antes algunos algunas otro otra otros otras cuando porque entre según mientras"
        " ha han había puede pueden debe sido ser está están un de o si".split()
    ),
}

_ES_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis"
    " veintisiete veintiocho veintinueve"
).split()
_ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_ES_OTHERS = {
    0: "ningún ninguna ninguno nulo principio",
    1: "un una primer primera primero único única unos unas",
    2: "segundo segunda ambos ambas par pareja doble mitad medio media bi dúo",
    3: "tercer tercera tercero triple trío tripleta terna tercio trimestre",
    4: "cuarto cuarta cuartos",
    5: "quinto quinta",
    6: "sexto sexta semestre",
    7: "séptimo séptima",
    8: "octavo octava",
    9: "noveno novena",
    10: "décimo décima decena década",
    12: "docena año",
    15: "quincena",
    20: "veintena vigésimo vigésima",
    24: "día",
    60: "minuto hora",
    100: "cien ciento centenar siglo",
    500: "quinientos quinientas",
    1000: "mil millar",
}
_EN_OTHERS = {
    0: "no none nil null scratch beginning",
    1: "a an first once single only",
    2: "second both pair double twice half couple two",
    3: "third triple thrice trio quarter",
    4: "fourth quarter quarters",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth decade",
    11: "eleventh",
    12: "twelfth dozen noon year",
    15: "fortnight",
    20: "twentieth score",
    24: "day midnight",
    60: "minute hour",
    100: "hundred hundredth century",
    1000: "thousand thousandth",
}


def _spanish() -> dict[int, set[str]]:
    words: dict[int, set[str]] = {n: {word} for n, word in enumerate(_ES_UNITS)}
    for tens, name in enumerate(_ES_TENS, 3):
        words[10 * tens] = {name}
        for unit in range(1, 10):
            words[10 * tens + unit] = {
                f"{name} y {_ES_UNITS[unit]}",
                f"{name} y un",
                f"{name} y una",
            }
            if unit != 1:
                words[10 * tens + unit] = {f"{name} y {_ES_UNITS[unit]}"}
    words[21] |= {"veintiún", "veintiuna"}
    hundreds = (
        "doscient",
        "trescient",
        "cuatrocient",
        "quinient",
        "seiscient",
        "setecient",
        "ochocient",
        "novecient",
    )
    for n, stem in enumerate(hundreds, 2):
        words.setdefault(100 * n, set()).update({f"{stem}os", f"{stem}as"})
    for n, others in _ES_OTHERS.items():
        words.setdefault(n, set()).update(others.split())
    return words


def _english() -> dict[int, set[str]]:
    words: dict[int, set[str]] = {n: {word} for n, word in enumerate(_EN_UNITS)}
    for tens, name in enumerate(_EN_TENS, 2):
        words[10 * tens] = {name}
        for unit in range(1, 10):
            words[10 * tens + unit] = {f"{name}-{_EN_UNITS[unit]}", f"{name} {_EN_UNITS[unit]}"}
    for n in range(2, 10):
        words[100 * n] = {f"{_EN_UNITS[n]} hundred"}
    for n, others in _EN_OTHERS.items():
        words.setdefault(n, set()).update(others.split())
    return words


NUMBER_WORDS = {"en": _english(), "es": _spanish()}
"""Value → what may stand for it in running text, ordinals and collectives too."""

LANGUAGES_ES = (
    "español|inglés|francés|alemán|italiano|portugués|chino|japonés|ruso|árabe|catalán|gallego|euskera|vasco"
    "|valenciano|latín|griego|hebreo|coreano|holandés|neerlandés|sueco|noruego|danés|finés|finlandés|polaco"
    "|rumano|húngaro|checo|turco|hindi|quechua|guaraní|náhuatl|castellano|ucraniano|búlgaro"
)
"""Languages in Spanish, as an alternation."""

LANGUAGES_EN = (
    "english|spanish|french|german|italian|portuguese|chinese|japanese|russian|arabic|catalan|galician|basque"
    "|hebrew|korean|dutch|swedish|norwegian|danish|finnish|polish|romanian|hungarian|turkish|hindi"
    "|quechua|ukrainian|european|american|british|african|asian|mexican|argentinian|chilean|colombian|peruvian"
    "|cuban|canadian|australian|irish|scottish|welsh|andalusian"
)
"""Languages and nationalities in English, in lower case, as an alternation."""

BRITISH = {
    "colour": "color",
    "favour": "favor",
    "flavour": "flavor",
    "harbour": "harbor",
    "honour": "honor",
    "humour": "humor",
    "labour": "labor",
    "neighbour": "neighbor",
    "neighbourhood": "neighborhood",
    "rumour": "rumor",
    "behaviour": "behavior",
    "favourite": "favorite",
    "centre": "center",
    "metre": "meter",
    "kilometre": "kilometer",
    "litre": "liter",
    "theatre": "theater",
    "fibre": "fiber",
    "catalogue": "catalog",
    "dialogue": "dialog",
    "analyse": "analyze",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "grey": "gray",
    "jewellery": "jewelry",
    "traveller": "traveler",
    "travelling": "traveling",
    "travelled": "traveled",
    "cancelled": "canceled",
    "cancelling": "canceling",
    "labelled": "labeled",
    "programme": "program",
    "tyre": "tire",
    "kerb": "curb",
    "plough": "plow",
    "aeroplane": "airplane",
    "aluminium": "aluminum",
    "organise": "organize",
    "organised": "organized",
    "organisation": "organization",
    "recognise": "recognize",
    "realise": "realize",
    "realised": "realized",
    "apologise": "apologize",
    "cheque": "check",
    "pyjamas": "pajamas",
    "mould": "mold",
    "sceptical": "skeptical",
    "storey": "story",
}
"""British spelling → American spelling."""

ONLY_BRITISH = frozenset(BRITISH) - {"dialogue", "catalogue"}
"""Spellings that American English does not have at all."""

ONLY_AMERICAN = {
    american: british
    for british, american in BRITISH.items()
    # The others exist in British English with another meaning, or in the spelling of Oxford.
    if american
    not in {
        "check",
        "curb",
        "dialog",
        "license",
        "meter",
        "program",
        "story",
        "tire",
        "catalog",
        "fiber",
        "mold",
        "organize",
        "organized",
        "organization",
        "recognize",
        "realize",
        "realized",
        "apologize",
    }
}
"""American spelling that British English does not have → British spelling."""

AMERICAN_SPANISH = frozenset({"MX", "US", "419", "AR", "CO", "CL", "PE", "VE", "EC", "GT", "CU", "BO", "DO", "HN",
                              "PY", "SV", "NI", "CR", "PR", "PA", "UY"})  # fmt: skip
"""Regions where the second person plural is `ustedes`."""

POINT_DECIMALS = frozenset(
    {"MX", "US", "419", "GT", "HN", "SV", "NI", "PA", "DO", "PE", "PR", "CU"}
)
"""Regions of Spanish that write 3.5 and 12,500; the others write 3,5 and 12.500 (Unicode CLDR)."""

EUROPEAN_WORDS = {
    "computadora": "ordenador",
    "computadoras": "ordenadores",
    "ícono": "icono",
    "íconos": "iconos",
    "video": "vídeo",
    "videos": "vídeos",
}
"""Said in America → said in Spain."""
