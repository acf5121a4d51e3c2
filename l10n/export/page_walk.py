"""One walk over the tags of a page: addresses rewritten, and the places noted where something is to be added."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.articles.html.tokens import TokenKind, TokenTuple
from l10n.export.edits import Edit
from l10n.export.head import HeadScan
from l10n.export.landmarks import ASSETS, LINKED, STRUCTURE
from l10n.export.languages import primary
from l10n.export.links import Links
from l10n.export.site import Page, Site
from l10n.export.structured import localize_json
from l10n.export.tags import END, RAW, START, element_end, set_attributes, values

_ASSET_RELATIONS = frozenset({
    "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch",
})  # fmt: skip
_PAGE_RELATIONS = frozenset(
    {"next", "prev", "prerender", "help", "author", "license", "search", "up"}
)
_IMAGE_METAS = frozenset({"og:image", "og:image:url", "twitter:image", "og:video", "og:audio"})
_LANGUAGE_METAS = frozenset({"content-language", "language", "dc.language", "dcterms.language"})
_DOCTYPE = int(TokenKind.DOCTYPE)


NO_TOKEN: TokenTuple = (-1, "", 0, 0)
"""Stands for a tag that is not there: at the beginning of the page, and empty."""


@dataclass
class Document:
    """The places of a page that may change, found in one walk over its tags."""

    source: str
    marks: Sequence[TokenTuple]
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
    left_texts: frozenset[str] = frozenset()
    """Texts of structured data that are still in the language of the source."""
    html: TokenTuple | None = None
    doctype: TokenTuple | None = None
    body: TokenTuple | None = None
    """Tag after which the body begins: its own, or the end of the head where it has none."""
    content: TokenTuple | None = None
    """Opening tag of what holds the article."""
    own_elements: dict[str, int] = field(default_factory=dict)
    """Indices of the opening tags of our own elements, by class."""
    has_base: bool = False
    marked: bool = False
    """Whether something on the page bears a class of ours."""

    def speaks(self, locale: str) -> bool:
        """Whether a locale is the article's language where the page is a translation."""
        return self.locale != self.page.locale and primary(locale) == primary(self.locale)


def walk(document: Document) -> None:
    """Look at every tag that may need a change, once."""
    actions = _ACTIONS
    for index, tag in enumerate(document.marks):
        kind, name, start, _end = tag
        if kind == START:
            action = actions.get(name)
            if action is not None:
                action(document, tag, index)
        elif kind == END:
            if name == "head" and document.head.end is None:
                document.head.end = start
                document.body = document.body or tag
        elif kind == RAW and name == "style" and not document.has_base:
            _style(document, tag)
        elif kind == _DOCTYPE:
            document.doctype = tag


def _style(document: Document, tag: TokenTuple) -> None:
    _kind, _name, start, end = tag
    style = document.source[start:end]
    if "url(" in style or "@import" in style:
        written = document.links.css(style)
        if written != style:
            document.edits.append(Edit(start, end, written))


def _structure(document: Document, tag: TokenTuple, index: int) -> None:
    head = document.head
    _kind, name, start, _end = tag
    if name == "html":
        # A second <html> changes nothing in a browser either.
        document.html = document.html or tag
    elif name == "body":
        document.body = tag
        if head.end is None:
            head.end = start
    elif name == "title":
        # A <title> in the body is that of a drawing (SVG).
        if head.title is None and document.body is None:
            head.title = tag
            if closing := element_end(document.marks, index):
                _kind, _name, _start, head.fallback_end = closing
    else:  # <main> or <article>: the notice stands in the first of them
        document.content = document.content or tag


