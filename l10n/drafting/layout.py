"""A msgid taken apart for an engine: plain sentences, and the tree of what stood among the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count, product
from typing import NamedTuple

from l10n.text import markup
from l10n.text.sentences import split_sentences


class Kind(Enum):
    """What a node is."""

    PAIR = "pair"
    """`<a1>…</a1>`."""
    ATOM = "atom"
    """Something that stands in the text as a made-up word: code, an address."""
    POINT = "point"
    """Something without text: an image between sentences, an empty pair."""
    BREAK = "break"
    """A line break: one newline between sentences."""


@dataclass(frozen=True, slots=True)
class Node:
    """A placeholder of the msgid, or a piece of its text that must stay as it is."""

    number: int
    """Its place in `Layout.nodes`."""
    kind: Kind
    written: str
    """What an atom, point or break is in a msgstr, the space after a point too; the name of a pair."""
    start: int
    end: int
    """Offsets in `Layout.text`."""
    parent: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a pair or atom that lies in one sentence."""

    number: int
    start: int
    end: int
    is_atom: bool = False


class Point(NamedTuple):
    """Where something without text stands in a sentence."""

    number: int
    offset: int


class Lifted(NamedTuple):
    """An atom that was left out of a sentence."""

    number: int
    offset: int
    word: str
    """The made-up word that stood for it."""


