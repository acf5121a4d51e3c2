"""Finds the articles of a project and pairs originals with their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from l10n.articles.formats import suffixes
from l10n.errors import ProjectError
from l10n.interface import gettext as _
from l10n.project.files import files_below, refuse_outside
from l10n.project.settings import ArticleTable
from l10n.project.toml_lines import line_of

if TYPE_CHECKING:
    from l10n.project import Project

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


def find_articles(project: Project) -> tuple[ArticleRef, ...]:
    """Give every article of a project, ordered by slug; ProjectError when two share a slug."""
    return _Census(project).articles()


class _Census:
    """Finds the articles of a project and pairs originals with their translations."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def articles(self) -> tuple[ArticleRef, ...]:
        self.refuse_doubles()
        refs = [self.explicit(one) for one in self.project.article_tables]
        taken = {path for ref in refs for path in (ref.path, *ref.translations.values())}
        refs += self.implicit(taken)
        self.refuse_clashes(refs)
        return tuple(sorted(refs, key=lambda ref: ref.slug))

    def explicit(self, one: ArticleTable) -> ArticleRef:
        path = self.article_path(one.locale, one.relative)
        named = {tag: self.article_path(tag, value) for tag, value in one.translations.items()}
        same = {
            tag: self.article_path(tag, one.relative, must_exist=False)
            for tag in self.project.locales
            if tag != one.locale and tag not in named
        }
        translations = {**{tag: file for tag, file in same.items() if file.is_file()}, **named}
        return ArticleRef(
            _slug(one.relative), one.locale, path, one.relative, translations, one.out
        )

    def article_path(self, locale: str, relative: str, *, must_exist: bool = True) -> Path:
        path = self.project.articles_folder(locale) / relative
        if must_exist and not path.is_file():
            raise ProjectError(
                _("[[article]] names {path}, which is not there").format(
                    path=f"{locale}/{relative}"
                ),
                path=self.project.file,
                line=line_of(self.project.file, f"{locale}/{relative}"),
            )
        refuse_outside(path, self.project.root)
        return path

    def implicit(self, taken: set[Path]) -> list[ArticleRef]:
        by_relative: dict[str, dict[str, Path]] = {}
        for locale in self.project.locales:
            folder = self.project.articles_folder(locale)
            for path in self.files(folder):
                if path not in taken:
                    by_relative.setdefault(path.relative_to(folder).as_posix(), {})[locale] = (
                        path
                    )
        refs = []
        for relative, paths in by_relative.items():
            original = next(iter(paths))  # locales come with the default source first
            rest = {locale: path for locale, path in paths.items() if locale != original}
            refs.append(ArticleRef(_slug(relative), original, paths[original], relative, rest))
        return refs

    def files(self, folder: Path) -> list[Path]:
        found = files_below(folder, suffixes(), self.project.root)
        return [path for path in found if not path.is_symlink() or path.is_file()]

    def refuse_doubles(self) -> None:
        seen = set()
        for one in self.project.article_tables:
            name = f"{one.locale}/{one.relative}"
            if name in seen:
                raise ProjectError(
                    _("two [[article]] tables are for {path}").format(path=name),
                    path=self.project.file,
                    line=line_of(self.project.file, name),
                )
            seen.add(name)

    def refuse_clashes(self, refs: list[ArticleRef]) -> None:
        seen: dict[str, ArticleRef] = {}
        for ref in refs:
            if ref.slug == RESERVED_SLUG:
                raise ProjectError(
                    _("the name {slug} is kept for the tool's own texts").format(slug=ref.slug),
                    path=ref.path,
                    hint=_("rename the article"),
                )
            other = seen.setdefault(ref.slug, ref)
            if other is not ref:
                raise ProjectError(
                    _("{one} and {two} would share the catalog {slug}.po").format(
                        one=self.project.relative(other.path),
                        two=self.project.relative(ref.path),
                        slug=ref.slug,
                    ),
                    path=self.project.file,
                    hint=_(
                        "rename one, or say in [[article]] that they are translations of each other"
                    ),
                )


def _slug(relative: str) -> str:
    return PurePosixPath(relative).with_suffix("").as_posix()
