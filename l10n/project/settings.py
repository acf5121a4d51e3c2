"""What `l10n.toml` says, read strictly: unknown keys and wrong values are told with their line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn, TypeVar, get_args

from l10n.errors import ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.model import Severity

Missing = Literal["source", "hide-page", "keep", "fail"]
FailOn = Literal["error", "warning", "never"]
Format = Literal["html", "same"]

DEFAULT_ENGINES = ("argos", "apertium")
"""Which engines are tried, in this order, where nobody named one: Argos writes the better drafts."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What may become part of a path; Babel then says whether the tag exists."""


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

    @property
    def rule_names(self) -> frozenset[str]:
        """The rules that are set anywhere in the table, known or not."""
        overrides = (*self.by_locale.values(), *(one for _glob, one in self.by_article))
        return frozenset(self.rules).union(*(one.rules for one in overrides))


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
class AlignSettings:
    """The `[align]` table."""

    vectors: bool = False
    """Sentence vectors help where words leave doubt."""
    encoder: str = "use"
    """Name of the encoder that makes them."""


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
    switcher: bool = True
    """Pages link to their other languages."""
    notice: bool = True
    """Pages tell readers of drafts and of what is not translated."""


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """One `[[article]]` table."""

    locale: str
    relative: str
    translations: Mapping[str, str]
    """Relative paths below the locales' article folders."""
    out: Mapping[str, str]


@dataclass(frozen=True)
class Settings:
    """A project file as values."""

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
    align: AlignSettings
    engine_tables: Mapping[str, Mapping[str, Any]]
    article_tables: tuple[ArticleTable, ...]


S = TypeVar("S", bound=Settings)