class Veil(NamedTuple):
    """A made-up word that stands for a number or a person's name, for an engine that changed it."""

    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as an engine gets it; all offsets are in `text`."""

    text: str
    start: int
    """Offset in `Layout.text`."""
    parts: tuple[Part, ...] = ()
    """Pairs and atoms, in the order of the nodes."""
    points: tuple[Point, ...] = ()
    lifted: tuple[Lifted, ...] = ()
    veiled: tuple[Veil, ...] = ()

    @property
    def original(self) -> str:
        """The text with what is veiled shown."""
        return _unveiled(self.text, self.veiled)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but words stands in it."""
        return not (self.parts or self.points or self.lifted)

    def without_atoms(self) -> Sentence | None:
        """Return the sentence with its made-up words left out; None when it has none."""
        atoms = [part for part in self.parts if part.is_atom]
        if not atoms:
            return None
        cuts = []
        for atom in atoms:
            # With its space, so that none stands before a comma.
            spaced = self.text[atom.start - 1 : atom.start] == " "
            cuts.append((atom.start - spaced, atom.end))
        stays = [i for i in range(len(self.text)) if not any(s <= i < e for s, e in cuts)]
        where = _offsets(stays, len(self.text))
        return Sentence(
            "".join(self.text[i] for i in stays),
            self.start,
            tuple(
                Part(part.number, where[part.start], where[part.end])
                for part in self.parts
                if not part.is_atom
            ),
            tuple(Point(number, where[offset]) for number, offset in self.points),
            tuple(
                Lifted(atom.number, where[atom.start], self.text[atom.start : atom.end])
                for atom in atoms
            ),
        )

    def with_veiled(self, passages: Iterable[tuple[int, int]]) -> Sentence | None:
        """Return the sentence with made-up words for passages of its text; None when nothing can be veiled."""
        veils: list[tuple[int, int]] = []
        for start, end in sorted(passages):
            borders = {at for part in self.parts for at in (part.start, part.end)}
            is_cut = any(
                start < at < end for at in {*borders, *(p.offset for p in self.points)}
            )
            is_atom = any(p.is_atom and p.start <= start < p.end for p in self.parts)
            if not (is_cut or is_atom or (veils and start < veils[-1][1])):
                veils.append((start, end))
        words = made_up_words(self.text)
        if not veils:
            return None
        text, veiled, moved, end = "", [], list(range(len(self.text) + 1)), 0
        for start, following in veils:
            text += self.text[end:start]
            word = next(words)
            veiled.append(Veil(len(text), len(text) + len(word), self.text[start:following]))
            moved[start] = len(text)
            text += word
            end = following
            for i in range(end, len(moved)):
                moved[i] = i + len(text) - end
        text += self.text[end:]
        return replace(
            self,
            text=text,
            parts=tuple(replace(p, start=moved[p.start], end=moved[p.end]) for p in self.parts),
            points=tuple(Point(number, moved[offset]) for number, offset in self.points),
            veiled=tuple(veiled),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """A msgid taken apart."""

    msgid: str
    locale: str
    text: str
    """Plain text, made-up words in it, a newline for each break."""
    nodes: tuple[Node, ...]
    sentences: tuple[Sentence, ...]


_IMAGES = frozenset(
    {"img", "svg", "picture", "video", "audio", "iframe", "input", "canvas", "hr"}
)
"""Voids that no sentence reads aloud: they stay outside of it unless they stand among its words."""

_OPENING = "¿¡«“‘([—–"
"""What a sentence or an aside begins with."""

_VERBATIM = re.compile(
    r"""
    (?:https?|ftp|mailto|file)://[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’…]
    | \bwww\.[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’…]
    | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w&])[@\#][^\W\d]\w*
    | \{\{[^{}\n]*\}\} | \{%[^{}\n]*%\} | \{\#[^{}\n]*\#\} | <%(?:(?!<%)[^\n])*?%>
    | \{[\w.!:]*\} | %\(\w+\)[sd] | %(?:\d+\$)?[-+0'\#]*\d*(?:\.\d+)?[sdifuxXg@](?!\w)
    | (?<![\w/])(?:~|\.{1,2})?/[\w.-]+(?:/[\w.-]+)+/?
    | \b\w+(?:_\w+)+\b
    | (?<![\w./-])(?:[\w-]+[./])*[\w-]+
      \.(?:com|org|net|edu|gov|info|io|es|eu|uk|mx|py|js|html?|css|po|toml|json|ya?ml|xml|csv|pdf|txt|md)\b(?!\.\w)
      (?:/[\w./-]*[\w/])?
    """,
    re.VERBOSE,
)
"""What no translation changes: addresses, handles, template fields, paths, names of code.

No part of it begins within a run that it reads to the end of, or a text of 100,000 letters and points takes minutes.
"""


def parse(msgid: str, locale: str, *, keep: Iterable[str] = ()) -> Layout:
    """Take a msgid apart; the strings of `keep` stay as they are, like addresses."""
    builder = _Builder(msgid, _keeper(keep))
    text, nodes = builder.build()
    return Layout(msgid, locale, text, nodes, tuple(_sentences(text, nodes, locale)))


def is_bare(msgid: str) -> bool:
    """Whether a msgid has no markup, and nothing that no translation changes: it stands for itself."""
    if "<" in msgid or "&" in msgid:
        return False
    return _HINT.search(msgid) is None or _VERBATIM.search(msgid) is None


_HINT = re.compile(r"[@#{%/_]|\.\w|\bwww\.")
"""What every match of `_VERBATIM` has, and most texts have not: thirty times as quick to look for."""


def made_up_words(text: str) -> Iterator[str]:
    """Yield words that no language has, none of which the text holds: XQA, XQB, …, XQAA, … without an end."""
    is_there = "XQ" in text
    for length in count(1):
        for letters in product(_LETTERS, repeat=length):
            word = f"XQ{''.join(letters)}"
            if not is_there or word not in text:
                yield word


_LETTERS = "ABCDEFGHJKLMNPRTVWXZ"


def _keeper(keep: Iterable[str]) -> re.Pattern[str]:
    names = sorted(set(keep), key=len, reverse=True)
    if not names:
        return _VERBATIM
    listed = "|".join(rf"\b{re.escape(name)}\b".replace(r"\ ", r"\s+") for name in names)
    return re.compile(f"{_VERBATIM.pattern} | {listed.replace(' ', '[ ]')}", re.VERBOSE)


_TOKENS_IN_A_ROW = 40
"""Behind which a word is looked for; images in thousands, one beside the other, are no words."""


class _Builder:
    """Reads a msgid once, from left to right."""

    def __init__(self, msgid: str, verbatim: re.Pattern[str]) -> None:
        self._msgid = msgid
        self._verbatim = verbatim
        self._words = made_up_words(msgid)
        self._texts: list[str] = []
        self._length = 0
        self._nodes: list[Node] = []
        self._open: list[int] = []
        self._open_by_name: dict[str, list[int]] = {}
        self._parents: set[int] = set()

    def build(self) -> tuple[str, tuple[Node, ...]]:
        tokens = markup.tokens(self._msgid)
        closed = {token.name for token in tokens if token.form == "close"}
        opened = {token.name for token in tokens if token.form == "open"}
        end = 0
        for token in tokens:
            self._add_text(self._msgid[end : token.start])
            end = token.end
            if token.form == "open" and token.name in closed:
                number = self._add(Kind.PAIR, token.name, "")
                self._open.append(number)
                self._open_by_name.setdefault(token.name, []).append(number)
            elif token.form == "close" and token.name in opened:
                self._close(token.name)
            elif token.tag == "br":
                self._add(Kind.BREAK, token.text, "\n")
            elif token.tag == "wbr" or (token.tag in _IMAGES and not self._is_word(token)):
                self._add(Kind.POINT, token.text, "")
            else:
                self._add(Kind.ATOM, token.text, next(self._words))
        self._add_text(self._msgid[end:])
        return "".join(self._texts), tuple(self._nodes)

    def _is_word(self, token: markup.Token) -> bool:
        """Whether an image stands among the words of a sentence as one of them."""
        before = next((text for text in map(str.rstrip, reversed(self._texts)) if text), "")
        after = self._next_character(token.end)
        return (
            before[-1:].isalnum()
            and after not in ("", *_OPENING)
            and not (after.isupper() or after.isdigit())
        )

    def _next_character(self, at: int) -> str:
        """Return the first character behind tokens and spaces; "" at the end, and behind tokens without an end."""
        for _token in range(_TOKENS_IN_A_ROW):
            at = (
                len(self._msgid) - len(self._msgid[at:].lstrip())
                if self._msgid[at : at + 1].isspace()
                else at
            )
            token = markup.TOKEN.match(self._msgid, at)
            if token is None:
                return self._msgid[at : at + 1]
            at = token.end()
        return ""

    def _put(self, text: str) -> None:
        if text:
            self._texts.append(text)
            self._length += len(text)

    def _add_text(self, raw: str) -> None:
        text, end = markup.decode(raw).replace("\n", " "), 0
        # The space behind an image goes with it, or two would stand where it was taken out.
        if text.startswith(" ") and self._texts and self._texts[-1][-1] == " " and self._nodes:
            last = self._nodes[-1]
            if last.kind is Kind.POINT and last.start == self._length:
                self._nodes[-1] = replace(last, written=f"{last.written} ")
                text = text[1:]
        # With names to keep the pattern is another, and the hint says nothing of those.
        is_plain = self._verbatim is _VERBATIM and _HINT.search(text) is None
        for match in () if is_plain else self._verbatim.finditer(text):
            self._put(text[end : match.start()])
            self._add(Kind.ATOM, markup.escape(match.group()), next(self._words))
            end = match.end()
        self._put(text[end:])

    def _add(self, kind: Kind, written: str, text: str) -> int:
        start = self._length
        self._put(text)
        parent = self._open[-1] if self._open else None
        if parent is not None:
            self._parents.add(parent)
        node = Node(len(self._nodes), kind, written, start, self._length, parent)
        self._nodes.append(node)
        return node.number

    def _close(self, name: str) -> None:
        opened = self._open_by_name.get(name)
        if not opened:
            return
        number = opened.pop(0)
        # Tokens nest, so it is the last one, but for those that somebody crossed.
        if self._open[-1] == number:
            self._open.pop()
        else:
            self._open.remove(number)
        node = self._nodes[number]
        self._nodes[number] = (
            replace(node, kind=Kind.POINT, written=f"<{name}></{name}>")
            if node.start == self._length and number not in self._parents
            else replace(node, end=self._length)
        )


def _sentences(text: str, nodes: tuple[Node, ...], locale: str) -> Iterator[Sentence]:
    end = begun = 0
    near: list[Node] = []
    for line in re.split(r"(\n)", text):
        for piece in split_sentences(line, locale):
            core = piece.strip()
            if core:
                start = end + piece.index(core)
                # Nodes are in the order in which they begin: none is looked at after its end.
                while begun < len(nodes) and nodes[begun].start < start + len(core):
                    near.append(nodes[begun])
                    begun += 1
                near = [node for node in near if node.end > start]
                yield _sentence(text, near, start, start + len(core))
            end += len(piece)


def _sentence(text: str, nodes: Iterable[Node], start: int, end: int) -> Sentence:
    parts, points = [], []
    for node in nodes:
        a, b = max(node.start, start) - start, min(node.end, end) - start
        if node.kind is Kind.POINT and start < node.start < end:
            points.append(Point(node.number, node.start - start))
        elif (
            node.kind in (Kind.PAIR, Kind.ATOM)
            and a < b
            and text[start + a : start + b].strip()
        ):
            parts.append(Part(node.number, a, b, node.kind is Kind.ATOM))
    return Sentence(text[start:end], start, tuple(parts), tuple(points))


def _offsets(stays_at: list[int], length: int) -> list[int]:
    """Return for every old offset the new one when only the characters of `kept` stay."""
    stays = set(stays_at)
    where, new = [], 0
    for old in range(length + 1):
        where.append(new)
        new += old in stays
    return where


def _unveiled(text: str, veils: Iterable[Veil]) -> str:
    for veil in sorted(veils, reverse=True):
        text = text[: veil.start] + veil.original + text[veil.end :]
    return text
