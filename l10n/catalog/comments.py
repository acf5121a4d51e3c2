"""Comment lines of an entry: what each kind says, and how one is put in without touching the others.

Lines come as in the file, blank ones too, in its order; `#~|` is written `#|`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from l10n.catalog.quoting import quoted, unescape
from l10n.catalog.stamp import Stamp

Lines = tuple[str, ...]

_FLAGS = ("#,", "#=", "#!")
"""Flag lines: the usual one, the one of gettext 1.0, the one of Solaris."""
_OTHERS = (*_FLAGS, "#.", "#:", "#|")
_FUZZY = re.compile(rb"^#[,=!](?:[^\n]*[,\s])?fuzzy(?=[,\s])", re.MULTILINE)
_REVIEW = re.compile(
    rb"^#[ \t]*+l10n:[ \t]++h=([0-9a-f]{10})(?=[^\n]*?[ \t]reviewed=[^\s])"
    rb"(?>(?:[ \t]++[a-z]++=[^\s]*+)*)[ \t]*+\r?$",
    re.MULTILINE,
)
"""A stamp that names a reviewer; its hash."""
_PREVIOUS = re.compile(r'#\|[ \t]*(?:(msgctxt|msgid_plural|msgid)[ \t]*)?(".*")[ \t]*')
_PLACE = re.compile("\u2068([^\u2069]*)\u2069|(\\S+)")
"""A file name; GNU gettext puts one with spaces between isolating marks."""


def is_fuzzy(raw: bytes) -> bool:
    """Whether comment lines, as bytes, flag their entry as fuzzy."""
    return b"fuzzy" in raw and _FUZZY.search(raw) is not None


def review_hashes(raw: bytes, reviewers: int = 1) -> list[bytes]:
    """Return the hashes of the stamps among comment lines, as bytes, that name one reviewer, or two that differ."""
    if b"reviewed=" not in raw:
        return []
    if reviewers == 1:
        return _REVIEW.findall(raw)
    return [
        stamp.hash.encode()
        for stamp in stamps(tuple(raw.decode("utf-8", "replace").splitlines()))
        if stamp.has_two_reviewers
    ]


def flags(lines: Lines) -> frozenset[str]:
    """Return every flag."""
    return frozenset(flag for line in lines if line.startswith(_FLAGS) for flag in _flags(line))


def stamps(lines: Lines) -> list[Stamp]:
    """Return every stamp, fitting or not."""
    return [stamp for line in lines if (stamp := Stamp.parse(line))]


def notes(lines: Lines) -> Lines:
    """Return what people wrote: translator comments that are no stamps."""
    return tuple(line[2:] if line[1:2] == " " else line[1:] for line in note_lines(lines))


def questions_of(notes: Lines) -> Lines:
    """Return the notes that ask the next reviewer something: those that begin with a question mark."""
    return tuple(note for note in notes if note.lstrip().startswith(("?", "¿")))


def note_lines(lines: Lines) -> Lines:
    """Return the lines of translator comments that are no stamps."""
    return tuple(line for line in lines if _is_note(line))


def translator_comments(lines: Lines) -> Lines:
    """Return what translators see as comments: notes and stamps, in the order of the file."""
    return tuple(
        line[2:] if line[1:2] == " " else line[1:]
        for line in lines
        if line.startswith("#") and not line.startswith(_OTHERS)
    )


def extracted(lines: Lines) -> Lines:
    """Return what the source tells translators, from `#.`."""
    return tuple(line[2:].strip() for line in lines if line.startswith("#."))


def references(lines: Lines) -> Lines:
    """Return the places of the source, from `#:`."""
    return tuple(
        place for line in lines if line.startswith("#:") for place in read_places(line[2:])
    )


def read_places(text: str) -> list[str]:
    """Return the places that a text names, as a `#:` line does."""
    return [match[1] or match[2] for match in _PLACE.finditer(text)]


def previous(lines: Lines) -> dict[str, str]:
    """Return the texts of before the source changed by keyword, from `#|`."""
    # Decoded at the end: an editor that wraps may cut between the escapes of one letter.
    texts: dict[str, bytes] = {}
    keyword = ""
    for line in lines:
        match = _PREVIOUS.fullmatch(line)
        if match is not None:
            keyword = match[1] or keyword
            texts[keyword] = texts.get(keyword, b"") + unescape(match[2][1:-1].encode())
    return {keyword: text.decode() for keyword, text in texts.items()}


def without_previous(lines: Iterable[str]) -> Lines:
    """Leave the `#|` lines out."""
    return tuple(line for line in lines if not line.startswith("#|"))


def without_stamps(lines: Iterable[str]) -> Lines:
    """Leave the stamps out."""
    return tuple(line for line in lines if Stamp.parse(line) is None)


def with_stamp(lines: Lines, stamp: Stamp) -> Lines:
    """Put a stamp after the notes, in the place of every other stamp."""
    rest = without_stamps(lines)
    place = _after(rest, _is_note)
    return (*rest[:place], stamp.format(), *rest[place:])


def with_notes(lines: Lines, texts: Sequence[str]) -> Lines:
    """Replace the notes, one line or more each."""
    written = [f"# {line}".rstrip() for text in texts for line in text.splitlines() or [""]]
    first = next((i for i, line in enumerate(lines) if _is_note(line)), None)
    before = lines[: _first_comment(lines) if first is None else first]
    rest = tuple(line for line in lines[len(before) :] if not _is_note(line))
    return (*before, *written, *rest)


def with_source(lines: Lines, comments: Sequence[str], places: Sequence[str]) -> Lines:
    """Replace what the source says: the `#.` and `#:` lines."""
    rest = tuple(line for line in lines if not line.startswith(("#.", "#:")))
    written = [f"#. {line}".rstrip() for text in comments for line in text.splitlines()]
    written += [f"#: {isolated(place)}" for place in places]
    place = _after(rest, lambda line: _is_note(line) or Stamp.parse(line) is not None)
    return (*rest[:place], *written, *rest[place:])


def with_fuzzy(lines: Lines) -> Lines:
    """Flag as fuzzy."""
    if "fuzzy" in flags(lines):
        return lines
    for index, line in enumerate(lines):
        if line.startswith("#,"):
            flagged = ", ".join(("#, fuzzy", *_flags(line)))
            return (*lines[:index], flagged, *lines[index + 1 :])
    place = _after(lines, lambda line: line.startswith("#") and not line.startswith("#|"))
    return (*lines[:place], "#, fuzzy", *lines[place:])


def without_fuzzy(lines: Lines) -> Lines:
    """Take the fuzzy flag away, and its line when it held nothing else."""
    accepted: list[str] = []
    for line in lines:
        if not line.startswith(_FLAGS) or "fuzzy" not in _flags(line):
            accepted.append(line)
        elif flags := [flag for flag in _flags(line) if flag != "fuzzy"]:
            accepted.append(f"{line[:2]} {', '.join(flags)}")
    return tuple(accepted)


def previous_lines(msgctxt: str | None, msgid: str, msgid_plural: str | None) -> Lines:
    """Return the `#|` lines that say what a message was."""
    return tuple(f"#| {line}" for line in keyword_lines(msgctxt, msgid, msgid_plural))


def kept_previous(lines: Lines) -> Lines:
    """Return the `#|` lines themselves."""
    return tuple(line for line in lines if line.startswith("#|"))


def keyword_lines(msgctxt: str | None, msgid: str, msgid_plural: str | None) -> list[str]:
    """Return the lines that name a message."""
    lines = [] if msgctxt is None else quoted("msgctxt", msgctxt)
    lines += quoted("msgid", msgid)
    return lines if msgid_plural is None else lines + quoted("msgid_plural", msgid_plural)


def _flags(line: str) -> list[str]:
    # gettext asks for commas between flags, and takes white space as well.
    return line[2:].replace(",", " ").split()


def _is_note(line: str) -> bool:
    return line.startswith("#") and not line.startswith(_OTHERS) and Stamp.parse(line) is None


def _first_comment(lines: Lines) -> int:
    return next((i for i, line in enumerate(lines) if line.strip()), len(lines))


def _after(lines: Lines, belongs_before: Callable[[str], bool]) -> int:
    """Return the place after the last line that belongs before, or before the first comment."""
    last = [index for index, line in enumerate(lines) if belongs_before(line)]
    return last[-1] + 1 if last else _first_comment(lines)


def isolated(place: str) -> str:
    """Return a place as a `#:` line names it: in isolating marks where it has white space."""
    return f"\u2068{place}\u2069" if any(map(str.isspace, place)) else place
