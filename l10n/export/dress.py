"""An HTML page made ready to publish: language, head, links, assets, switcher and notice, all by edits in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from l10n.articles.html.tokens import TokenTuple, attributes
from l10n.articles.words import line_break
from l10n.export.choices import Choices
from l10n.export.edits import Edit, apply_edits
from l10n.export.head import head_edits, indentation, insert_lines, managed_locales
from l10n.export.landmarks import body_start
from l10n.export.languages import primary, text_direction
from l10n.export.links import Links
from l10n.export.notice import (
    HOME,
    MARKS_CSS,
    NOTICE,
    STYLE,
    SWITCHER,
    home,
    notice,
    page_language,
    switcher,
    switcher_label,
)
from l10n.export.page_walk import NO_TOKEN, Document, change_attributes, walk
from l10n.export.pages.maker import BarePage
from l10n.export.provenance import UNTRANSLATED
from l10n.export.site import Page, Site
from l10n.export.tags import START, element_end, escape_attribute, set_attributes, values


def dress(
    bare: BarePage,
    *,
    page: Page,
    site: Site,
    links: Links,
    locale: str,
    choices: Choices | None,
    left_texts: frozenset[str] = frozenset(),
) -> str:
    """Return a translated page with everything that search engines and readers need; twice changes nothing more.

    `choices` are those of a translation; without them the page says nothing of its state. `left_texts` are
    those of its structured data that stay in the language of the source.
    """
    source, landmarks = bare.text, bare.landmarks
    document = Document(
        source, landmarks.marks, page, site, links, locale, managed_locales(site)
    )
    document.marked = bare.is_marked
    document.left_texts = left_texts
    # With a <base> no address can be told to be the site's own: all of them stay as they are.
    document.has_base = any(
        name == "base" and "href" in values(source, (kind, name, start, end))
        for kind, name, start, end in landmarks.marks
    )
    walk(document)
    for tag in landmarks.ours:
        _note_own(document, tag)
    if locale != page.locale:
        for tag in landmarks.languages:
            _own_language(document, tag)
    if not document.has_base:
        for tag in landmarks.styled:
            has = values(source, tag)
            change_attributes(document, tag, has, {"style": links.css(has["style"])})
    # Anything less is a fragment that some page includes: it gets links and marks, and no head of its own.
    if document.html or document.doctype or document.head.title:
        if document.body is None:
            _begin_body(document)
        _language(document)
        document.edits += head_edits(source, document.head, page, site, choices)
        if not page.bare:
            _announce(document, choices)
    return apply_edits(source, _outside(document.edits, document.filled))


def _outside(edits: Iterable[Edit], filled: Sequence[Edit]) -> list[Edit]:
    """Return edits without those inside what others replace: old content of our own elements."""
    whole = [
        edit
        for edit in filled
        if not any(other is not edit and _holds(other, edit) for other in filled)
    ]
    return [
        *whole,
        *(edit for edit in edits if not any(_holds(outer, edit) for outer in whole)),
    ]


def _holds(outer: Edit, inner: Edit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.start < outer.end


def _begin_body(document: Document) -> None:
    """Let the body of a page that has no tag for it begin where browsers do."""
    place = body_start(document.source)
    if place is not None:
        document.body = (START, "body", place, place)
        if document.head.place is None:
            document.head.end = place


def _own_language(document: Document, tag: TokenTuple) -> None:
    """Rename the language of a translated part that the source names: it is the page's now."""
    has = values(document.source, tag)
    # We ourselves wrote this one: it says truly that the passage is still in the source language.
    if UNTRANSLATED in has.get("class", "").split():
        return
    for key in ("lang", "xml:lang"):
        if document.speaks(has.get(key, "")):
            change_attributes(document, tag, has, {key: document.page.locale})


def _note_own(document: Document, tag: TokenTuple) -> None:
    classes = values(document.source, tag).get("class", "").split()
    for name in (SWITCHER, NOTICE, STYLE, HOME):
        if name in classes and name not in document.own_elements:
            document.own_elements[name] = document.marks.index(tag)
    document.marked = document.marked or any(name.startswith("l10n-") for name in classes)


