"""An HTML page made ready to publish: language, head, links, assets, switcher and notice, all by edits in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.articles.html.tokens import Mark, TokenKind, attributes
from l10n.export.choices import Choices
from l10n.export.edits import Edit, apply_edits
from l10n.export.head import (
    HeadScan,
    head_edits,
    indentation,
    insert_lines,
    line_break,
    managed_locales,
)
from l10n.export.landmarks import ASSETS, LINKED, STRUCTURE, content_start
from l10n.export.languages import primary, text_direction
from l10n.export.links import Links
from l10n.export.notice import (
    MARKS_CSS,
    NOTICE,
    STYLE,
    SWITCHER,
    notice,
    page_language,
    switcher,
    switcher_label,
)
from l10n.export.pages.maker import BarePage
from l10n.export.provenance import UNTRANSLATED
from l10n.export.site import Page, Site
from l10n.export.structured import localize_json
from l10n.export.tags import (
    END,
    RAW,
    START,
    element_end,
    escape_attribute,
    set_attributes,
    values,
)

_ASSET_RELATIONS = frozenset({
    "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch",
})  # fmt: skip
_PAGE_RELATIONS = frozenset(
    {"next", "prev", "prerender", "help", "author", "license", "search", "up"}
)
_IMAGE_METAS = frozenset({"og:image", "og:image:url", "twitter:image", "og:video", "og:audio"})
_LANGUAGE_METAS = frozenset({"content-language", "language", "dc.language", "dcterms.language"})
_DOCTYPE = int(TokenKind.DOCTYPE)


@dataclass
class _Document:
    """The places of a page that may change, found in one walk over its tags."""

    source: str
    marks: Sequence[Mark]
    page: Page
    site: Site
    links: Links
    locale: str
    """Locale of the article the page was made from."""
    locales: frozenset[str]
    """Values of hreflang that are ours to write."""
    edits: list[Edit] = field(default_factory=list)
    filled: list[Edit] = field(default_factory=list)
    """Those that give our own elements their content; nothing inside it is worth an edit of its own."""
    head: HeadScan = field(default_factory=HeadScan)
    html: Mark | None = None
    doctype: Mark | None = None
    body: Mark | None = None
    """Tag after which the body begins: its own, or the end of the head where it has none."""
    content: Mark | None = None
    """Opening tag of what holds the article."""
    own_elements: dict[str, int] = field(default_factory=dict)
    """Indices of the opening tags of our own elements, by class."""
    has_base: bool = False
    marked: bool = False
    """Whether something on the page bears a class of ours."""

    def speaks(self, tag: str) -> bool:
        """Whether a tag names the article's language where the page is a translation."""
        return self.locale != self.page.locale and primary(tag) == primary(self.locale)


def dress(
    bare: BarePage,
    *,
    page: Page,
    site: Site,
    links: Links,
    locale: str,
    choices: Choices | None,
) -> str:
    """Return a translated page with everything that search engines and readers need; twice changes nothing more.

    `choices` are those of a translation; without them the page says nothing of its state.
    """
    source, landmarks = bare.text, bare.landmarks
    document = _Document(
        source, landmarks.marks, page, site, links, locale, managed_locales(site)
    )
    document.marked = bare.is_marked
    document.has_base = any(
        mark[1] == "base" and "href" in values(source, mark) for mark in landmarks.marks
    )
    _walk(document)
    for mark in landmarks.ours:
        _note_own(document, mark)
    if locale != page.locale:
        for mark in landmarks.languages:
            _own_language(document, mark)
    if not document.has_base:
        for mark in landmarks.styled:
            has = values(source, mark)
            _set(document, mark, has, {"style": links.css(has["style"])})
    if document.html or document.doctype or document.head.title:
        if document.body is None:
            _begin_body(document)
        _language(document)
        document.edits += head_edits(source, document.head, page, site, choices)
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


def _walk(document: _Document) -> None:
    """Look at every tag that may need a change, once."""
    actions = _ACTIONS
    for number, mark in enumerate(document.marks):
        kind = mark[0]
        if kind == START:
            action = actions.get(mark[1])
            if action is not None:
                action(document, mark, number)
        elif kind == END:
            if mark[1] == "head" and document.head.end is None:
                document.head.end = mark[2]
                document.body = document.body or mark
        elif kind == RAW and mark[1] == "style" and not document.has_base:
            _style(document, mark)
        elif kind == _DOCTYPE:
            document.doctype = mark


def _begin_body(document: _Document) -> None:
    """Let the body of a page that has no tag for it begin where browsers do."""
    place = content_start(document.source)
    if place is not None:
        document.body = (START, "body", place, place)
        if document.head.place is None:
            document.head.end = place


