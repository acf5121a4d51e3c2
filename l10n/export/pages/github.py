"""What GitHub adds to Markdown, on a page: lists of tasks with checkboxes, and alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from l10n.export.notice import page_language
from l10n.export.pages.admonitions import kind_title
from l10n.interface import messages_in

_TASK = re.compile(r"\[([ xX])\][ \t\u00a0]+")
"""What a task begins with; a letter says that it is done."""
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*", re.IGNORECASE)


def draw_tasks(tokens: Sequence[Token], target: str) -> None:
    """Return tasks a checkbox that nobody can tick in place of their brackets, with GitHub's classes."""
    messages = messages_in(target)
    lists: list[Token] = []
    for number, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and (match := is_task(tokens, number)):
            is_done = match[1] != " "
            name = (
                messages.pgettext("task", "Done")
                if is_done
                else messages.pgettext("task", "To do")
            )
            _draw_checkbox(tokens[number + 2], match, name, is_done=is_done)
            _add_class(token, "task-list-item")
            _add_class(lists[-1], "contains-task-list")


def is_task(tokens: Sequence[Token], number: int) -> re.Match[str] | None:
    """Whether the list item that opens here is a task, by what its text begins with."""
    if [token.type for token in tokens[number + 1 : number + 3]] != [
        "paragraph_open",
        "inline",
    ]:
        return None
    inline = tokens[number + 2]
    children = inline.children
    # The source tells an escaped bracket from a plain one, its tokens tell a reference.
    if _TASK.match(inline.content) is None or not children or children[0].type != "text":
        return None
    return _TASK.match(children[0].content)


def _draw_checkbox(inline: Token, match: re.Match[str], name: str, *, is_done: bool) -> None:
    children = inline.children or []
    first = children[0]
    first.content = first.content[match.end() :]
    inline.content = inline.content[match.end() :]
    box = Token("task_checkbox", "input", 0)
    box.attrs = {"type": "checkbox", "class": "task-list-item-checkbox", "aria-label": name}
    box.attrs |= {"disabled": "", "checked": ""} if is_done else {"disabled": ""}
    inline.children = [box, Token("text", "", 0, content=" "), *children]


def _add_class(token: Token, name: str) -> None:
    if name not in str(token.attrGet("class") or "").split():
        token.attrJoin("class", name)


def draw_alerts(tokens: Sequence[Token], target: str) -> list[Token]:
    """Return the tokens with alerts such as `> [!NOTE]` as boxes with a title in the language of the page.

    An alert of which nothing is left is left out.
    """
    drawn: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _end_of_quote(tokens, place)
        match = _alert(tokens[place:end])
        if match is None:
            drawn.append(tokens[place])
            place += 1
        else:
            drawn += _box(tokens[place:end], match[1].lower(), target)
            place = end
    return drawn


def _end_of_quote(tokens: Sequence[Token], place: int) -> int:
    """Return where a quote ends that opens here, in nothing else; GitHub knows no alerts elsewhere."""
    if tokens[place].type != "blockquote_open" or tokens[place].level:
        return place
    later = range(place, len(tokens))
    return 1 + next(
        at for at in later if tokens[at].type == "blockquote_close" and not tokens[at].level
    )


def _alert(quote: Sequence[Token]) -> re.Match[str] | None:
    """Return which alert a quote is, None for none: its first line is the mark alone."""
    if [token.type for token in quote[1:3]] != ["paragraph_open", "inline"]:
        return None
    children = quote[2].children or []
    if [child.type for child in children[:2]] not in (
        ["text"],
        ["text", "softbreak"],
        ["text", "hardbreak"],
    ):
        return None
    return _ALERT.fullmatch(quote[2].content.partition("\n")[0])


def _box(quote: Sequence[Token], kind: str, target: str) -> Iterator[Token]:
    opening, _paragraph, inline, *_rest = quote
    inline.children = (inline.children or [])[2:]
    body = quote[1:] if inline.children else quote[4:]
    # Nothing but its end is left: every passage in it is left out.
    if len(body) == 1:
        return
    opening.tag = body[-1].tag = "div"
    _add_class(opening, f"markdown-alert markdown-alert-{kind}")
    yield opening
    yield from _title(kind, target)
    yield from body


def _title(kind: str, target: str) -> tuple[Token, Token, Token]:
    language = page_language(target)
    title = kind_title(kind, language) or ""
    opening = Token("paragraph_open", "p", 1, block=True)
    opening.attrs = {"class": "markdown-alert-title"}
    if language != target:
        opening.attrs["lang"] = language
    text = Token("text", "", 0, content=title)
    inline = Token("inline", "", 0, content=title, children=[text])
    return opening, inline, Token("paragraph_close", "p", -1, block=True)
