"""An HTML page made ready to publish: language, head, links, assets, switcher and notice, all by edits in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.articles.tokens import Mark, TokenKind, attributes
from l10n.export.choices import Choices
from l10n.export.edits import Edit, apply_edits
from l10n.export.head import (
    HeadScan,
    head_edits,
    indentation,
    insert_lines,
    known_locales,
    line_break,
)
from l10n.export.landmarks import ASSETS, LINKED, STRUCTURE, Landmarks
from l10n.export.languages import primary, text_direction
from l10n.export.links import Links
from l10n.export.marks import UNTRANSLATED
from l10n.export.notice import (
    MARKS_CSS,
    NOTICE,
    STYLE,
    SWITCHER,
    notice,
    switcher,
    switcher_label,
)
from l10n.export.site import Page, Site
from l10n.export.structured import PICTURES, localize_json
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
    head: HeadScan = field(default_factory=HeadScan)
    html: Mark | None = None
    doctype: Mark | None = None
    body: Mark | None = None
    """Tag after which the body begins: its own, or the end of the head where it has none."""
    content: Mark | None = None
    """Opening tag of what holds the article."""
    ours: dict[str, int] = field(default_factory=dict)
    """Indices of the opening tags of our own elements, by class."""
    has_base: bool = False
    marked: bool = False
    """Whether something on the page bears a class of ours."""


def dress(
    source: str,
    found: Landmarks,
    *,
    page: Page,
    site: Site,
    links: Links,
    locale: str,
    choices: Choices | None,
    marked: bool = False,
) -> str:
    """Give a translated page with everything that search engines and readers need; twice changes nothing more.

    `found` are the landmarks of the source. `choices` are those of a translation; without them the page says
    nothing of its state. `marked` tells that something was marked as untranslated or as a draft.
    """
    document = _Document(source, found.marks, page, site, links, locale, known_locales(site))
    document.marked = marked
    document.has_base = any(
        mark[1] == "base" and "href" in values(source, mark) for mark in found.marks
    )
    _walk(document)
    for mark in found.ours:
        _ours(document, mark)
    if locale != page.locale:
        for mark in found.languages:
            _own_language(document, mark)
    if document.html or document.doctype or document.head.title:
        _language(document)
        document.edits += head_edits(source, document.head, page, site, choices)
        _announce(document, choices)
    return apply_edits(source, document.edits)


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
        elif kind == _DOCTYPE:
            document.doctype = mark


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
        if has.get("property", has.get("name", "")).lower() in _IMAGE_METAS:
            _set(document, mark, has, {"content": document.links.asset(has.get("content", ""))})
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
    if not url or ("hreflang" in has and "alternate" in has.get("rel", "").split()):
        return  # a link to a language on purpose, such as one in a switcher
    link = document.links.link(url)
    if link is None:
        return
    wanted: dict[str, str | None] = {key: link.url}
    if mark[1] == "a" and link.locale:
        leaves = link.locale != document.page.locale
        wanted["hreflang"] = link.locale if leaves or "hreflang" in has else None
    _set(document, mark, has, wanted)


def _leads_elsewhere(document: _Document, mark: Mark) -> bool:
    """Tell at a glance that a link stays as it is; most links of most pages do."""
    found = _HREF.search(document.source, mark[2], mark[3])
    return found is not None and "&" not in found[1] and document.links.link(found[1]) is None


_HREF = re.compile(r' href="([^"]*)"')


def _asset(document: _Document, mark: Mark, number: int) -> None:
    if mark[1] == "script":
        _structured(document, mark, number)
    if document.has_base or document.source.find("=", mark[2], mark[3]) < 0:
        return
    has = values(document.source, mark)
    wanted: dict[str, str | None] = {
        key: document.links.asset(has[key]) for key in ASSETS[mark[1]] if has.get(key)
    }
    if has.get("srcset"):
        wanted["srcset"] = document.links.srcset(has["srcset"])
    _set(document, mark, has, wanted)


def _set(
    document: _Document, mark: Mark, has: Mapping[str, str], wanted: Mapping[str, str | None]
) -> None:
    changes = {
        name: value
        for name, value in wanted.items()
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
        if primary(has.get(key, "")) == primary(document.locale):
            _set(document, mark, has, {key: document.page.locale})


def _ours(document: _Document, mark: Mark) -> None:
    classes = values(document.source, mark).get("class", "").split()
    for name in (SWITCHER, NOTICE, STYLE):
        if name in classes and name not in document.ours:
            document.ours[name] = document.marks.index(mark)
    document.marked = document.marked or any(name.startswith("l10n-") for name in classes)


def _structured(document: _Document, mark: Mark, number: int) -> None:
    if document.source.find("ld+json", mark[2], mark[3]) < 0:
        return
    content = document.marks[number + 1] if number + 1 < len(document.marks) else _NO_MARK
    if content[0] != RAW:
        return
    site, page = document.site, document.page
    links: dict[str, object] = {}
    original = next((one for one in site.editions(page.slug) if one.original), None)
    if site.base_url and page.original:
        others = [{"@id": site.url(one)} for one in site.alternates(page) if not one.original]
        links = {"workTranslation": others} if others else {}
    elif site.base_url and original is not None:
        links = {"translationOfWork": {"@id": site.url(original)}}

    def replaced(key: str, value: str) -> str | None:
        if key in PICTURES:
            return document.links.asset(value)
        return site.url(page) if original and value == site.url(original) else None

    document.edits += localize_json(
        document.source,
        content[2],
        content[3],
        language=page.locale,
        keep_region=page.original,
        links=links,
        replaced=replaced,
    )


def _language(document: _Document) -> None:
    """Set the language of the whole page; a page without `<html>` gets one where browsers put it."""
    page = document.page
    wanted = {"lang": page.locale, "dir": text_direction(page.locale)}
    if document.html is None:
        place = document.doctype[3] if document.doctype else 0
        place += document.source.startswith("\ufeff", place)
        pairs = "".join(
            f' {name}="{escape_attribute(value)}"' for name, value in wanted.items()
        )
        document.edits.append(Edit(place, place, f"<html{pairs}>"))
        return
    has = values(document.source, document.html)
    if page.original and primary(has.get("lang", "")) == primary(page.locale):
        del wanted["lang"]  # an author who wrote es-MX knows better than the folder
    elif "xml:lang" in has:
        wanted["xml:lang"] = page.locale
    document.edits += set_attributes(document.source, document.html, wanted)


def _announce(document: _Document, choices: Choices | None) -> None:
    """Write the switcher, the notice and the few rules they are shown by."""
    page, site = document.page, document.site
    rebased = document.has_base
    links = switcher(page, site, rebased=rebased) if site.switcher else ""
    told = ""
    if choices and site.notice:
        told = notice(page, site, choices, document.locale, rebased=rebased)
    wrote = _fill(document, SWITCHER, links) if site.switcher else False
    if not wrote and links and document.body is not None:
        label = escape_attribute(switcher_label(page))
        _insert_after(
            document,
            document.body,
            f'<nav class="{SWITCHER}" aria-label="{label}">{links}</nav>',
        )
        wrote = True
    if choices is not None and site.notice and not _fill(document, NOTICE, told) and told:
        place = document.content or document.body
        if place is not None:
            _insert_after(document, place, f'<div class="{NOTICE}" role="note">{told}</div>')
    if (wrote or told or document.marked) and STYLE not in document.ours:
        style = f'<style class="{STYLE}">\n{MARKS_CSS}</style>'
        style = style.replace("\n", line_break(document.source))
        document.edits += insert_lines(document.source, document.head, [style])


def _fill(document: _Document, name: str, content: str) -> bool:
    """Give one of our elements its content when the page has a place for it; hidden when there is nothing to say."""
    number = document.ours.get(name)
    if number is None:
        return False
    opening = document.marks[number]
    closing = element_end(document.marks, number)
    if closing is None:
        return True
    if document.source[opening[3] : closing[2]] != content:
        document.edits.append(Edit(opening[3], closing[2], content))
    hidden = next(
        (one for one in attributes(document.source, opening) if one.name == "hidden"), None
    )
    if content and hidden is not None:
        document.edits.append(Edit(hidden.start, hidden.end, ""))
    elif not content and hidden is None:
        document.edits += set_attributes(document.source, opening, {"hidden": "hidden"})
    return True


def _insert_after(document: _Document, mark: Mark, markup: str) -> None:
    newline = line_break(document.source)
    follows = document.source[mark[3] : mark[3] + len(newline)]
    indent = newline + indentation(document.source, mark[2]) if follows == newline else ""
    document.edits.append(Edit(mark[3], mark[3], indent + markup))
