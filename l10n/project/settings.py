"""What `l10n.toml` can say, as values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from l10n.articles.options import PLAIN, Options
from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.project.counterparts import Counterparts
from l10n.project.files import path_below
from l10n.project.places import Format, Location, Place

Missing = Literal["source", "hide-page", "keep", "fail"]
FailOn = Literal["error", "warning", "never"]
Reviewers = Literal[1, 2]
Repeats = Literal["draft", "approve", "off"]
Code = Literal["keep", "comments", "strings"]
"""What of fenced code is units: nothing; its comments; its strings too."""
Dialect = Literal[
    "commonmark",
    "github",
    "hugo",
    "jekyll",
    "mkdocs",
    "docusaurus",
    "vitepress",
    "astro",
    "mdx",
]

MOST_PATHS = 100_000
"""Paths of catalogs that are remembered; an archive of a million articles has a million of a locale."""


DEFAULT_ENGINES = ("ctranslate2", "argos", "apertium")
"""Which engines are tried, in this order, where nobody named one: a model that the person added, then what writes the
better drafts."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What may become part of a path; Babel then says whether the tag exists."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How complete a catalog must be, in percent of its entries."""

    min_translated: float = 100
    min_reviewed: float = 0
    reviewers: int = 1
    """How many different people have to review an entry: 1 or 2."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The `[check]` table."""

    fail_on: FailOn = "error"
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity of a rule where it is not the rule's own; None is off."""
    thresholds: Thresholds = Thresholds()
    by_locale: Mapping[str, CheckOverride] = field(default_factory=dict)
    by_article: tuple[tuple[str, CheckOverride], ...] = ()
    """(glob over slugs, override), in the order of the file; the last that fits wins."""

    @property
    def rule_names(self) -> frozenset[str]:
        """The rules that are set anywhere in the table, known or not."""
        overrides = [*self.by_locale.values()]
        overrides += (override for _glob, override in self.by_article)
        return frozenset(self.rules).union(*(override.rules for override in overrides))


@dataclass(frozen=True, slots=True)
class CheckOverride:
    """What `[check.en]` or a `[[check.article]]` says differently; None where it says nothing."""

    fail_on: FailOn | None = None
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    min_translated: float | None = None
    min_reviewed: float | None = None
    reviewers: int | None = None

    def over(self, thresholds: Thresholds) -> Thresholds:
        """Return thresholds in which what is set here holds."""
        return Thresholds(
            thresholds.min_translated if self.min_translated is None else self.min_translated,
            thresholds.min_reviewed if self.min_reviewed is None else self.min_reviewed,
            self.reviewers or thresholds.reviewers,
        )


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """The `[align]` table."""

    vectors: bool = False
    """Sentence vectors help where words leave doubt."""
    encoder: str = "use"
    """Name of the encoder that makes them."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The `[cluster]` table."""

    scheduler: str = ""
    """Address of a Dask scheduler whose workers do independent parts; empty: processes of this machine do."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The `[export]` table."""

    out: Path
    """Absolute folder of the exported site."""
    base_url: str = ""
    """Without a trailing slash; empty: no absolute addresses are written."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the site is called, by locale."""
    format: Format = "html"
    missing: Missing = "source"
    drafts: bool = False
    switcher: bool = True
    """Pages link to their other languages."""
    notice: bool = True
    """Pages tell readers which passages are drafts or not translated."""
    keys: bool = True
    """Front matter gets `lang` and `translationKey` where Markdown stays Markdown."""


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """One `[[article]]` table."""

    locale: str
    relative: str
    translations: Mapping[str, str]
    """Relative paths below the locales' article folders."""
    out: Mapping[str, str]
    slug: str = ""
    """Name of the article among the project's; empty: what its path says."""
    due: date | None = None
    """The day on which its translations have to be ready."""
    dialect: str = ""
    """The dialect of its Markdown; empty for that of its place."""
    code: str = ""
    """What of its fenced code is units; empty for what its place says."""


