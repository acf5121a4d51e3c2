"""Answers of other tools taken into a catalog: what they changed, and nothing of what was changed here since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from l10n.catalog import Catalog, Entry
from l10n.catalog.stamp import digest
from l10n.exchange.former import place_former
from l10n.exchange.inline import (
    Code,
    Parts,
    Shape,
    codes,
    join,
    says_the_same,
    split,
    tidy,
    words,
)
from l10n.exchange.messages import (
    Answer,
    Basis,
    Message,
    identify,
    is_free,
    is_verbatim,
)
from l10n.interface import gettext as _
from l10n.model import Severity, State
from l10n.text import markup

_ACCEPTED = frozenset({State.TRANSLATED, State.REVIEWED})
_ORDER = (State.UNTRANSLATED, State.DRAFT, State.TRANSLATED, State.REVIEWED)
_SPACE = re.compile(r"[ \t\r\n]+")


class Effect(StrEnum):
    """What an answer did to an entry."""

    REVIEWED = "reviewed"
    TRANSLATED = "translated"
    DRAFT = "draft"
    FORMER = "former"
    """A draft of what its source became."""
    BROKEN = "broken"
    """A draft, since its placeholders are wrong or it is too long."""
    REFUSED = "refused"
    """Nothing: what would be BROKEN does not take the place of an accepted translation."""
    CLASHING = "clashing"
    """Nothing: the same file answers twice, in two ways."""
    KEPT = "kept"
    """Nothing: the entry was changed here since it left, in another way."""
    UNKNOWN = "unknown"
    """Nothing: the catalog has no such text."""
    SAME = "same"
    """Nothing: it says what the entry says, or has no translation."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How answers are taken in."""

    by: str = ""
    """Whose review it is where an answer says *final*; empty: nobody's, and the entry is *translated*."""
    replace: bool = False
    """Whether an answer wins over what was changed here since."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one answer did."""

    effect: Effect
    line: int
    """1-based, in the file of the answer."""
    text: str
    """Its source, for people."""
    entry: Entry | None = None
    reason: str = ""
    """Why it is BROKEN or REFUSED."""
    noted: bool = False
    """Whether notes came with it that were not there."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came back for an entry: its answers by form, its texts and what they claim to be."""

    entry: Entry
    answers: tuple[Answer, ...]
    texts: tuple[str, ...]
    state: State | None
    lost: tuple[str, ...] = field(default=())
    """Codes that the entry does not have."""

    @property
    def basis(self) -> Basis | None:
        return self.answers[0].basis

    @property
    def line(self) -> int:
        return self.answers[0].line


def take_in(
    catalog: Catalog, answers: Sequence[Answer], acceptance: Acceptance
) -> tuple[Change, ...]:
    """Change the entries that answers are for, and return what each answer did, in their order."""
    places = _Places(catalog)
    by_entry: dict[Entry, list[Answer]] = {}
    strays: list[Answer] = []
    for answer in answers:
        entry = places.find(answer)
        if entry is None:
            strays.append(answer)
        else:
            by_entry.setdefault(entry, []).append(answer)
    changes = [_take(entry, tuple(group), acceptance) for entry, group in by_entry.items()]
    changes += _place_strays(catalog, strays, answers, acceptance)
    return tuple(sorted(changes, key=lambda change: change.line))


def find_misread(catalog: Catalog, answers: Sequence[Answer]) -> tuple[Answer, str] | None:
    """Return an answer, and what the catalog has there, of a file that was read in a wrong encoding; None for others.

    Such texts are those of the catalog but for their letters beyond ASCII, which became others or question marks.
    """
    places, unlike, alike = _Places(catalog), [], 0
    for answer in answers:
        entry = places.find(answer)
        if entry is None or answer.form >= len(entry.msgstrs):
            continue
        text, own = entry.msgstrs[answer.form], join(answer.target)
        if text.isascii() or not own:
            continue
        if own == text:
            alike += 1
        elif _without_letters_beyond(own) == _without_letters_beyond(text):
            unlike.append((answer, text))
    return unlike[0] if len(unlike) >= _MISREAD and len(unlike) > alike else None


_MISREAD = 3
"""Texts that differ in their letters beyond ASCII alone, from which a file was read in a wrong encoding."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+|\?")


def _without_letters_beyond(text: str) -> str:
    return _BEYOND_ASCII.sub("", text)


class _Places:
    """The entries of a catalog by what an exchange file says of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_name: dict[str, Entry] = {}
        self._by_words: dict[tuple[str, ...], list[Entry]] = {}
        for entry in catalog.entries:
            for form in range(len(entry.msgstrs)):
                self._by_name[identify(entry, form)] = entry
                source = split(Message(entry, form).source, verbatim=is_verbatim(entry))
                entries = self._by_words.setdefault(tuple(words(source).split()), [])
                if entry not in entries:
                    entries.append(entry)

    def find(self, answer: Answer) -> Entry | None:
        """Return the entry of a text: by name where the text is the same, else by its text and context."""
        entry = self._by_name.get(answer.identifier)
        namesakes = self._by_words.get(tuple(words(answer.source).split()), [])
        if entry is not None and entry in namesakes:
            return entry
        # A tool that made up names of its own has the texts at least, and mostly their context.
        fitting = [
            other
            for other in namesakes
            if answer.context is None or other.msgctxt == answer.context
        ]
        return fitting[0] if len(fitting) == 1 else None


