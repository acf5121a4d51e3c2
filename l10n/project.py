"""The project file `l10n.toml`: what is translated into what, and where every file is."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn, get_args

from l10n.errors import ProjectError, UsageError
from l10n.language import gettext as _
from l10n.model import SUFFIXES, Severity

PROJECT_FILE = "l10n.toml"
RESERVED_SLUG = "l10n"
"""The slug of the tool's own interface catalogs."""

Missing = Literal["source", "hide-page", "keep", "fail"]
FailOn = Literal["error", "warning", "never"]
Format = Literal["html", "same"]

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What may become part of a path; Babel then says whether the tag exists."""


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


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How complete a catalog must be, in percent of its entries."""

    min_translated: float = 100
    min_reviewed: float = 0


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


@dataclass(frozen=True, slots=True)
class CheckOverride:
    """What `[check.en]` or a `[[check.article]]` says differently; None where it says nothing."""

    fail_on: FailOn | None = None
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    min_translated: float | None = None
    min_reviewed: float | None = None

    def over(self, thresholds: Thresholds) -> Thresholds:
        """Give thresholds with what is said here in place."""
        return Thresholds(
            thresholds.min_translated if self.min_translated is None else self.min_translated,
            thresholds.min_reviewed if self.min_reviewed is None else self.min_reviewed,
        )


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The `[export]` table."""

    out: Path
    """Absolute folder of the exported site."""
    base_url: str = ""
    """Without a trailing slash; empty: no absolute addresses are written."""
    format: Format = "html"
    missing: Missing = "source"
    drafts: bool = False


@dataclass(frozen=True)
class Project:
    """A project: its root, its settings, and the places of its files."""

    root: Path
    file: Path
    """The file the settings came from."""
    source: str
    """Default source locale."""
    targets: tuple[str, ...]
    articles_pattern: str
    catalogs_pattern: str
    glossary_path: Path
    engines: tuple[str, ...]
    """Names in order of preference."""
    check: CheckSettings
    export: ExportSettings
    _engine_settings: Mapping[str, Mapping[str, Any]]
    _explicit: tuple[_Explicit, ...]

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Load the project that holds a folder (the working folder); ProjectError when there is none."""
        start = Path.cwd() if start is None else start.resolve()
        for folder in (start, *start.parents):
            if (folder / PROJECT_FILE).is_file():
                return cls.load(folder / PROJECT_FILE)
            if _has_table(folder / "pyproject.toml"):
                return cls.load(folder / "pyproject.toml")
        raise ProjectError(
            _("no {file} here or in a folder above").format(file=PROJECT_FILE), hint="l10n init"
        )

    @classmethod
    def load(cls, path: Path) -> Project:
        """Read a project file; ProjectError names the line's key and the nearest known one."""
        table = _read_toml(path)
        if path.name == "pyproject.toml":
            table = table.get("tool", {}).get("l10n", {})
        return _Reader(path).project(table)

    @property
    def locales(self) -> tuple[str, ...]:
        """The source locale and the targets, each once."""
        return tuple(dict.fromkeys((self.source, *self.targets)))

    @property
    def derived(self) -> Path:
        """Folder of derived state (memory, caches); may be deleted at any time."""
        return self.root / ".l10n"

    def articles_folder(self, locale: str) -> Path:
        """Give the folder of a locale's articles."""
        return self.root / self.articles_pattern.format(locale=locale)

    def catalogs_folder(self, locale: str) -> Path:
        """Give the folder of the catalogs that translate into a locale."""
        return self.root / self.catalogs_pattern.format(locale=locale)

    def catalog_path(self, slug: str, target: str) -> Path:
        """Give where the catalog of an article and a target locale is, or would be."""
        return self.catalogs_folder(target) / f"{slug}.po"

    def relative(self, path: Path) -> str:
        """Give a path below the root the way catalogs and messages name it."""
        return path.relative_to(self.root).as_posix()

    def engine_settings(self, name: str) -> Mapping[str, Any]:
        """Give the `[engine.NAME]` table; empty when there is none."""
        return self._engine_settings.get(name, {})

    def targets_of(self, ref: ArticleRef) -> tuple[str, ...]:
        """Give the locales an article is translated into."""
        return tuple(locale for locale in self.locales if locale != ref.locale)

    def articles(self) -> tuple[ArticleRef, ...]:
        """Give every article of the project, ordered by slug; ProjectError when two share a slug."""
        return _Census(self).articles()

    def article(self, name: str | Path) -> ArticleRef:
        """Find an article by path or slug; UsageError names the nearest slug."""
        path = Path(name)
        absolute = path if path.is_absolute() else Path.cwd() / path
        refs = self.articles()
        for ref in refs:
            if str(name) == ref.slug or absolute.resolve() in (
                ref.path,
                *ref.translations.values(),
            ):
                return ref
        near = difflib.get_close_matches(str(name), [ref.slug for ref in refs], 1)
        hint = _("did you mean {name}?").format(name=near[0]) if near else "l10n status"
        raise UsageError(_("no such article: {name}").format(name=name), hint=hint)

    def catalogs(self, target: str | None = None) -> tuple[Path, ...]:
        """Give the catalogs that exist, of one target locale or of all, the interface's own too."""
        locales = self.locales if target is None else (target,)
        found = (
            path for locale in locales for path in self.catalogs_folder(locale).rglob("*.po")
        )
        return tuple(sorted(found))

    def target_of_catalog(self, path: Path) -> str | None:
        """Give the target locale whose catalogs folder holds a path."""
        for locale in self.locales:
            if path.resolve().is_relative_to(self.catalogs_folder(locale)):
                return locale
        return None

    def slug_of_catalog(self, path: Path) -> str | None:
        """Give the slug a catalog's path stands for; None outside the catalogs folders."""
        locale = self.target_of_catalog(path)
        if locale is None:
            return None
        return (
            path.resolve().relative_to(self.catalogs_folder(locale)).with_suffix("").as_posix()
        )

    def article_of_catalog(self, path: Path) -> ArticleRef | None:
        """Give the article whose translation a catalog holds; None when there is none."""
        slug = self.slug_of_catalog(path)
        return next((ref for ref in self.articles() if ref.slug == slug), None)

    def thresholds(self, target: str, slug: str) -> Thresholds:
        """Give how complete a catalog must be: general, then per locale, then per article."""
        thresholds = self.check.thresholds
        for override in self._overrides(target, slug):
            thresholds = override.over(thresholds)
        return thresholds

    def severities(self, target: str, slug: str) -> Mapping[str, Severity | None]:
        """Give the severities that differ from the rules' own, for one catalog; None is off."""
        rules = dict(self.check.rules)
        for override in self._overrides(target, slug):
            rules.update(override.rules)
        return rules

    def fail_on(self, target: str, slug: str) -> FailOn:
        """Give from which severity on a finding of a catalog fails the check."""
        said = [
            override.fail_on for override in self._overrides(target, slug) if override.fail_on
        ]
        return said[-1] if said else self.check.fail_on

    def _overrides(self, target: str, slug: str) -> tuple[CheckOverride, ...]:
        by_locale = self.check.by_locale.get(target)
        by_article = [rule for glob, rule in self.check.by_article if matches_glob(slug, glob)]
        return (*([by_locale] if by_locale else []), *by_article)