def _head_tag(document: Document, tag: TokenTuple, _index: int) -> None:
    has = values(document.source, tag)
    if document.head.see(tag, has, document.locales) or document.has_base:
        return
    _kind, tag_name, _start, _end = tag
    if tag_name == "meta":
        name = has.get("property", has.get("name", has.get("http-equiv", ""))).lower()
        content = has.get("content", "")
        if name in _IMAGE_METAS:
            change_attributes(document, tag, has, {"content": document.links.asset(content)})
        elif name in _LANGUAGE_METAS and document.speaks(content):
            change_attributes(document, tag, has, {"content": document.page.locale})
        return
    relations = set(has.get("rel", "").lower().split())
    if relations & _ASSET_RELATIONS:
        change_attributes(
            document, tag, has, {"href": document.links.asset(has.get("href", ""))}
        )
    elif relations & _PAGE_RELATIONS:
        link = document.links.link(has.get("href", ""))
        change_attributes(document, tag, has, {"href": link.url if link else None})


def _link(document: Document, tag: TokenTuple, _index: int) -> None:
    if document.has_base or _leads_elsewhere(document, tag):
        return
    _kind, name, _start, _end = tag
    key = LINKED[name]
    has = values(document.source, tag)
    url = has.get(key)
    hreflang = has.get("hreflang", "").lower()
    if not url or ("alternate" in has.get("rel", "").lower().split() and hreflang):
        return  # a link to a language on purpose, such as one in a switcher
    link = document.links.link(url, as_written=hreflang in document.locales)
    if link is None:
        return
    # A hand-made switcher: a link from the page to itself, said to be in the article's language.
    if link.slug == document.page.slug and document.speaks(has.get("lang", "")):
        link = document.links.link(url, as_written=True) or link
    rewritten: dict[str, str | None] = {key: link.url}
    # `hreflang` is told only of links that leave the language, or where an author told it.
    if name == "a" and link.locale:
        leaves = link.locale != document.page.locale
        rewritten["hreflang"] = link.locale if leaves or "hreflang" in has else None
    change_attributes(document, tag, has, rewritten)


def _leads_elsewhere(document: Document, tag: TokenTuple) -> bool:
    """Whether a link can be seen at a glance to stay as it is; most links of most pages do."""
    _kind, _name, start, end = tag
    match = _HREF.search(document.source, start, end)
    # An address with a character reference in it has to be decoded before anything is known of it.
    return match is not None and "&" not in match[1] and document.links.link(match[1]) is None


_HREF = re.compile(r' href="([^"]*)"')


def _asset(document: Document, tag: TokenTuple, index: int) -> None:
    _kind, name, start, end = tag
    if name == "script":
        _structured(document, tag, index)
    if document.has_base or document.source.find("=", start, end) < 0:
        return
    has = values(document.source, tag)
    rewritten: dict[str, str | None] = {
        key: document.links.asset(has[key]) for key in ASSETS[name] if has.get(key)
    }
    if has.get("srcset"):
        rewritten["srcset"] = document.links.srcset(has["srcset"])
    # Subtitles are in the page's language only when there is a file of their own for it.
    if document.speaks(has.get("srclang", "")) and document.links.is_localized(
        has.get("src", "")
    ):
        rewritten["srclang"] = document.page.locale
    change_attributes(document, tag, has, rewritten)


def change_attributes(
    document: Document,
    tag: TokenTuple,
    has: Mapping[str, str],
    required: Mapping[str, str | None],
) -> None:
    """Set attributes of a tag; None leaves one as it is, and so does the value it has already."""
    changes = {
        name: value
        for name, value in required.items()
        if value is not None and has.get(name) != value
    }
    if changes:
        document.edits += set_attributes(document.source, tag, changes)


def _structured(document: Document, tag: TokenTuple, index: int) -> None:
    _kind, _name, start, end = tag
    if document.source.find("ld+json", start, end) < 0:
        return
    following = document.marks[index + 1 : index + 2]
    kind, _name, start, end = following[0] if following else NO_TOKEN
    if kind != RAW:
        return
    document.edits += localize_json(
        document.source,
        start,
        end,
        page=document.page,
        site=document.site,
        links=document.links,
        left_texts=document.left_texts,
    )


_ACTIONS: Mapping[str, Callable[[Document, TokenTuple, int], None]] = {
    **dict.fromkeys(STRUCTURE, _structure),
    **dict.fromkeys(("link", "meta"), _head_tag),
    **dict.fromkeys(LINKED, _link),
    **dict.fromkeys(ASSETS, _asset),
}
"""What is looked at in the tags of each name."""
