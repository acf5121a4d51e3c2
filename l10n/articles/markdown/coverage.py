"""What readers of a Markdown article see and no unit holds: told by going over all its lines again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from l10n.articles.html.coverage import listed
from l10n.articles.html.reader import PageReader
from l10n.articles.html.tokens import scan_markup
from l10n.articles.markdown import frontmatter
from l10n.articles.markdown.components import property_values
from l10n.articles.markdown.dialects import grammar_of
from l10n.articles.markdown.generator import code_bodies
from l10n.articles.markdown.inline import line_spans
from l10n.articles.markdown.keeping import Keeping
from l10n.articles.markdown.matter import Value
from l10n.articles.markdown.parser import parse
from l10n.articles.markdown.token_types import LINE, OPAQUE
from l10n.articles.words import has_words, shorten
from l10n.languages import language_of
from l10n.model import Article, NotOffered, Reason
from l10n.text.language import is_running_text

_CODE = frozenset({"fence", "code_block"})
_HTML = "html_block"
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_HEADED = frozenset({"admonition_open", "tab_open"})
"""What begins with a line that is no text, or whose title is a token of its own."""

_QUOTES = re.compile(r"^[ \t>]*(?:---[ \t\r]*$)?", re.MULTILINE)
"""What is left aside of the properties of a component in a quote."""
_MARKS = re.compile(r"\A[ \t>]*(?:(?:\[\^[^\]\s]+\]:|[0-9]{1,9}[.)]|[-+*:])(?:[ \t]+|\Z))+\Z")
"""The line of a note or an item whose text begins on the next one."""


def not_offered(article: Article) -> tuple[NotOffered, ...]:
    """Return the texts of an article that are in none of its units, in order, with the reason why."""
    return tuple(sorted(_Coverage(article).stretches(), key=lambda text: text.start))


class _Coverage:
    """The lines of an article, and which of them are accounted for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.source = article.text
        self.known = {block.start for block in article.blocks}
        self.body = frontmatter.body_start(self.source)
        self.lines = list(line_spans(self.source, self.body))
        self.above = self.source.count("\n", 0, self.body)
        env: dict[str, Any] = {}
        grammar = grammar_of(article.reading)
        self.keeping = Keeping(is_mdx=grammar.is_mdx)
        self.tokens: Sequence[Token] = parse(self.source[self.body :], grammar, env)
        self.accounted = [not self.source[start:end].strip() for start, end in self.lines]
        for definition in env.get("references", {}).values():
            self._account(*definition["map"])
        self.held = [False] * len(self.lines)
        number = 0
        for block in sorted(article.blocks, key=lambda block: block.start):
            while number < len(self.lines) and self.lines[number][1] < block.start:
                number += 1
            line = number
            while line < len(self.lines) and self.lines[line][0] < block.end:
                self.held[line] = self.accounted[line] = True
                line += 1

    def _front_matter(self) -> Iterator[NotOffered]:
        """Yield the sentences of front matter that are no units."""
        yield from self._values(frontmatter.all_values(self.source, self.body), Reason.KEY)

    def _properties(self, first: int, last: int) -> Iterator[NotOffered]:
        """Yield the sentences among the properties of a component that are no units."""
        start, end = self.lines[first][0], self.lines[min(last, len(self.lines)) - 1][1]
        reason = Reason.AUTHOR if self.keeping.is_off else Reason.KEY
        values = list(property_values(self.source, start, end))
        yield from self._values(values, reason)
        # In a quote each line of them begins with a mark: they are no YAML to read.
        text = _QUOTES.sub("", self.source[start:end]).partition("\n")[2]
        if not values and is_running_text(text, language_of(self.article.locale)):
            yield self._line(first + 2, text, Reason.UNREAD)

    def _values(self, values: Iterable[Value], reason: Reason) -> Iterator[NotOffered]:
        """Yield the sentences among the values of keys that are no units."""
        language = language_of(self.article.locale)
        for value in values:
            if value.start not in self.known and is_running_text(value.text, language):
                self.known.add(value.start)
                line = self.source.count("\n", 0, value.start) + 1
                text = shorten(f"{value.key}: {value.text}")
                yield NotOffered(value.start, line, text, reason)

    def _bodies(self) -> Iterator[NotOffered]:
        """Yield the code that shortcodes hold, which no rule of Markdown's is asked about."""
        starts = [start for start, _end in self.lines]
        for start, end in code_bodies(self.source[self.body :]):
            first = bisect_right(starts, start + self.body) - 1
            last = bisect_right(starts, end + self.body) - 1
            self.held[first : last + 1] = [True] * (last + 1 - first)
            self._account(first, last + 1)
            text = self.source[start + self.body : end + self.body]
            if has_words(text):
                yield self._line(min(first + 1, last), text, Reason.CODE)

    def _account(self, first: int, last: int) -> None:
        for line in range(first, min(last, len(self.lines))):
            self.accounted[line] = True

    def stretches(self) -> Iterator[NotOffered]:
        """Yield every text that no unit holds."""
        yield from self._front_matter()
        yield from self._bodies()
        row: tuple[int, int] | None = None
        for token in self.tokens:
            if token.type == "tr_open" and token.map:
                row = token.map[0], token.map[1]
            # To the parser a term of a definition ends on the line that it begins on.
            place = (token.map[0], max(token.map[1], token.map[0] + 1)) if token.map else row
            if token.type == _HTML and token.map:
                self.keeping.read(token.content)
                yield from self._html(*token.map, is_off=self.keeping.is_off)
            elif token.type == LINE:
                self.keeping.read(token.content)
                if token.map and token.content.startswith("::"):
                    yield from self._properties(*token.map)
            elif token.type == "inline" and place is not None:
                if not any(self.held[place[0] : place[1]]) and _has_text(token):
                    reason = Reason.AUTHOR if self.keeping.is_off else Reason.UNREAD
                    yield self._line(place[0], token.content, reason)
                yield from self._switched_off(token, place[0])
            elif token.type in _CODE and token.map and has_words(token.content):
                yield self._line(token.map[0], token.content, Reason.CODE)
            if token.nesting == 0 and place is not None:
                self._account(*place)
            elif token.type in _HEADED and token.map:
                self._account(token.map[0], token.map[0] + 1)
        # What the parser dropped has no token at all: lists beyond the depth that it takes.
        for line, (start, end) in enumerate(self.lines):
            text = _MARKS.sub("", self.source[start:end])
            if not self.accounted[line] and has_words(text):
                yield self._line(line, text, Reason.UNREAD)

    def _switched_off(self, token: Token, line: int) -> Iterator[NotOffered]:
        """Yield what an author keeps inside a text."""
        at = 0
        for child in token.children or ():
            if child.type == OPAQUE and child.content.startswith("<"):
                at = max(token.content.find(child.content, at), 0)
                text = _TAG.sub(" ", child.content)
                if has_words(text):
                    yield self._line(
                        line + token.content.count("\n", 0, at), text, Reason.AUTHOR
                    )

    def _html(self, first: int, last: int, *, is_off: bool) -> Iterator[NotOffered]:
        """Yield the texts of a block of raw HTML that no unit holds."""
        start, end = self.lines[first][0], self.lines[min(last, len(self.lines)) - 1][1]
        markup = self.source[start:end]
        tokens = scan_markup(markup, xml=False)
        reader = PageReader(markup, self.article.locale, tokens, xml=False)
        reader.read()
        blocks = [block for block in self.article.blocks if start <= block.start < end]
        for text in listed(markup, blocks, reader.kept, tokens, offset=start):
            reason = Reason.AUTHOR if is_off else text.reason
            yield NotOffered(text.start, self._number(first) + text.line - 1, text.text, reason)

    def _line(self, line: int, text: str, reason: Reason) -> NotOffered:
        line = min(line, len(self.lines) - 1)
        return NotOffered(
            self.lines[line][0], self._number(line), shorten(text.strip()), reason
        )

    def _number(self, line: int) -> int:
        return self.above + line + 1


def _has_text(token: Token) -> bool:
    """Whether readers see words in an inline token besides code and addresses."""
    children = token.children or ()
    automatic = False
    for child in children:
        if child.type == "link_open":
            automatic = child.info == "auto"
        elif child.type == "link_close":
            automatic = False
        elif (
            child.type in ("text", "text_special")
            and not automatic
            and has_words(child.content)
        ):
            return True
    return False