def _take(entry: Entry, answers: tuple[Answer, ...], acceptance: Acceptance) -> Change:
    reply = _reply(entry, answers)
    noted = _take_notes(entry, answers)
    change = Change(Effect.SAME, reply.line, words(answers[0].source), entry, noted=noted)
    if clash := _clash(answers):
        return replace(change, effect=Effect.CLASHING, reason=clash)
    if not any(reply.texts) or _repeats_source(reply):
        return change
    reason = _fault(reply)
    if _says_what_it_says(entry, reply.texts):
        effect = _judge(reply, acceptance, is_broken=bool(reason))
    elif _is_untouched(reply):
        effect = Effect.SAME
    elif not (acceptance.replace or is_free(entry, reply.basis)):
        effect = Effect.KEPT
    elif reason and entry.state in _ACCEPTED and not acceptance.replace:
        effect = Effect.REFUSED
    else:
        effect = _write(reply, acceptance, is_broken=bool(reason))
    is_faulty = effect in {Effect.BROKEN, Effect.REFUSED}
    return replace(change, effect=effect, reason=reason if is_faulty else "")


def _clash(answers: Iterable[Answer]) -> str:
    """Return why the answers for one entry cannot all be right; empty where they can."""
    by_form: dict[int, Answer] = {}
    for answer in answers:
        first = by_form.setdefault(answer.form, answer)
        if not says_the_same(first.target, answer.target):
            message = _("line {line} has another translation of it")
            return message.format(line=answer.line)
    return ""


def _reply(entry: Entry, answers: tuple[Answer, ...]) -> _Reply:
    """Return what answers say, form by form; a form without an answer stays as it is."""
    texts = list(entry.msgstrs)
    lost: list[str] = []
    claims: list[State] = []
    for answer in answers:
        form = answer.form if answer.form < len(texts) else 0
        source = split(Message(entry, form).source, verbatim=is_verbatim(entry))
        target, unknown = _with_our_codes(answer, source)
        lost += unknown
        if answer.state is not None:
            claims.append(answer.state)
        texts[form] = join(
            _spaced_as(target, answer.source, source), verbatim=is_verbatim(entry)
        )
    state = min(claims, key=_ORDER.index) if claims else None
    return _Reply(entry, answers, tuple(texts), state, tuple(lost))


def _with_our_codes(answer: Answer, source: Parts) -> tuple[Parts, list[str]]:
    """Return a translation with the codes of the entry, and the names of those it does not have, left out.

    Codes are known by their name, or where a tool renamed them by their place in the source.
    """
    mine, other = codes(source), codes(answer.source)
    names: Mapping[tuple[str, bool], Code] = {}
    if len(mine) == len(other) and not says_the_same(tuple(mine), tuple(other)):
        names = {_end(code): own for code, own in zip(other, mine, strict=True)}
    own_tokens = {code.token for code in mine}
    parts: list[str | Code] = []
    lost: list[str] = []
    for part in answer.target:
        if isinstance(part, str) or part.token in own_tokens:
            parts.append(part)
        elif (own := names.get(_end(part))) is not None:
            parts.append(own)
        elif markup.is_mark(part.token):
            # `<omit/>`, the translator's own emphasis, and what a catalog had wrong before.
            parts.append(part)
        else:
            lost.append(part.name)
    return tidy(parts), lost


def _end(code: Code) -> tuple[str, bool]:
    """Return what tells the two ends of a pair apart; other tools open and close with unlike elements."""
    return code.name, code.shape in {Shape.CLOSE, Shape.END}


def _spaced_as(target: Parts, source: Parts, own: Parts) -> Parts:
    """Return a translation without the line ends and indents that a tool put into the texts of its file."""
    if says_the_same(source, own) or "\n" in words(own):
        return target
    parts = [_SPACE.sub(" ", part) if isinstance(part, str) else part for part in target]
    if parts and isinstance(parts[0], str) and not words(own[:1]).startswith(" "):
        parts[0] = parts[0].lstrip(" ")
    if parts and isinstance(parts[-1], str) and not words(own[-1:]).endswith(" "):
        parts[-1] = parts[-1].rstrip(" ")
    return tidy(parts)


def _says_what_it_says(entry: Entry, texts: Sequence[str]) -> bool:
    verbatim = is_verbatim(entry)
    return all(
        says_the_same(split(mine, verbatim=verbatim), split(other, verbatim=verbatim))
        for mine, other in zip(entry.msgstrs, texts, strict=True)
    )


