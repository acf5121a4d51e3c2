"""Numbers in Spanish; how they are written follows the Ortografía of the Real Academia Española (2010), chapter VIII."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

from l10n.languages.numerals import Numerals

UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis"
    " veintisiete veintiocho veintinueve"
).split()
TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS = (
    "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient".split()
)
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
_COUNTS = "un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"


def number_words() -> dict[int, frozenset[str]]:
    """Return the words that may stand for a value in running text, whatever else they mean."""
    words: dict[int, set[str]] = {n: {word} for n, word in enumerate(UNITS)}
    for tens, name in enumerate(TENS, 3):
        words[10 * tens] = {name}
        for unit in range(1, 10):
            words[10 * tens + unit] = {
                f"{name} y {UNITS[unit]}",
                f"{name} y un",
                f"{name} y una",
            }
            if unit != 1:
                words[10 * tens + unit] = {f"{name} y {UNITS[unit]}"}
    words[21] |= {"veintiún", "veintiuna"}
    for n, stem in enumerate(_HUNDREDS, 2):
        words.setdefault(100 * n, set()).update({f"{stem}os", f"{stem}as"})
    for n, names in _OTHERS.items():
        words.setdefault(n, set()).update(names.split())
    return {n: frozenset(forms) for n, forms in words.items()}


def suffix(_value: int, former: str) -> str:
    """Return the sign of an ordinal, with the gender of the one it replaces: 2.º, 3.ª; 1.er has no other numbers."""
    return former if former[-1:] in "ºª°" else ".º"


def speak(value: int, former: str) -> str | None:
    """Return a value below a thousand in words; those with a gender only where the former word shows it."""
    if value < len(UNITS):
        # Uno, una, un: the noun decides, and nothing here tells its gender.
        return None if value in (1, 21) else UNITS[value]
    tens, unit = divmod(value, 10)
    if tens < 10:
        return None if unit == 1 else TENS[tens - 3] + (f" y {UNITS[unit]}" if unit else "")
    if value == 100:
        return "cien"
    ending = former[-2:]
    if value < 1000 and value % 100 == 0 and ending in ("os", "as") and len(former) > 6:
        return _HUNDREDS[value // 100 - 2] + ending
    return None


NUMERALS = Numerals(
    cardinals={
        **{word: value for value, word in enumerate(UNITS) if value},
        **{word: 10 * tens for tens, word in enumerate(TENS, 3)},
        "un": 1,
        "una": 1,
        "veintiún": 21,
        "veintiuna": 21,
        "cien": 100,
        "ciento": 100,
        **{
            stem + ending: 100 * n
            for n, stem in enumerate(_HUNDREDS, 2)
            for ending in ("os", "as")
        },
    },
    indefinite=frozenset({"un", "una", "uno"}),
    scales={
        "docena": 12,
        "docenas": 12,
        "mil": 1000,
        "millón": 10**6,
        "millones": 10**6,
        "billón": 10**12,
        "billones": 10**12,
    },
    bare_scales=frozenset({"mil"}),
    joiner="y",
    joins_tens=True,
    halves=frozenset({"medio", "media"}),
    ordinals={
        word + ending: value
        for value, word in enumerate(
            "tercer - - sext séptim octav noven - undécim duodécim".split(), 3
        )
        if word != "-"
        for ending in (("", "o", "a") if word == "tercer" else ("o", "a"))
    },
    vague=frozenset(
        "varios varias unos unas algunos algunas algún alguna pocos pocas muchos muchas par pares docena docenas decena"
        " todos todas todo toda ambos ambas cada distintos distintas diversos diversas múltiples numerosos numerosas puñado"
        " otros otras más mayoría medio media medios mitad cuarto cuartos trío cuarteto quinteto doble triple único única"
        " veces década décadas semanal mensual diario".split()
    ),
    doubtful_ordinals={
        **dict.fromkeys(("primer", "primera", "primero"), 1),
        **{
            stem + ending: value
            for stem, value in (("segund", 2), ("cuart", 4), ("quint", 5))
            for ending in ("o", "a")
        },
    },
    fractions={
        r"((?:la|una) mitad)": 1 / 2,
        rf"({_COUNTS}) tercios?": 1 / 3,
        r"(tres) cuartos(?= de\b)": 1 / 4,
        rf"(?:(?:la|las) )?({_COUNTS}|la) terceras? partes?": 1 / 3,
        rf"(?:(?:la|las) )?({_COUNTS}|la) cuartas? partes?": 1 / 4,
        rf"(?:(?:la|las) )?({_COUNTS}|la) quintas? partes?": 1 / 5,
        rf"({_COUNTS}) quintos?(?= de\b)": 1 / 5,
        rf"(?:(?:la|las) )?({_COUNTS}|la) sextas? partes?": 1 / 6,
        rf"(?:(?:la|las) )?({_COUNTS}|la) octavas? partes?": 1 / 8,
        rf"(?:(?:la|las) )?({_COUNTS}|la) décimas? partes?": 1 / 10,
    },
    decade_before=r"\b(?:años|décadas? de(?: los)?(?: años)?) ?[’']?$",
    century_before=r"\bsiglos? $",
    half_days={
        r"a\.?[ \u00a0]?m\b\.?|de la (?:mañana|madrugada)": "am",
        r"p\.?[ \u00a0]?m\b\.?|de la tarde": "pm",
        "de la noche": "night",
    },
    second_half=(
        r"\btardes?\b|\bnoches?\b|mediod[ií]a|sobremesa|siesta|merienda|vespertin|nocturn|anoche|atardecer"
        r"|\bcenas?\b|ocaso"
    ),
    below_zero=r"(?:[ \u00a0]?°[ \u00a0]?[CF]?| grados?(?: \w+)?)? bajo cero",
    # `Al menos`, `por lo menos` and `cuando menos` are `at least`, `más o menos` is `about`.
    minus=r"(?<!\bal )(?<!\blo )(?<!\bcuando )(?<!\bmás o )menos",
    degrees="grados?",
    compounds="-dimensional",
    range_words=("a", "y", "o", "u", "e", "ni", "hasta"),
    scale_signs={"k": 10**3, "mln": 10**6, "K": 10**3},
    money_scale_signs={"M": 10**6, "MM": 10**6, "m": 10**6, "mdp": 10**6, "mdd": 10**6},
    # A thin space, as the Academy has it; a text that has points keeps its points.
    group="\u00a0",
    least_grouped=5,
    minus_sign="−",
    suffix=suffix,
    speak=speak,
)
