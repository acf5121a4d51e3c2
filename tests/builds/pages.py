"""What two built pages have in common: elements, attributes and texts, and the places on a page that links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

from l10n.catalog import Catalog
from l10n.text.markup import text_spans

MARK = "\u0195"
"""A letter no text has: a slug keeps it, as it would keep those of a translation."""
_ENTITY = re.compile(r"&[#\w]+;")


def marked(msgid: str) -> str:
    """Return a translation that adds one letter, in the first word of a text."""
    for start, end in text_spans(msgid):
        text = _ENTITY.sub(lambda match: " " * len(match[0]), msgid[start:end])
        for offset, character in enumerate(text):
            if character.isalpha():
                place = start + offset + 1
                return msgid[:place] + MARK + msgid[place:]
    return msgid


def mark_catalog(path: Path) -> int:
    """Give every entry of a catalog a marked translation, and return how many there are."""
    catalog = Catalog.load(path)
    for entry in catalog.entries:
        entry.translate(marked(entry.msgid))
    catalog.save(path)
    return len(catalog.entries)


def read(path: Path, within: str = "body") -> Element:
    """Return an element of a built page, by the name of its tag."""
    tree = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    element = tree.find(f".//{within}")
    return tree if element is None else element


def outline(element: Element, translation: bool = True) -> Iterator[str]:
    """Yield what a page is, a line for each tag and text; white space as one space, the mark taken out."""
    attributes = "".join(
        f' {name}="{_bare(str(value))}"' for name, value in sorted(element.attrib.items())
    )
    yield f"<{element.tag}{attributes}>"
    if element.text and element.text.strip():
        yield _bare(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from outline(child)
        if child.tail and child.tail.strip():
            yield _bare(child.tail)
    yield f"</{element.tag}>"


def _bare(text: str) -> str:
    text = text.replace(MARK, "").replace("%C6%95", "").replace("%c6%95", "")
    return " ".join(text.split())


def dead_links(element: Element) -> list[str]:
    """Return the places on the page itself that links lead to and that are not there."""
    ids = {
        value
        for node in element.iter()
        for name, value in node.attrib.items()
        if name in ("id", "name")
    }
    return [
        href
        for node in element.iter("a")
        if (href := node.get("href", "")).startswith("#")
        and len(href) > 1
        and unquote(href[1:]) not in ids
    ]


def differences(
    original: Path, translation: Path, within: str = "body"
) -> list[tuple[str, str]]:
    """Return the lines in which two built pages differ, the marks aside."""
    ours, theirs = (list(outline(read(path, within))) for path in (original, translation))
    if ours == theirs:
        return []
    import difflib

    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        ("\n".join(ours[i:j]), "\n".join(theirs[k:m]))
        for operation, i, j, k, m in matcher.get_opcodes()
        if operation != "equal"
    ]
