"""The sentences of a text with markup, cut where no pair is open: what can be a segment of its own."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.exchange.inline import Parts, split
from l10n.text import markup
from l10n.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence, and what stands between it and the next one."""

    parts: Parts
    space: str = ""
    """White space behind it."""


def cut(text: str, locale: str, *, verbatim: bool = False) -> tuple[Piece, ...]:
    """Return the pieces of a text, which joined are the text; none for no text."""
    pieces: list[str] = []
    waiting = ""
    for sentence in split_sentences(text, locale):
        waiting += sentence
        if _is_balanced(waiting):
            pieces.append(waiting)
            waiting = ""
    if waiting:
        # What never closes takes the sentences before it along: they may have been opened there.
        pieces.append(waiting)
    return tuple(_piece(piece, verbatim=verbatim) for piece in pieces)


def face(
    source: str, target: str, locales: tuple[str, str], *, verbatim: bool = False
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of a source and of its translation, which are as many, or none of it.

    Where they are not as many, nobody can tell which belong together, and each text is one piece.
    """
    sources = cut(source, locales[0], verbatim=verbatim)
    if not target:
        return sources, ()
    targets = cut(target, locales[1], verbatim=verbatim)
    # Codes would be numbered anew in each piece: doubled ones are told apart in the whole text only.
    if len(sources) == len(targets) and not any(map(_has_doubles, (source, target))):
        return sources, targets
    whole = [Piece(split(text, verbatim=verbatim)) for text in (source, target)]
    return (whole[0],), (whole[1],)


def _piece(text: str, *, verbatim: bool) -> Piece:
    core = text.rstrip(" \n\t")
    # White space alone is a text of its own.
    if not core:
        return Piece(split(text, verbatim=verbatim))
    return Piece(split(core, verbatim=verbatim), text[len(core) :])


def _is_balanced(text: str) -> bool:
    opened: list[str] = []
    for mark in markup.marks(text):
        if mark.form == "open":
            opened.append(mark.name)
        elif mark.form == "close" and (not opened or opened.pop() != mark.name):
            return False
    return not opened


def _has_doubles(text: str) -> bool:
    names = [(mark.name, mark.form) for mark in markup.marks(text)]
    return len(names) != len(set(names))
