"""Spanish: what the desk knows of it."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

from l10n.interface import N_
from l10n.languages import Language

_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis"
    " veintisiete veintiocho veintinueve"
).split()
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_OTHERS = {
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


def _number_words() -> dict[int, frozenset[str]]:
    words: dict[int, set[str]] = {n: {word} for n, word in enumerate(_UNITS)}
    for tens, name in enumerate(_TENS, 3):
        words[10 * tens] = {name}
        for unit in range(1, 10):
            words[10 * tens + unit] = {
                f"{name} y {_UNITS[unit]}",
                f"{name} y un",
                f"{name} y una",
            }
            if unit != 1:
                words[10 * tens + unit] = {f"{name} y {_UNITS[unit]}"}
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
    for n, others in _OTHERS.items():
        words.setdefault(n, set()).update(others.split())
    return {n: frozenset(forms) for n, forms in words.items()}


_FUNCTION_WORDS = frozenset(
    "el la los las del que y en una por para con se su sus es al lo como más pero le les ya este esta estos"
    " estas son fue era muy sin sobre también hasta hay donde quien desde todo todos todas durante ni contra"
    " ese esa eso ante esto antes algunos algunas otro otra otros otras cuando porque entre según mientras"
    " ha han había puede pueden debe sido ser está están un de o si".split()
)
_LANGUAGES = (
    "español|inglés|francés|alemán|italiano|portugués|chino|japonés|ruso|árabe|catalán|gallego|euskera|vasco"
    "|valenciano|latín|griego|hebreo|coreano|holandés|neerlandés|sueco|noruego|danés|finés|finlandés|polaco"
    "|rumano|húngaro|checo|turco|hindi|quechua|guaraní|náhuatl|castellano|ucraniano|búlgaro"
).split("|")

AMERICAN = frozenset({"MX", "US", "419", "AR", "CO", "CL", "PE", "VE", "EC", "GT", "CU", "BO", "DO", "HN",
                              "PY", "SV", "NI", "CR", "PR", "PA", "UY"})  # fmt: skip
"""Regions where the second person plural is `ustedes`."""

EUROPEAN_WORDS = {
    "computadora": "ordenador",
    "computadoras": "ordenadores",
    "ícono": "icono",
    "íconos": "iconos",
    "video": "vídeo",
    "videos": "vídeos",
}
"""Said in America → said in Spain."""

LANGUAGE = Language(
    code="es",
    name=N_("Spanish"),
    months=(
        *"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    ),
    month_variants={"setiembre": 9},
    weekdays=(*"lunes martes miércoles jueves viernes sábado domingo".split(),),
    number_words=_number_words(),
    scales={
        "mil millones": 1e9,
        "cien": 1e2,
        "mil": 1e3,
        "millón": 1e6,
        "millones": 1e6,
        "billón": 1e12,
        "billones": 1e12,
    },
    decimal=",",
    group=".",
    point_regions=frozenset(
        {"MX", "US", "419", "GT", "HN", "SV", "NI", "PA", "DO", "PE", "PR", "CU"}
    ),
    noon=("mediodía", "medianoche"),
    clock_words={0: ("en punto",), 15: ("y cuarto",), 30: ("y media",), 45: ("menos cuarto",)},
    hour_marks=r"h\b|horas\b|[ap]\.?[\s\u00a0]?m\b",
    units={
        "km/h": "kil[oó]metros por hora",
        "mph": "millas por hora",
        "km": "kil[oó]metros?",
        "m": "metros?",
        "cm": "cent[ií]metros?",
        "mm": "mil[ií]metros?",
        "mi": "millas?",
        "yd": "yardas?",
        "ft": "pies?",
        "in": "pulgadas?",
        "t": "toneladas?",
        "kg": "kilos?|kilogramos?",
        "g": "gramos?",
        "lb": "libras?",
        "oz": "onzas?",
        "l": "litros?",
        "ml": "mililitros?",
        "gal": "galones|gal[oó]n",
        "ha": "hect[aá]reas?",
        "ac": "acres?",
        "°C": "grados (?:Celsius|cent[ií]grados)",
        "°F": "grados Fahrenheit",
        "s": "segundos?",
        "min": "minutos?",
        "h": "horas?",
        "d": "d[ií]as?",
        "week": "semanas?",
        "month": "mes(?:es)?",
        "year": "años?",
    },
    currencies={
        "$": "d[oó]lar(?:es)?|pesos?",
        "€": "euros?",
        "£": "libras?|esterlinas?",
        "¥": "yens?|yenes|yuan(?:es)?",
    },
    percent_words="por ?cien|porcentaje",
    opens_marks=True,
    clause_words=("pero", "y", "o", "si", "que"),
    quote_space="",
    spaced_marks="",
    quotes=(("«", "»"), ("“", "”"), ("‘", "’")),
    home="ES",
    quotes_abroad=("“", "”"),
    stops_after_quotes=True,
    capitalises_headings=False,
    function_words=_FUNCTION_WORDS,
    language_names=tuple(_LANGUAGES),
)