@dataclass(frozen=True, slots=True)
class _Explicit:
    """One `[[article]]` table."""

    locale: str
    relative: str
    translations: Mapping[str, str]
    """Relative paths below the locales' article folders."""
    out: Mapping[str, str]


def matches_glob(slug: str, glob: str) -> bool:
    """Tell whether a slug fits a glob in which `**` stands for any folders and `*` for part of a name."""
    return _fits(PurePosixPath(slug).parts, PurePosixPath(glob).parts)


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return _fits(parts, pattern[1:]) or (bool(parts) and _fits(parts[1:], pattern))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def select_catalogs(names: Sequence[str], project: Project | None) -> tuple[Path, ...]:
    """Give the catalogs that arguments of a command mean: locales, catalogs, folders; all when there are none.

    Raises UsageError for what is none of these, ProjectError when a project is needed and there is none.
    """
    if not names:
        return (project or Project.find()).catalogs()
    chosen: dict[Path, None] = {}
    for name in names:
        chosen |= dict.fromkeys(_catalogs_named(name, project))
    return tuple(chosen)


def _catalogs_named(name: str, project: Project | None) -> tuple[Path, ...]:
    path = Path(name)
    if path.is_dir():
        return tuple(sorted(one.resolve() for one in path.rglob("*.po")))
    if path.suffix == ".po" or path.is_file():
        if not path.is_file():
            raise UsageError(_("no such catalog"), path=path, hint="l10n status")
        return (path.resolve(),)
    if project is None:
        project = Project.find()
    if name in project.locales:
        return project.catalogs(name)
    slugs = {project.slug_of_catalog(one): one for one in project.catalogs()}
    if name in slugs:
        return tuple(one for one in project.catalogs() if project.slug_of_catalog(one) == name)
    choices = [*project.locales, *(slug for slug in slugs if slug)]
    near = difflib.get_close_matches(name, choices, 1)
    raise UsageError(
        _("{name} is no locale, catalog or folder of this project").format(name=name),
        hint=_("did you mean {name}?").format(name=near[0]) if near else "l10n status",
    )


