"""Links and assets: where an address of an article leads on the page that is published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from l10n.export.languages import lead_address, primary
from l10n.export.site import INDEXES, PAGE_SUFFIXES, Page, Site, absolute_url, relative_url
from l10n.project.counterparts import counterpart_of

_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_LONGEST = 1000
"""Characters of an address that may still mean a file."""

_SPACE = " \t\n\r\f"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of a page leads."""

    url: str
    locale: str = ""
    """Locale of the page it leads to; empty when it leads to no page of the site."""
    slug: str = ""
    """The article of that page."""


class Links:
    """Rewrites the addresses of one page and collects the files it needs beside it."""

    def __init__(
        self, site: Site, page: Page, article: Path, locale: str, *, plain: bool = False
    ) -> None:
        self._plain = plain
        """Whether a site generator makes the pages: it knows what an address without a suffix means."""
        self._counterparts = (
            {} if page.locale == locale else site.counterparts.get(page.locale, {})
        )
        self.fragments = site.linked
        """Names of places on pages that links of the site lead to."""
        self.counterparts_used: set[str] = set()
        """Addresses of the project's table of links that the page has."""
        self.assets: dict[str, Path] = {}
        """Files to copy, by path below the output folder."""
        self._known: dict[str, str | None] = {}
        self._seen: dict[tuple[str, bool], Link | None] = {}
        self._parts: dict[str, SplitResult | None] = {}
        self._base = urlsplit(site.base_url)
        self._above = f"{unquote(self._base.path)}/"
        self._site = site
        self._page = page
        self._article = article
        self._locale = locale
        self._home = _source_path(site, article)
        self.host = self._base.netloc
        """Name of the site's own host; empty without a base address."""

    @property
    def has_keys(self) -> bool:
        """Whether front matter gets what ties the languages of a page together."""
        return self._site.keys

    def link(self, url: str, *, as_written: bool = False) -> Link | None:
        """Return where a link leads on the published page; None when it stays as it is.

        With `as_written` it leads to the language it was written to, not to the page's own.
        """
        key = url, as_written
        if key not in self._seen:
            self._seen[key] = self._find_link(url, as_written=as_written)
        return self._seen[key]

    def _find_link(self, url: str, *, as_written: bool) -> Link | None:
        # Said by the project, so it comes before what the site would make of it.
        counterpart = None if as_written else self._counterpart(url)
        if counterpart is not None:
            return Link(counterpart)
        parts = self._own(url)
        if parts is None:
            return None
        if self._plain and (claimed := self._claimed(url, parts, as_written=as_written)):
            return claimed
        edition = self._edition(parts, as_written=as_written)
        if edition is None:
            asset = self.asset(url)
            return Link(asset) if asset is not None else None
        if self._stays(parts, edition):
            return Link(url, edition.locale, edition.slug)
        target = edition.address if parts.path.startswith("/") else ""
        return Link(self._written(parts, target or edition.path), edition.locale, edition.slug)

    def _claimed(self, url: str, parts: SplitResult, *, as_written: bool) -> Link | None:
        """Return where a link leads that is the address which an article's front matter claims; None for any other."""
        path = self._site_path(parts)
        slug = self._site.claimant(posixpath.normpath(f"/{path}")) if path else ""
        if not slug:
            return None
        edition = self._site.page(slug, self._page.locale)
        if as_written or edition is None or edition.original:
            return Link(url, self._locale, slug)
        above = self._base.path
        led = above + lead_address(parts.path[len(above) :], self._locale, edition.locale)
        return Link(urlunsplit((*parts[:2], led, *parts[3:])), edition.locale, slug)

    def _stays(self, parts: SplitResult, edition: Page) -> bool:
        """Whether a link of a page that a generator makes leads to an edition as it is written."""
        if not edition.address:
            return False
        # An address from the root that means the edition itself may leave out the default language.
        if parts.netloc or parts.path.startswith("/"):
            return self._published(parts) == (edition.slug, edition.locale)
        # Where names tell the language, generators find `guide.md` in the language of the page.
        file = _resolve(self._article.parent, parts.path)
        return (
            self._article.suffix.lower() not in PAGE_SUFFIXES
            and posixpath.dirname(edition.path) == self._folder_in_site(file)
            # Of a page in another folder than its original, the same words lead elsewhere.
            and posixpath.dirname(self._path_from_page(parts.path))
            == posixpath.dirname(edition.path)
            and file is not None
            and file.name != posixpath.basename(edition.path)
            and not self._tells_locale(file)
        )

    def _folder_in_site(self, file: Path | None) -> str:
        root = self._site.root
        if file is None or root is None or not file.is_relative_to(root):
            return ""
        folder = file.parent.relative_to(root).as_posix()
        return "" if folder == "." else folder

    def _tells_locale(self, file: Path) -> bool:
        return file.stem.lower().endswith(f".{self._locale.lower()}")

    def _counterpart(self, url: str) -> str | None:
        if not self._counterparts:
            return None
        match = counterpart_of(url.strip(_SPACE), self._counterparts)
        if match is None:
            return None
        address, counterpart = match
        if not self._is_there(counterpart):
            return None
        self.counterparts_used.add(address)
        return counterpart

    def _is_there(self, address: str) -> bool:
        """Whether a picture is there, where its address is one from the page: the same words mean others elsewhere."""
        parts, root = _split(address), self._site.root
        if parts is None or root is None or not self._page.address:
            return True
        is_picture = (guess_type(parts.path)[0] or "").startswith("image/")
        if not is_picture or parts.netloc or parts.path.startswith("/"):
            return True
        file = _resolve(root / posixpath.dirname(self._page.path), parts.path)
        return file is not None and self._site.may_publish(file)

    def asset(self, url: str) -> str | None:
        """Return the address of an asset, localized where there is a localized file; None when it stays."""
        if url not in self._known:
            self._known[url] = self._find_asset(url)
        return self._known[url]

    def _find_asset(self, url: str) -> str | None:
        counterpart = self._counterpart(url)
        if counterpart is not None:
            return counterpart
        parts = self._own(url)
        if parts is None or not parts.path:
            return None
        if self._page.address:
            return self._asset_in_place(parts)
        file = self._localized(self._asset_file(parts))
        published = self._asset_path(file) if file is not None else None
        if file is None or published is None:
            return None
        self._collect(published, file)
        return self._written(parts, published)

    def _asset_in_place(self, parts: SplitResult) -> str | None:
        """Return the way from the page to the file an address means, nothing is copied; None when it stays."""
        root = self._site.root
        if root is None or parts.netloc or parts.path.startswith("/"):
            return None
        file = _resolve(self._article.parent, parts.path)
        if file is None or not self._site.may_publish(file):
            return None
        home = root / posixpath.dirname(self._page.path)
        beside = _resolve(home, parts.path)
        localized = self._localized(file)
        if localized in (None, file) and beside is not None and self._site.may_publish(beside):
            return None
        way = posixpath.relpath((localized or file).as_posix(), home.as_posix())
        prefix = "./" if parts.path.startswith("./") and not way.startswith(".") else ""
        path = quote(prefix + way)
        return (
            None
            if unquote(path) == unquote(parts.path)
            else urlunsplit(("", "", path, *parts[3:]))
        )

    def _asset_file(self, parts: SplitResult) -> Path | None:
        """Return the file an address means, whether it is written from the page, the root or in full."""
        if self._site.root is None:
            return None
        if not parts.netloc and not parts.path.startswith("/"):
            return _resolve(self._article.parent, parts.path)
        # From the root or in full: below the address of the article's own locale, or not a file of ours.
        locale, _slash, path = (self._site_path(parts) or "").partition("/")
        folder = self._article_folder
        if folder is None or locale != self._locale or not path:
            return None
        name = self._site.folders[folder].name
        below = path.removeprefix(f"{name}/") if name else path
        file = _resolve(folder, quote(below))
        return file if file is not None and file.is_relative_to(folder) else None

    @cached_property
    def _article_folder(self) -> Path | None:
        return self._folder_of(self._article)

    def is_localized(self, url: str) -> bool:
        """Whether an asset is shown from a file of the page's own locale."""
        parts = self._own(url)
        file = self._asset_file(parts) if parts is not None and parts.path else None
        return file is not None and self._localized(file) not in (None, file)

    def css(self, style: str) -> str:
        """Return a style with every address in it rewritten."""
        pieces: list[str] = []
        written_to = 0
        for match in _CSS_URL.finditer(style):
            group = match.lastindex or 1
            url = match[group]
            pieces += (style[written_to : match.start(group)], self.asset(url.strip()) or url)
            written_to = match.end(group)
        return "".join((*pieces, style[written_to:]))

    def srcset(self, value: str) -> str:
        """Return a srcset with every address in it rewritten."""
        pieces: list[str] = []
        written_to = 0
        for start, end in srcset_urls(value):
            url = value[start:end]
            pieces += (value[written_to:start], self.asset(url) or url)
            written_to = end
        return "".join((*pieces, value[written_to:]))

    def _own(self, url: str) -> SplitResult | None:
        """Take an address of the site apart; None for one of anywhere else or of a place on the page itself."""
        if url not in self._parts:
            self._parts[url] = self._find_parts(url)
        return self._parts[url]

    def _find_parts(self, url: str) -> SplitResult | None:
        if url.startswith("#"):
            return None
        # Most links lead to other sites: this spares taking them apart.
        if url.startswith(("http:", "https:")) and not (self.host and self.host in url):
            return None
        parts = _split(url)
        return None if parts is None or (parts.netloc and parts.netloc != self.host) else parts

    def _edition(self, parts: SplitResult, *, as_written: bool) -> Page | None:
        """Return the page an address means, in the language of this page where there is one and it is wanted."""
        edition = self._published(parts) or self._from_file(parts)
        if edition is None:
            return None
        slug, locale = edition
        if locale == self._locale and not as_written:
            translated = self._site.page(slug, self._page.locale)
            if translated is not None:
                return translated
        # Not published in the language it was written to: any edition is better than a dead link.
        return self._site.page(slug, locale) or next(iter(self._site.editions(slug)), None)

    def _published(self, parts: SplitResult) -> tuple[str, str] | None:
        path = self._site_path(parts)
        if path is None:
            return None
        page = self._site.page_at(posixpath.normpath(path))
        return (page.slug, page.locale) if page is not None else None

    def _site_path(self, parts: SplitResult) -> str | None:
        base = self._base
        if parts.netloc and (
            parts.netloc != base.netloc or parts.scheme not in {"", base.scheme}
        ):
            return None
        path = unquote(parts.path)
        if not path.startswith(self._above):
            return None
        return path[len(self._above) :] or "index.html"

    def _from_file(self, parts: SplitResult) -> tuple[str, str] | None:
        if parts.netloc or parts.path.startswith("/") or not parts.path:
            return None
        file = _resolve(self._article.parent, parts.path) if self._site.files else None
        return self._site.article_at(file.as_posix()) if file is not None else None

    def _written(self, parts: SplitResult, target: str) -> str:
        """Return the address of a path of the site, in the manner of the one it takes the place of."""
        if parts.netloc:
            path = urlsplit(absolute_url(self._site.base_url, target)).path
            return urlunsplit((*parts[:2], path, *parts[3:]))
        if parts.path.startswith("/"):
            path = f"{quote(urlsplit(self._site.base_url).path, safe='/%')}/{quote(target)}"
        elif self._means(parts.path, target):
            return urlunsplit(("", "", *parts[2:]))
        else:
            path = relative_url(target, self._page.path)
        if self._plain and not posixpath.splitext(parts.path.rstrip("/"))[1]:
            stem = posixpath.splitext(path)[0]
            folder = posixpath.dirname(stem)
            # Who wrote the address of a folder gets that of one: the name of the file in it is the generator's business.
            written = posixpath.basename(unquote(parts.path.rstrip("/")))
            if posixpath.basename(stem) in INDEXES and written not in INDEXES:
                stem = folder
            path = stem + "/" * parts.path.endswith("/")
        elif parts.path.endswith("/"):
            path = path.removesuffix("index.html") or "./"
        return urlunsplit(("", "", path, parts.query, parts.fragment))

    def _means(self, path: str, target: str) -> bool:
        """Whether a path leads from the page to a path of the site as it is written."""
        resolved = self._path_from_page(path)
        if resolved == target:
            return True
        # A generator finds `./routing` and `../` for itself.
        stem = posixpath.splitext(target)[0]
        folder, _, name = stem.rpartition("/")
        return self._plain and resolved in (stem, folder if name in INDEXES else stem)

    def _path_from_page(self, path: str) -> str:
        return posixpath.normpath(
            posixpath.join(posixpath.dirname(self._page.path), unquote(path))
        )

    def _localized(self, file: Path | None) -> Path | None:
        """Return the file of the page's locale: in its own folder, named like `img.es.jpg`, or the one meant."""
        if file is None:
            return None
        places = [file]
        if home := self._folder_of(file):
            folders = self._site.folders[home].editions
            if self._page.locale in folders:
                places.insert(0, folders[self._page.locale] / file.relative_to(home))
        if self._page.locale != self._locale:
            tags = dict.fromkeys((self._page.locale, primary(self._page.locale)))
            tagged = [
                place.with_name(f"{place.stem}.{tag}{place.suffix}")
                for place in places
                for tag in tags
            ]
            places = [*tagged, *places]
        return next((place for place in places if self._site.may_publish(place)), None)

    def _folder_of(self, file: Path) -> Path | None:
        folders = [folder for folder in self._site.folders if file.is_relative_to(folder)]
        return max(folders, key=lambda folder: len(folder.parts), default=None)

    def _asset_path(self, file: Path) -> str | None:
        if folder := self._folder_of(file):
            name = self._site.folders[folder].name
            return posixpath.join(self._page.locale, name, file.relative_to(folder).as_posix())
        if self._home is None:
            return None
        way = posixpath.relpath(file.as_posix(), self._article.parent.as_posix())
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._home), way))
        return None if path.startswith("..") else path

    def _collect(self, published: str, file: Path) -> None:
        """Note a file to copy, and what a stylesheet among them needs in turn."""
        if published in self.assets:
            return
        self.assets[published] = file
        if file.suffix.lower() != ".css":
            return
        for match in _CSS_URL.finditer(self._site.style(file)):
            parts = _split(match[1] or match[2])
            if parts is None or parts.netloc or parts.path.startswith("/") or not parts.path:
                continue
            needed = _resolve(file.parent, parts.path)
            place = posixpath.normpath(
                posixpath.join(posixpath.dirname(published), unquote(parts.path))
            )
            if (
                needed is not None
                and self._site.may_publish(needed)
                and not place.startswith("..")
            ):
                self._collect(place, needed)


