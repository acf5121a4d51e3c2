"""An HTML page made ready to publish: language, head, links, assets, switcher and notice, all by edits in place."""

from __future__ import annotations

from dataclasses import dataclass, field

from l10n.articles.tokens import Token, TokenKind, attributes, tokenize
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
from l10n.export.tags import element_end, escape_attribute, set_attributes, values

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
"""A `lang` on one of these names the language of a few words, which stays."""

_ASSETS = {
    "img": ("src",), "source": ("src",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "script": ("src",), "embed": ("src",), "input": ("src",), "object": ("data",),
}  # fmt: skip
_LINKED = {"a": "href", "area": "href", "iframe": "src"}
_ASSET_RELATIONS = frozenset(
    [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
    ]
)
_PAGE_RELATIONS = frozenset(
    ["next", "prev", "prerender", "help", "author", "license", "search", "up"]
)
_IMAGE_METAS = frozenset({"og:image", "og:image:url", "twitter:image", "og:video", "og:audio"})
_OPENS_CONTENT = frozenset({"main", "article"})


@dataclass
class _Document:
    """The places of a page that may change, found in one walk over its tokens."""

    source: str
    tokens: list[Token]
    page: Page
    site: Site
    links: Links
    locale: str
    """Locale of the article the page was made from."""
    edits: list[Edit] = field(default_factory=list)
    head: HeadScan = field(default_factory=HeadScan)
    html: Token | None = None
    doctype: Token | None = None
    body: Token | None = None
    """Tag after which the body begins: its own, or the end of the head where it has none."""
    content: Token | None = None
    """Opening tag of what holds the article."""
    ours: dict[str, int] = field(default_factory=dict)
    """Indices of the opening tags of our own elements, by class."""
    has_base: bool = False
    marked: bool = False


def dress(
    source: str, *, page: Page, site: Site, links: Links, locale: str, choices: Choices | None
) -> str:
    """Give a translated page with everything that search engines and readers need; twice changes nothing more.

    `choices` are those of a translation; without them the page says nothing of its state.
    """
    document = _Document(source, tokenize(source), page, site, links, locale)
    document.has_base = _has_base(document)
    _walk(document)
    if (
        document.html is not None
        or document.doctype is not None
        or document.head.title is not None
    ):
        _language(document)
        document.edits += head_edits(source, document.head, page, site, choices)
        _announce(document, choices)
    return apply_edits(source, document.edits)


def _has_base(document: _Document) -> bool:
    return any(
        token.name == "base"
        and token.kind is TokenKind.START
        and "href" in values(document.source, token)
        for token in document.tokens
    )


def _walk(document: _Document) -> None:
    """Look at every token once."""
    locales = known_locales(document.site)
    foreign = document.locale != document.page.locale
    find = document.source.find
    for number, token in enumerate(document.tokens):
        kind, name, start, end = token
        if kind is TokenKind.START:
            if name in _LINKED:
                _link(document, token)
            elif name in _ASSETS:
                _asset(document, token)
            elif name in {"link", "meta"}:
                _head_tag(document, token, locales)
            elif name in _STRUCTURE:
                _structure(document, token, number)
            if (
                foreign
                and name != "html"
                and name not in _INLINE
                and find("lang=", start, end) > 0
            ):
                _own_language(document, token)
            if find("l10n-", start, end) > 0:
                _ours(document, token, number)
            if name == "script" and "ld+json" in document.source[start:end]:
                _structured(document, number)
        elif kind is TokenKind.END and name == "head":
            if document.head.end is None:
                document.head.end = start
                document.body = document.body or token
        elif kind is TokenKind.DOCTYPE:
            document.doctype = token


_STRUCTURE = frozenset({"html", "head", "title", "body", *_OPENS_CONTENT})


def _structure(document: _Document, token: Token, number: int) -> None:
    head = document.head
    if token.name == "html":
        document.html = document.html or token
    elif token.name == "body":
        document.body = token
        if head.end is None:
            head.end = token.start
    elif token.name == "title":
        if head.title is None and document.body is None:
            head.title = token
            closing = document.tokens[element_end(document.tokens, number)]
            head.fallback_end = closing.end if closing.kind is TokenKind.END else None
    elif token.name in _OPENS_CONTENT:
        document.content = document.content or token


def _head_tag(document: _Document, token: Token, locales: frozenset[str]) -> None:
    source = document.source
    if document.head.see(source, token, locales) or document.has_base:
        return
    has = values(source, token)
    if token.name == "meta":
        if has.get("property", has.get("name", "")).lower() in _IMAGE_METAS:
            _set(document, token, {"content": document.links.asset(has.get("content", ""))})
        return
    relations = set(has.get("rel", "").lower().split())
    if relations & _ASSET_RELATIONS:
        _set(document, token, {"href": document.links.asset(has.get("href", ""))})
    elif relations & _PAGE_RELATIONS:
        link = document.links.link(has.get("href", ""))
        _set(document, token, {"href": link.url if link else None})


def _link(document: _Document, token: Token) -> None:
    if document.has_base:
        return
    key = _LINKED[token.name]
    has = values(document.source, token)
    url = has.get(key)
    if not url or ("hreflang" in has and "alternate" in has.get("rel", "").split()):
        return  # a link to a language on purpose, such as one in a switcher
    link = document.links.link(url)
    if link is None:
        return
    wanted: dict[str, str | None] = {key: link.url}
    if token.name == "a" and link.locale:
        leaves = link.locale != document.page.locale
        wanted["hreflang"] = link.locale if leaves or "hreflang" in has else None
    _set(document, token, wanted)


def _asset(document: _Document, token: Token) -> None:
    if document.has_base:
        return
    has = values(document.source, token)
    wanted: dict[str, str | None] = {
        key: document.links.asset(has[key]) for key in _ASSETS[token.name] if has.get(key)
    }
    if has.get("srcset"):
        wanted["srcset"] = document.links.srcset(has["srcset"])
    _set(document, token, wanted)


def _set(document: _Document, token: Token, wanted: dict[str, str | None]) -> None:
    changes = {name: value for name, value in wanted.items() if value is not None}
    document.edits += set_attributes(document.source, token, changes)


def _own_language(document: _Document, token: Token) -> None:
    """Rename the language of a translated part that the source names: it is the page's now."""
    has = values(document.source, token)
    if UNTRANSLATED in has.get("class", "").split():
        return
    for key in ("lang", "xml:lang"):
        if primary(has.get(key, "")) == primary(document.locale):
            _set(document, token, {key: document.page.locale})


def _ours(document: _Document, token: Token, number: int) -> None:
    classes = values(document.source, token).get("class", "").split()
    for name in (SWITCHER, NOTICE, STYLE):
        if name in classes:
            document.ours.setdefault(name, number)
    document.marked = document.marked or any(name.startswith("l10n-") for name in classes)


def _structured(document: _Document, number: int) -> None:
    if number + 1 >= len(document.tokens):
        return
    content = document.tokens[number + 1]
    if content.kind is not TokenKind.RAW:
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
        content.start,
        content.end,
        language=page.locale,
        links=links,
        replaced=replaced,
    )


