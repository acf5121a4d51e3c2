"""Finds the articles of a project and pairs originals with their translations."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unicodedata import normalize

from l10n.articles.formats import suffixes
from l10n.articles.options import PLAIN, Options
from l10n.errors import ProjectError
from l10n.files import read_bytes, refuse_outside
from l10n.interface import gettext as _
from l10n.project.namesakes import pair_by_key
from l10n.project.pages import is_own, own_pages
from l10n.project.places import Location, Place
from l10n.project.settings import ArticleTable, Settings
from l10n.project.toml_lines import line_of

_BLANKS = 1024
"""Bytes up to which a new file is looked into for a letter; a longer one says itself that there is none."""
RESERVED_SLUG = "l10n"
"""The slug of the tool's own interface catalogs."""

NOT_READ = frozenset(
    [
        ".adoc",
        ".asciidoc",
        ".docx",
        ".ipynb",
        ".mdoc",
        ".mdx",
        ".odt",
        ".org",
        ".qmd",
        ".rmd",
        ".rst",
        ".rtf",
        ".tex",
        ".textile",
        ".wiki",
    ]
)
"""Suffixes of files that people write articles in and the desk may have no format for; pictures and code are no articles."""


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article of the project: where its original and its existing translations are."""

    slug: str
    """Path relative to the locale folder, without suffix; behind the name of the place, where it has one."""
    locale: str
    """Locale of the original."""
    path: Path
    """Absolute path of the original."""
    relative: str
    """Path of the original below the locale's articles folder, with `/`, without a locale in its name."""
    place: Place
    """Where it and its translations lie."""
    translations: Mapping[str, Path] = field(default_factory=dict)
    """Existing translations by locale: absolute paths."""
    out: Mapping[str, str] = field(default_factory=dict)
    """Path of the exported page below the locale's folder, where it is not `relative`."""
    options: Options = PLAIN
    """How it and its translations are read."""
    due: date | None = None
    """The day on which its translations have to be ready."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """What lies among the articles and is none of them."""

    orphans: tuple[Path, ...] = ()
    """Files of locales that hold no originals, without an original."""
    unread: tuple[Path, ...] = ()
    """What looks like an article in a format that the desk does not read."""
    hidden: tuple[Path, ...] = ()
    """Hidden folders in which articles may lie: snippets, parts that pages include."""
    empty: tuple[Path, ...] = ()
    """Files without a letter that nobody has translated: begun, or there for their name alone."""
    no_files: tuple[Path, ...] = ()
    """What has the name of an article and is none: links to nothing, pipes, sockets."""


@dataclass(frozen=True, slots=True)
class Census:
    """What lies in the places of a project."""

    articles: tuple[ArticleRef, ...]
    """Ordered by slug."""
    aside: LeftAlone


def take_census(settings: Settings) -> Census:
    """Return what lies in the places of a project; ProjectError where it cannot be told apart."""
    return _Taker(settings).census()


_Editions = dict[str, Path]
"""The files of one article by locale, the default source's first."""


