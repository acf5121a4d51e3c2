"""The page of a Markdown article, rendered by markdown-it-py; raw HTML in it is the source's own."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date, format_datetime
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from l10n.articles import splice
from l10n.articles.markdown.frontmatter import STYLES, extent
from l10n.articles.markdown.inline_parser import begin_parser
from l10n.export.choices import Choice, Choices, Shown, block_choices
from l10n.export.languages import text_direction
from l10n.export.links import Links
from l10n.export.pages.admonitions import draw_admonitions, use_block_lines
from l10n.export.pages.github import draw_alerts, draw_tasks, is_task
from l10n.export.pages.heading_ids import with_heading_ids
from l10n.export.pages.list_marks import BULLET, next_mark
from l10n.export.pages.maker import BarePage, unit_kinds
from l10n.export.pages.markdown_same import (
    with_addresses,
    with_front_matter,
    with_language,
    with_links,
)
from l10n.export.pages.model import Date, PageModel, Passage, escaped, marked_passage
from l10n.export.pages.number_columns import align_numbers
from l10n.export.pages.templated import article_page
from l10n.export.provenance import mark_attributes
from l10n.export.site import Page
from l10n.foreign import ForeignError, foreign_data, load_json, load_toml
from l10n.model import Article, Block, Kind

_STANDFIRSTS = ("standfirst", "subtitle", "summary", "description", "excerpt")
_RARE = "⸿⸾⸽⸼⸻⸺⸹⸸⸷⸶⸵⸴⸳⸲⸱⸰"
"""Punctuation hardly any text has; Markdown treats it like a comma, so it may stand before any markup."""


def page(
    article: Article,
    choices: Choices | None,
    target: str,
    *,
    templates: Path | None = None,
) -> BarePage:
    """Return the page of a Markdown article."""
    return article_page(
        _model(article, block_choices(article, choices), target), templates=templates
    )


def same_format(article: Article, choices: Choices | None, page: Page, links: Links) -> str:
    """Return the Markdown with its translations, and with the links and front matter of its language."""
    text = splice(article, choices.replacements()) if choices else article.text
    if not page.original:
        text = with_heading_ids(
            text,
            article.text,
            links.fragments,
            _left_out(article, choices),
            reading=article.reading,
            has_front_matter=links.has_keys and not page.bare,
        )
        text = with_addresses(text, source=article.locale, target=page.locale)
        if page.bare:
            text = with_language(text, source=article.locale, target=page.locale)
    if links.has_keys and not page.bare:
        text = with_front_matter(text, lang=page.locale, key=page.slug)
    return with_links(text, links, article.reading)


def _left_out(article: Article, choices: Choices | None) -> frozenset[int]:
    """Return the lines of the headings that a translation leaves out."""
    blocks = zip(article.blocks, block_choices(article, choices), strict=True)
    return frozenset(
        block.line for block, choice in blocks if block.level and choice.shown is Shown.NOTHING
    )


block_kinds = unit_kinds


def list_marks(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the marks by the lines the items begin on; of lists in raw HTML all are bullets."""
    marks = dict(_item_lines(article.text))
    for index in items:
        block = article.blocks[index]
        in_html = block.role.startswith("html")
        yield index, BULLET if in_html else marks.pop(block.line, "")


