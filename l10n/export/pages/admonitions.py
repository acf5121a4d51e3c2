"""Boxes on a page: titles that their kind gives them, in the language of the page, and the lines of PyMdown's blocks."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from l10n.articles.markdown.directives import BLOCK_LINE, UNTITLED, options_end
from l10n.export.notice import page_language
from l10n.interface import messages_in


def kind_title(kind: str, language: str) -> str | None:
    """Return the title of a box that has no other, by its kind; None for a kind that only its author knows."""
    messages = messages_in(language)
    titles = {
        "note": messages.pgettext("alert", "Note"),
        "tip": messages.pgettext("alert", "Tip"),
        "important": messages.pgettext("alert", "Important"),
        "warning": messages.pgettext("alert", "Warning"),
        "caution": messages.pgettext("alert", "Caution"),
        "abstract": messages.pgettext("alert", "Summary"),
        "info": messages.pgettext("alert", "Information"),
        "success": messages.pgettext("alert", "Success"),
        "question": messages.pgettext("alert", "Question"),
        "failure": messages.pgettext("alert", "Failure"),
        "danger": messages.pgettext("alert", "Danger"),
        "bug": messages.pgettext("alert", "Known fault"),
        "example": messages.pgettext("alert", "Example"),
        "quote": messages.pgettext("alert", "Quotation"),
        "hint": messages.pgettext("alert", "Hint"),
        "attention": messages.pgettext("alert", "Attention"),
        "error": messages.pgettext("alert", "Error"),
    }
    return titles.get(kind)


def draw_admonitions(tokens: Sequence[Token], target: str) -> None:
    """Return admonitions without a title of their own the one of their kind: their first class, as Python-Markdown has it."""
    language = page_language(target)
    for number, token in enumerate(tokens):
        if (
            token.type != "admonition_open"
            or tokens[number + 1].type != "admonition_title_open"
        ):
            continue
        opening, inline = tokens[number + 1 : number + 3]
        info = token.info.strip()
        if info.startswith('"'):
            # The parser took the title's first word for the class.
            token.attrSet("class", "admonition")
            _set_text(inline, info.strip('"'))
        elif '"' not in info:
            kind, *classes = info.lower().split()
            title = kind_title(kind, language)
            if classes:
                token.attrJoin("class", " ".join(classes))
            if title is not None and language != target:
                opening.attrs["lang"] = language
            _set_text(inline, title or kind.capitalize())


def _set_text(inline: Token, text: str) -> None:
    inline.content = text
    inline.children = [Token("text", "", 0, content=text)]


def use_block_lines(markdown: MarkdownIt) -> None:
    """Add the rule by which the lines around PyMdown's blocks (`/// note | Title`, `///`) are not shown, but for their titles."""
    options: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("table", "block_line", _block_line, options)


def _block_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    match = BLOCK_LINE.fullmatch(state.src, begin, state.eMarks[start])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    if match["title"] and match["name"] not in UNTITLED:
        state.push("paragraph_open", "p", 1).attrs = {"class": "admonition-title"}
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = match["title"], [start, start + 1], []
        state.push("paragraph_close", "p", -1)
    state.line = options_end(state, start + 1, end)
    return True
