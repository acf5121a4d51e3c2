"""`l10n align`: an article and its existing translation in, a filled catalog, beads or a report out."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from l10n.align import (
    Alignment,
    Lexicon,
    Translate,
    align_articles,
    fill_catalog,
    leftovers,
    missing,
    project_beads,
)
from l10n.align.encoders import Encode, load_encoder
from l10n.align.notation import evaluate, format_bead, groups_of, parse_beads
from l10n.align.pages import align_lines, guess_language, read_lines
from l10n.align.report import FAIR, band_of, render_report
from l10n.articles import read_article, suffixes
from l10n.catalog import Catalog
from l10n.cli import complain
from l10n.cli.tables import format_table
from l10n.cli.tm import vocabulary
from l10n.engines import Engine, load_engine, pick_engine, resolve_pair, translator
from l10n.errors import L10nError, ProjectError, UsageError
from l10n.files import write_atomically
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import DEFAULT_ENGINES, AlignSettings, ArticleRef, Project, validate_locale
from l10n.text.markup import plain


@dataclass(frozen=True, slots=True)
class Pair:
    """What to align and where the result goes."""

    source: Path
    target: Path
    source_locale: str
    target_locale: str
    article: str
    """How the catalog names the article."""
    catalog: Path | None
    """Catalog to fill; None when nothing is written."""
    slug: str = ""
    """Names the report among those of a folder or project."""

    @property
    def report_name(self) -> str:
        """`guides/parking.es.html`."""
        return f"{self.slug}.{self.target_locale}.html"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked for."""

    form: str | None
    report: Path | None
    trust: float | None
    gold: Path | None
    engine: str | None
    vectors: bool | None
    """None: as the project says."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps comparing texts of two locales."""

    translate: Translate | None = None
    lexicon: Lexicon | None = None
    encode: Encode | None = None


