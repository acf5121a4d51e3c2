"""The site: which page of which article in which locale stands at which path."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TypeVar
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

from l10n.articles import suffixes
from l10n.files import read_bytes
from l10n.project.files import stem_of

V = TypeVar("V")

Question = tuple[str, str]
"""What a page may ask of its site: a kind and a subject, (`editions`, slug), (`page`, path), (`file`, path)…"""

INDEXES = ("index", "_index")
"""What the page of a folder is called; Hugo calls that of a section `_index`."""

FRONT_PAGE = "index.html"
"""What a server shows for a folder, and for the site."""

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

    @property
    def row(self) -> str:
        """What tells it from any other page, and from itself after a change."""
        return (
            f"{self.slug}\0{self.locale}\0{self.path}\0{self.address}"
            f"\0{self.original:d}{self.indexable:d}{self.bare:d}"
        )


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that articles of one locale, or of all, lie in."""

    locale: str
    name: str = ""
    """Of its place; pages are below a folder of that name."""
    editions: Mapping[str, Path] = field(default_factory=dict)
    """The folders of the same place by locale."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files below a folder that may be published."""

    names: frozenset[str]
    """By their paths below it."""
    styles: Mapping[str, str]
    """The texts of stylesheets among them."""


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
    claims: Mapping[str, str] = field(default_factory=dict)
    """Articles, by slug, whose originals claim an address from the root of the site in their front matter."""
    counterparts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Where links lead instead, by address, by locale of the page."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What it is called, by locale."""
    switcher: bool = True
    """Write links to the other languages of a page."""
    keys: bool = True
    """Markdown that stays Markdown gets `lang` and `translationKey` in its front matter."""
    notice: bool = True
    """Tell readers of drafts and of passages left in the source language."""
    files_below: Files | None = field(default=None, repr=False, compare=False)
    """What there is below the root, where the site has travelled away from its disk."""
    asked: set[Question] | None = field(default=None, repr=False, compare=False)
    """What was asked of it, where that is noted."""

    def noting(self) -> Site:
        """Return the site for one page: it notes what is asked of it, so that `answer` tells later whether that changed."""
        # Worked out once for all pages.
        _ = self._by_slug, self._pages_by_address, self._files_by_address, self._answers
        site = copy(self)
        object.__setattr__(site, "asked", set())
        return site

    def with_files(self) -> Site:
        """Return the site with all that its pages may ask of the disk, to be asked elsewhere."""
        if self.root is None or self.files_below is not None:
            return self
        articles = {self._below(path) for path in self.files}
        names = [name for name in _names_below(self.root) if name not in articles]
        styles = {
            name: self._style(Path(self.root, name))
            for name in names
            if name.lower().endswith(".css")
        }
        return replace(self, files_below=Files(frozenset(names), styles))

    def answer(self, question: Question) -> str:
        """Return what differs when the answer to a question does."""
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _answer(self, question: Question) -> str:
        match question:
            case ("editions", slug):
                return digest_of_text(repr(self._by_slug.get(slug, ())))
            case ("page", path):
                page = self._pages_by_address.get(path)
                return f"{page.locale} {page.slug}" if page is not None else ""
            case ("article", path):
                return " ".join(self._files_by_address.get(path, ()))
            case ("fragment", name):
                return "1" if name in self.fragments else ""
            case ("claim", address):
                return self.claims.get(address, "")
            case ("file", path):
                return "1" if self._may_publish(Path(self.root or "", path)) else ""
            case ("style", path):
                return digest_of_text(self._style(Path(self.root or "", path)))
        raise AssertionError(question)

    def _note(self, kind: str, subject: str) -> None:
        if self.asked is not None:
            self.asked.add((kind, subject))

    @cached_property
    def _answers(self) -> dict[Question, str]:
        return {}

    @cached_property
    def digest(self) -> str:
        """What differs when any answer may, those about files of the disk aside."""
        rows = (page.row for page in self.pages)
        files = (f"{path}\0{slug}\0{locale}" for path, (slug, locale) in self.files.items())
        claims = (f"{address}\0{slug}" for address, slug in sorted(self.claims.items()))
        parts = (*rows, "", *files, "", *sorted(self.fragments), "", *claims)
        return digest_of_text("\n".join(parts))

    @cached_property
    def locales(self) -> frozenset[str]:
        """The locales that it has pages in, in lower case."""
        return frozenset(page.locale.lower() for page in self.pages)

    @property
    def settings(self) -> str:
        """What is the same for all pages and decides how they are made."""
        root = self.root or Path()
        folders = [
            (
                os.path.relpath(path, root),
                folder.locale,
                folder.name,
                [(tag, os.path.relpath(other, root)) for tag, other in folder.editions.items()],
            )
            for path, folder in self.folders.items()
        ]
        return repr(
            (
                self.base_url,
                folders,
                sorted(
                    (locale, sorted(row.items())) for locale, row in self.counterparts.items()
                ),
                sorted(self.names.items()),
                (self.switcher, self.keys, self.notice, bool(self.files)),
                sorted(self.locales),
            )
        )

    @property
    def linked(self) -> Container[str]:
        """The names of places on pages that links of the articles lead to."""
        return _Linked(self)

    def may_publish(self, file: Path) -> bool:
        """Whether a file is there, inside the project, and not hidden."""
        name = self._below(file)
        self._note("file", name)
        return bool(self.answer(("file", name)))

    def _below(self, file: Path) -> str:
        """Return how a question calls a file: by its path below the root, which a project keeps wherever it is moved."""
        return str(file).removeprefix(f"{self.root}/")

    def _may_publish(self, file: Path) -> bool:
        root = self.root
        if self.files_below is not None:
            return self._below(file) in self.files_below.names or file in self.files
        try:
            is_file = root is not None and file.is_file()
        except OSError:  # a name longer than the file system takes
            return False
        if root is None or not is_file or not file.resolve().is_relative_to(root):
            return False
        return not any(part.startswith(".") for part in file.relative_to(root).parts)

    def style(self, file: Path) -> str:
        """Return the text of a stylesheet; empty where it cannot be read, which is told when it is to be copied."""
        self._note("style", self._below(file))
        return self._style(file)

    def _style(self, file: Path) -> str:
        if self.files_below is not None:
            return self.files_below.styles.get(self._below(file), "")
        try:
            return read_bytes(file).decode("utf-8", "replace")
        except OSError:
            return ""

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
        self._note("editions", slug)
        return self._by_slug.get(slug, ())

    def page(self, slug: str, locale: str) -> Page | None:
        """Return the page of an article in a locale."""
        return next((page for page in self.editions(slug) if page.locale == locale), None)

    def original(self, slug: str) -> Page | None:
        """Return the page of the original of an article; None where it is not published."""
        return next((page for page in self.editions(slug) if page.original), None)

    def page_at(self, path: str) -> Page | None:
        """Return the page that a path below the output folder means, with suffix and `/index` or without."""
        self._note("page", path)
        return self._pages_by_address.get(path)

    def claimant(self, address: str) -> str:
        """Return the slug of the article whose original claims an address from the root; empty where none does."""
        self._note("claim", address)
        return self.claims.get(address, "")

    def article_at(self, path: str) -> tuple[str, str] | None:
        """Return (slug, locale) of the article that the path of a file means, with suffix and `/index` or without."""
        self._note("article", path)
        return self._files_by_address.get(path)

    def home(self, page: Page) -> str:
        """Return the path of the page that leads to all others of its locale: their index, or the front page of the site."""
        folders = (str(folder) for folder in reversed(PurePosixPath(page.path).parents))
        indexes = (posixpath.normpath(posixpath.join(folder, FRONT_PAGE)) for folder in folders)
        return next((path for path in indexes if self._is_in(path, page.locale)), FRONT_PAGE)

    def _is_in(self, path: str, locale: str) -> bool:
        index = self.page_at(path)
        return index is not None and index.path == path and index.locale == locale

    def alternates(self, page: Page) -> tuple[Page, ...]:
        """Return the pages that say of each other that they are one article; empty for one left out of the index."""
        pages = tuple(edition for edition in self.editions(page.slug) if edition.indexable)
        return pages if page in pages and len(pages) > 1 else ()

    def url(self, page: Page) -> str:
        """Return the absolute address of a page; empty without a base address."""
        return absolute_url(self.base_url, page.path) if self.base_url else ""


