"""A marked translation: one letter added to every unit, so that whatever else changes on a page is seen.

An identical translation hides faults, for a writer keeps the bytes of what did not change. Every format is tested with
this one: each mark is on the page, and without its marks the page is the source.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib

from l10n.articles import Options, not_offered, parse_article, splice
from l10n.model import Article
from l10n.text.markup import TOKEN

MARK = "ж"
"""A letter that no test text has."""
UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe", "noframes", "noembed"})
"""Elements whose content a browser with scripts does not show."""


def marked(msgid: str) -> str:
    """A msgid with the mark behind its first letter outside of tokens and references."""
    position = 0
    for token in [*TOKEN.finditer(msgid), None]:
        end = token.start() if token else len(msgid)
        skip = False
        for place in range(position, end):
            skip = msgid[place] == "&" or (skip and msgid[place] != ";")
            if msgid[place].isalpha() and not skip:
                return f"{msgid[: place + 1]}{MARK}{msgid[place + 1 :]}"
        position = token.end() if token else end
    return msgid + MARK


def read(source: str, format: str, *, locale: str = "en", **options: Any) -> Article:  # noqa: A002
    """An article as the desk reads it."""
    return parse_article(
        source, path=Path("a"), locale=locale, format=format, options=Options(**options)
    )


def marked_page(article: Article) -> str:
    """The page of an article with every unit marked."""
    return splice(
        article,
        {number: marked(block.unit.msgid) for number, block in enumerate(article.blocks)},
    )


def assert_all_marked(article: Article, page: str) -> None:
    """Every unit is on the page, at each of its places; nothing but marks was added."""
    assert page.count(MARK) == len(article.blocks)


def words_in_units(article: Article) -> set[str]:
    """The words that somebody was offered, and those that are listed as not offered."""
    texts = [TOKEN.sub(" ", block.unit.msgid) for block in article.blocks]
    texts += [
        placeholder.opening
        for block in article.blocks
        for placeholder in block.unit.placeholders
    ]
    texts += [
        article.text[text.start :][: len(text.text) * 3 + 200] for text in not_offered(article)
    ]
    return set(" ".join(texts).split())


def visible_texts(page: str) -> list[str]:
    """The texts that a browser shows of a page, by an independent parser, with runs of white space as one space."""
    texts: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            return
        texts.append(element.text or "")
        for child in element:
            walk(child)
            texts.append(child.tail or "")

    walk(html5lib.parse(page, namespaceHTMLElements=False))
    return [text for text in (" ".join(text.split()) for text in texts) if text]


def _is_text(event: Any) -> bool:
    return isinstance(event, str) and event != "end"


def dom(page: str) -> list[Any]:
    """Elements with their attributes, and texts with runs of white space as one space, in order."""
    events: list[Any] = []

    def text(value: str | None) -> None:
        if value and value.strip():
            before = events.pop() + " " if events and _is_text(events[-1]) else ""
            events.append(before + " ".join(value.split()))

    def walk(element: Any) -> None:
        # React's empty comments mean nothing where they stand.
        if not isinstance(element.tag, str) and not (element.text or "").strip():
            return
        events.append(
            (str(element.tag), sorted(element.attrib.items()))
            if isinstance(element.tag, str)
            else ("comment", element.text)
        )
        text(element.text if isinstance(element.tag, str) else None)
        for child in element:
            walk(child)
            text(child.tail)
        events.append("end")

    walk(html5lib.parse(page, namespaceHTMLElements=False))
    return events