def srcset_urls(value: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the addresses in a srcset; a comma inside an address (data:) does not end it."""
    place = 0
    while place < len(value):
        while place < len(value) and value[place] in f"{_SPACE},":
            place += 1
        start = place
        while place < len(value) and value[place] not in _SPACE:
            place += 1
        end = start + len(value[start:place].rstrip(","))
        if end > start:
            yield start, end
        if end == place:
            place = _descriptors_end(value, place)


def _descriptors_end(value: str, place: int) -> int:
    depth = 0
    while place < len(value) and (depth or value[place] != ","):
        depth += {"(": 1, ")": -1}.get(value[place], 0)
        depth = max(depth, 0)
        place += 1
    return place


def _split(url: str) -> SplitResult | None:
    """Take a web or relative address apart; None for any other scheme and for what is no address."""
    if url.startswith("#"):
        return None
    try:
        parts = urlsplit(url.strip(_SPACE))
    except ValueError:
        return None
    return parts if parts.scheme in {"", "http", "https"} else None


def _resolve(folder: Path, path: str) -> Path | None:
    decoded = unquote(path)
    if "\0" in decoded or len(decoded) > _LONGEST:
        return None
    return Path(posixpath.normpath((folder / decoded).as_posix()))


def _source_path(site: Site, article: Path) -> str | None:
    """Return the path an article would have on the site beside its own assets."""
    for path, folder in site.folders.items():
        if article.is_relative_to(path):
            relative = article.relative_to(path).as_posix()
            return posixpath.join(folder.locale, folder.name, relative)
    return None
