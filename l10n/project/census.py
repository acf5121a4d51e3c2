"""Finds the articles of a project and pairs originals with their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from l10n.articles.formats import suffixes
from l10n.articles.options import PLAIN, Options
from l10n.errors import ProjectError
from l10n.files import refuse_outside
from l10n.interface import gettext as _
from l10n.project.files import files_below
from l10n.project.pages import is_own, own_pages
from l10n.project.settings import ArticleTable, Settings
from l10n.project.toml_lines import line_of

RESERVED_SLUG = "l10n"
"""The slug of the tool's own interface catalogs."""


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article of the project: where its original and its existing translations are."""

    slug: str
    """Path relative to the locale folder, without suffix."""
    locale: str
    """Locale of the original."""
    path: Path
    """Absolute path of the original."""
    relative: str
    """Path of the original below the locale's articles folder, with `/`."""
    translations: Mapping[str, Path] = field(default_factory=dict)
    """Existing translations by locale: absolute paths."""
    out: Mapping[str, str] = field(default_factory=dict)
    """Path of the exported page below the locale's folder, where it is not `relative`."""
    options: Options = PLAIN
    """How it and its translations are read."""


def find_articles(settings: Settings) -> tuple[ArticleRef, ...]:
    """Return every article of a project, ordered by slug; ProjectError when two share a slug."""
    return _Census(settings).articles()


class _Census:
    """Finds the articles of a project and pairs originals with their translations."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pages = own_pages(settings)

    def articles(self) -> tuple[ArticleRef, ...]:
        self.refuse_doubles()
        refs = [self.explicit(table) for table in self.settings.article_tables]
        listed = {path for ref in refs for path in (ref.path, *ref.translations.values())}
        refs += self.implicit(listed)
        self.refuse_clashes(refs)
        return tuple(sorted(refs, key=lambda ref: ref.slug))

    def explicit(self, table: ArticleTable) -> ArticleRef:
        path = self.article_path(table.locale, table.relative)
        named = {
            tag: self.article_path(tag, value) for tag, value in table.translations.items()
        }
        translations = {
            tag: place
            for tag, place in named.items()
            if not is_own(self.settings, self.pages, place)
        }
        for tag in self.settings.locales:
            if tag != table.locale and tag not in named:
                namesake = self.article_path(tag, table.relative, must_exist=False)
                if namesake.is_file() and not is_own(self.settings, self.pages, namesake):
                    translations[tag] = namesake
        return ArticleRef(
            _slug(table.relative),
            table.locale,
            path,
            table.relative,
            translations,
            table.out,
            self.settings.options,
        )

    def article_path(self, locale: str, relative: str, *, must_exist: bool = True) -> Path:
        path = self.settings.articles_folder(locale) / relative
        if must_exist and not path.is_file():
            raise ProjectError(
                _("[[article]] names {path}, which is not there").format(
                    path=f"{locale}/{relative}"
                ),
                path=self.settings.file,
                line=line_of(self.settings.file, f"{locale}/{relative}"),
            )
        refuse_outside(path, self.settings.root)
        return path

    def implicit(self, listed: set[Path]) -> list[ArticleRef]:
        by_relative: dict[str, dict[str, Path]] = {}
        for locale in self.settings.locales:
            folder = self.settings.articles_folder(locale)
            for path in self.files(folder):
                if path not in listed:
                    by_relative.setdefault(path.relative_to(folder).as_posix(), {})[locale] = (
                        path
                    )
        refs = []
        for relative, paths in by_relative.items():
            original = next(iter(paths))  # locales come with the default source first
            rest = {locale: path for locale, path in paths.items() if locale != original}
            refs.append(
                ArticleRef(
                    _slug(relative),
                    original,
                    paths[original],
                    relative,
                    rest,
                    options=self.settings.options,
                )
            )
        return refs

    def files(self, folder: Path) -> list[Path]:
        paths = files_below(folder, suffixes(), self.settings.root)
        # A link to nothing is no article; it may lead somewhere on another machine.
        return [
            path
            for path in paths
            if (not path.is_symlink() or path.is_file())
            and not is_own(self.settings, self.pages, path)
        ]

    def refuse_doubles(self) -> None:
        names = set()
        for table in self.settings.article_tables:
            name = f"{table.locale}/{table.relative}"
            if name in names:
                raise ProjectError(
                    _("two [[article]] tables are for {path}").format(path=name),
                    path=self.settings.file,
                    line=line_of(self.settings.file, name),
                )
            names.add(name)

    def refuse_clashes(self, refs: list[ArticleRef]) -> None:
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
                raise ProjectError(
                    _("{one} and {two} would share the catalog {slug}.po").format(
                        one=self.settings.relative(other.path),
                        two=self.settings.relative(ref.path),
                        slug=ref.slug,
                    ),
                    path=self.settings.file,
                    hint=_(
                        "rename one, or say in [[article]] that they are translations of each other"
                    ),
                )


def _slug(relative: str) -> str:
    return PurePosixPath(relative).with_suffix("").as_posix()