def derived_folder(project: Project | None) -> Path:
    """Give where derived state lives: beside the project file, or in the user's cache without a project."""
    if project is not None:
        return project.derived
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "l10n"


@cache
def validate_locale(tag: str) -> str:
    """Give a locale tag back when Babel knows it; UsageError otherwise."""
    if _LOCALE.fullmatch(tag):
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loads slowly, rarely needed

        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            pass
        else:
            return tag
    raise UsageError(
        _("unknown locale: {tag}").format(tag=tag),
        hint=_("write it like es, en, es-MX or en-GB"),
    )


def _has_table(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return "[tool.l10n" in text and "l10n" in _read_toml(path).get("tool", {})


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ProjectError(_("not UTF-8"), path=path) from error
    except OSError as error:
        raise ProjectError(error.strerror or str(error), path=path) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _at, place = str(error).rpartition(" (at ")
        found = re.search(r"line (\d+)", place)
        line = int(found[1]) if found else len(text.splitlines())
        raise ProjectError(what or str(error), path=path, line=line) from error


class _Reader:
    """Turns the tables of one project file into settings, naming the file in every complaint."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path.parent.resolve()

    def project(self, table: dict[str, Any]) -> Project:
        known = ("source", "targets", "articles", "catalogs", "glossary", "engines", "article", "check",
                 "export", "engine")  # fmt: skip
        self.only(table, known, "")
        source = self.locale(self.text(table, "source", "es"), "source")
        targets = tuple(
            self.locale(tag, "targets") for tag in self.texts(table, "targets", ("en",))
        )
        locales = tuple(dict.fromkeys((source, *targets)))
        return Project(
            root=self.root,
            file=self.path,
            source=source,
            targets=targets,
            articles_pattern=self.pattern(table, "articles", "locales/{locale}/articles"),
            catalogs_pattern=self.pattern(table, "catalogs", "locales/{locale}/LC_MESSAGES"),
            glossary_path=self.inside(
                self.text(table, "glossary", "locales/glossary.csv"), "glossary"
            ),
            engines=self.texts(table, "engines", ("argos", "apertium")),
            check=self.check(self.table(table, "check"), locales),
            export=self.export(self.table(table, "export")),
            _engine_settings={
                name: self.table(self.table(table, "engine"), name)
                for name in self.table(table, "engine")
            },
            _explicit=tuple(
                self.explicit(one, locales) for one in self.tables(table, "article")
            ),
        )

    def check(self, table: dict[str, Any], locales: tuple[str, ...]) -> CheckSettings:
        self.only(table, (*_CHECK_KEYS, "article", *locales), "check")
        general = self.override(table, "check")
        articles = []
        for one in self.tables(table, "article"):
            self.only(one, ("path", *_CHECK_KEYS), "check.article")
            articles.append(
                (
                    self.required(one, "path", "check.article"),
                    self.override(one, "check.article"),
                )
            )
        by_locale = {}
        for tag in locales:
            if tag in table:
                self.only(self.table(table, tag), _CHECK_KEYS, f"check.{tag}")
                by_locale[tag] = self.override(self.table(table, tag), f"check.{tag}")
        return CheckSettings(
            fail_on=general.fail_on or "error",
            rules=general.rules,
            thresholds=general.over(Thresholds()),
            by_locale=by_locale,
            by_article=tuple(articles),
        )

    def override(self, table: dict[str, Any], where: str) -> CheckOverride:
        return CheckOverride(
            fail_on=self.choice(table, "fail_on", FailOn, where),
            rules={
                rule: self.severity(value, f"{where}.rules.{rule}")
                for rule, value in self.table(table, "rules").items()
            },
            min_translated=self.percent(table, "min_translated", where),
            min_reviewed=self.percent(table, "min_reviewed", where),
        )

    def export(self, table: dict[str, Any]) -> ExportSettings:
        self.only(table, ("out", "base_url", "format", "missing", "drafts"), "export")
        drafts = table.get("drafts", False)
        if not isinstance(drafts, bool):
            self.wrong("export.drafts", _("true or false"))
        base_url = self.text(table, "base_url", "")
        if base_url and not re.match(r"https?://[^/\s]+", base_url):
            self.wrong("export.base_url", _("an address such as https://example.org"))
        return ExportSettings(
            out=self.inside(self.text(table, "out", "site"), "export.out"),
            base_url=base_url.rstrip("/"),
            format=self.choice(table, "format", Format, "export") or "html",
            missing=self.choice(table, "missing", Missing, "export") or "source",
            drafts=drafts,
        )

    def explicit(self, table: dict[str, Any], locales: tuple[str, ...]) -> _Explicit:
        self.only(table, ("path", "translations", "out"), "article")
        path = self.required(table, "path", "article")
        locale, _slash, relative = path.partition("/")
        if locale not in locales or not relative:
            self.wrong("article.path", _("a locale folder and a path, such as en/housing.html"))
        translations, out = ({}, {})
        for tag, value in self.table(table, "translations").items():
            folder, _slash, rest = str(value).partition("/")
            if tag not in locales or folder != tag or not rest:
                self.wrong(
                    "article.translations",
                    _('locale = "locale/path", such as es = "es/vivienda.html"'),
                )
            translations[tag] = self.below(rest, "article.translations")
        for tag, value in self.table(table, "out").items():
            if tag not in locales or not isinstance(value, str):
                self.wrong("article.out", _('locale = "path", such as es = "vivienda.html"'))
            out[tag] = self.below(value, "article.out")
        return _Explicit(locale, self.below(relative, "article.path"), translations, out)

    # One method per shape of value; each names the key in its complaint.

    def only(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.5)
                name = f"{where}.{key}" if where else key
                hint = _("did you mean {name}?").format(name=near[0]) if near else ""
                raise ProjectError(
                    _("unknown key {key}").format(key=name),
                    path=self.path,
                    line=self.line_of(key),
                    hint=hint,
                )

    def line_of(self, key: str) -> int | None:
        """Give the line that sets a key or opens its table, where it can be told."""
        found = re.compile(rf"\s*(?:\[\[?[\w.\-\"]*)?\"?{re.escape(key)}\"?\s*(?:=|\])")
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return next((number for number, line in enumerate(lines, 1) if found.match(line)), None)

    def wrong(self, key: str, wanted: str) -> NoReturn:
        raise ProjectError(
            _("{key}: wanted {what}").format(key=key, what=wanted),
            path=self.path,
            line=self.line_of(key.rpartition(".")[2]),
        )

    def text(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, _("a text in quotes"))
        return str(value)

    def required(self, table: Mapping[str, Any], key: str, where: str) -> str:
        if not isinstance(table.get(key), str) or not table[key]:
            self.wrong(f"{where}.{key}", _("a text in quotes"))
        return str(table[key])

    def texts(
        self, table: Mapping[str, Any], key: str, default: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = table.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, _('a list of texts, such as ["en"]'))
        return tuple(value)

    def table(self, table: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, _("a table"))
        return dict(value)

    def tables(self, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(key, _("tables, each headed [[{key}]]").format(key=key))
        return list(value)

    def percent(self, table: Mapping[str, Any], key: str, where: str) -> float | None:
        value = table.get(key)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= 100
        ):
            self.wrong(f"{where}.{key}", _("a number from 0 to 100"))
        return float(value)

    def choice(self, table: Mapping[str, Any], key: str, choices: Any, where: str) -> Any:
        value = table.get(key)
        allowed = get_args(choices)
        if value is not None and value not in allowed:
            self.wrong(f"{where}.{key}", ", ".join(allowed))
        return value

    def severity(self, value: object, key: str) -> Severity | None:
        if value == "off":
            return None
        if value not in tuple(Severity):
            self.wrong(key, "error, warning, info, off")
        return Severity(str(value))

    def locale(self, tag: str, key: str) -> str:
        try:
            return validate_locale(tag)
        except UsageError as error:
            raise ProjectError(
                f"{key}: {error.message}",
                path=self.path,
                line=self.line_of(key),
                hint=error.hint,
            ) from error

    def pattern(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = self.text(table, key, default)
        if value.count("{locale}") < 1 or re.search(r"[{}]", value.replace("{locale}", "")):
            self.wrong(
                key,
                _("a path with {{locale}} in it, such as {default}").format(default=default),
            )
        self.inside(value, key)
        return value

    def inside(self, value: str, key: str) -> Path:
        """Give an absolute path that stays in the project, links resolved."""
        path = (self.root / value).resolve()
        if not path.is_relative_to(self.root) or path == self.root:
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=key, path=value),
                path=self.path,
                line=self.line_of(key.rpartition(".")[2]),
            )
        return path

    def below(self, value: str, key: str) -> str:
        """Give a relative path that climbs nowhere."""
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=key, path=value),
                path=self.path,
                line=self.line_of(key.rpartition(".")[2]),
            )
        return path.as_posix()


_CHECK_KEYS = ("fail_on", "rules", "min_translated", "min_reviewed")


class _Census:
    """Finds the articles of a project and pairs originals with their translations."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def articles(self) -> tuple[ArticleRef, ...]:
        refs = [self.explicit(one) for one in self.project._explicit]  # noqa: SLF001 - its own module
        taken = {path for ref in refs for path in (ref.path, *ref.translations.values())}
        refs += self.implicit(taken)
        self.refuse_clashes(refs)
        return tuple(sorted(refs, key=lambda ref: ref.slug))

    def explicit(self, one: _Explicit) -> ArticleRef:
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
        path = (self.project.articles_folder(locale) / relative).resolve()
        if must_exist and not path.is_file():
            raise ProjectError(
                _("[[article]] names {path}, which is not there").format(
                    path=f"{locale}/{relative}"
                ),
                path=self.project.file,
            )
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
        found = []
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
                if not path.resolve().is_relative_to(self.project.root):
                    raise ProjectError(_("links to a place outside the project"), path=path)
                found.append(path)
        return found

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