def _is_untouched(reply: _Reply) -> bool:
    """Whether an answer is what left: what differs from it now was written here."""
    entry = reply.entry
    left = digest(entry.msgctxt, entry.msgid, entry.msgid_plural, reply.texts)
    return reply.basis is not None and reply.basis.hash == left


def _judge(reply: _Reply, acceptance: Acceptance, *, is_broken: bool) -> Effect:
    """Take over what an answer says of the text that is there already."""
    entry, state, basis = reply.entry, reply.entry.state, reply.basis
    if reply.state is State.REVIEWED and acceptance.by and not is_broken:
        if state is State.REVIEWED:
            return Effect.SAME
        entry.approve(by=acceptance.by)
        return Effect.REVIEWED
    was_accepted = basis is not None and basis.state in _ACCEPTED
    if reply.state in _ACCEPTED and state is State.DRAFT and not was_accepted and not is_broken:
        entry.translate(entry.msgstrs)
        return Effect.TRANSLATED
    if reply.state is State.DRAFT and state in _ACCEPTED and was_accepted:
        # Who looked at it wants it looked at again; what was accepted here since stays so.
        entry.save_draft(entry.msgstrs)
        return Effect.DRAFT
    return Effect.SAME


def _write(reply: _Reply, acceptance: Acceptance, *, is_broken: bool) -> Effect:
    entry, texts = reply.entry, reply.texts
    # A text that came back without a word about it was written by somebody who thought it right.
    state = State.TRANSLATED if reply.state is None else reply.state
    if is_broken or state not in _ACCEPTED or not all(texts):
        entry.save_draft(texts)
        return Effect.BROKEN if is_broken else Effect.DRAFT
    entry.translate(texts)
    if state is State.REVIEWED and acceptance.by:
        entry.approve(by=acceptance.by)
        return Effect.REVIEWED
    return Effect.TRANSLATED


def _repeats_source(reply: _Reply) -> bool:
    """Whether an answer without a state is the text itself: tools put it where nobody translated anything."""
    if reply.state is not None or reply.entry.msgid_plural is not None:
        return False
    verbatim = is_verbatim(reply.entry)
    source, target = (
        split(reply.entry.msgid, verbatim=verbatim),
        split(reply.texts[0], verbatim=verbatim),
    )
    return says_the_same(source, target)


def _fault(reply: _Reply) -> str:
    """Return why a translation cannot be used as it is; empty where it can."""
    if reply.lost:
        return _("{code} is not in the source text").format(code=reply.lost[0])
    if any(answer.has_gap for answer in reply.answers):
        return _("a sentence of it came back empty")
    for form, text in enumerate(reply.texts):
        message = Message(reply.entry, form)
        if not text or is_verbatim(reply.entry):
            continue
        for problem in markup.validate(message.source, text):
            if problem.severity is Severity.ERROR:
                return problem.message
        length = len(markup.plain(text))
        if message.longest is not None and length > message.longest:
            reason = _("{n} characters, where {longest} are the most")
            return reason.format(n=length, longest=message.longest)
    return ""


def _take_notes(entry: Entry, answers: Iterable[Answer]) -> bool:
    """Add the notes that are not there yet; those that are gone from the answer stay."""
    known = {*entry.notes, *entry.extracted, *entry.references}
    lines = [line for answer in answers for note in answer.notes for line in note.splitlines()]
    new = [line for line in dict.fromkeys(lines) if line.strip() and line not in known]
    if new:
        entry.set_notes((*entry.notes, *new))
    return bool(new)


def _place_strays(
    catalog: Catalog,
    strays: Sequence[Answer],
    answers: Sequence[Answer],
    acceptance: Acceptance,
) -> Iterator[Change]:
    """Take in the answers to texts that the article does not have any more, as `update` would have carried them."""
    translated = [answer for answer in strays if answer.target and not _is_as_it_left(answer)]
    order = [(answer.context, join(answer.source)) for answer in answers]
    for answer, place in zip(
        translated,
        place_former(catalog, translated, order, replace=acceptance.replace),
        strict=True,
    ):
        effect = Effect.UNKNOWN
        if place is not None:
            effect = Effect.FORMER if place.is_taken else Effect.KEPT
        entry = place.entry if place is not None else None
        yield Change(effect, answer.line, words(answer.source), entry)
    placed = set(map(id, translated))
    for answer in strays:
        if id(answer) not in placed:
            yield Change(Effect.SAME, answer.line, words(answer.source))


def _is_as_it_left(answer: Answer) -> bool:
    """Whether an answer to a text that is gone says what left: nobody's work is in it."""
    left = digest(answer.context, join(answer.source), None, (join(answer.target),))
    return answer.basis is not None and answer.basis.hash == left