def _style(document: _Document, mark: Mark) -> None:
    _kind, _name, start, end = mark
    style = document.source[start:end]
    if "url(" in style or "@import" in style:
        written = document.links.css(style)
        if written != style:
            document.edits.append(Edit(start, end, written))


_NO_MARK: Mark = (-1, "", 0, 0)


def _structure(document: _Document, mark: Mark, number: int) -> None:
    head, name = document.head, mark[1]
    if name == "html":
        document.html = document.html or mark
    elif name == "body":
        document.body = mark
        if head.end is None:
            head.end = mark[2]
    elif name == "title":
        if head.title is None and document.body is None:
            head.title = mark
            closing = element_end(document.marks, number)
            head.fallback_end = closing[3] if closing else None
    else:
        document.content = document.content or mark


def _head_tag(document: _Document, mark: Mark, _number: int) -> None:
    has = values(document.source, mark)
    if document.head.see(mark, has, document.locales) or document.has_base:
        return
    if mark[1] == "meta":
        name = has.get("property", has.get("name", has.get("http-equiv", ""))).lower()
        content = has.get("content", "")
        if name in _IMAGE_METAS:
            _set(document, mark, has, {"content": document.links.asset(content)})
        elif name in _LANGUAGE_METAS and document.speaks(content):
            _set(document, mark, has, {"content": document.page.locale})
        return
    relations = set(has.get("rel", "").lower().split())
    if relations & _ASSET_RELATIONS:
        _set(document, mark, has, {"href": document.links.asset(has.get("href", ""))})
    elif relations & _PAGE_RELATIONS:
        link = document.links.link(has.get("href", ""))
        _set(document, mark, has, {"href": link.url if link else None})


def _link(document: _Document, mark: Mark, _number: int) -> None:
    if document.has_base or _leads_elsewhere(document, mark):
        return
    key = LINKED[mark[1]]
    has = values(document.source, mark)
    url = has.get(key)
    hreflang = has.get("hreflang", "").lower()
    if not url or ("alternate" in has.get("rel", "").lower().split() and hreflang):
        return  # a link to a language on purpose, such as one in a switcher
    link = document.links.link(url, as_written=hreflang in document.locales)
    if link is None:
        return
    if link.slug == document.page.slug and document.speaks(has.get("lang", "")):
        link = document.links.link(url, as_written=True) or link
    rewritten: dict[str, str | None] = {key: link.url}
    if mark[1] == "a" and link.locale:
        leaves = link.locale != document.page.locale
        rewritten["hreflang"] = link.locale if leaves or "hreflang" in has else None
    _set(document, mark, has, rewritten)


def _leads_elsewhere(document: _Document, mark: Mark) -> bool:
    """Whether a link can be seen at a glance to stay as it is; most links of most pages do."""
    match = _HREF.search(document.source, mark[2], mark[3])
    return match is not None and "&" not in match[1] and document.links.link(match[1]) is None


_HREF = re.compile(r' href="([^"]*)"')


def _asset(document: _Document, mark: Mark, number: int) -> None:
    if mark[1] == "script":
        _structured(document, mark, number)
    if document.has_base or document.source.find("=", mark[2], mark[3]) < 0:
        return
    has = values(document.source, mark)
    rewritten: dict[str, str | None] = {
        key: document.links.asset(has[key]) for key in ASSETS[mark[1]] if has.get(key)
    }
    if has.get("srcset"):
        rewritten["srcset"] = document.links.srcset(has["srcset"])
    if document.speaks(has.get("srclang", "")) and document.links.is_localized(
        has.get("src", "")
    ):
        rewritten["srclang"] = document.page.locale
    _set(document, mark, has, rewritten)


def _set(
    document: _Document, mark: Mark, has: Mapping[str, str], required: Mapping[str, str | None]
) -> None:
    changes = {
        name: value
        for name, value in required.items()
        if value is not None and has.get(name) != value
    }
    if changes:
        document.edits += set_attributes(document.source, mark, changes)


_ACTIONS: Mapping[str, Callable[[_Document, Mark, int], None]] = {
    **dict.fromkeys(STRUCTURE, _structure),
    **dict.fromkeys(("link", "meta"), _head_tag),
    **dict.fromkeys(LINKED, _link),
    **dict.fromkeys(ASSETS, _asset),
}
"""What is looked at in the tags of each name."""


def _own_language(document: _Document, mark: Mark) -> None:
    """Rename the language of a translated part that the source names: it is the page's now."""
    has = values(document.source, mark)
    if UNTRANSLATED in has.get("class", "").split():
        return
    for key in ("lang", "xml:lang"):
        if document.speaks(has.get(key, "")):
            _set(document, mark, has, {key: document.page.locale})


