"""The rule about negation: a `not` that a translation lost, or brought in."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.sentences import split_sentences

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DENIES = {
    "en": re.compile(
        r"[Nn](?:(?<!\w[Nn])(?:(?:ot|OT)\b(?<!or not)(?<!hy not)(?! (?:only|just|merely|least|yet|until|to mention)\b)"
        r"|(?:ever|obody|o one|owhere|either)\b|othing\b(?! (?:but|like|better)\b)"
        r"|o (?!(?:matter|doubt|later|more than|less than|fewer than|longer than|sooner|wonder|problem|pun|one)\b)(?=[a-z]))"
        r"|(?<=cann)ot\b(?! help\b)"
        r"|(?<=\wn)[’']t\b(?! (?:you|he|she|it|we|they|I|just|only|forget|miss|hesitate|help|until)\b))"
    ),
    "es": re.compile(
        r"[NnJjTt](?<!\w[NnJjTt])(?:[oO]\b(?<!¿no)(?! (?:sol[oa]|sólo|solamente|únicamente|obstante|más de|menos de"
        r"|(?:cabe )?dud\w+|olvid\w+|dej\w+ de|bien|te pierdas|se pierda)\b)(?= [a-záéíóúñ])"
        r"|(?:unca|adie|ingun[oa]|ingún)\b(?!\?)|amás\b|ampoco\b)"
    ),
}
"""What denies a sentence; idioms that the other language says without denying are left out.

A set of letters comes first, and then the look back for a word's beginning: so texts without any are read quickly."""

_WORDS = {
    "en": frozenset(
        "no not never nobody none nothing nowhere cannot neither nor without unless hardly scarcely barely rarely seldom"
        " little few fewer less least only just but yet however instead rather far too until till before either zero free despite otherwise out off against contrary void empty beyond above"
        " else false hard stay stays stayed still already while whereas even other others than unlike whether regardless"
        " same static non alone ever gone enough foreign idle blank bare vacant spare pending".split()
    ),
    "es": frozenset(
        "no nunca jamás nadie nada ninguno ninguna ningún tampoco ni sin apenas salvo excepto menos poco poca pocos pocas"
        " lugar lejos solo sola sólo solamente sino aunque pero aún aun todavía contrario cero hasta antes tan otro"
        " otra otros otras difícil mal malo mala fuera mientras incluso siquiera ambos vano deja dejan deje dejó".split()
    ),
}
_STEMS = {
    "en": tuple(
        "ab against avoid ban block broke clos den dis differ difficult doubt exce exclu fail fals forb forg halt ignor"
        " il im in keep lack leav left limit lose losing loss lost mis neglect non omit oppos out over prevent prohibit"
        " refus reject remain remov resist skip sole stop suspend un wrong".split()
    ),
    "es": tuple(
        "abandon anónim ausen carec carent cierr contra dejar dejad dejen dejó demasiad desac desap desco desha desig deson"
        " despr destit desti desvi desus difer disc disgust distint disuad dud erróne escas evit except exceptu exclu fall fals"
        " falt ignor imp inac inad incap incier incl incon incor incumpl indep indif ined inex inf injust inmu inn inser insu"
        " inti intoc inú inval invál irre libr limit mantien manten mera neg nieg nul omi perd pierd poc prohib prohíb qued"
        " rechaz rehus rehús resist simpl suspend únic vací".split()
    ),
}
"""Words, and beginnings of words, that may stand for a denial: lack, exception, contrast, negative prefixes.

Many more words begin so; a text with one of them is given the benefit of the doubt."""


_UNDOES = {
    "en": re.compile(
        r"\b(?:without|fail|doubt|den(?:y|ie)|avoid|miss|refus|reject|prevent|stop|forget|unless|less|lack|rul|im[a-z]{5}"
        r"|un(?!i|der|til|cle)[a-z]{5})",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:sin\b|descart|impo|imped|dud|neg|nieg|fall|evit|dej|menos\b|olvid|rechaz|carec|in(?:capaz|útil|usual))",
        re.IGNORECASE,
    ),
}
"""What turns a denial beside it into its contrary: `no descarta`, `never fails`."""


@rule(
    "negation",
    Severity.WARNING,
    N_("a negation was lost or brought in"),
    N_(
        "The source says no, never or nobody, and nothing in the translation can stand for it, or the other "
        "way round. Words of lack and exception (`without`, `only`, `unless`, `impossible`) are accepted on the other side."
    ),
    Example(
        "The mayor did not approve the budget.",
        "La alcaldesa aprobó el presupuesto.",
        "La alcaldesa no aprobó el presupuesto.",
    ),
    Example(
        "Nadie creía que abriríamos.",
        "Anybody thought that we would open.",
        "Nobody thought that we would open.",
        "en",
        "es",
    ),
)
def find_negation(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find a denial on one side for which nothing on the other can stand, by sentences where there are as many."""
    if {context.source, context.target} != {"en", "es"}:
        return
    denied, denies = _DENIES[context.source], _DENIES[context.target]
    if len(denied.findall(pair.source)) == len(denies.findall(pair.target)):
        return
    for source, start, target in _facing_sentences(pair, context):
        wanted, there = denied.search(source), denies.search(target)
        said = (source, context.source) if wanted else (target, context.target)
        if _UNDOES[said[1]].search(said[0]):
            continue
        if wanted and not there:
            copied = wanted[0] + source[wanted.end() :][:4] in target
            if not copied and not _may_deny(target, context.target):
                yield Hit(_("the source denies this, the translation does not"))
        elif there and not wanted and not _may_deny(source, context.source):
            message = _("the translation denies what the source does not")
            yield Hit(message, start + there.start(), start + there.end())


def _facing_sentences(pair: Pair, context: CheckContext) -> Iterator[tuple[str, int, str]]:
    """Yield sentences that face each other, with the place of the second; both texts whole where they are not as many."""
    sources = split_sentences(pair.source, context.source_locale)
    targets = split_sentences(pair.target, context.target_locale)
    if len(sources) != len(targets):
        sources, targets = (pair.source,), (pair.target,)
    start = 0
    for source, target in zip(sources, targets, strict=True):
        yield source, start, target
        start += len(target)


def _may_deny(text: str, language: str) -> bool:
    known, stems = _WORDS[language], _STEMS[language]
    return any(
        word in known
        or (len(word) > 4 and word.startswith(stems))
        or (language == "en" and word.endswith(("n't", "n’t", "less", "lessly")))
        for word in WORD.findall(text.lower())
    )