@dataclass(frozen=True)
class Settings:
    """A project file as values."""

    root: Path
    file: Path
    """The file the settings came from."""
    source: str
    """Default source locale."""
    targets: tuple[str, ...]
    places: tuple[Place, ...]
    """Where articles lie, the project's own place first; never empty."""
    originals: tuple[str, ...]
    """Locales that articles are written in; what has no counterpart in any other is nobody's translation."""
    catalogs_pattern: str
    glossary_path: Path
    engines: tuple[str, ...]
    """Names in order of preference."""
    check: CheckSettings
    export: ExportSettings
    align: AlignSettings
    learn: bool
    """Whether drafts learn from what was reviewed."""
    repeats: Repeats
    """What approving a text in the reviewer does to its open repeats."""
    engine_tables: Mapping[str, Mapping[str, Any]]
    article_tables: tuple[ArticleTable, ...]
    links: Counterparts = field(default_factory=dict)
    """The `[links]` table."""
    options: Options = PLAIN
    """How articles are read."""
    cluster: ClusterSettings = ClusterSettings()

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The source locale and the targets, each once."""
        return tuple(dict.fromkeys((self.source, *self.targets)))

    def originals_of(self, place: Place) -> tuple[str, ...]:
        """Return the locales that articles of a place are written in."""
        return place.originals or self.originals

    def catalogs_folder(self, locale: str) -> Path:
        """Return the folder of the catalogs that translate into a locale."""
        return self.root / self.catalogs_pattern.format(locale=locale)

    def catalog_path(self, slug: str, target: str) -> Path:
        """Return where the catalog of an article and a target locale is, or would be."""
        path = self._catalog_paths.get((slug, target))
        if path is None:
            if len(self._catalog_paths) >= MOST_PATHS:
                self._catalog_paths.clear()
            path = self.catalogs_folder(target) / f"{slug}.po"
            self._catalog_paths[slug, target] = path
        return path

    @cached_property
    def _catalog_paths(self) -> dict[tuple[str, str], Path]:
        """The catalogs that were asked for: five stages ask for that of every article, and a Path is slow to make."""
        return {}

    def counterparts(self, locale: str) -> Mapping[str, str]:
        """Return where links lead in a locale instead, by their address in the original."""
        return {url: row[locale] for url, row in self.links.items() if locale in row}

    def locate(self, path: Path) -> Location | None:
        """Return what the absolute path of an article or a translation says; None outside every place."""
        locations = (
            location for place in self.places if (location := place.locate(path)) is not None
        )
        return next(locations, None)

    def options_at(self, path: Path) -> Options:
        """Return how the article or the translation at an absolute path is read: what its table, its place, the project says."""
        location = self.locate(path)
        if location is None:
            return self.options
        place, locale = location.place, location.locale
        names = {location.relative, path.relative_to(place.folders[locale]).as_posix()}
        if place.name:
            names |= {f"{place.name}/{name}" for name in names}
        tables: Iterable[ArticleTable] = (
            table
            for table in self.article_tables
            if (table.relative if table.locale == locale else table.translations.get(locale))
            in names
        )
        return self.options_of(place, next(iter(tables), None))

    def options_of(self, place: Place, table: ArticleTable | None = None) -> Options:
        """Return how the articles of a place are read, or the one that a table is about."""
        reading = self.options.reading
        dialect = (table.dialect if table else "") or place.dialect or reading.dialect
        code = (table.code if table else "") or place.code or reading.code
        if (dialect, code) == (reading.dialect, reading.code):
            return self.options
        return replace(self.options, reading=replace(reading, dialect=dialect, code=code))

    @property
    def article_folders(self) -> tuple[Path, ...]:
        """The folders of all places and locales, each once."""
        return tuple(
            dict.fromkeys(folder for place in self.places for folder in place.folders.values())
        )

    @property
    def is_in_place(self) -> bool:
        """Whether pages of any place go where its articles lie."""
        return any(place.is_in_place for place in self.places)

    def relative(self, path: Path) -> str:
        """Return a path below the root the way catalogs and messages name it."""
        return path_below(path, self.root)


def _has_names(tag: str) -> bool:
    """Whether Babel has a file for just this language, or language and territory; Babel is not loaded for that."""
    # Loading it takes a tenth of a run in which nothing has changed.
    spec = find_spec("babel")
    if "-" in tag and not _WITH_TERRITORY.fullmatch(tag):
        return False
    folders = (spec.submodule_search_locations if spec is not None else None) or ()
    name = f"{tag.replace('-', '_')}.dat"
    return any(Path(folder, "locale-data", name).is_file() for folder in folders)


_WITH_TERRITORY = re.compile(r"[a-z]{2,3}-[A-Z]{2}")


@cache
def validate_locale(tag: str) -> str:
    """Return a locale tag that Babel knows; UsageError for any other."""
    if _LOCALE.fullmatch(tag):
        if _has_names(tag):
            return tag
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loads slowly, rarely needed

        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            pass
        else:
            # Babel leaves out a script that there is none of: `no-Enum` would be Norwegian.
            scripts = [part for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()]
            if all(script.title() in locale.scripts for script in scripts):
                return tag
    raise UsageError(
        _("unknown locale: {tag}").format(tag=tag),
        hint=_("write it like es, en, es-MX or en-GB"),
    )
