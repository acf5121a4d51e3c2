"""Numbers in English."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

from l10n.languages.numerals import Numerals

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_OTHERS = {
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
_ORDINALS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_COUNTS = "one|a|an|two|three|four|five|six|seven|eight|nine|ten"
_PARTS = {3: "third", 4: "quarter|fourth", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}


def number_words() -> dict[int, frozenset[str]]:
    """Return the words that may stand for a value in running text, whatever else they mean."""
    words: dict[int, set[str]] = {n: {word} for n, word in enumerate(UNITS)}
    for tens, name in enumerate(TENS, 2):
        words[10 * tens] = {name}
        for unit in range(1, 10):
            words[10 * tens + unit] = {f"{name}-{UNITS[unit]}", f"{name} {UNITS[unit]}"}
    for n in range(2, 10):
        words[100 * n] = {f"{UNITS[n]} hundred"}
    for n, names in _OTHERS.items():
        words.setdefault(n, set()).update(names.split())
    return {n: frozenset(forms) for n, forms in words.items()}


def suffix(value: int, _former: str) -> str:
    """Return the ending of an ordinal: 21st, 12th."""
    if value % 100 in range(11, 14):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def speak(value: int, _former: str) -> str | None:
    """Return a value below a hundred in words; larger ones are written in digits."""
    if value < len(UNITS):
        return UNITS[value]
    tens, unit = divmod(value, 10)
    if tens >= 10:
        return None
    return TENS[tens - 2] + (f"-{UNITS[unit]}" if unit else "")


NUMERALS = Numerals(
    cardinals={
        **{word: value for value, word in enumerate(UNITS) if value},
        **{word: 10 * tens for tens, word in enumerate(TENS, 2)},
    },
    indefinite=frozenset({"one"}),
    counts_before_scale=("a", "an"),
    scales={
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
    },
    joiner="and",
    halves=frozenset({"half"}),
    ordinals={word: value for value, word in enumerate(_ORDINALS, 3)},
    doubtful_ordinals={"first": 1, "second": 2},
    vague=frozenset(
        "several some few many couple pair pairs dozen dozens all both various multiple numerous handful each every any"
        " other others more most half quarter quarters trio quartet quintet double triple single once twice"
        " decade decades weekly monthly daily whole".split()
    ),
    fractions={
        r"(half)(?: of)?(?= (?:the|of|its|their|his|her|our|my|all|those|these)\b)": 1 / 2,
        **{rf"({_COUNTS})[ -](?:{name})s?(?= of\b)": 1 / part for part, name in _PARTS.items()},
        r"(two|three|four|five|seven|nine)[ -]thirds": 1 / 3,
        r"(three)[ -]quarters": 1 / 4,
    },
    decades={
        "twenties": 20,
        "thirties": 30,
        "forties": 40,
        "fifties": 50,
        "sixties": 60,
        "seventies": 70,
        "eighties": 80,
        "nineties": 90,
    },
    century_after=r"(?:st|nd|rd|th)[ \u00a0-]centur",
    half_days={
        r"a\.?[ \u00a0]?m\b\.?|(?:o’?'?clock )?in the (?:early )?morning": "am",
        r"p\.?[ \u00a0]?m\b\.?|(?:o’?'?clock )?in the (?:afternoon|evening)": "pm",
        "(?:o’?'?clock )?at night": "night",
    },
    second_half=r"noon\b|evening|night|midday|dinner|supper|teatime|dusk|sunset",
    below_zero=r"(?:[ \u00a0]?°[ \u00a0]?[CF]?| degrees?(?: \w+)?)? below (?:zero|freezing)",
    minus="minus",
    minus_tells=True,
    degrees="degrees?",
    compounds="-dimensional",
    range_words=("to", "and", "or", "nor", "through"),
    scale_signs={"k": 10**3, "mln": 10**6, "K": 10**3, "bn": 10**9, "tn": 10**12},
    money_scale_signs={"m": 10**6, "M": 10**6, "mn": 10**6, "B": 10**9, "b": 10**9},
    group=",",
    suffix=suffix,
    speak=speak,
)