@click.command(help=_("Pair an article with its existing translation and fill the catalog."))
@click.argument(
    "source", required=False, type=click.Path(path_type=Path), metavar=_("[SOURCE]")
)
@click.argument(
    "target", required=False, type=click.Path(path_type=Path), metavar=_("[TARGET]")
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("Catalog to write (a folder for folders)."),
)
@click.option("--from", "source_locale", metavar=_("LOCALE"), help=_("Locale of the source."))
@click.option(
    "--to", "target_locale", metavar=_("LOCALE"), help=_("Locale of the translation.")
)
@click.option(
    "--lines", is_flag=True, help=_("Take every line as one segment, blank ones too.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "beads", "json"]),
    help=_("Print the alignment in this form."),
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=_("Write a side-by-side page (a folder for folders)."),
)
@click.option(
    "--trust",
    type=click.FloatRange(0, 1),
    metavar="S",
    help=_("Take what scores S or more as translated."),
)
@click.option(
    "--evaluate",
    "gold",
    type=click.Path(path_type=Path),
    metavar="GOLD",
    help=_("Score the result against gold beads."),
)
@click.option("--engine", metavar=_("NAME"), help=_("Engine that helps comparing, or none."))
@click.option(
    "--vectors/--no-vectors",
    default=None,
    help=_("Compare what words leave in doubt by sentence vectors."),
)
def align(
    source: Path | None,
    target: Path | None,
    *,
    output: Path | None,
    source_locale: str | None,
    target_locale: str | None,
    lines: bool,
    form: str | None,
    report: Path | None,
    trust: float | None,
    gold: Path | None,
    engine: str | None,
    vectors: bool | None,
) -> int:
    """Align one pair, a pair of folders, or what the project has translations of."""
    options = Options(form, report, trust, gold, engine, vectors)
    project = _project()
    for path in (source, target):
        if path is not None and target is not None and not path.exists():
            raise UsageError(_("no such file"), path=path)
    if lines:
        return _align_lines(_both(source, target), (source_locale, target_locale), options)
    if source is not None and target is not None and source.is_dir() != target.is_dir():
        raise UsageError(_("a folder can only be aligned with a folder"), path=target)
    if source is not None and target is not None and not source.is_dir():
        pair = _pair(project, source, target, (source_locale, target_locale), output)
        return _align_one(pair, project, options)
    if source is not None and target is not None:
        pairs = _folder_pairs(source, target, (source_locale, target_locale), output)
    else:
        pairs = _project_pairs(project, source, target_locale)
    return align_many(pairs, project, options)


def _project() -> Project | None:
    try:
        return Project.find()
    except ProjectError as error:
        if error.hint == "l10n init":
            return None
        raise


def _both(source: Path | None, target: Path | None) -> tuple[Path, Path]:
    if source is None or target is None:
        raise UsageError(_("name a source and a translation"), hint="l10n align SOURCE TARGET")
    return source, target


def _pair(
    project: Project | None,
    source: Path,
    target: Path,
    locales: tuple[str | None, str | None],
    output: Path | None,
) -> Pair:
    """Find out the locales of two files and which catalog they fill."""
    known: list[str] = []
    for path, said, option in zip((source, target), locales, ("--from", "--to"), strict=True):
        found = validate_locale(said) if said else _locale_of(project, path)
        if found is None:
            raise UsageError(
                _("cannot tell the language of this file"), path=path, hint=f"{option} es|en"
            )
        known.append(found)
    ref = _ref_of(project, source) if project is not None else None
    if output is None and project is not None and ref is not None:
        output = project.catalog_path(ref.slug, known[1])
    name = (
        project.relative(source.resolve())
        if project is not None and source.resolve().is_relative_to(project.root)
        else source.name
    )
    return Pair(source, target, known[0], known[1], name, output)


def _ref_of(project: Project, path: Path) -> ArticleRef | None:
    return next((ref for ref in project.articles() if ref.path == path.resolve()), None)


def _locale_of(project: Project | None, path: Path) -> str | None:
    """Tell a file's locale: from the project's folders, else from the words in it."""
    for locale in project.locales if project is not None else ():
        if path.resolve().is_relative_to(project.articles_folder(locale)):  # type: ignore[union-attr]
            return locale
    article = read_article(path, "und")
    return guess_language([block.unit.msgid for block in article.blocks])


def _folder_pairs(
    source: Path, target: Path, locales: tuple[str | None, str | None], output: Path | None
) -> list[Pair]:
    """Pair the articles of two folders by their relative path, whatever their suffixes."""

    def articles(folder: Path) -> dict[str, Path]:
        return {
            path.relative_to(folder).with_suffix("").as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix.lower() in suffixes()
        }

    ours, theirs = articles(source), articles(target)
    for slug in sorted(set(ours) ^ set(theirs)):
        path = ours.get(slug) or theirs[slug]
        click.echo(_("{path}: no counterpart").format(path=path), err=True)
    pairs = []
    for slug in sorted(set(ours) & set(theirs)):
        catalog = output / f"{slug}.po" if output is not None else None
        pair = _pair(None, ours[slug], theirs[slug], locales, catalog)
        pairs.append(replace(pair, slug=slug))
    return pairs


def _project_pairs(
    project: Project | None, source: Path | None, target_locale: str | None
) -> list[Pair]:
    """Give every article of the project that has a translation, or those of one article."""
    if project is None:
        raise UsageError(_("name a source and a translation"), hint="l10n align SOURCE TARGET")
    refs = [project.article(str(source))] if source is not None else project.articles()
    return [
        pair for pair in pairs_of(project, refs) if target_locale in (None, pair.target_locale)
    ]


def pairs_of(project: Project, refs: Sequence[ArticleRef]) -> list[Pair]:
    """Give each of these articles with each of its existing translations."""
    return [
        Pair(
            ref.path,
            path,
            ref.locale,
            locale,
            project.relative(ref.path),
            project.catalog_path(ref.slug, locale),
            ref.slug,
        )
        for ref in refs
        for locale, path in ref.translations.items()
    ]


def _aids(
    options: Options, project: Project | None, source: str, target: str, encode: Encode | None
) -> Aids:
    """Give what this project has to compare two locales with."""
    lexicon = vocabulary(project, source, target) if project is not None else None
    return Aids(_translate(options, project, source, target), lexicon, encode)


def _encode(options: Options, project: Project | None) -> Encode | None:
    """Give the sentence vectors that were asked for; EngineError where the encoder is missing."""
    settings = project.align if project is not None else AlignSettings()
    wanted = settings.vectors if options.vectors is None else options.vectors
    return load_encoder(settings.encoder) if wanted else None


def _translate(
    options: Options, project: Project | None, source: str, target: str
) -> Translate | None:
    """Give the translation that helps comparing, from the engine that was named or the first that works."""
    if options.engine == "none":
        return None
    settings = project.engine_settings if project is not None else None
    if options.engine is not None:
        engine = load_engine(options.engine, settings(options.engine) if settings else None)
        return _translator_of(engine)
    wanted = project.engines if project is not None else DEFAULT_ENGINES
    # Pseudo-translations say nothing about the other language.
    names = [name for name in wanted if name != "pseudo"]
    for pair in ((source, target), (target, source)):
        found = pick_engine(names, *pair, settings=settings)
        if found is not None:
            return _translator_of(found)
    return None


def _translator_of(engine: Engine) -> Translate:
    """Give a translation that answers with nothing for a pair the engine has not got."""
    translate = translator(engine)
    pairs = engine.pairs()

    def translate_or_not(texts: Sequence[str], source: str, target: str) -> list[str]:
        if resolve_pair(pairs, source, target) is None:
            return [""] * len(texts)
        return translate(texts, source, target)

    return translate_or_not


def align_pair(pair: Pair, aids: Aids) -> Alignment:
    """Read both files of a pair and align them."""
    return align_articles(
        read_article(pair.source, pair.source_locale),
        read_article(pair.target, pair.target_locale),
        translate=aids.translate,
        lexicon=aids.lexicon,
        encode=aids.encode,
    )


def write_catalog(pair: Pair, alignment: Alignment, trust: float | None) -> int:
    """Fill the catalog of a pair, a new one where there is none; gives how many entries were filled."""
    if pair.catalog is None:
        return 0
    catalog = Catalog.open_or_new(
        pair.catalog,
        source=pair.source_locale,
        target=pair.target_locale,
        article=pair.article,
    )
    catalog.merge(alignment.source.units, article=pair.article)
    filled = fill_catalog(catalog, alignment, trust=trust)
    pair.catalog.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(pair.catalog)
    return filled


def _align_one(pair: Pair, project: Project | None, options: Options) -> int:
    encode = _encode(options, project)
    aids = _aids(options, project, pair.source_locale, pair.target_locale, encode)
    alignment = align_pair(pair, aids)
    _warn(pair.target, alignment)
    if not alignment.unrelated:
        filled = write_catalog(pair, alignment, options.trust)
        if pair.catalog is not None:
            click.echo(_filled_line(pair.catalog, filled), err=True)
    return _show(alignment, options, quiet=pair.catalog is not None)


def _align_lines(
    paths: tuple[Path, Path], locales: tuple[str | None, str | None], options: Options
) -> int:
    """Align two files line by line; nothing is written but what the options ask for."""
    articles = []
    for path, said, option in zip(paths, locales, ("--from", "--to"), strict=True):
        article = read_lines(path, said or "und")
        tag = said or guess_language([block.unit.msgid for block in article.blocks])
        if tag is None:
            raise UsageError(
                _("cannot tell the language of this file"), path=path, hint=f"{option} es|en"
            )
        articles.append(replace(article, locale=validate_locale(tag)))
    source, target = articles
    translate = _translate(options, None, source.locale, target.locale)
    encode = _encode(options, None)
    alignment = align_lines(source, target, translate=translate, encode=encode)
    _warn(paths[1], alignment)
    return _show(alignment, options, quiet=False)


def _show(alignment: Alignment, options: Options, *, quiet: bool) -> int:
    """Print and write what was asked for; 1 when there was nothing to align."""
    if options.report is not None:
        write_report(alignment, options.report)
    form = options.form
    if form is None and not (quiet or options.report or options.gold):
        form = "text"
    if form == "beads":
        click.echo("\n".join(format_bead(bead) for bead in alignment.beads))
    elif form == "json":
        click.echo(_json(alignment))
    elif form == "text":
        click.echo(_side_by_side(alignment))
    if options.gold is not None:
        click.echo(_quality(alignment, options.gold), err=form is not None)
    return 1 if alignment.unrelated else 0


def write_report(alignment: Alignment, path: Path) -> None:
    """Write the side-by-side page."""
    write_atomically(path, render_report(alignment).encode())


def _warn(path: Path, alignment: Alignment) -> None:
    for warning in alignment.warnings:
        click.echo(f"l10n: {path}: {warning}", err=True)


def _filled_line(path: Path, filled: int) -> str:
    return ngettext("{path}: {n} entry filled", "{path}: {n} entries filled", filled).format(
        path=path, n=filled
    )


def align_many(pairs: Sequence[Pair], project: Project | None, options: Options) -> int:
    """Align pair after pair and print what was doubtful; the worst exit status of all."""
    if not pairs:
        click.echo(_("There is nothing to align."), err=True)
        return 0
    if options.gold is not None:
        raise UsageError(
            _("--evaluate takes one pair"), hint="l10n align SOURCE TARGET --evaluate GOLD"
        )
    status = 0
    rows = []
    reports: dict[str, dict[str, object]] = {}
    encode = _encode(options, project)
    aids: dict[tuple[str, str], Aids] = {}
    for pair in pairs:
        locales = (pair.source_locale, pair.target_locale)
        try:
            if locales not in aids:
                aids[locales] = _aids(options, project, *locales, encode)
            alignment = align_pair(pair, aids[locales])
            _warn(pair.target, alignment)
            filled = 0 if alignment.unrelated else write_catalog(pair, alignment, options.trust)
        except L10nError as error:
            complain(error)
            status = 2
            continue
        status = max(status, int(alignment.unrelated))
        if options.report is not None:
            write_report(alignment, options.report / pair.report_name)
        rows.append(_row(pair, alignment, filled))
        reports[pair.article] = _as_json(alignment)
    if options.form == "json":
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
    elif rows:
        heads = (_("article"), _("locale"), _("pairs"), _("doubtful"), _("moved"), _("source only"),
                 _("translation only"), _("filled"))  # fmt: skip
        click.echo(format_table([heads, *rows], rules=(1,)))
    return status


def _row(pair: Pair, alignment: Alignment, filled: int) -> tuple[str, ...]:
    bands = [band_of(bead) for bead in alignment.beads if bead.source and bead.target]
    doubtful = sum(bead.score < FAIR for bead in alignment.beads if bead.source and bead.target)
    return (
        pair.article, pair.target_locale, str(len(bands)), str(doubtful), str(bands.count("moved")),
        str(len(missing(alignment))), str(len(leftovers(alignment))), str(filled),
    )  # fmt: skip


def _json(alignment: Alignment) -> str:
    return json.dumps(_as_json(alignment), ensure_ascii=False, indent=1)


def _as_json(alignment: Alignment) -> dict[str, object]:
    return {
        "version": 1,
        "source": {"path": str(alignment.source.path), "locale": alignment.source.locale},
        "target": {"path": str(alignment.target.path), "locale": alignment.target.locale},
        "warnings": list(alignment.warnings),
        "unrelated": alignment.unrelated,
        "source_segments": [segment.text for segment in alignment.source_segments],
        "target_segments": [segment.text for segment in alignment.target_segments],
        "beads": [
            {
                "source": list(bead.source),
                "target": list(bead.target),
                "score": bead.score,
                "moved": bead.moved,
            }
            for bead in alignment.beads
        ],
        "units": [
            {"msgctxt": unit.key[0], "msgid": unit.key[1], "msgstr": unit.msgstr, "score": unit.score,
             "note": unit.note}
            for unit in project_beads(alignment)
        ],
        "leftovers": [alignment.target.blocks[block].unit.msgid for block in leftovers(alignment)],
    }  # fmt: skip


def _side_by_side(alignment: Alignment) -> str:
    """Give two columns as wide as the terminal, a score before each bead."""
    width = max(24, (min(shutil.get_terminal_size().columns, 160) - 12) // 2)
    lines = []
    for bead in alignment.beads:
        left = _wrapped([alignment.source_segments[i].text for i in bead.source], width)
        right = _wrapped([alignment.target_segments[j].text for j in bead.target], width)
        mark = "~" if bead.moved else " "
        score = f"{bead.score:.2f}" if left and right else "  – "
        for number in range(max(len(left), len(right), 1)):
            head = f"{score} {mark}" if number == 0 else " " * 6
            one = left[number] if number < len(left) else ""
            two = right[number] if number < len(right) else ""
            lines.append(f"{head} {one:<{width}} │ {two}".rstrip())
    return "\n".join(lines)


def _wrapped(texts: Sequence[str], width: int) -> list[str]:
    return [
        line for text in texts for line in textwrap.wrap(plain(text).strip(), width) or [""]
    ]


def _quality(alignment: Alignment, gold: Path) -> str:
    try:
        text = gold.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(_("cannot read the gold beads"), path=gold) from error
    quality = evaluate([(parse_beads(text, gold), groups_of(alignment.beads))])
    names = (_("precision"), _("recall"), "F1")
    strict = (quality.precision, quality.recall, quality.f1)
    lax = (quality.lax_precision, quality.lax_recall, quality.lax_f1)
    rows = [("", "", _("strict"), _("lax"))]
    rows += [
        (name, "", f"{s:.4f}", f"{x:.4f}")
        for name, s, x in zip(names, strict, lax, strict=True)
    ]
    return format_table(rows)