def read_settings(path: Path, kind: type[S]) -> S:
    """Read a project file, `l10n.toml` or the `[tool.l10n]` of a pyproject.toml; raises ProjectError."""
    table = read_toml(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("l10n", {})
    return _Reader(path).settings(table, kind)


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


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; ProjectError names the line of a mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
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


def line_of(path: Path, key: str, *, start: int = 1) -> int | None:
    """Give the line of a project file, from one on, that sets a key, opens its table or holds a text, where it can be told."""
    name = re.escape(key)
    found = re.compile(rf'(?:(?:^|[{{,])\s*(?:\[\[?[\w.\-"]*)?"?{name}"?\s*(?:=|\]))|"{name}"')
    lines = path.read_text(encoding="utf-8-sig").splitlines()[start - 1 :]
    return next(
        (number for number, line in enumerate(lines, start) if found.search(line)), None
    )


def _header_lines(path: Path, name: str) -> list[int]:
    """Give the lines of a project file that open a table of a name: `[export]`, `[[article]]`."""
    header = re.compile(rf"\s*\[{{1,2}}\s*(?:tool\.l10n\.)?{re.escape(name)}\s*\]")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [number for number, line in enumerate(lines, 1) if header.match(line)]


_ADDRESS = re.compile(
    r"https?://(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?(?:/[^\\\x00-\x1f\x7f]*)?",
    re.IGNORECASE,
)
"""Scheme, host (of any letters), port and path; nothing that an address of a page cannot begin with."""

_CHECK_KEYS = ("fail_on", "rules", "min_translated", "min_reviewed")


class _Reader:
    """Turns the tables of one project file into settings, naming the file in every complaint."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path.parent.resolve()
        self.start = 1
        """Line at which the table that is being read begins, where it is one of several of its name."""

    def settings(self, table: dict[str, Any], kind: type[S]) -> S:
        known = ("source", "targets", "articles", "catalogs", "glossary", "engines", "article", "check",
                 "export", "align", "engine")  # fmt: skip
        self.only(table, known, "")
        source = self.locale(self.text(table, "source", "es"), "source")
        targets = tuple(
            self.locale(tag, "targets") for tag in self.texts(table, "targets", ("en",))
        )
        locales = tuple(dict.fromkeys((source, *targets)))
        if len(locales) == 1:
            self.wrong("targets", _("a locale other than the source"))
        return kind(
            root=self.root,
            file=self.path,
            source=source,
            targets=targets,
            articles_pattern=self.pattern(table, "articles", "locales/{locale}/articles"),
            catalogs_pattern=self.pattern(table, "catalogs", "locales/{locale}/LC_MESSAGES"),
            glossary_path=self.place(table, "glossary", "locales/glossary.csv"),
            engines=self.texts(table, "engines", DEFAULT_ENGINES),
            check=self.check(self.table(table, "check"), locales),
            export=self.export(self.table(table, "export")),
            align=self.align(self.table(table, "align")),
            engine_tables={
                name: self.table(self.table(table, "engine"), name)
                for name in self.table(table, "engine")
            },
            article_tables=tuple(
                self.explicit(one, locales) for one in self.each(table, "article")
            ),
        )

    def check(self, table: dict[str, Any], locales: tuple[str, ...]) -> CheckSettings:
        self.only(table, (*_CHECK_KEYS, "article", *locales), "check")
        general = self.override(table, "check")
        articles = []
        for one in self.each(table, "article", "check.article"):
            self.only(one, ("path", *_CHECK_KEYS), "check.article")
            articles.append(
                (
                    self.required(one, "path", "check.article", 'path = "guides/**"'),
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
        known = ("out", "base_url", "format", "missing", "drafts", "switcher", "notice")
        self.only(table, known, "export")
        return ExportSettings(
            out=self.place(table, "out", "site", "export.out"),
            base_url=self.address(table, "base_url", "export").rstrip("/"),
            format=self.choice(table, "format", Format, "export") or "html",
            missing=self.choice(table, "missing", Missing, "export") or "source",
            drafts=self.truth(table, "drafts", "export", default=False),
            switcher=self.truth(table, "switcher", "export", default=True),
            notice=self.truth(table, "notice", "export", default=True),
        )

    def align(self, table: dict[str, Any]) -> AlignSettings:
        self.only(table, ("vectors", "encoder"), "align")
        default = AlignSettings()
        return AlignSettings(
            vectors=self.truth(table, "vectors", "align", default=default.vectors),
            encoder=self.text(table, "encoder", default.encoder),
        )

    def explicit(self, table: dict[str, Any], locales: tuple[str, ...]) -> ArticleTable:
        self.only(table, ("path", "translations", "out"), "article")
        path = self.required(table, "path", "article", 'path = "en/housing.html"')
        locale, _slash, relative = path.partition("/")
        if locale not in locales or not relative:
            self.wrong("article.path", _("a locale folder and a path, such as en/housing.html"))
        translations, out = ({}, {})
        for tag, value in self.table(table, "translations").items():
            self.known(tag, locales, "article.translations")
            folder, _slash, rest = str(value).partition("/")
            if tag == locale or folder != tag or not rest:
                self.wrong(
                    "article.translations",
                    _('locale = "locale/path", such as es = "es/vivienda.html"'),
                )
            translations[tag] = self.below(rest, "article.translations")
        for tag, value in self.table(table, "out").items():
            self.known(tag, locales, "article.out")
            if not isinstance(value, str) or not value:
                self.wrong("article.out", _('locale = "path", such as es = "vivienda.html"'))
            # A folder stands for the page that servers show for it.
            page = f"{value}index.html" if value.endswith("/") else value
            out[tag] = self.below(page, "article.out")
        return ArticleTable(locale, self.below(relative, "article.path"), translations, out)

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
                    line=self.line(name),
                    hint=hint,
                )

    def known(self, tag: str, locales: tuple[str, ...], key: str) -> None:
        if tag not in locales:
            raise ProjectError(
                _("{key}: {tag} is no locale of this project").format(key=key, tag=tag),
                path=self.path,
                line=self.line(f"article.{tag}"),
                hint=_("its locales: {names}").format(names=", ".join(locales)),
            )

    def wrong(self, key: str, wanted: str, hint: str = "") -> NoReturn:
        raise ProjectError(
            _("{key}: wanted {what}").format(key=key, what=wanted),
            path=self.path,
            line=self.line(key),
            hint=hint,
        )

    def line(self, key: str) -> int | None:
        """Give the line of a key that is named with its tables, or else that of the table being read."""
        table, _point, name = key.rpartition(".")
        headers = _header_lines(self.path, table) if table and self.start == 1 else []
        found = line_of(self.path, name, start=min(headers, default=self.start))
        return found or (self.start if self.start > 1 else line_of(self.path, name))

    def text(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, _("a text in quotes"))
        return str(value)

    def required(self, table: Mapping[str, Any], key: str, where: str, example: str) -> str:
        if key not in table:
            raise ProjectError(
                _("{key} is missing").format(key=f"{where}.{key}"),
                path=self.path,
                line=self.start if self.start > 1 else line_of(self.path, where),
                hint=example,
            )
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

    def each(
        self, table: Mapping[str, Any], key: str, name: str = ""
    ) -> Iterator[dict[str, Any]]:
        """Give tables of one name in turn; while one is read, complaints name lines from its own on."""
        headers = _header_lines(self.path, name or key)
        tables = self.tables(table, key)
        for number, one in enumerate(tables):
            self.start = headers[number] if len(headers) == len(tables) else 1
            yield one
        self.start = 1

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

    def truth(self, table: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.wrong(f"{where}.{key}", _("true or false"))
        return bool(value)

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
                line=line_of(self.path, key),
                hint=error.hint,
            ) from error

    def pattern(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = self.text(table, key, default)
        if value.count("{locale}") < 1 or re.search(r"[{}]", value.replace("{locale}", "")):
            self.wrong(
                key,
                _("a path with {{locale}} in it, such as {default}").format(default=default),
            )
        self.place(table, key, default)
        return value

    def address(self, table: Mapping[str, Any], key: str, where: str) -> str:
        """Give the address of a site as it is written; the site says how links and sitemaps write it."""
        value = self.text(table, key, "")
        if not value:
            return value
        unwanted = (
            (r"[?#].*", "", _("an address without ? and #")),
            (r"(?<=://)[^/]*@", "", _("an address without user name and password")),
            (
                r"%(?![0-9A-Fa-f]{2})",
                "%25",
                _("an address with two hexadecimal digits after every percent sign"),
            ),
            (r"\s", "%20", _("an address without spaces")),
        )
        mended = value.strip()
        for pattern, better, _what in unwanted:
            mended = re.sub(pattern, better, mended)
        for pattern, _better, what in unwanted:
            if re.search(pattern, value):
                hint = f'{key} = "{mended}"' if _ADDRESS.fullmatch(mended) else ""
                self.wrong(f"{where}.{key}", what, hint)
        if not _ADDRESS.fullmatch(value):
            self.wrong(f"{where}.{key}", _("an address such as https://example.org"))
        return value

    def place(self, table: Mapping[str, Any], key: str, default: str, name: str = "") -> Path:
        """Give an absolute path that stays in the project, links resolved."""
        name = name or key
        value = self.text(table, key, default)
        path = (self.root / value).resolve()
        if path == self.root:
            self.wrong(name, _("a path below the project’s folder"), f'{key} = "{default}"')
        if not path.is_relative_to(self.root):
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=name, path=value),
                path=self.path,
                line=self.line(name),
            )
        return path

    def below(self, value: str, key: str) -> str:
        """Give a relative path that climbs nowhere."""
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=key, path=value),
                path=self.path,
                line=self.line(key),
            )
        return path.as_posix()
