"""Reads a project file strictly: unknown keys and wrong values are told with their line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from l10n.articles.options import Options
from l10n.errors import ProjectError, nearest
from l10n.foreign import load_toml
from l10n.interface import gettext as _
from l10n.model import Reading
from l10n.project.consent import is_secret, line_to_add
from l10n.project.counterparts import read_counterparts
from l10n.project.keys import engines_with_keys, keys_of, top_keys
from l10n.project.place_reader import read_places
from l10n.project.places import Format
from l10n.project.settings import (
    DEFAULT_ENGINES,
    AlignSettings,
    ArticleTable,
    CheckOverride,
    CheckSettings,
    ClusterSettings,
    Code,
    Dialect,
    ExportSettings,
    FailOn,
    Missing,
    Repeats,
    Reviewers,
    Settings,
    Thresholds,
)
from l10n.project.toml_lines import read_toml
from l10n.project.values import TableReader

S = TypeVar("S", bound=Settings)


def read_settings(path: Path, kind: type[S], text: str | None = None) -> S:
    """Read a project file, `l10n.toml` or the `[tool.l10n]` of a pyproject.toml; raises ProjectError.

    With a text the file is taken to have that.
    """
    table = read_toml(path) if text is None else load_toml(text)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("l10n", {})
    return _Reader(path).settings(table, kind)


_ADDRESS = re.compile(
    r"https?://(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?(?:/[^\\\x00-\x1f\x7f]*)?",
    re.IGNORECASE,
)
"""Scheme, host (of any letters), port and path; nothing that an address of a page cannot begin with."""


class _Reader(TableReader):
    """Turns the tables of one project file into settings, naming the file in every complaint."""

    def settings(self, table: dict[str, Any], kind: type[S]) -> S:
        self.only(table, top_keys(), "")
        source = self.locale(self.text(table, "source", "es"), "source")
        targets = tuple(
            self.locale(tag, "targets") for tag in self.texts(table, "targets", ("en",))
        )
        locales = tuple(dict.fromkeys((source, *targets)))
        if len(locales) == 1:
            self.wrong("targets", _("a locale other than the source"))
        catalogs = self.pattern(table, "catalogs", "locales/{locale}/LC_MESSAGES")
        places = read_places(self, table, source, locales, catalogs)
        export = self.export(self.table(table, "export"), locales)
        if export.out == self.root and not any(place.is_in_place for place in places):
            self.wrong("export.out", _("a path below the project’s folder"), 'out = "site"')
        return kind(
            root=self.root,
            file=self.path,
            source=source,
            targets=targets,
            places=places,
            originals=self.originals(table, locales),
            catalogs_pattern=catalogs,
            glossary_path=self.file(table, "glossary", "locales/glossary.csv"),
            engines=self.texts(table, "engines", DEFAULT_ENGINES),
            check=self.check(self.table(table, "check"), locales),
            export=export,
            align=self.align(self.table(table, "align")),
            learn=self.truth(table, "learn", "", default=True),
            repeats=self.choice(table, "repeats", Repeats, "") or "draft",
            engine_tables=self.engines(
                self.table(table, "engine"), self.texts(table, "engines", DEFAULT_ENGINES)
            ),
            article_tables=tuple(
                self.article(row, locales) for row in self.each(table, "article")
            ),
            links=read_counterparts(self.table(table, "links"), locales, self.wrong_at),
            options=self.options(table),
            cluster=self.cluster(self.table(table, "cluster")),
        )

    def cluster(self, table: dict[str, Any]) -> ClusterSettings:
        self.only(table, keys_of("cluster"), "cluster")
        return ClusterSettings(self.text(table, "scheduler", ""))

    def originals(self, table: dict[str, Any], locales: tuple[str, ...]) -> tuple[str, ...]:
        tags = self.texts(table, "originals", locales)
        for tag in tags:
            self.check_locale(tag, locales, "originals")
        if not tags:
            self.wrong("originals", _('a list of texts, such as ["en"]'))
        return tags

    def options(self, table: dict[str, Any]) -> Options:
        reading = Reading(
            dialect=self.dialect(table, ""),
            code=self.code(table, "") or "keep",
            math=self.truth(table, "math", "", default=True),
            attributes=self.texts(table, "directive_attributes", ()),
        )
        return Options(front_matter=self.texts(table, "front_matter", ()), reading=reading)

    def dialect(self, table: Mapping[str, Any], where: str) -> str:
        """Return a dialect of Markdown; empty where none is given."""
        return self.choice(table, "dialect", Dialect, where) or ""

    def code(self, table: Mapping[str, Any], where: str) -> str:
        """Return what of fenced code is units; empty where it is not said."""
        return self.choice(table, "code", Code, where) or ""

    def engines(
        self, table: dict[str, Any], used: tuple[str, ...]
    ) -> dict[str, Mapping[str, Any]]:
        """Give the `[engine.NAME]` tables; where texts may go is said by the person, not in here."""
        tables: dict[str, Mapping[str, Any]] = {name: self.table(table, name) for name in table}
        for name, engine in tables.items():
            if name in engines_with_keys():
                # Whoever writes a key of a service in here is told by the engine where keys come from.
                plain = {key: value for key, value in engine.items() if not is_secret(key)}
                self.only(plain, (*keys_of(f"engine.{name}"), "allow"), f"engine.{name}")
            elif name not in used and nearest(name, engines_with_keys(), 0.75):
                # A table of a plug-in that nothing uses is its own affair, a slip of the pen is not.
                self.only({name: engine}, engines_with_keys(), "engine")
            if "allow" in engine:
                hosts = engine["allow"] if isinstance(engine["allow"], list) else []
                raise ProjectError(
                    _("{key}: who may receive texts is yours to say, not the project’s").format(
                        key=f"engine.{name}.allow"
                    ),
                    path=self.path,
                    line=self.line(f"engine.{name}.allow"),
                    hint=line_to_add(*(host for host in hosts if isinstance(host, str))),
                )
        return tables

    def check(self, table: dict[str, Any], locales: tuple[str, ...]) -> CheckSettings:
        self.only(table, (*keys_of("check"), "article", *locales), "check")
        general = self.override(table, "check")
        articles = []
        for row in self.each(table, "article", "check"):
            self.only(row, keys_of("check.article"), "check.article")
            glob = self.required(row, "path", "check.article", 'path = "guides/**"')
            articles.append((glob, self.override(row, "check.article")))
        by_locale = {}
        for tag in locales:
            if tag in table:
                self.only(self.table(table, tag), keys_of("check.LOCALE"), f"check.{tag}")
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
            reviewers=self.choice(table, "reviewers", Reviewers, where),
        )

    def export(self, table: dict[str, Any], locales: tuple[str, ...]) -> ExportSettings:
        self.only(table, keys_of("export"), "export")
        return ExportSettings(
            out=self.site(table),
            base_url=self.address(table, "base_url", "export").rstrip("/"),
            names=self.names(table, locales),
            format=self.choice(table, "format", Format, "export") or "html",
            missing=self.choice(table, "missing", Missing, "export") or "source",
            drafts=self.truth(table, "drafts", "export", default=False),
            switcher=self.truth(table, "switcher", "export", default=True),
            notice=self.truth(table, "notice", "export", default=True),
            keys=self.truth(table, "keys", "export", default=True),
        )

    def names(self, table: dict[str, Any], locales: tuple[str, ...]) -> dict[str, str]:
        """Return what a site is called, by locale: one name for all, or a table."""
        value = table.get("name", {})
        names = dict.fromkeys(locales, value) if isinstance(value, str) else value
        if not isinstance(names, dict):
            self.wrong("name", _('a name in quotes, or locale = "name"'))
        for tag, name in names.items():
            self.check_locale(tag, locales, "export.name")
            if not isinstance(name, str):
                self.wrong("export.name", _('a name in quotes, or locale = "name"'))
        return dict(names)

    def site(self, table: dict[str, Any]) -> Path:
        """Return the folder of the site; where pages have a folder for each locale, what else is made goes there."""
        value = table.get("out", "site")
        by_locale = isinstance(value, dict) or (isinstance(value, str) and "{" in value)
        return self.place(
            {} if by_locale else table, "out", "site", "export.out", may_be_root=True
        )

    def align(self, table: dict[str, Any]) -> AlignSettings:
        self.only(table, keys_of("align"), "align")
        default = AlignSettings()
        return AlignSettings(
            vectors=self.truth(table, "vectors", "align", default=default.vectors),
            encoder=self.text(table, "encoder", default.encoder),
        )

    def article(self, table: dict[str, Any], locales: tuple[str, ...]) -> ArticleTable:
        self.only(table, keys_of("article"), "article")
        path = self.required(table, "path", "article", 'path = "en/housing.html"')
        locale, _slash, relative = path.partition("/")
        if locale not in locales or not relative:
            self.wrong("article.path", _("a locale folder and a path, such as en/housing.html"))
        translations, out = ({}, {})
        for tag, value in self.table(table, "translations").items():
            self.check_locale(tag, locales, "article.translations")
            folder, _slash, rest = str(value).partition("/")
            if tag == locale or folder != tag or not rest:
                self.wrong(
                    "article.translations",
                    _('locale = "locale/path", such as es = "es/vivienda.html"'),
                )
            translations[tag] = self.below(rest, "article.translations")
        for tag, value in self.table(table, "out").items():
            self.check_locale(tag, locales, "article.out")
            if not isinstance(value, str) or not value:
                self.wrong("article.out", _('locale = "path", such as es = "vivienda.html"'))
            # A folder stands for the page that servers show for it.
            page = f"{value}index.html" if value.endswith("/") else value
            out[tag] = self.below(page, "article.out")
        slug = table.get("slug", "")
        if not isinstance(slug, str):
            self.wrong("article.slug", _("a text in quotes"))
        return ArticleTable(
            locale,
            self.below(relative, "article.path"),
            translations,
            out,
            self.below(slug, "article.slug") if slug else "",
            self.day(table, "due", "article"),
            self.dialect(table, "article"),
            self.code(table, "article"),
        )

    # One method per shape of value; each names the key in its complaint.

    def only(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, known, 0.5)
                name = f"{where}.{key}" if where else key
                hint = _("did you mean {name}?").format(name=near) if near else ""
                raise ProjectError(
                    _("unknown key {key}").format(key=name),
                    path=self.path,
                    line=self.line(name),
                    hint=hint,
                )

    def check_locale(self, tag: str, locales: tuple[str, ...], key: str) -> None:
        if tag not in locales:
            raise ProjectError(
                _("{key}: {tag} is no locale of this project").format(key=key, tag=tag),
                path=self.path,
                line=self.line(f"{key}.{tag}"),
                hint=_("its locales: {names}").format(names=", ".join(locales)),
            )

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
        """Return the address of a site as it is written; `export.site` says how links and sitemaps write it."""
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
        for pattern, better, _message in unwanted:
            mended = re.sub(pattern, better, mended)
        for pattern, _better, message in unwanted:
            if re.search(pattern, value):
                hint = f'{key} = "{mended}"' if _ADDRESS.fullmatch(mended) else ""
                self.wrong(f"{where}.{key}", message, hint)
        if not _ADDRESS.fullmatch(value):
            self.wrong(f"{where}.{key}", _("an address such as https://example.org"))
        return value

    def file(self, table: Mapping[str, Any], key: str, default: str) -> Path:
        if "{locale}" in self.text(table, key, default):
            self.wrong(key, _("a path without {{locale}}, which means nothing here").format())
        return self.place(table, key, default)

    def place(
        self,
        table: Mapping[str, Any],
        key: str,
        default: str,
        name: str = "",
        *,
        may_be_root: bool = False,
    ) -> Path:
        """Return an absolute path that stays in the project, links resolved."""
        name = name or key
        value = self.text(table, key, default)
        path = (self.root / value).resolve()
        if path == self.root and not (may_be_root and value):
            self.wrong(name, _("a path below the project’s folder"), f'{key} = "{default}"')
        if not path.is_relative_to(self.root):
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=name, path=value),
                path=self.path,
                line=self.line(name),
            )
        return path

    def below(self, value: str, key: str) -> str:
        """Return a relative path that climbs nowhere."""
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ProjectError(
                _("{key}: {path} leaves the project").format(key=key, path=value),
                path=self.path,
                line=self.line(key),
            )
        return path.as_posix()