def _item_lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the mark of each list item that begins with text."""
    _matter, body = front_matter(source)
    above = source[: len(source) - len(body)].count("\n") + 1
    tokens = markdown_parser().parse(body)
    numbers: list[int | None] = []
    for index, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                mark = next_mark(numbers)
                text = tokens[index + 2]
                if text.type == "inline" and text.map:
                    task = is_task(tokens, index)
                    yield above + text.map[0], _box(task[1]) if task else mark


def _box(inside: str) -> str:
    return "☐" if inside == " " else "☑"


def _model(article: Article, choices: Sequence[Choice], target: str) -> PageModel:
    put, flags = _flagged(article, choices, target)
    text = splice(article, put)
    matter, body = front_matter(text)
    parser = markdown_parser()
    tokens = parser.parse(body)
    _take_attributes(tokens)
    source = tokens
    if text != article.text and any(_headings(tokens)):
        # Parsed as well, because links to a heading were written to its name in the source.
        source = parser.parse(front_matter(article.text)[1])
        _take_attributes(source)
    _name_headings(tokens, source)
    draw_admonitions(tokens, target)
    _apply_flags(tokens, flags)
    align_numbers(tokens)
    draw_tasks(tokens, target)
    tokens = draw_alerts(tokens, target)
    heading, tokens = _cut_headline(tokens)
    headline = _headline(parser, heading) if heading else None
    title = _matter_text(matter, "title")
    if headline is None and title:
        headline = _matter_passage(article, choices, target, "title", title)
    key = next((key for key in _STANDFIRSTS if _matter_text(matter, key)), "")
    description = _matter_text(matter, key)
    # Many generators ask for a description and authors repeat the first paragraph in it.
    standfirst = "" if _begins_with(tokens, description) else description
    return PageModel(
        lang=target,
        dir=text_direction(target),
        title=title or (_plain(heading[1]) if heading else "") or article.path.stem,
        description=description,
        headline=headline,
        standfirst=_matter_passage(article, choices, target, key, standfirst)
        if standfirst
        else None,
        author=_author(matter.get("author")),
        date=_date(matter.get("date"), target),
        body=Markup(parser.renderer.render(tokens, parser.options, {})),  # noqa: S704 - by markdown-it
    )


def markdown_parser() -> MarkdownIt:
    """Return the parser of pages: CommonMark, tables, strikethrough, footnotes, definition lists, admonitions."""
    parser = begin_parser({"html": True}).enable(["table", "strikethrough"])
    return (
        parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin).use(use_block_lines)
    )


def front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Return what the front matter says, and the Markdown after it; what cannot be read says nothing."""
    text = text.removeprefix("\ufeff")
    end = extent(text)
    inside = "\n".join(text[:end].splitlines()[1:-1])
    try:
        with foreign_data():
            if text.startswith("{"):
                values = load_json(text[:end] or "{}")
            else:
                values = load_toml(inside) if text.startswith("+") else yaml.safe_load(inside)
    except ForeignError:
        values = {}
    return values if isinstance(values, dict) else {}, text[end:]


def _flagged(
    article: Article, choices: Sequence[Choice], target: str
) -> tuple[dict[int, str | None], Mapping[str, Mapping[str, str]]]:
    """Return the texts of all blocks, a rare character before those to mark, and what it stands for.

    In raw HTML, where no Markdown element can be marked, the character stands behind the text too.
    """
    texts = [article.text, *(choice.msgstr for choice in choices)]
    signs = iter([sign for sign in _RARE if not any(sign in text for text in texts)])
    signs_used: dict[Shown, str] = {}
    flags: dict[str, Mapping[str, str]] = {}
    put: dict[int, str | None] = {}
    for number, (block, choice) in enumerate(zip(article.blocks, choices, strict=True)):
        attributes = mark_attributes(choice, article.locale, target) if _is_prose(block) else {}
        if attributes and choice.shown not in signs_used:
            signs_used[choice.shown] = next(signs, "")
            flags[signs_used[choice.shown]] = attributes
        sign = signs_used[choice.shown] if attributes else ""
        if choice.shown is Shown.NOTHING:
            put[number] = None
        elif choice.shown is not Shown.SOURCE or sign:
            text = block.unit.msgid if choice.shown is Shown.SOURCE else choice.msgstr
            put[number] = f"{sign}{text}{sign if block.container is not None else ''}"
    return put, {sign: attributes for sign, attributes in flags.items() if sign}


def _is_prose(block: Block) -> bool:
    return block.role not in STYLES and block.unit.kind not in {
        Kind.METADATA,
        Kind.ATTRIBUTE,
    }


def _apply_flags(tokens: Sequence[Token], flags: Mapping[str, Mapping[str, str]]) -> None:
    """Take the rare characters out again and mark the elements they stand in."""
    for number, token in enumerate(tokens):
        for sign, attributes in flags.items():
            if sign not in token.content:
                continue
            if token.type == "inline":
                _take_out(token, sign)
                _mark_element(_holder(tokens, number), attributes)
            else:
                token.content = _wrap(token.content, sign, attributes)


