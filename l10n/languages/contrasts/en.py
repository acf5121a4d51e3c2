"""Small words of English on which the sense of a sentence hangs."""

from l10n.languages.contrasts import Contrasts

CONTRASTS = Contrasts(
    company=r"(?<!away )(?<!along )(?<!deal )\bwith\b",
    lack=r"\bwithout\b(?! (?:further|much))",
    lacking=(
        r"\b(?:no|not|never|none|nor|neither|nothing|nobody|lack\w*|free|fail\w*|miss\w*|unless|except|other than|rather|instead|avoid\w*|omit\w*"
        r"|regardless|regarding|absen\w*|exclud\w*|disab\w*|remov\w*|skip\w*|ignor\w*|prevent\w*|stop\w*|un(?!ion|ive|ique|it|der|til)\w{4,}|in(?:complet|sufficien|dependen|valid|visibl|capab|activ|accessibl)\w*|dis(?:abl|connect|card|arm|regard)\w*|non\w*"
        r"|independent\w*|out|off|before|but|\w{3,}less(?:ly)?|bare|plain|alone|only|empty|blank|null|zero)\b|n[’']t\b|\w-free\b|-less\b"
    ),
    only=r"(?<!\bnot )(?<!if )(?<!the )(?<!an )(?<!-)\bonly\b(?! (?:if|child|one|ones|way|thing|difference|when|just)\b)|(?<!\bnot )\bsolely\b",
    excluding=(
        r"\b(?:only|just|solely|merely|exclusively|alone|limited|restrict\w*|unless|except|but|nothing|no|not|until|sole|single|simply|barely|lone"
        r"|unique|uniquely|purely|mere|exclusive|nobody|none|never|is all|all (?:it|that|you)|however|unlike|without|even|at least|strictly|specific\w*)\b|n[’']t\b"
    ),
    more=r"(?<!\bno )(?<!any )\bmore\b(?! (?:or less|than|information|about|on|details|to)\b)",
    less=r"(?<!or )(?<!\bno )(?<!more or )\b(?:less|fewer)\b(?! than\b)",
    comparing=r"\w{3,}er\b|\b(?:less|fewer|more|least|most|worse|better|short\w*|rather|than|too|enough|not|no|hardly|unless|un(?!der|til|it|ion|ive|ique)\w{4,}|in(?:complet|sufficien|expensiv|ferior)\w*)\b|n[’']t\b",
    words={
        "company": frozenset({"with"}),
        "lack": frozenset({"without"}),
        "more": frozenset({"more"}),
        "less": frozenset({"less", "fewer"}),
    },
    over=r"(?:(?<!\bno )(?<!\bnot )more than|\bover|\babove|at least|(?<!\bnot )exceeding|a minimum of|no fewer than|no less than|upwards of)",
    under=r"(?:(?<!\bno )(?<!\bnot )(?:less|fewer) than|\bunder|\bbelow|at most|up to|a maximum of|no more than|not more than)",
    reaching=r"(?: ?[-–—] ?| (?:to|out of|until|till|through) )",
    between=("between", "and"),
    leaving=frozenset({"from"}),
    passive=r"\b(?:by|was|were|been|being|be|is|are|to|than|as|like|from)\b",
    marks=r"(?:to be translated|translate(?: me| this)?|needs? (?:translation|review)|untranslated|not translated|missing translation|pending)",
    answers=(
        r"as an ai\b|as a(?:n ai)? language model|i[’']m sorry,?(?: but)?(?: as an? [\w ]{2,30},?)? i (?:can|am|[’']m)|i cannot (?:translate|help|assist)|i can[’']t (?:translate|help|assist)"
        r"|(?:sure|certainly|of course)[,!] here(?: is|[’']s)\b|here(?: is|[’']s) (?:the|a|your) translation|the translation (?:is|of)\b[^.]*:|translation:"
    ),
)
