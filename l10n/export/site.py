"""The site: which page of which article in which locale stands at which path."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TypeVar
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from l10n.articles import suffixes

V = TypeVar("V")

INDEXES = ("index", "_index")
"""What the page of a folder is called; Hugo calls that of a section `_index`."""

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
"""Names that web servers send as pages; a page of any other name is published as `.html`."""


@dataclass(frozen=True, slots=True)
class Page:
    """One article in one locale, as it is published."""

    slug: str
    locale: str
    path: str
    """Below the output folder, with `/`: `en/feria.html`."""
    original: bool = False
    indexable: bool = True
    """False below the review threshold: search engines are told to leave it out."""
    address: str = ""
    """What it is called on the generator's site, where that is not `path`: its locale and what it has in common with
    its other languages."""
    bare: bool = False
    """Nothing is added to what the article has: a generator makes the page, or its people keep it as it is."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that articles of one locale, or of all, lie in."""

    locale: str
    name: str = ""
    """Of its place; pages are below a folder of that name."""
    editions: Mapping[str, Path] = field(default_factory=dict)
    """The folders of the same place by locale."""


@dataclass(frozen=True)
class Site:
    """Every page of an export, and what links need to know."""

    pages: tuple[Page, ...] = ()
    base_url: str = ""
    """Without a trailing slash; empty: nothing absolute is written."""
    root: Path | None = None
    """Absolute folder of the project; nothing outside is published. None: no files are copied."""
    files: Mapping[Path, tuple[str, str]] = field(default_factory=dict)
    """(slug, locale) by absolute path of an article file, originals and existing translations alike."""
    folders: Mapping[Path, Folder] = field(default_factory=dict)
    """What the folders of articles are, by absolute path."""
    fragments: frozenset[str] = frozenset()
    """Names of places on pages that links of the articles lead to, `half` of `other.md#half`."""
    counterparts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Where links lead instead, by address, by locale of the page."""
    switcher: bool = True
    """Write links to the other languages of a page."""
    keys: bool = True
    """Markdown that stays Markdown gets `lang` and `translationKey` in its front matter."""
    notice: bool = True
    """Tell readers of drafts and of passages left in the source language."""

    @cached_property
    def _by_slug(self) -> Mapping[str, tuple[Page, ...]]:
        by_slug: dict[str, list[Page]] = {}
        for page in self.pages:
            by_slug.setdefault(page.slug, []).append(page)
        return {
            slug: tuple(sorted(pages, key=lambda page: (not page.original, page.locale)))
            for slug, pages in by_slug.items()
        }

    @cached_property
    def _pages_by_address(self) -> Mapping[str, Page]:
        addresses = {page.address or page.path: page for page in self.pages}
        for page in self.pages:
            # Most generators give the default language no folder of its own.
            if page.address and page.original:
                addresses.setdefault(page.address.removeprefix(f"{page.locale}/"), page)
        return _by_address(addresses)

    @cached_property
    def _files_by_address(self) -> Mapping[str, tuple[str, str]]:
        return _by_address({path.as_posix(): edition for path, edition in self.files.items()})

    def editions(self, slug: str) -> tuple[Page, ...]:
        """Return every page of one article, the original first."""
        return self._by_slug.get(slug, ())

    def page(self, slug: str, locale: str) -> Page | None:
        """Return the page of an article in a locale."""
        return next((page for page in self.editions(slug) if page.locale == locale), None)

    def original(self, slug: str) -> Page | None:
        """Return the page of the original of an article; None where it is not published."""
        return next((page for page in self.editions(slug) if page.original), None)

    def page_at(self, path: str) -> Page | None:
        """Return the page that a path below the output folder means, with suffix and `/index` or without."""
        return self._pages_by_address.get(path)

    def article_at(self, path: str) -> tuple[str, str] | None:
        """Return (slug, locale) of the article that the path of a file means, with suffix and `/index` or without."""
        return self._files_by_address.get(path)

    def alternates(self, page: Page) -> tuple[Page, ...]:
        """Return the pages that say of each other that they are one article; empty for one left out of the index."""
        pages = tuple(edition for edition in self.editions(page.slug) if edition.indexable)
        return pages if page in pages and len(pages) > 1 else ()

    def url(self, page: Page) -> str:
        """Return the absolute address of a page; empty without a base address."""
        return absolute_url(self.base_url, page.path) if self.base_url else ""


def _by_address(by_path: Mapping[str, V]) -> Mapping[str, V]:
    """Return values by their path and by what a link may leave out of it: the suffix, or `/index` and the suffix."""
    # Worked out once for a site: trying every ending at every link takes a tenth of an export's time.
    ranks = {suffix: rank for rank, suffix in enumerate(suffixes())}
    shortened: list[tuple[int, str, V]] = []
    for path, value in by_path.items():
        stem, suffix = posixpath.splitext(path)
        if suffix in ranks:
            shortened.append((ranks[suffix], stem, value))
            folder, name = posixpath.split(stem)
            if folder and name in INDEXES:
                shortened.append((ranks[suffix] + len(ranks), folder, value))
    addresses = dict(by_path)
    # A file of the name goes before a folder of the name, and HTML before formats that are made into it.
    for _rank, address, value in sorted(shortened, key=itemgetter(0)):
        addresses.setdefault(address, value)
    return addresses


def absolute_url(base_url: str, path: str) -> str:
    """Return the address of a file of the site: percent-encoded, the host in ASCII, `index.html` left out."""
    folder, name = posixpath.split(path)
    if name == "index.html":
        path = f"{folder}/" if folder else ""
    return f"{_encoded(base_url)}/{quote(path)}"


@cache
def _encoded(base_url: str) -> str:
    """Return a base address in the characters that RFC 3986 lets canonical links and sitemaps have."""
    parts = urlsplit(base_url)
    host = ".".join(_ascii_label(label) for label in parts.netloc.lower().split("."))
    return f"{parts.scheme}://{host}{quote(parts.path, safe=_PATH)}"


_PATH = "/%:@!$&'()+*,;=~"
"""What stands in a path as it is; `%` begins what is encoded already."""


def _ascii_label(label: str) -> str:
    """Return one label of a host name, `xn--…` where it has letters beyond ASCII (RFC 5891)."""
    if label.isascii():
        return label
    name, colon, port = normalize("NFC", label).partition(":")
    return f"xn--{name.encode('punycode').decode()}{colon}{port}"


def relative_url(target: str, page: str) -> str:
    """Return the way from one path of the site to another, percent-encoded."""
    return quote(posixpath.relpath(target, posixpath.dirname(page) or "."))


def published_path(relative: str, locale: str, *, as_html: bool, suffix: str = "") -> str:
    """Return the path of a page below the output folder: `en/` and the article's path, `.html` where it becomes one.

    `suffix` is that of the article; a page that does not become HTML keeps it, whatever it is called.
    """
    return f"{locale}/{published_name(relative, as_html=as_html, suffix=suffix)}"


def published_name(relative: str, *, as_html: bool, suffix: str = "") -> str:
    """Return the path of a page below the folder of its locale, as `published_path` does."""
    path = PurePosixPath(relative)
    if as_html and path.suffix.lower() not in PAGE_SUFFIXES:
        path = path.with_suffix(".html")
    elif not as_html and suffix:
        path = path.with_suffix(suffix)
    return path.as_posix()


def clashes(pages: Iterable[Page]) -> tuple[tuple[Page, Page], ...]:
    """Return the pairs of pages that would be written to one path."""
    by_path: dict[str, Page] = {}
    return tuple(
        (by_path[page.path], page)
        for page in pages
        if by_path.setdefault(page.path, page) is not page
    )