def _wrap(content: str, sign: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    pattern = f"{re.escape(sign)}(.*?){re.escape(sign)}"
    wrapped = re.sub(pattern, rf"<span{written}>\1</span>", content, flags=re.DOTALL)
    return wrapped.replace(sign, "")


def _take_out(token: Token, sign: str) -> None:
    token.content = token.content.replace(sign, "")
    for child in token.children or ():
        child.content = child.content.replace(sign, "")
        if child.children:
            _take_out(child, sign)


def _holder(tokens: Sequence[Token], number: int) -> Token:
    """Return the opening token of the element a reader sees around some text: the item of a tight list."""
    place = number - 1
    while place > 0 and (tokens[place].hidden or tokens[place].nesting != 1):
        place -= 1
    return tokens[place]


def _mark_element(token: Token, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        else:
            token.attrSet(name, value)


_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*((?:[#.][\w-]+[ \t]*)+)\}[ \t]*$")


def _take_attributes(tokens: Sequence[Token]) -> None:
    """Return headings the id and classes that an attribute list at their end asks for: `{#id .class}`."""
    for opening, inline in _headings(tokens):
        last = inline.children[-1] if inline.children else inline
        match = _ATTRIBUTES.search(last.content) if last.type == "text" else None
        if match is None:
            continue
        last.content = last.content[: match.start()]
        for word in re.findall(r"[#.][\w-]+", match[1]):
            if word[0] == "#":
                opening.attrSet("id", word[1:])
            else:
                opening.attrJoin("class", word[1:])


def _name_headings(tokens: Sequence[Token], source: Sequence[Token]) -> None:
    """Return headings the ids the source's own links know them by."""
    headings = list(_headings(tokens))
    originals = list(_headings(source))
    # With a heading left out, which is which cannot be told by counting.
    namesakes = originals if len(originals) == len(headings) else headings
    times_used: dict[str, int] = {}
    for (opening, _inline), (_opening, inline) in zip(headings, namesakes, strict=True):
        name = _slug(_plain(inline))
        times_used[name] = times_used.get(name, -1) + 1
        if name and not opening.attrGet("id"):
            opening.attrSet("id", f"{name}-{times_used[name]}" if times_used[name] else name)


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield opening, inline


def _slug(text: str) -> str:
    """Return the name GitHub gives a heading: lower case, spaces to hyphens, other punctuation gone."""
    characters = (
        "-" if character == " " else character
        for character in text.strip().lower()
        if character in " -_" or unicodedata.category(character)[0] in "LMN"
    )
    return "".join(characters)


def _cut_headline(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return a leading first-level heading and what follows it."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[:3], tokens[3:]
    return [], tokens


def _begins_with(tokens: Sequence[Token], text: str) -> bool:
    """Whether the body says first what would stand above it."""
    first = next((token for token in tokens if token.type == "inline"), None)
    return first is not None and _plain(first).split() == text.split()


def _headline(parser: MarkdownIt, heading: Sequence[Token]) -> Passage:
    html = parser.renderer.render([heading[1]], parser.options, {})
    has = heading[0].attrGet
    return Passage(
        kind="headline",
        html=Markup(html),  # noqa: S704 - rendered by markdown-it
        level=1,
        mark=str(has("class") or ""),
        lang=str(has("lang") or ""),
        dir=str(has("dir") or ""),
        id=str(has("id") or ""),
    )


def _plain(inline: Token) -> str:
    """Return what a reader reads of an inline token."""
    return "".join(_read(child) for child in inline.children or ())


def _read(child: Token) -> str:
    if child.children:
        return _plain(child)
    if child.type in {"softbreak", "hardbreak"}:
        return " "
    return child.content if child.type in {"text", "code_inline"} else ""


def _matter_text(matter: Mapping[str, Any], key: str) -> str:
    value = matter.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _matter_passage(
    article: Article, choices: Sequence[Choice], target: str, key: str, text: str
) -> Passage:
    """Return a front matter value as a passage, marked like the block it comes from."""
    choice = next(
        (
            choice
            for block, choice in zip(article.blocks, choices, strict=True)
            if (block.unit.context or "").endswith(f":{key}")
        ),
        None,
    )
    html = escaped(text)
    if choice is None:
        return Passage(kind=key, html=html)
    return marked_passage(article, choice, target, kind=key, html=html)


def _author(value: object) -> str:
    names = value if isinstance(value, list) else [value]
    return ", ".join(name for name in names if isinstance(name, str))


def _date(value: object, target: str) -> Date | None:
    """Return a date the way the page's locale writes it; what is no date is left out."""
    locale = target.replace("-", "_")
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, dt.datetime):
        if not (value.hour or value.minute):
            value = value.date()
        else:
            return Date(value.isoformat(), format_datetime(value, "long", locale=locale))
    if isinstance(value, dt.date):
        return Date(value.isoformat(), format_date(value, "long", locale=locale))
    return None