class _Taker:
    """Finds the articles of a project and pairs originals with their translations."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pages = own_pages(settings)
        self.orphans: list[Path] = []
        self.unread: list[Path] = []
        self.hidden: list[Path] = []
        self.empty: list[Path] = []
        self.no_files: list[Path] = []

    def census(self) -> Census:
        self.refuse_doubles()
        refs = [self.explicit(table) for table in self.settings.article_tables]
        listed: dict[Path, str] = {}
        for ref in refs:
            for path in (ref.path, *ref.translations.values(), *self.written_pages(ref)):
                if listed.setdefault(path, ref.slug) != ref.slug:
                    raise self.refusal(
                        _("{path} belongs to two [[article]] tables").format(
                            path=self.settings.relative(path)
                        )
                    )
        refs += self.implicit(set(listed))
        self.refuse_clashes(refs)
        return Census(
            tuple(sorted(refs, key=lambda ref: ref.slug)),
            LeftAlone(
                orphans=tuple(sorted(self.orphans)),
                unread=tuple(sorted(self.unread)),
                hidden=tuple(sorted(self.hidden)),
                empty=tuple(sorted(self.empty)),
                no_files=tuple(sorted(self.no_files)),
            ),
        )

    def written_pages(self, ref: ArticleRef) -> list[Path]:
        """Return the pages in place that an article's table names: they are no articles of their own."""
        pages = (ref.place.page(locale, out) for locale, out in ref.out.items())
        return [page for page in pages if page is not None]

    def explicit(self, table: ArticleTable) -> ArticleRef:
        location, path = self.listed(table.locale, table.relative)
        place = location.place
        named = {tag: self.listed(tag, value)[1] for tag, value in table.translations.items()}
        translations = {tag: file for tag, file in named.items() if not self.is_own(file)}
        for tag in self.settings.locales:
            if tag != table.locale and tag not in named:
                namesake = place.file(tag, location.relative)
                if namesake.is_file():
                    refuse_outside(namesake, self.settings.root)
                    named[tag] = namesake
                    if not self.is_own(namesake):
                        translations[tag] = namesake
        return ArticleRef(
            table.slug or place.slug(location.relative),
            table.locale,
            path,
            location.relative,
            place,
            translations,
            {**self.pages_of(place, location.relative, named), **table.out},
            self.settings.options_of(place, table),
            table.due,
        )

    def listed(self, locale: str, relative: str) -> tuple[Location, Path]:
        """Return the file that a table names, and where it is; behind the name of its place, where that has one."""
        for place in self.settings.places:
            below = relative.removeprefix(f"{place.name}/") if place.name else relative
            if place.name and below == relative:
                continue
            for path in (place.folders[locale] / below, place.file(locale, below)):
                location = place.locate(path)
                if location is not None and location.locale == locale and path.is_file():
                    refuse_outside(path, self.settings.root)
                    return location, path
        raise self.refusal(
            _("[[article]] names {path}, which is not there").format(
                path=f"{locale}/{relative}"
            ),
            f"{locale}/{relative}",
        )

    def implicit(self, listed: set[Path]) -> list[ArticleRef]:
        refs: list[ArticleRef] = []
        for place in self.settings.places:
            editions = self.editions(place, listed)
            refs += self.paired(place, editions)
        return refs

    def editions(self, place: Place, listed: set[Path]) -> dict[str, _Editions]:
        """Return the files of a place by what they have in common, a path below the folder of their locale."""
        order = {locale: number for number, locale in enumerate(self.settings.locales)}
        editions: dict[str, _Editions] = {}
        is_empty = True
        known = suffixes()
        files_there = place.files({*known, *NOT_READ}, self.settings.root, self.hidden)
        for path, location in files_there:
            if not path.is_file():
                # A link to nothing may lead somewhere on another machine.
                self.no_files.append(path)
                continue
            if path.suffix.lower() not in known:
                self.unread.append(path)
                continue
            is_empty &= location.locale not in self.settings.originals_of(place)
            if path in listed:
                continue
            # Systems differ in how they write an accent in the name of one and the same file.
            files = editions.setdefault(normalize("NFC", location.relative), {})
            other = files.setdefault(location.locale, path)
            if other != path:
                raise self.refusal(
                    _("{path} and {other} are both the {locale} edition of one article").format(
                        path=self.settings.relative(other),
                        other=self.settings.relative(path),
                        locale=location.locale,
                    ),
                    hint=_("rename one, or leave it out with exclude"),
                )
        if is_empty and place.is_declared:
            raise self.nothing_in(place)
        return {
            relative: dict(sorted(files.items(), key=lambda edition: order[edition[0]]))
            for relative, files in editions.items()
        }

    def paired(self, place: Place, editions: Mapping[str, _Editions]) -> list[ArticleRef]:
        originals: dict[str, tuple[str, _Editions]] = {}
        lonely: dict[str, dict[str, Path]] = {}
        for relative, files in editions.items():
            tags = [tag for tag in files if tag in self.settings.originals_of(place)]
            # What the desk has written is nobody's original, whatever locale comes first.
            by_people = [tag for tag in tags if not self.is_own(files[tag])]
            locale = next(iter(by_people or tags), None)
            if locale is not None:
                originals[relative] = (locale, files)
            if locale is None or len(files) == 1:
                for tag, path in files.items():
                    lonely.setdefault(tag, {})[relative] = path
        self.join_namesakes(place, originals, lonely)
        # A page of ours whose article is gone is no article.
        refs = [
            self.paired_article(place, locale, files)
            for locale, files in originals.values()
            if not self.is_own(files[locale])
        ]
        empty = {ref.path for ref in refs if self.is_empty(ref)}
        self.empty += empty
        return [ref for ref in refs if ref.path not in empty] if empty else refs

    def is_empty(self, ref: ArticleRef) -> bool:
        """Whether an original has no letter and never had a text: one that was emptied has a catalog or a translation."""
        return (
            _size(ref.path) <= _BLANKS
            and not ref.translations
            and not any(
                self.settings.catalog_path(ref.slug, tag).exists()
                for tag in self.settings.locales
            )
            and _is_blank(ref.path)
        )

    def paired_article(self, place: Place, locale: str, files: _Editions) -> ArticleRef:
        location = place.locate(files[locale])
        assert location is not None
        rest = {tag: path for tag, path in files.items() if tag != locale}
        return ArticleRef(
            place.slug(location.relative),
            locale,
            files[locale],
            location.relative,
            place,
            {tag: path for tag, path in rest.items() if not self.is_own(path)},
            self.pages_of(place, location.relative, rest),
            self.settings.options_of(place),
        )

    def join_namesakes(
        self,
        place: Place,
        originals: dict[str, tuple[str, _Editions]],
        lonely: Mapping[str, dict[str, Path]],
    ) -> None:
        """Join files of other names to the originals that their front matter or date makes them editions of."""
        # The default source last: of two that belong together its edition is the original.
        for locale in reversed(self.settings.locales):
            files = lonely.get(locale, {})
            waiting = {
                relative: editions[original]
                for relative, (original, editions) in originals.items()
                if original != locale and locale not in editions and relative not in files
            }
            for relative, other in pair_by_key(waiting, files).items():
                originals[relative][1][locale] = files.pop(other)
                # What was taken for an original of its own is none.
                originals.pop(other, None)
            if locale not in self.settings.originals_of(place):
                self.orphans += [path for path in files.values() if not self.is_own(path)]

    def pages_of(
        self, place: Place, relative: str, files: Mapping[str, Path]
    ) -> dict[str, str]:
        """Return where pages in place have another name than their original: that of the translation that was there."""
        if not place.is_in_place:
            return {}
        locations = {locale: place.locate(path) for locale, path in files.items()}
        return {
            locale: location.relative
            for locale, location in locations.items()
            if location is not None and location.relative != relative
        }

    def is_own(self, path: Path) -> bool:
        return bool(self.pages) and is_own(self.settings, self.pages, path)

    def refuse_doubles(self) -> None:
        names = set()
        for table in self.settings.article_tables:
            name = f"{table.locale}/{table.relative}"
            if name in names:
                raise self.refusal(
                    _("two [[article]] tables are for {path}").format(path=name), name
                )
            names.add(name)

    def refuse_clashes(self, refs: Iterable[ArticleRef]) -> None:
        by_slug: dict[str, ArticleRef] = {}
        for ref in refs:
            if ref.slug == RESERVED_SLUG:
                raise ProjectError(
                    _("the name {slug} is kept for the tool's own texts").format(slug=ref.slug),
                    path=ref.path,
                    hint=_("rename the article"),
                )
            other = by_slug.setdefault(ref.slug, ref)
            if other is not ref:
                raise self.refusal(
                    _("{one} and {two} would share the catalog {slug}.po").format(
                        one=self.settings.relative(other.path),
                        two=self.settings.relative(ref.path),
                        slug=ref.slug,
                    ),
                    hint=_(
                        "rename one, or say in [[article]] that they are translations of each other"
                    ),
                )

    def nothing_in(self, place: Place) -> ProjectError:
        folders = dict.fromkeys(place.folders[tag] for tag in self.settings.originals_of(place))
        names = ", ".join(self.settings.relative(folder) for folder in folders)
        if suffixes_there := sorted({path.suffix.lower() for path in self.unread}):
            message = _("no format here reads what is in {folder}: {suffixes}")
            return self.refusal(
                message.format(folder=names, suffixes=" ".join(suffixes_there)), "articles"
            )
        message = (
            _("there is no article in {folder}")
            if any(folder.is_dir() for folder in folders)
            else _("there is no folder {folder}")
        )
        return self.refusal(
            message.format(folder=names),
            "articles",
            hint=_("put an article there, or say in {file} where they are").format(
                file=self.settings.file.name
            ),
        )

    def refusal(self, message: str, text: str = "", hint: str = "") -> ProjectError:
        line = line_of(self.settings.file, text) if text else None
        return ProjectError(message, path=self.settings.file, line=line, hint=hint)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # Reading it says what is wrong.
        return _BLANKS + 1


def _is_blank(path: Path) -> bool:
    try:
        return not read_bytes(path).removeprefix(BOM_UTF8).strip()
    except (OSError, ProjectError):
        return False