def _language(document: Document) -> None:
    """Set the language of the whole page; a page without `<html>` gets one where browsers put it."""
    page = document.page
    required = {"lang": page.locale}
    has = {} if document.html is None else values(document.source, document.html)
    if not page.bare or "dir" in has or _turns(document):
        required["dir"] = text_direction(page.locale)
    if document.html is None:
        _kind, _name, _start, place = document.doctype or NO_TOKEN
        place += document.source.startswith("\ufeff", place)
        pairs = "".join(
            f' {name}="{escape_attribute(value)}"' for name, value in required.items()
        )
        document.edits.append(Edit(place, place, f"<html{pairs}>"))
        return
    if page.original and primary(has.get("lang", "")) == primary(page.locale):
        del required["lang"]  # an author who wrote es-MX knows better than the folder
    elif "xml:lang" in has:
        required["xml:lang"] = page.locale
    document.edits += set_attributes(document.source, document.html, required)


def _turns(document: Document) -> bool:
    """Whether a page is written the other way than its original."""
    original = document.site.original(document.page.slug)
    direction = text_direction(document.page.locale)
    return original is not None and text_direction(original.locale) != direction


def _announce(document: Document, choices: Choices | None) -> None:
    """Write the switcher, the notice and the few rules they are shown by."""
    added: list[Edit] = []
    if not document.has_base:
        _fill(document, HOME, home(document.page, document.site), {})
    has_switcher = document.site.switcher and _write_switcher(document, added)
    has_notice = (
        choices is not None and document.site.notice and _write_notice(document, choices, added)
    )
    if (has_switcher or has_notice or document.marked) and STYLE not in document.own_elements:
        style = f'<style class="{STYLE}">\n{MARKS_CSS}</style>'
        style = style.replace("\n", line_break(document.source))
        document.edits += insert_lines(document.source, document.head, [style])
    # Last: where the head ends at the body's first character, the style belongs before them.
    document.edits += added


def _write_switcher(document: Document, added: list[Edit]) -> bool:
    """Write the links to other languages; whether the page has a place for them now."""
    links = switcher(document.page, document.site, rebased=document.has_base)
    label = switcher_label(document.page)
    if _fill(document, SWITCHER, links, {"aria-label": label}):
        return True
    if not links or document.body is None:
        return False
    nav = f'<nav class="{SWITCHER}" aria-label="{escape_attribute(label)}">{links}</nav>'
    added.append(_after(document.source, document.body, nav))
    return True


def _write_notice(document: Document, choices: Choices, added: list[Edit]) -> bool:
    """Write what readers are told of drafts and of missing passages; whether there is anything to tell."""
    text = notice(
        document.page, document.site, choices, document.locale, rebased=document.has_base
    )
    language = _own_language_attributes(document.page)
    place = document.content or document.body
    if not _fill(document, NOTICE, text, language) and text and place is not None:
        pairs = "".join(f' {key}="{value}"' for key, value in language.items())
        note = f'<div class="{NOTICE}" role="note"{pairs}>{text}</div>'
        added.append(_after(document.source, place, note))
    return bool(text)


def _own_language_attributes(page: Page) -> dict[str, str]:
    """Return the attributes that name the language of our own sentences, where it is not the page's."""
    language = page_language(page.locale)
    if primary(language) == primary(page.locale):
        return {}
    return {"lang": language, "dir": text_direction(language)}


def _fill(
    document: Document, name: str, content: str, own_attributes: Mapping[str, str]
) -> bool:
    """Put content into one of our elements, hidden when there is none; whether the page has that element.

    Its attributes are set, too; what an author wrote there stays on the original.
    """
    index = document.own_elements.get(name)
    if index is None:
        return False
    opening = document.marks[index]
    closing = element_end(document.marks, index)
    # An element nobody closed reaches to the end of the page: it is left alone, and not written twice.
    if closing is None:
        return True
    _kind, _name, _start, content_start = opening
    _kind, _name, content_end, _end = closing
    if document.source[content_start:content_end] != content:
        document.filled.append(Edit(content_start, content_end, content))
    present = {attribute.name: attribute for attribute in attributes(document.source, opening)}
    hidden = present.get("hidden")
    required = {
        key: value
        for key, value in own_attributes.items()
        if key not in present or not document.page.original
    }
    if content and hidden is not None:
        document.edits.append(Edit(hidden.start, hidden.end, ""))
    elif not content and hidden is None:
        required["hidden"] = "hidden"
    document.edits += set_attributes(document.source, opening, required)
    return True


def _after(source: str, tag: TokenTuple, markup: str) -> Edit:
    """Return the edit that puts an element after a tag: on a line of its own where the tag has one."""
    _kind, _name, start, end = tag
    newline = line_break(source)
    has_own_line = source.startswith(newline, end)
    indent = newline + indentation(source, start) if has_own_line else ""
    return Edit(end, end, indent + markup)
