"""`init`, `update` and `status`: the project, its catalogs, and how far they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from l10n.articles import read_article
from l10n.catalog import Catalog, Merge
from l10n.cli import complain
from l10n.cli.tables import format_table
from l10n.errors import CatalogError, L10nError, UsageError
from l10n.files import write_atomically
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Counts
from l10n.project import PROJECT_FILE, ArticleRef, Project, project_file, validate_locale
from l10n.text.percent import with_share

_TEMPLATE = """\
source = "{source}"
targets = [{targets}]
articles = "locales/{{locale}}/articles"
catalogs = "locales/{{locale}}/LC_MESSAGES"
glossary = "locales/glossary.csv"
engines = ["argos", "apertium"]

[check]
min_translated = 100
min_reviewed = 0

[export]
out = "site"
missing = "source"
"""

_GLOSSARY_HEADER = "source_locale,source_term,target_locale,target_term,note,forbidden\n"


@click.command(help=_("Start a project here: write l10n.toml and the folders."))
@click.option(
    "--source", default="es", metavar=_("LOCALE"), help=_("Default source locale (es).")
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar=_("LOCALE"),
    help=_("Target locale (en); repeatable."),
)
def init(source: str, targets: tuple[str, ...]) -> None:
    """Write a project file and the folders, never over an existing one."""
    file = Path.cwd() / PROJECT_FILE
    other = project_file(Path.cwd())
    if other is not None:
        raise UsageError(_("there is a project file already"), path=other, hint="l10n update")
    wanted = [
        validate_locale(tag) for tag in targets or (("en",) if source != "en" else ("es",))
    ]
    text = _TEMPLATE.format(
        source=validate_locale(source), targets=", ".join(f'"{tag}"' for tag in wanted)
    )
    write_atomically(file, text.encode())
    project = Project.load(file)
    for locale in project.locales:
        project.articles_folder(locale).mkdir(parents=True, exist_ok=True)
        project.catalogs_folder(locale).mkdir(parents=True, exist_ok=True)
    if not project.glossary_path.exists():
        write_atomically(project.glossary_path, _GLOSSARY_HEADER.encode())
    click.echo(
        _("Wrote {file}. Put articles into {folder}, then type: l10n build").format(
            file=PROJECT_FILE, folder=project.relative(project.articles_folder(project.source))
        )
    )


@click.command(help=_("Extract the units of articles and create or merge their catalogs."))
@click.argument("articles", nargs=-1, metavar=_("[ARTICLE]…"))
def update(articles: tuple[str, ...]) -> int:
    """Bring catalogs up to their articles; exit 2 when an article or a catalog cannot be read."""
    project = Project.find()
    refs = [project.article(name) for name in articles] if articles else project.articles()
    return 2 if update_catalogs(project, refs) else 0


def update_catalogs(project: Project, refs: Iterable[ArticleRef]) -> int:
    """Merge each article into its catalogs and say what changed; gives how many could not be done."""
    failed = unchanged = 0
    for ref in refs:
        try:
            for path, merge in merge_article(project, ref):
                if merge.added or merge.changed or merge.revived or merge.obsolete:
                    click.echo(f"{project.relative(path)}: {describe_merge(merge)}", err=True)
                else:
                    unchanged += 1
        except L10nError as error:
            complain(error)
            failed += 1
    if unchanged:
        said = ngettext("{n} catalog is up to date", "{n} catalogs are up to date", unchanged)
        click.echo(said.format(n=unchanged), err=True)
    return failed


def merge_article(project: Project, ref: ArticleRef) -> list[tuple[Path, Merge]]:
    """Merge the units of one article into the catalog of every target locale."""
    article = read_article(ref.path, ref.locale)
    name = project.relative(ref.path)
    done = []
    for target in project.targets_of(ref):
        path = project.catalog_path(ref.slug, target)
        catalog = Catalog.open_or_new(path, source=ref.locale, target=target, article=name)
        merge = catalog.merge(article.units, article=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(path)
        done.append((path, merge))
    return done


def describe_merge(merge: Merge) -> str:
    """Say what a merge did, in one line."""
    parts = [
        (merge.added, ngettext("{n} new", "{n} new", merge.added)),
        (merge.changed, ngettext("{n} changed", "{n} changed", merge.changed)),
        (merge.revived, ngettext("{n} back", "{n} back", merge.revived)),
        (merge.obsolete, ngettext("{n} gone", "{n} gone", merge.obsolete)),
        (merge.kept, ngettext("{n} kept", "{n} kept", merge.kept)),
    ]
    return ", ".join(text.format(n=n) for n, text in parts if n) or _("no units")


@click.command(help=_("Show how far every article is, per locale."))
@click.argument("locales", nargs=-1, metavar=_("[LOCALE]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("Form of the table."),
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Also write it as an HTML page."),
)
def status(locales: tuple[str, ...], form: str, html: Path | None) -> int:
    """Print the table article × locale."""
    project = Project.find()
    for tag in locales:
        if tag not in project.locales:
            raise UsageError(
                _("no locale of this project: {tag}").format(tag=tag), hint="l10n status"
            )
    rows, failed = status_rows(project, locales or project.locales)
    if html is not None:
        from l10n.export.previews.dashboard import write_dashboard  # noqa: PLC0415 - templates load slowly

        write_dashboard(project, html)
    click.echo(status_json(rows) if form == "json" else status_table(rows))
    return 2 if failed else 0


StatusRow = tuple[str, str, Counts | None]
"""Article slug, target locale, counts; None when there is no catalog yet."""


def status_rows(project: Project, locales: Sequence[str]) -> tuple[list[StatusRow], int]:
    """Count every catalog of the articles; says unreadable ones on stderr and gives how many there were."""
    rows: list[StatusRow] = []
    failed = 0
    for ref in project.articles():
        for target in project.targets_of(ref):
            if target not in locales:
                continue
            path = project.catalog_path(ref.slug, target)
            try:
                data = path.read_bytes() if path.exists() else None
                counts = None if data is None else Catalog.parse(data, path).counts()
                rows.append((ref.slug, target, counts))
            except CatalogError as error:
                complain(error)
                failed += 1
            except OSError as error:
                complain(CatalogError(error.strerror or str(error), path=path))
                failed += 1
    return rows, failed


def status_json(rows: Sequence[StatusRow]) -> str:
    """Give the rows as JSON."""
    listed = [
        {"article": slug, "locale": target, **(asdict(counts) if counts else {"catalog": None})}
        for slug, target, counts in rows
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def status_table(rows: Sequence[StatusRow]) -> str:
    """Give the rows as a table with a total per locale."""
    heads = (
        _("article"),
        _("locale"),
        _("translated"),
        _("reviewed"),
        _("draft"),
        _("untranslated"),
        _("words"),
    )
    body = [_status_cells(slug, target, counts) for slug, target, counts in rows]
    totals = []
    for target in dict.fromkeys(target for _slug, target, _counts in rows):
        known = [counts for _s, t, counts in rows if t == target and counts]
        totals.append(
            _status_cells(_("total"), target, sum(known, Counts()) if known else None)
        )
    return format_table([heads, *body, *totals], rules=(1, len(body) + 1))


def _status_cells(slug: str, target: str, counts: Counts | None) -> tuple[str, ...]:
    if counts is None:
        return (slug, target, _("no catalog yet"), "", "", "", "")
    return (
        slug,
        target,
        with_share(counts.translated, counts.total),
        with_share(counts.reviewed, counts.total),
        str(counts.draft),
        str(counts.untranslated),
        str(counts.words),
    )
