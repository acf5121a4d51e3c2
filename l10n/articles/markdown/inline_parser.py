"""The part of the Markdown parser that reads texts: as the library reads them, in time that grows with their length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from l10n.articles.markdown.labels import use_linear_labels

DEEPEST = 100
"""Levels of blocks in one another, two for each of a list: beyond its own 20 the parser drops text; as deep as Python calls."""

_INLINE_NESTING = 20
"""How deep emphasis and links are read, the library's own limit: unclosed brackets take time that grows with it."""

InlineRule = Callable[[StateInline, bool], bool]

_SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "directive": "{",
    "named": "^:",
    "wiki": "[!",
    "mark": "+[",
    "formula": "$\\",
    "jsx": "<",
    "switch": "<",
}
"""What the inline rules begin with that begin with certain signs only; others are asked at every sign."""


_HIDDEN = re.compile("[\U000f0000-\U0010ffff]")
"""What stands in the place of code of a generator."""


class _Parser(MarkdownIt):
    """The library's, but addresses with hidden code in them stay as they are: it is put back later."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name the library calls
        return url if _HIDDEN.search(url) else super().normalizeLink(url)


def begin_parser(options: Mapping[str, Any]) -> MarkdownIt:
    """Return a parser of CommonMark to which rules can be added, with these options besides."""
    markdown = _Parser("commonmark")
    markdown.inline = _InlineParser()
    markdown.configure("commonmark", {**options, "maxNesting": DEEPEST})
    use_linear_labels(markdown)
    markdown.core.ruler.at("inline", _shallow_rule(markdown))
    return markdown


def _shallow_rule(markdown: MarkdownIt) -> Callable[[StateCore], None]:
    """Return the rule that reads the texts of blocks, less deep than blocks are read."""
    shallow = copy(markdown)
    # The same kind of options as the library makes: of its own a copy is not to be had.
    shallow.options = MarkdownIt(
        "commonmark", {**markdown.options, "maxNesting": _INLINE_NESTING}
    ).options

    def read(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = token.children or []
                markdown.inline.parse(token.content, shallow, state.env, token.children)

    return read


class _InlineParser(ParserInline):
    """The library's, but a rule is asked only at a sign that it can begin with: half of the time of reading."""

    def __init__(self) -> None:
        super().__init__()
        self._known: Sequence[InlineRule] = ()
        self._rules_by_sign = _RulesBySign(self)

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: MutableMapping[str, Any],
        tokens: list[Token],
    ) -> list[Token]:
        """Add the tokens of a text, and pair the signs of emphasis in it."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def _rules(self) -> _RulesBySign:
        """Return the rules as they are now; a parser is told of more rules until it reads for the first time."""
        rules = self.ruler.getRules("")
        if rules is not self._known:
            self._known, self._rules_by_sign = rules, _RulesBySign(self)
        return self._rules_by_sign

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the library's name
        """Go behind the token at a position, found out once for each."""
        position = state.pos
        if (end := state.cache.get(position)) is not None:
            state.pos = end
            return
        if state.level < state.md.options["maxNesting"]:
            state.level += 1
            for rule in self._rules()[state.src[position]]:
                if rule(state, True):
                    break
            else:
                state.pos += 1
            state.level -= 1
        else:
            # As the library does: what is nested too deeply is text to its end, and one sign more.
            state.pos = state.posMax + 1
        state.cache[position] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """Add the tokens of a text."""
        source, end, deepest = state.src, state.posMax, state.md.options["maxNesting"]
        rules_by_sign = self._rules()
        while state.pos < end:
            sign = source[state.pos]
            if state.level < deepest:
                for rule in rules_by_sign[sign]:
                    if rule(state, False):
                        break
                else:
                    state.append_pending(sign)
                    state.pos += 1
            else:
                state.append_pending(sign)
                state.pos += 1
        if state.pending:
            state.pushPending()


class _State(StateInline):
    """The library's, to which code of a generator is whatever emphasis beside it needs."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the library's names
        """Tell whether signs may open or close emphasis."""
        scanned = super().scanDelims(start, canSplitWord)
        if not self.env.get("codes"):
            return scanned
        end = start + scanned.length
        before, behind = self.src[start - 1 : start], self.src[end : end + 1]
        # A sign beside `**Note:**{% if x %}` is read when the code is gone, or has become a word or a sign.
        return Scanned(
            scanned.can_open or (self._is_code(before) and _is_sign(behind)),
            scanned.can_close or (self._is_code(behind) and _is_sign(before)),
            scanned.length,
        )

    def _is_code(self, character: str) -> bool:
        return character != "" and (
            character in self.env["codes"] or character == self.env["filler"]
        )


def _is_sign(character: str) -> bool:
    return character != "" and (isMdAsciiPunct(ord(character)) or isPunctChar(character))


class _RulesBySign(dict[str, tuple[InlineRule, ...]]):
    """The rules of a parser that can begin with a sign, in their order."""

    def __init__(self, parser: ParserInline) -> None:
        super().__init__()
        self._parser = parser

    def __missing__(self, sign: str) -> tuple[InlineRule, ...]:
        self[sign] = rules = tuple(self._beginning_with(sign))
        return rules

    def _beginning_with(self, sign: str) -> Iterator[InlineRule]:
        for rule in self._parser.ruler.__rules__:
            signs = _SIGNS.get(rule.name)
            # The rule for text reads up to such a sign.
            is_stop = rule.name == "text" and self._parser.terminator_re.match(sign)
            if rule.enabled and not is_stop and (signs is None or sign in signs):
                yield rule.fn