def _names_below(root: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder that may be published: none that is hidden, or links out of it."""
    waiting = [("", frozenset({str(root)}))]
    while waiting:
        below, above = waiting.pop()
        try:
            with os.scandir(root / below) as found:
                entries = [entry for entry in found if not entry.name.startswith(".")]
        except OSError:
            continue
        for entry in entries:
            name = f"{below}{entry.name}"
            real = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if real and not real.startswith(f"{root}/"):
                continue
            if entry.is_file():
                yield name
            elif entry.is_dir() and (not real or real not in above):
                waiting.append((f"{name}/", above | {real} if real else above))


class _Linked:
    """The names of places that links lead to; says of one at a time whether it is among them, so that this can be noted."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __contains__(self, name: object) -> bool:
        if self._site.asked is not None:
            self._site.asked.add(("fragment", str(name)))
        return name in self._site.fragments


_FRAGMENT = re.compile(r"#([^\s#()<>\"'\]\[}]+)")


def fragments(source: str) -> frozenset[str]:
    """Return the names of places that the links of an article lead to, on its own page and on others."""
    return frozenset(unquote(name) for name in _FRAGMENT.findall(source))


def digest_of_text(text: str) -> str:
    """Return what tells a text from any other."""
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


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
    # Each page is asked for by every export, and a Path takes ten times as long.
    path = PurePosixPath(relative).as_posix() if _UNPLAIN.search(relative) else relative
    stem = stem_of(path)
    if as_html and path[len(stem) :].lower() not in PAGE_SUFFIXES:
        return f"{stem}.html"
    return path if as_html or not suffix else f"{stem}{suffix}"


_UNPLAIN = re.compile(r"//|(?:^|/)\.(?:/|$)|/$|^$")
"""What a path has that is not written in the one way that paths are compared in."""


def clashes(pages: Iterable[Page]) -> tuple[tuple[Page, Page], ...]:
    """Return the pairs of pages that would be written to one path."""
    by_path: dict[str, Page] = {}
    return tuple(
        (by_path[page.path], page)
        for page in pages
        if by_path.setdefault(page.path, page) is not page
    )