def _note_own(document: _Document, mark: Mark) -> None:
    classes = values(document.source, mark).get("class", "").split()
    for name in (SWITCHER, NOTICE, STYLE):
        if name in classes and name not in document.own_elements:
            document.own_elements[name] = document.marks.index(mark)
    document.marked = document.marked or any(name.startswith("l10n-") for name in classes)


def _structured(document: _Document, mark: Mark, number: int) -> None:
    if document.source.find("ld+json", mark[2], mark[3]) < 0:
        return
    content = document.marks[number + 1] if number + 1 < len(document.marks) else _NO_MARK
    if content[0] != RAW:
        return
    _kind, _name, start, end = content
    document.edits += localize_json(
        document.source,
        start,
        end,
        page=document.page,
        site=document.site,
        links=document.links,
    )


def _language(document: _Document) -> None:
    """Set the language of the whole page; a page without `<html>` gets one where browsers put it."""
    page = document.page
    required = {"lang": page.locale, "dir": text_direction(page.locale)}
    if document.html is None:
        place = document.doctype[3] if document.doctype else 0
        place += document.source.startswith("\ufeff", place)
        pairs = "".join(
            f' {name}="{escape_attribute(value)}"' for name, value in required.items()
        )
        document.edits.append(Edit(place, place, f"<html{pairs}>"))
        return
    has = values(document.source, document.html)
    if page.original and primary(has.get("lang", "")) == primary(page.locale):
        del required["lang"]  # an author who wrote es-MX knows better than the folder
    elif "xml:lang" in has:
        required["xml:lang"] = page.locale
    document.edits += set_attributes(document.source, document.html, required)


def _announce(document: _Document, choices: Choices | None) -> None:
    """Write the switcher, the notice and the few rules they are shown by."""
    page, site = document.page, document.site
    rebased = document.has_base
    links = switcher(page, site, rebased=rebased) if site.switcher else ""
    note_text = ""
    if choices and site.notice:
        note_text = notice(page, site, choices, document.locale, rebased=rebased)
    wrote = False
    written: list[Edit] = []
    if site.switcher:
        label = switcher_label(page)
        wrote = _fill(document, SWITCHER, links, {"aria-label": label})
        if not wrote and links and document.body is not None:
            nav = (
                f'<nav class="{SWITCHER}" aria-label="{escape_attribute(label)}">{links}</nav>'
            )
            written.append(_after(document.source, document.body, nav))
            wrote = True
    if choices is not None and site.notice:
        note_language = _spoken(page)
        place = document.content or document.body
        if (
            not _fill(document, NOTICE, note_text, note_language)
            and note_text
            and place is not None
        ):
            language_attributes = "".join(
                f' {key}="{value}"' for key, value in note_language.items()
            )
            note = f'<div class="{NOTICE}" role="note"{language_attributes}>{note_text}</div>'
            written.append(_after(document.source, place, note))
    if (wrote or note_text or document.marked) and STYLE not in document.own_elements:
        style = f'<style class="{STYLE}">\n{MARKS_CSS}</style>'
        style = style.replace("\n", line_break(document.source))
        document.edits += insert_lines(document.source, document.head, [style])
    document.edits += written


def _spoken(page: Page) -> dict[str, str]:
    """Return the attributes that name the language of our own sentences, where it is not the page's."""
    language = page_language(page.locale)
    if primary(language) == primary(page.locale):
        return {}
    return {"lang": language, "dir": text_direction(language)}


def _fill(
    document: _Document, name: str, content: str, attributes_of_it: Mapping[str, str]
) -> bool:
    """Return one of our elements its content when the page has a place for it; hidden when there is nothing to say.

    Its attributes are set, too; what an author wrote there stays on the original.
    """
    number = document.own_elements.get(name)
    if number is None:
        return False
    opening = document.marks[number]
    closing = element_end(document.marks, number)
    if closing is None:
        return True
    if document.source[opening[3] : closing[2]] != content:
        document.filled.append(Edit(opening[3], closing[2], content))
    present = {attribute.name: attribute for attribute in attributes(document.source, opening)}
    hidden = present.get("hidden")
    required = {
        key: value
        for key, value in attributes_of_it.items()
        if key not in present or not document.page.original
    }
    if content and hidden is not None:
        document.edits.append(Edit(hidden.start, hidden.end, ""))
    elif not content and hidden is None:
        required["hidden"] = "hidden"
    document.edits += set_attributes(document.source, opening, required)
    return True


def _after(source: str, mark: Mark, markup: str) -> Edit:
    newline = line_break(source)
    follows = source[mark[3] : mark[3] + len(newline)]
    indent = newline + indentation(source, mark[2]) if follows == newline else ""
    return Edit(mark[3], mark[3], indent + markup)
