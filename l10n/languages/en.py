"""English: what the desk knows of it."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Mapping

from l10n.interface import N_
from l10n.languages import Language, without_ending
from l10n.languages.concord import Agreement
from l10n.languages.contrasts import en as contrasts
from l10n.languages.numerals import en as numerals
from l10n.languages.traits import DateOrder, Dates, Negation, PageWords, Usage

_FUNCTION_WORDS = frozenset(
    "the and of in that with for is are was were this from which you your have has will would by an to it be"
    " been at on or but not they their its his her she we our than then there these those when where who"
    " what how can could should may might must into over about after before because if while such some any"
    " only also between through during under more most other".split()
)
_TELLTALE_WORDS = frozenset(
    "the and of with that because they their these those there where but have would could should must are was"
    " were been not is it or at by be an may".split()
)
_LANGUAGES = (
    "english|spanish|french|german|italian|portuguese|chinese|japanese|russian|arabic|catalan|galician|basque"
    "|hebrew|korean|dutch|swedish|norwegian|danish|finnish|polish|romanian|hungarian|turkish|hindi"
    "|quechua|ukrainian|european|american|british|african|asian|mexican|argentinian|chilean|colombian|peruvian"
    "|cuban|canadian|australian|irish|scottish|welsh|andalusian"
).split("|")

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

_DATES = Dates(
    capitals=True,
    dated=(
        r"\b(?P<month>MONTH) (?P<day>\d{1,2})(?:st|nd|rd|th)?\b",
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>MONTH)\b",
    ),
    misordered=(
        DateOrder(
            r"\b(?P<day>\d{1,2}) of (?P<month>MONTH) of (?P<year>\d{4})",
            "{month} {day}{year}",
            ", {year}",
        ),
        DateOrder(
            r"(?<!\d of )\b(?P<month>MONTH) of (?P<year>\d{4})", "{month}{year}", " {year}"
        ),
        DateOrder(
            r"\b(?P<day>\d{1,2}) of (?P<month>MONTH)\b(?! of)", "{month} {day}{year}", ""
        ),
    ),
    day_first={"US": False},
    foreign_hour=(
        r"(?<![\d.,:])(?:[01]?\d|2[0-4])[.:][0-5]\d[ \u00a0]?(?:h\b|hs\b|hrs\b|horas\b)"
        r"|\b\d{1,2} (?:horas|hs)\b"
    ),
    hour_message=N_("English writes hours without h"),
    ambiguous=("March", "May"),
    cues=("in", "of", "since", "until", "by", "last", "next", "to", "and", "from"),
    ambiguous_small=("march", "may", "august"),
    sure_cues=("in", "of"),
)

_NEGATION = Negation(
    denies=(
        r"[Nn](?:(?<!\w[Nn])(?:(?:ot|OT)\b(?<!or not)(?<!hy not)(?! (?:only|just|merely|least|yet|until|to mention)\b)"
        r"|(?:ever|obody|o one|owhere|either)\b|othing\b(?! (?:but|like|better)\b)"
        r"|o (?!(?:matter|doubt|later|more than|less than|fewer than|longer than|sooner|wonder|problem|pun|one)\b)(?=[a-z]))"
        r"|(?<=cann)ot\b(?! help\b)"
        r"|(?<=\wn)[’']t\b(?! (?:you|he|she|it|we|they|I|just|only|forget|miss|hesitate|help|until)\b))"
    ),
    words=frozenset(
        "no not never nobody none nothing nowhere cannot neither nor without unless hardly scarcely barely rarely seldom"
        " little few fewer less least only just but yet however instead rather far too until till before either zero free despite otherwise out off against contrary void empty beyond above"
        " else false hard stay stays stayed still already while whereas even other others than unlike whether regardless"
        " same static non alone ever gone enough foreign idle blank bare vacant spare pending".split()
    ),
    stems=tuple(
        "ab against avoid ban block broke clos den dis differ difficult doubt exce exclu fail fals forb forg halt ignor"
        " il im in junk keep lack leav left limit lose losing loss lost mis negat neglect non omit oppos out over prevent prohibit"
        " refus reject remain remov resist skip sole stop suspend un wrong".split()
    ),
    endings=("n't", "n’t", "less", "lessly"),
    plain=frozenset("no not non never nobody none nothing nor without cannot".split()),
    plain_endings=("n't", "n’t"),
    undoes=(
        r"\b(?:without|exclud|fail|doubt|den(?:y|ie)|avoid|miss|refus|reject|prevent|stop|forget|unless|less|lack|rul|im[a-z]{5}"
        r"|un(?!i|der|til|cle)[a-z]{5})"
    ),
    predicate=(
        r" (?:(?:been|be|being|an?|the|all|very|yet|in|of) )*(?:\w+(?:ed|able|ible|ing|en|al|ive|ent|ant|ic|own|id)|be|have|do|possible|need|use|available)\b"
    ),
)


_ENDINGS = frozenset(
    "ization ations ation ments ment ities ity ness ings ing ies ied edly ed ly es s e".split()
)


def _stem(word: str) -> str:
    if len(word) < 4:
        return word
    root = without_ending(word, _ENDINGS)
    if word[len(root) :] in {"ies", "ied"}:
        root += "i"
    # `stopped` and `stopping` are `stop`, but `fall`, `pass` and `buzz` keep both letters.
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        root = root[:-1]
    return (root[:-1] + "i" if root.endswith("y") else root)[:7]


def _usage(words: Mapping[str, str]) -> Usage:
    message = N_("{region} English writes {word}")
    return Usage(message, words, endings=("s", "ed", "ing", "d"), leaves_copied=True)


_AMERICAN = _usage({british: BRITISH[british] for british in ONLY_BRITISH})
_COMMONWEALTH = _usage(ONLY_AMERICAN)

_STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being below"
    " between both but by can cannot could did do does doing down during each every few for from further"
    " had has have having he her here hers him his how i if in into is it its itself just like made make"
    " many may me more most much must my new no nor not now of off on once one only or other our out over"
    " own said same says she should so some such than that the their them then there these they this"
    " those three through to too two under until up us very was we were what when where which while who"
    " whom why will with would yet you your".split()
)

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
}


def _singulars(word: str) -> set[str]:
    if word in _IRREGULAR:
        return {_IRREGULAR[word]}
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return set()
    forms = {word[:-1]}
    if word.endswith("ies"):
        forms.add(word[:-3] + "y")
    elif word.endswith("ves"):
        forms |= {word[:-3] + "f", word[:-3] + "fe"}
    elif word.endswith("es"):
        forms.add(word[:-2])
    return forms


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"


_AUXILIARIES = frozenset(
    "am is are was were do does did have has had can could will would shall should may might must ought"
    " cannot ain aren".split()
)

_PREPOSITIONS = (
    "across against along although among around behind beside beyond despite except including inside like near off"
    " onto outside past per regarding since though throughout toward towards unless unlike upon via whether within"
    " without because half twice quite rather shall might"
)
_NO_VERBS = "|".join(sorted({*_STOP_WORDS, *_PREPOSITIONS.split()} - {"make"}))
_DETERMINERS = "the|an?|your|this|these|those|all|any|each|every|both|it|them|its|my|our|his|her|their|some|no"
_INSTRUCTION = (
    r"(?:please\b|do not\b|don[’']t\b|let[’']s\b"
    # A word in its bare form before an article, and no small word or form of another kind.
    rf"|(?!(?:{_NO_VERBS})\b)[a-z]+(?<!ing)(?<!ed)(?<![^s]s)(?<!ly)\s+(?:(?:up|off|on|in|out)\s+)?(?:{_DETERMINERS})\b"
    # A key or a name in capitals throughout: Press F5, never Press Release.
    r"|(?:press|hold|release|hit|tap|click|type|choose|select)\s+(?-i:[A-Z][A-Z\d+]+\b|[A-Z][a-z]*\+\w)"
    r"|(?:press|tap|touch) and hold\b)"
)
"""`Open the door`, `Please wait`, `Do not touch it`: an imperative has no subject and no ending."""

LANGUAGE = Language(
    code="en",
    name=N_("English"),
    months=(
        *"January February March April May June July August September October November December".split(),
    ),
    weekdays=(*"Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),),
    dates=_DATES,
    number_words=numerals.number_words(),
    numerals=numerals.NUMERALS,
    scales={"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    decimal=".",
    group=",",
    noon=("noon", "midday", "midnight"),
    clock_words={
        0: ("o'clock", "o’clock"),
        15: ("quarter past",),
        30: ("half past",),
        45: ("quarter to",),
    },
    hour_marks=r"h\b|o’?'?clock\b|[ap]\.?[\s\u00a0]?m\b",
    units={
        "km/h": "kilomet(?:er|re)s (?:per|an) hour",
        "km²": r"square kilomet(?:er|re)s?|sq\.? km\.?",
        "m²": r"square met(?:er|re)s?|sq\.? m\.?",
        "mi²": r"square miles?|sq\.? mi(?:les?)?\.?",
        "ft²": r"square (?:feet|foot)|sq\.? ft\.?",
        "mph": "miles (?:per|an) hour",
        "km": "kilomet(?:er|re)s?",
        "m": "met(?:er|re)s?",
        "cm": "centimet(?:er|re)s?",
        "mm": "millimet(?:er|re)s?",
        "mi": "miles?",
        "yd": "yards?",
        "ft": "feet|foot",
        "in": "inch(?:es)?",
        "t": "tons?|tonnes?",
        "kg": "kilos?|kilograms?",
        "g": "grams?",
        "lb": "pounds?",
        "oz": "ounces?",
        "l": "lit(?:er|re)s?",
        "ml": "millilit(?:er|re)s?",
        "gal": "gallons?",
        "ha": "hectares?",
        "ac": "acres?",
        "°C": "degrees Celsius|degrees centigrade",
        "°F": "degrees Fahrenheit",
        "s": "seconds?",
        "min": "minutes?",
        "h": "hours?",
        "d": "days?",
        "week": "weeks?",
        "month": "months?",
        "year": "years?",
    },
    currencies={
        "$": "dollars?|pesos?|bucks",
        "€": "euros?",
        "£": r"pounds?(?! of\b)|sterling|quid",
        "¥": "yens?|yuan",
    },
    percent_space="",
    quantities="points|times|people",
    ordinal="1st",
    foreign_ordinal=(
        r"\.[ºª°]|[ºª](?!\s?[CF]\b)|\.?(?:er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na)\b"
    ),
    long_scale=False,
    billions=r"\b(b|tr)illions?\b",
    billion_message=N_("a Spanish billón is a trillion in English, mil millones a billion"),
    percent_words=r"percent|per cent|\bpct\b",
    home="US",
    opens_marks=False,
    quote_space="",
    spaced_marks="",
    quotes=(("“", "”"), ("‘", "’")),
    capitalises_names_of_languages=True,
    language_idioms=(
        "(?:french (?:fries|toast|window|door|press)|turkish (?:bath|delight)|danish pastr|polish(?:es|ed)?\\b"
        "|swedish massage|dutch oven|irish coffee|welsh rarebit|english muffin)"
    ),
    always_capital=("I",),
    capitalises_headings=True,
    capital_behind_colon=True,
    doubled_words=frozenset(
        "had that very so bye no is blah ha long more really far many again never knock well".split()
    ),
    usage={
        "US": _AMERICAN,
        **dict.fromkeys(("GB", "IE", "AU", "NZ", "ZA", "IN"), _COMMONWEALTH),
    },
    capitals_mark_names=True,
    word_endings=(
        "[stx]ion|t[oe]r|ment|ity|ty|[ae]n[ct]e|[ae]nt|ism|ist|ics?|[ct]ial|nal|ive|ure|ory|ary|ogy|phy|ed|ing|ous"
        "|ble|ian|ese|ish"
    ),
    verbosity=1.0,
    negation=_NEGATION,
    contrasts=contrasts.CONTRASTS,
    contrary_prefixes=("un", "dis", "in", "im", "il", "ir", "non", "de", "mis"),
    weakening_words=frozenset("hardly less scarcely barely too".split()),
    agreement=Agreement(
        wrong=(
            r"(?P<pair>(?:The|These|Those) (?P<noun>[a-z]+s) (?:is|was|has|does|isn’t|isn't|wasn’t|wasn't|hasn’t|hasn't))\b",
        ),
        not_plural=frozenset(
            "news means series species headquarters physics mathematics politics economics gas bus class process"
            " business success access address lens canvas alias status basis analysis crisis press glass loss boss".split()
        ),
    ),
    article_before_vowel=("a", "an"),
    vowel_sound=r"(?!one\b|once\b)(?:[aio]|e(?!u)|u(?!ni|s|r|k|t)|hour|honest|honou?r|heir)",
    subjects=frozenset("i you he she it we they".split()),
    drops_subjects=False,
    auxiliaries=_AUXILIARIES,
    asked_subjects=frozenset("who what which whose how".split()),
    instruction=_INSTRUCTION,
    # A verb with `it` ends in s, or tells what was: `It install` is nobody's.
    order_with_subject=(
        r"It (?!\w*(?:[^\Ws]s|ed)\b|(?:can|could|may|might|must|ought|shall|should|will|would|had|did)\b)(?=[a-z])"
    ),
    # The usual list of grammars: of being, having, thinking and feeling.
    stative_verbs=frozenset(
        "agree appear be believe belong concern consist contain cost depend deserve exist fit hate have include involve"
        " know lack like love matter mean need owe own possess prefer realise realize recognise recognize resemble satisfy"
        " seem suppose understand want weigh wish".split()
    ),
    stated_order=r"It (?P<verb>[a-z]+s)\b|You (?=do not [a-z])",
    slips=(
        # Apertium takes `el señor Blanco` for any gentleman.
        (r"\b[Tt]he gentleman (?=[A-Z])", "Mr "),
        (r"\b[Tt]he lady (?=[A-Z])", "Mrs "),
        (r"\b[Tt]he (?=(?:Mr|Mrs|Ms|Dr|Prof)\.)", ""),
        (r"\b(?:to|in) the(?= \d{1,2}(?::\d\d)?[ \u00a0]?[ap]\.[ \u00a0]?m\.)", "at"),
    ),
    please=r"please\b|let[’']s\b",
    denied_instruction=r"(?:do not|don[’']t)\s+",
    purpose="to",
    denied_purpose="not to",
    verb_forms=r"\w{2,}(?:ed|ing)",
    head_first=False,
    stop_words=_STOP_WORDS,
    linking_words=frozenset("of the".split()),
    function_words=_FUNCTION_WORDS,
    telltale_words=_TELLTALE_WORDS,
    gendered_words=frozenset(
        "he she his her him hers himself herself man woman men women boy girl mr mrs ms father mother son"
        " daughter brother sister husband wife king queen actor actress".split()
    ),
    dictionary_lacks_names=True,
    place_words=frozenset(
        "of in from to at near for with by between around towards through outside against about".split()
    ),
    articles=frozenset("The A An".split()),
    letters="",
    plural_forms="nplurals=2; plural=(n != 1);",
    singulars=_singulars,
    plural=_plural,
    stem=_stem,
    language_names=tuple(_LANGUAGES),
    page_words=PageWords(
        questions="frequently asked questions|faqs?|questions (?:and|&) answers|q ?& ?a",
        author_box="filed under|tags|about the authors?",
        byline=("by", "written by", "words by", "reporting by"),
        pictures="photo|photos|photograph|image|picture|credit|illustration",
        furniture=(
            "related (?:articles?|videos?|stories|posts|content|news|links)|read (?:more|also|next)|see also"
            "|you (?:may|might) also like|more (?:on this|from|stories|news)|share(?: this)?(?: article| story)?"
            "|sign up|subscribe|newsletter|advertisement|follow us|most (?:read|popular)|comments?"
            "|leave a comment|all rights reserved"
        ),
    ),
)
