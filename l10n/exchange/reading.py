"""XLIFF of any tool, versions 1.0 to 2.2, read: what came back for each text, and how far it is said to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from l10n.errors import L10nError
from l10n.exchange.inline import Code, Part, Parts, Shape, name_of, tidy, words
from l10n.exchange.messages import Answer, AnsweredFile, Basis, form_of, read_basis
from l10n.exchange.xliff21 import BASIS
from l10n.interface import gettext as _
from l10n.model import State
from l10n.text.xml import line_of, local_name, read_xml

_STATES = {
    "new": State.UNTRANSLATED,
    "needs-translation": State.UNTRANSLATED,
    "needs-adaptation": State.DRAFT,
    "needs-l10n": State.DRAFT,
    "needs-review-adaptation": State.DRAFT,
    "needs-review-l10n": State.DRAFT,
    "needs-review-translation": State.DRAFT,
    "translated": State.TRANSLATED,
    "signed-off": State.REVIEWED,
    "final": State.REVIEWED,
}
"""States of version 1.2; what a tool made up itself, `x-…`, is a draft."""
_MACHINE = frozenset({"leveraged-mt", "mt-suggestion", "fuzzy-match", "leveraged-tm"})
"""State qualifiers of what no person has looked at."""
_STATES_2 = {
    "initial": State.DRAFT,
    "translated": State.TRANSLATED,
    "reviewed": State.TRANSLATED,
    "final": State.REVIEWED,
}
_OPENING = frozenset({"bx", "bpt", "sc"})
_CLOSING = frozenset({"ex", "ept", "ec"})
_STANDING = frozenset({"x", "ph"})
_PAIRS = frozenset({"g", "pc"})
_DEVELOPERS = frozenset({"developer", "location"})
"""Who wrote the notes that go out with a text: they come back unread."""
_LONGEST_NUMBER = 9
_ORDER = [State.UNTRANSLATED, State.DRAFT, State.TRANSLATED, State.REVIEWED]


@dataclass(frozen=True, slots=True)
class _Part:
    """One segment of a text, or what stands between two."""

    source: Parts
    target: Parts
    is_segment: bool = True
    is_apart: bool = False
    """Whether white space stands before it in the source."""
    order: int = 0
    """Its place in the translation where that is not its place in the source; 0 where it is."""
    state: State | None = None


def read(path: Path, content: bytes | None = None) -> tuple[AnsweredFile, ...]:
    """Read a file of any encoding, or its content where it lies in another one; L10nError, with the line, where it is no XLIFF or a text of it has no source."""
    root = read_xml(path, "XLIFF", {"xliff"}, content)
    version = root.get("version", "")
    if version.startswith("1."):
        return tuple(
            _file_12(element, path) for element in root if local_name(element) == "file"
        )
    if version.startswith("2."):
        locales = (root.get("srcLang", ""), root.get("trgLang", ""))
        return tuple(
            _file_2(element, locales, path) for element in root if local_name(element) == "file"
        )
    message = _("XLIFF of version {version}: versions 1 and 2 can be read")
    raise L10nError(message.format(version=version or "?"), path=path, line=line_of(root))


def _file_12(file: Element, path: Path) -> AnsweredFile:
    return AnsweredFile(
        file.get("original", ""),
        file.get("source-language", ""),
        file.get("target-language", ""),
        line_of(file) or 0,
        _answers(file, "trans-unit", _answer_12, path),
    )


def _file_2(file: Element, locales: tuple[str, str], path: Path) -> AnsweredFile:
    return AnsweredFile(
        file.get("original", ""),
        *locales,
        line_of(file) or 0,
        _answers(file, "unit", _answer_2, path),
    )


def _answers(
    file: Element, name: str, read_unit: Callable[[Element, Path], Answer], path: Path
) -> tuple[Answer, ...]:
    answers: dict[str, Answer] = {}
    for element in file.iter():
        if local_name(element) != name:
            continue
        answer = read_unit(element, path)
        before = answers.setdefault(answer.identifier, answer)
        if before is not answer:
            message = _("the id {id} already stands on line {line}")
            message = message.format(id=answer.identifier, line=before.line)
            raise L10nError(message, path=path, line=answer.line)
    return tuple(answers.values())


def _answer_12(unit: Element, path: Path) -> Answer:
    source, target = _child(unit, "source"), _child(unit, "target")
    if source is None:
        raise _without_source(unit, path)
    segments = _child(unit, "seg-source")
    whole = words(tidy(_inline(source)))
    parts = _segments_12(segments, target, whole) if segments is not None else ()
    text = tidy(_inline(target)) if target is not None else ()
    if parts:
        is_begun = any(part.is_segment and part.target for part in parts)
        text = tidy(_spaced(parts)) if is_begun else ()
    state = _state_12(unit, target, is_filled=bool(text))
    has_gap = bool(text) and _has_gap(parts)
    if has_gap:
        state = State.DRAFT
    contexts = [
        "".join(element.itertext())
        for element in unit.iter()
        if element.get("context-type") == "x-po-msgctxt"
    ]
    notes = (
        "".join(element.itertext())
        for element in unit
        if local_name(element) == "note" and element.get("from") not in _DEVELOPERS
    )
    return Answer(
        identifier=unit.get("id", ""),
        line=line_of(unit) or 0,
        source=tidy(_inline(source)),
        target=text,
        state=state,
        form=form_of(unit.get("id", "")),
        context=contexts[0] if contexts else None,
        notes=tuple(note for note in notes if note.strip()),
        basis=read_basis(unit.get("extradata", "")),
        has_gap=has_gap,
    )


def _state_12(unit: Element, target: Element | None, *, is_filled: bool) -> State | None:
    """Return what a unit is said to be; whether it is approved counts where it has no state, and makes it final."""
    approved = unit.get("approved", "")
    name = target.get("state", "") if target is not None else ""
    qualifier = target.get("state-qualifier", "") if target is not None else ""
    if name == "new" and is_filled and qualifier not in _MACHINE:
        # Tools that know no states leave this one beside what was written since.
        return State.REVIEWED if approved == "yes" else None
    if name:
        state = _STATES.get(name, State.DRAFT)
        if state is State.UNTRANSLATED and is_filled:
            return State.DRAFT
        is_final = approved == "yes" and state is State.TRANSLATED
        return State.REVIEWED if is_final else state
    if approved == "yes":
        return State.REVIEWED
    return State.DRAFT if approved == "no" or qualifier in _MACHINE else None


def _segments_12(source: Element, target: Element | None, whole: str) -> tuple[_Part, ...]:
    """Return the segments of a text and what stands between them; none where the target has no segments."""
    sources, targets = _cut(source), _cut(target) if target is not None else []
    if not any(number for number, _parts in targets):
        return ()
    by_number = {number: parts for number, parts in sources if number}
    apart = _apart([(number, bool(number), parts) for number, parts in sources], whole)
    return tuple(
        _Part(
            by_number.get(number, ()), parts, is_segment=bool(number), is_apart=number in apart
        )
        for number, parts in targets
    )


def _apart(sources: Iterable[tuple[str, bool, Parts]], whole: str) -> set[str]:
    """Return the names of the segments that white space keeps from what is before them in the whole text."""
    apart: set[str] = set()
    spaced = {0}
    """How many letters stand before each white space of the text."""
    letters = 0
    for character in whole:
        if character.isspace():
            spaced.add(letters)
        else:
            letters += 1
    letters = 0
    for name, is_segment, parts in sources:
        if is_segment and letters in spaced:
            apart.add(name)
        letters += sum(not character.isspace() for character in words(parts))
    return apart


def _cut(element: Element) -> list[tuple[str, Parts]]:
    """Return the segments of an element by their `mid`, and the texts between them without one, in order."""
    pieces: list[tuple[str, Parts]] = []
    between: list[Part] = [element.text or ""]
    for child in element:
        if local_name(child) == "mrk" and child.get("mtype") == "seg":
            pieces += [("", tidy(between)), (child.get("mid", "?"), tidy(_inline(child)))]
            between = [child.tail or ""]
        else:
            between += [*_element(child), child.tail or ""]
    return [*pieces, ("", tidy(between))]


def _spaced(parts: Sequence[_Part]) -> Sequence[Part]:
    """Return the words and codes of segments; a tool that forgot the space between two gets it back."""
    joined: list[Part] = []
    for part in parts:
        if part.is_segment and part.is_apart and _runs_on(joined, part.target):
            joined.append(" ")
        joined += part.target
    return joined


def _runs_on(before: Sequence[Part], behind: Sequence[Part]) -> bool:
    """Whether two sentences meet without white space or a code that stands between them."""
    last = next((part for part in reversed(before) if _shows(part)), None)
    first = next((part for part in behind if _shows(part)), None)
    if not isinstance(last, str) or not isinstance(first, str):
        return False
    return not (last[-1].isspace() or first[0].isspace())


def _shows(part: Part) -> bool:
    return isinstance(part, str) or part.shape is Shape.VOID


def _answer_2(unit: Element, path: Path) -> Answer:
    parts = [
        _part_2(element, path)
        for element in unit
        if local_name(element) in {"segment", "ignorable"}
    ]
    if not parts:
        raise _without_source(unit, path)
    apart = _apart(
        [(str(at), part.is_segment, part.source) for at, part in enumerate(parts)],
        words(tuple(word for part in parts for word in part.source)),
    )
    parts = [replace(part, is_apart=str(at) in apart) for at, part in enumerate(parts)]
    segments = [part for part in parts if part.is_segment]
    target: Parts = ()
    if any(part.target for part in segments):
        target = tidy(_spaced(_in_order(parts)))
    notes = [
        "".join(element.itertext())
        for group in unit
        if local_name(group) == "notes"
        for element in group
        if element.get("category") not in _DEVELOPERS
    ]
    return Answer(
        identifier=unit.get("id", ""),
        line=line_of(unit) or 0,
        source=tidy(word for part in parts for word in part.source),
        target=target,
        state=_state_2(segments, target),
        form=form_of(unit.get("id", "")),
        context=unit.get("name"),
        notes=tuple(note for note in notes if note.strip()),
        basis=_basis_2(unit),
        has_gap=bool(target) and _has_gap(segments),
    )


def _basis_2(unit: Element) -> Basis | None:
    metas = (
        "".join(element.itertext()) for element in unit.iter() if element.get("type") == BASIS
    )
    return next((basis for text in metas if (basis := read_basis(text))), None)


def _in_order(parts: Sequence[_Part]) -> Sequence[_Part]:
    """Return parts in the order of the translation: those that say where they stand there, the others between them."""
    placed = [part for part in parts if part.order]
    moved = {part.order: part for part in placed}
    # Two in one place are a mistake: then no place counts, and no text is lost.
    if not moved or len(moved) < len(placed):
        return parts
    others = iter([part for part in parts if not part.order])
    ordered = [moved.get(place) or next(others, None) for place in range(1, len(parts) + 1)]
    # Places that nobody can have, of a tool that counts otherwise, lose no text.
    left = [part for place, part in moved.items() if place > len(parts)]
    return [part for part in (*ordered, *others, *left) if part is not None]


def _part_2(element: Element, path: Path) -> _Part:
    source, target = _child(element, "source"), _child(element, "target")
    if source is None:
        raise _without_source(element, path)
    words = tidy(_inline(source))
    is_segment = local_name(element) == "segment"
    # What nobody translates, white space mostly, stays what it is.
    translated = () if is_segment else words
    return _Part(
        words,
        tidy(_inline(target)) if target is not None else translated,
        is_segment=is_segment,
        state=_STATES_2.get(element.get("state", "")),
        order=_order(target),
    )


def _order(target: Element | None) -> int:
    number = target.get("order", "") if target is not None else ""
    return int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0


def _has_gap(parts: Iterable[_Part]) -> bool:
    """Whether nobody filled in a segment: a hole in a text that has others."""
    return any(part.is_segment and part.source and not part.target for part in parts)


def _state_2(segments: Sequence[_Part], target: Parts) -> State | None:
    """Return the state of the segment that is least far."""
    if not target:
        return State.UNTRANSLATED
    if _has_gap(segments):
        return State.DRAFT
    states = [part.state for part in segments if part.state is not None]
    return min(states, key=_ORDER.index) if states else None


def _inline(element: Element) -> Iterator[Part]:
    """Yield the words and codes in an element."""
    yield element.text or ""
    for child in element:
        yield from _element(child)
        yield child.tail or ""


def _element(element: Element) -> Iterable[Part]:
    name = local_name(element)
    if name == "cp":
        return (_character(element.get("hex", "")),)
    identifier = element.get("rid") or element.get("startRef") or element.get("id") or ""
    if identifier.startswith("cp."):
        return (_character(identifier.removeprefix("cp.")),)
    code = name_of(identifier) or identifier
    if name in _PAIRS:
        return (Code(code, Shape.OPEN), *_inline(element), Code(code, Shape.CLOSE))
    if name in _OPENING:
        return (Code(code, Shape.START),)
    if name in _CLOSING:
        return (Code(code, Shape.END),)
    if name == "it":
        is_end = element.get("pos") == "close"
        return (Code(code, Shape.END if is_end else Shape.START),)
    if name in _STANDING:
        return (Code(code, Shape.VOID),)
    if name in {"sm", "em"}:
        return ()
    # Marks of terms and comments, and what other tools made up: the words in it are the text.
    return _inline(element)


def _character(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _without_source(element: Element, path: Path) -> L10nError:
    message = _("<{element}> has no <source>").format(element=local_name(element))
    return L10nError(message, path=path, line=line_of(element))
