"""One text of a catalog read again by itself, as today's reader reads it: what an upgrade of the desk needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from l10n.articles import parse_article
from l10n.articles.html.tokens import VOID
from l10n.articles.options import PLAIN
from l10n.errors import ArticleError
from l10n.model import Article, Kind, Unit
from l10n.text.markup import Token, decode, marks, plain, text_spans

Meanings = Mapping[str, Sequence[str]]
"""What each placeholder of a text stands for, by name, as the `#.` lines tell it."""

_SIGNS = {"em": "*", "strong": "**", "s": "~~", "del": "~~"}
_LEADS = {
    Kind.HEADLINE: "# ",
    Kind.HEADING: "## ",
    Kind.QUESTION: "## ",
    Kind.ITEM: "- ",
    Kind.QUOTE: "> ",
}
"""What stands before a text of a kind in Markdown; what ends a heading ends nothing else."""
_ATTRIBUTES = {"a": "href", "img": "src", "iframe": "src", "input": "name", "abbr": "title"}
"""Which attribute says what an element stands for."""
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_MANY = 20
_SIGN = re.compile(r"[^\w\s]")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Rereader:
    """Reads texts of an article's catalog as if they stood in it alone."""

    article: Article

    @cached_property
    def _lines(self) -> tuple[list[str], ...]:
        """The chunks of each line of the article."""
        return tuple(
            chunks for line in self.article.text.splitlines() if (chunks := line.split())
        )

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What begins lines with a sign: `*[HTML]:`, `///`, `{`."""
        return frozenset(line[0] for line in self._lines if _SIGN.match(line[0]))

    @cached_property
    def _by_beginning(self) -> dict[str, list[list[str]]]:
        """Lines of several chunks by the first of them: `import … from …`; a few for each, whatever the article."""
        by_beginning: dict[str, list[list[str]]] = {}
        for line in self._lines:
            lines = by_beginning.setdefault(line[0], [])
            if len(line) > 1 and len(lines) < _MANY and line not in lines:
                lines.append(line)
        return by_beginning

    @cached_property
    def _endings(self) -> frozenset[str]:
        """What ends lines with signs alone: `}`, `///`."""
        return frozenset(line[-1] for line in self._lines if not _LETTER.search(line[-1]))

    def read(
        self, text: str, kind: str, meanings: Meanings, *, in_lines: bool
    ) -> tuple[Unit, ...]:
        """Return the units of a msgid or msgstr whose placeholders are written out as what they stand for.

        With `in_lines` it is cut before and after what only stands at the ends of lines in the article,
        for a msgid is one line. Nothing when it cannot be read.
        """
        is_page = self.article.format == "html"
        source = spelled(text, meanings, html=is_page)
        if in_lines:
            source = self._in_lines(source)
        if is_page:
            whole = f"<p>{source}</p>"
        else:
            labels = dict.fromkeys(_NOTE.findall(source))
            notes = "".join(f"\n\n{label}: _" for label in labels)
            lead = _LEADS.get(Kind(kind), "") if kind in set(Kind) else ""
            whole = f"| {source} |\n|---|" if kind == Kind.CELL else f"{lead}{source}"
            whole += notes
        try:
            article = parse_article(
                whole,
                path=self.article.path,
                locale=self.article.locale,
                format=self.article.format,
                options=replace(PLAIN, reading=self.article.reading),
            )
        except ArticleError:
            # A text without any word is refused; it is no unit.
            return ()
        return tuple(block.unit for block in article.blocks)

    def _in_lines(self, source: str) -> str:
        lines: list[list[str]] = [[]]
        chunks = source.split()
        position = 0
        while position < len(chunks):
            end = position + self._length_of_line(chunks, position)
            chunk = chunks[position]
            if end > position or chunk in self._beginnings:
                lines.append([])
            end = max(end, position + 1)
            lines[-1] += chunks[position:end]
            if end > position + 1 or chunk in self._endings:
                lines.append([])
            position = end
        return "\n".join(" ".join(line) for line in lines if line)

    def _length_of_line(self, chunks: Sequence[str], position: int) -> int:
        """Return how many chunks make a whole line of the article; 0 where none does."""
        for line in self._by_beginning.get(chunks[position], ()):
            if chunks[position : position + len(line)] == line:
                return len(line)
        return 0


def still_stands(article: Article, msgid: str, became: str | None = None) -> bool:
    """Whether the words of a msgid stand in the source of an article as they did, between them what its placeholders were.

    Not so where it `became` a text that says more: then somebody has written that.
    """
    if became is not None and not _stand_in(_words(plain(msgid)), _pieces(became)):
        return False
    return _stand_in(_words(article.text), _pieces(msgid))


def _pieces(msgid: str) -> list[str]:
    """Return the words between the placeholders of a msgid."""
    return [words for start, end in text_spans(msgid) if (words := _words(msgid[start:end]))]


def _stand_in(source: str, pieces: Sequence[str]) -> bool:
    """Whether pieces stand in a text one after the other; nothing stands nowhere."""
    if not pieces:
        return False
    # Of a text that stands several times another may be the one that stayed.
    start = source.find(pieces[0])
    while start >= 0:
        if _follow(source, start, pieces):
            return True
        start = source.find(pieces[0], start + 1)
    return False


def _follow(source: str, start: int, pieces: Sequence[str]) -> bool:
    position = start
    for piece in pieces:
        # An address or a piece of code is seldom longer.
        position = source.find(piece, position, position + len(piece) + _REACH)
        if position < 0:
            return False
        position += len(piece) - 1
    return True


_REACH = 400
"""Letters that may stand between two pieces of a text."""


def _words(text: str) -> str:
    """Return the words of a text with a space around each of them."""
    words = _WORD.findall(decode(text))
    return f" {' '.join(words)} " if words else ""


_WORD = re.compile(r"[^\W_]+")


def spelled(text: str, meanings: Meanings, *, html: bool) -> str:
    """Return a msgid or msgstr as HTML or Markdown, its placeholders as the plainest markup that stands for the same."""
    parts: list[str] = []
    position = 0
    for token in marks(text):
        parts.append(_text(text[position : token.start], html=html))
        meaning = meanings.get(token.name, ("",))[0]
        parts.append(_element(token, meaning) if html else _sign(token, meaning))
        position = token.end
    parts.append(_text(text[position:], html=html))
    return "".join(parts)


def _text(text: str, *, html: bool) -> str:
    # Markdown shows an entity as its character too, and what was text may be markup today.
    return text if html else decode(text)


def _sign(token: Token, meaning: str) -> str:
    sign = _SIGNS.get(token.tag)
    if sign and token.form != "void":
        return sign
    match token.tag, token.form:
        case "a", "open":
            return "["
        case "a", "close":
            return f"]({_address(meaning)})"
        case "a", "void":
            return f"<{meaning}>"
        case "img", "void":
            return f"![]({_address(meaning)})"
        case "code", "void":
            fence = "`" * (1 + max(map(len, re.findall("`+", meaning)), default=0))
            space = " " if "`" in meaning[:1] + meaning[-1:] else ""
            return f"{fence}{space}{meaning}{space}{fence}"
        case "sup", "void" if meaning:
            return meaning
        case "x", "void":
            return meaning or "<!-- -->"
    return _element(token, meaning)


def _address(meaning: str) -> str:
    is_code = meaning.startswith(("{", "<"))
    return f"<{meaning}>" if not is_code and re.search(r"[\s()<>]", meaning) else meaning


def _element(token: Token, meaning: str) -> str:
    if token.form == "close":
        return f"</{token.tag}>"
    if token.tag == "x":
        return meaning or "<!-- -->"
    name = _ATTRIBUTES.get(token.tag)
    value = meaning.replace("&", "&amp;").replace('"', "&quot;")
    opening = f'<{token.tag} {name}="{value}">' if name and meaning else f"<{token.tag}>"
    if token.form == "void" and token.tag not in VOID:
        content = "" if name else meaning.replace("&", "&amp;").replace("<", "&lt;")
        return f"{opening}{content}</{token.tag}>"
    return opening
