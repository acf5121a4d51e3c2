"""How far a machine draft can be trusted: a band with its reasons, never a made-up percentage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from l10n.drafting.estimator import Chance
from l10n.engines.answers import is_copy, said_twice, squeeze, unusable_reason
from l10n.interface import N_, gettext
from l10n.languages import Language, known_languages, language_of, primary
from l10n.model import Band, Draft
from l10n.text.given_names import is_given_name
from l10n.text.language import judge_language, readable_words
from l10n.text.names import is_name
from l10n.text.numbers import same_numbers
from l10n.text.persons import lost_persons, translated_names

REASONS = {
    "empty": N_("the engine gave nothing"),
    "repeats": N_("the draft repeats itself in a loop"),
    "length": N_("the draft is far longer or shorter than its source"),
    "debris": N_("the draft holds debris of the engine’s alphabet"),
    "copied": N_("the draft is the source text unchanged"),
    "twice": N_("the draft says something twice in a row: {words}"),
    "unreadable": N_("the engine’s answer could not be read"),
    "long": N_("the sentence is longer than the engine can take"),
    "truncated": N_("the engine stopped before the end"),
    "unsure": N_("the model was unsure of its words"),
    "wavering": N_("the model wavered between words"),
    "unknown": N_("some words are unknown to the engine: {words}"),
    "numbers": N_("numbers differ from the source"),
    "name": N_("a name is not that of the source: {words}"),
    "renamed": N_("words with capitals, which may be a name, were translated: {words}"),
    "inverted": N_("¿ or ¡ is missing"),
    "casing": N_("capitals differ from the source"),
    "ending": N_("the closing punctuation differs"),
    "untranslated": N_("some words stayed in the source language: {words}"),
    "uneven": N_("the length is unusual for a translation"),
    "unproven": N_("a long sentence, and the engine does not say how sure it is"),
    "subject": N_("the engine put a subject in that the source does not name: {words}"),
    "statement": N_("an instruction may have become a statement"),
    "question": N_("the verb of a question does not stand before its subject"),
    "capitals": N_("capitals within a sentence that the source does not ask for: {words}"),
    "doubtful": N_("hardly any draft of this kind could be used after a light edit"),
    "more": N_("the draft has more sentences than its source"),
    "check": N_("a check says: {words}"),
    "disagree": N_("two engines disagree"),
    "guessed": N_("the place of some markup is a guess"),
    "runs": N_("the text between markup was translated piece by piece"),
    "terms": N_("a glossary term is not used: {words}"),
    "enforced": N_("a glossary term was put in: {words}"),
    "learnt": N_("put in as reviewers have before: {words}"),
}
"""Every reason by its code, as a person reads it."""

UNUSABLE = frozenset({"empty", "repeats", "length", "debris"})
"""With one of these a draft is never written."""

_POOR = frozenset({"copied", "doubtful", "truncated", "unsure", "numbers", "runs"})
"""One of these makes a draft poor."""

HARMLESS = frozenset({"enforced", "learnt"})
"""What says what was done, not what is wrong."""

_CERTAIN, _UNSURE = -0.5, -0.9
"""Mean log-probability per token: better is certain, worse is unsure. A tiny model gives -0.1 to what it
knows and -0.9 to nonsense; good output of full-size models lies around -0.3."""

_UNKNOWN_SHARE = 0.15
"""More unknown words than this share make a draft poor."""

_AGREE = 0.45
"""Character n-gram overlap under which two engines disagree."""

_RELIABLE = 0.8
"""Least share of drafts like this one that must have needed a light edit at most, for it to be called good."""

_HOPELESS = 0.05
"""A smaller share makes a draft poor: of twenty like it, hardly one is worth editing."""

_SURE_WORDS = 12
"""More words than these, and an engine that never says how sure it is has nothing to vouch for them."""

_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?…:]+(?=[\s\"'”»’)\]]*$)")


Estimate = Callable[[Sequence[str]], Chance]
"""Tells for codes of REASONS how likely a draft needs a light edit at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A band and why."""

    band: Band
    reasons: tuple[str, ...] = ()
    """Codes of REASONS, some with what they are about: `unknown:xylophonist`."""
    share: float | None = None
    """Of drafts like this one, how many needed a light edit at most; an order, for nobody to read."""
    score: float | None = None
    """Where it stands among others of its band, 0 to 1; no share of anything."""

    @property
    def unusable(self) -> str | None:
        """The reason never to show this draft, if there is one."""
        return next((reason for reason in self.reasons if reason in UNUSABLE), None)


def judge(
    source: str,
    draft: Draft,
    *,
    target_locale: str,
    source_locale: str | None = None,
    agreement: float | None = None,
    estimate: Estimate | None = None,
    extra: Iterable[str] = (),
) -> Verdict:
    """Judge the draft of one unit, both as plain text.

    `source_locale` None stands for the other language that the desk knows. `agreement` is the overlap with
    another engine's draft, `estimate` tells for the reasons how likely the draft needs a light edit
    at most; where nobody has measured it is None, and then no draft is good. `extra` are reasons found elsewhere.
    """
    fatal = unusable_reason(source, draft.text)
    if fatal:
        return Verdict(Band.POOR, (fatal,))
    reasons = [
        *_engine_reasons(source, draft),
        *_text_reasons(
            source, draft.text, source_locale or _other_language(target_locale), target_locale
        ),
    ]
    if agreement is not None and agreement < _AGREE:
        reasons.append("disagree")
    # Nothing vouches for it but its looks, and those are not enough for a long sentence.
    if draft.logprob is None and agreement is None and len(source.split()) > _SURE_WORDS:
        reasons.append("unproven")
    reasons += extra
    reasons = list(dict.fromkeys(reasons))
    share, score = estimate(reasons) if estimate else (None, None)
    if share is not None and share < _HOPELESS:
        reasons.append("doubtful")
    return Verdict(_band(source, reasons, share), tuple(reasons), share, score)


def explain(reasons: Iterable[str]) -> list[str]:
    """Return reasons as phrases in the interface language."""
    about: dict[str, list[str]] = {}
    for reason in reasons:
        code, _colon, word = reason.partition(":")
        about.setdefault(code, []).extend([word] if word else [])
    return [
        gettext(REASONS.get(code, code)).format(words=", ".join(words))
        for code, words in about.items()
    ]


def overlap(first: str, second: str, *, size: int = 4) -> float:
    """Return the character n-gram F1 of two texts, 0 to 1."""
    grams, other_grams = (_grams(squeeze(text), size) for text in (first, second))
    if not grams or not other_grams:
        return float(grams == other_grams)
    return 2 * (grams & other_grams).total() / (grams.total() + other_grams.total())


def _engine_reasons(source: str, draft: Draft) -> Iterable[str]:
    if draft.logprob is not None and draft.logprob < _CERTAIN:
        yield "unsure" if draft.logprob < _UNSURE else "wavering"
    for note in draft.notes:
        # A name that the engine does not know is not a blemish.
        if not note.startswith("unknown:") or not is_name(note[8:], source):
            yield note


def _text_reasons(
    source: str, text: str, source_locale: str, target_locale: str
) -> Iterable[str]:
    languages = language_of(source_locale), language_of(target_locale)
    # Between variants of a language a copy is what one begins with.
    if languages[0] is not languages[1] and (
        is_copy(source, text) or _is_copied_heading(source, text, languages[0])
    ):
        yield "copied"
    if words := said_twice(source, text, languages[1].doubled_words or frozenset()):
        yield f"twice:{words}"
    if not same_numbers(source, text, source_locale, target_locale):
        yield "numbers"
    for name in lost_persons(source, text, source_locale, target_locale):
        yield f"name:{name.text}"
    for name in translated_names(source, text, source_locale, target_locale):
        yield f"renamed:{name.text}"
    opened = language_of(target_locale).opens_marks
    if opened and any(text.count(end) > text.count(start) for start, end in ("¿?", "¡!")):
        yield "inverted"
    if _starts_high(source) != _starts_high(text) or _shouts(source) != _shouts(text):
        yield "casing"
    if _ending(source) != _ending(text):
        yield "ending"
    # Eight characters more on both sides, since the length of short texts says little.
    ratio = (len(text) + 8) / (len(source) + 8)
    if not 0.6 < ratio < 1.7:
        yield "uneven"


def _is_copied_heading(source: str, text: str, language: Language) -> bool:
    """Whether a draft is its source again where that has capitals throughout, and yet is no name of a person.

    `European Archaeology Section`: at least three words of which half are common ones of its language.
    """
    if squeeze(source) != squeeze(text):
        return False
    words = readable_words(source)
    if len(words) < 3 or is_given_name(words[0]):
        return False
    common = sum(word.lower() in language.common_words for word in words)
    verdict = judge_language(source)
    return 2 * common >= len(words) and verdict is not None and verdict.code == language.code


def _other_language(locale: str) -> str:
    return next((code for code in known_languages() if code != primary(locale)), "")


def _starts_high(text: str) -> bool:
    first = _WORD.search(text)
    return first is not None and first[0][0].isupper()


def _shouts(text: str) -> bool:
    return len(text) > 3 and text.isupper()


def _ending(text: str) -> str:
    match = _ENDS.search(text)
    return match[0].replace("…", "...") if match else ""


def _band(source: str, reasons: list[str], share: float | None) -> Band:
    codes = {reason.partition(":")[0] for reason in reasons} - HARMLESS
    unknown = sum(reason.startswith("unknown:") for reason in reasons)
    if codes & _POOR or unknown > _UNKNOWN_SHARE * max(4, len(source.split())):
        return Band.POOR
    # Without a blemish is not yet good: `It checks the pressure` for an instruction has none.
    return Band.GOOD if share is not None and share >= _RELIABLE and not codes else Band.FAIR


def _grams(text: str, size: int) -> Counter[str]:
    return Counter(text[i : i + size] for i in range(max(1, len(text) - size + 1)))