def _language(document: _Document) -> None:
    """Set the language of the whole page; a page without `<html>` gets one where browsers put it."""
    page = document.page
    wanted = {"lang": page.locale, "dir": text_direction(page.locale)}
    if document.html is None:
        place = document.doctype.end if document.doctype else 0
        place += document.source.startswith("\ufeff", place)
        pairs = "".join(
            f' {name}="{escape_attribute(value)}"' for name, value in wanted.items()
        )
        document.edits.append(Edit(place, place, f"<html{pairs}>"))
        return
    if any(one.name == "xml:lang" for one in attributes(document.source, document.html)):
        wanted["xml:lang"] = page.locale
    document.edits += set_attributes(document.source, document.html, wanted)


def _announce(document: _Document, choices: Choices | None) -> None:
    """Write the switcher, the notice and the few rules they are shown by."""
    page, site = document.page, document.site
    links = switcher(page, site) if site.switcher else ""
    told = notice(page, site, choices, document.locale) if choices and site.notice else ""
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
        document.edits += insert_lines(document.source, document.head, [style])


def _fill(document: _Document, name: str, content: str) -> bool:
    """Give one of our elements its content when the page has a place for it; hidden when there is nothing to say."""
    number = document.ours.get(name)
    if number is None:
        return False
    opening = document.tokens[number]
    closing = document.tokens[element_end(document.tokens, number)]
    if document.source[opening.end : closing.start] != content:
        document.edits.append(Edit(opening.end, closing.start, content))
    hidden = next(
        (one for one in attributes(document.source, opening) if one.name == "hidden"), None
    )
    if content and hidden is not None:
        document.edits.append(Edit(hidden.start, hidden.end, ""))
    elif not content and hidden is None:
        document.edits += set_attributes(document.source, opening, {"hidden": "hidden"})
    return True


def _insert_after(document: _Document, token: Token, markup: str) -> None:
    newline = line_break(document.source)
    follows = document.source[token.end : token.end + len(newline)]
    indent = newline + indentation(document.source, token.start) if follows == newline else ""
    document.edits.append(Edit(token.end, token.end, indent + markup))
