"""`l10n align` for a whole project: which pairs, and where a person should look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from l10n.align.reasons import (
    DoubtfulBead,
    doubtful_beads,
    expected_errors,
    in_order_of_doubt,
)
from l10n.cli.outputs import Outputs
from l10n.cli.streams import say
from l10n.desk.aligned import Aligned
from l10n.desk.aligning import SITE_REPORT
from l10n.desk.pairs import Pair, is_pair_waiting, pairs_of, reports_folder
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.ledger import Ledger
from l10n.project import Project
from l10n.project.meant import select_pages
from l10n.text.doubts import in_words

_ARTICLES, _BEADS = 5, 10
"""How many are named: enough for a first look, all are in the report."""
_LEAST = 0.5
"""Beads that are probably wrong, from which on an article is named."""
_SHOWN = 60
"""Characters of a text that are shown."""


def of_named(project: Project, name: str, locale: str | None) -> list[Pair]:
    """Return the articles that a name means, each with the translations that are meant."""
    meant = select_pages([name], project)
    pairs = pairs_of(project, project.articles())
    return _in_locale(
        [pair for pair in pairs if meant.includes(pair.slug, pair.target_locale)], locale
    )


def of_site(
    project: Project, outputs: Outputs, locale: str | None
) -> tuple[Outputs, list[Pair]]:
    """Return where the pages go, and every pair that no catalog has taken in.

    Where pages or data are asked for, the others come too, and their catalogs stay as they are.
    """
    pairs = _in_locale(pairs_of(project, project.articles()), locale)
    with Ledger.open(project.derived) as ledger:
        waiting = {pair for pair in pairs if is_pair_waiting(pair, ledger)}
    if outputs.form or outputs.report:
        return outputs, [
            pair if pair in waiting else replace(pair, catalog=None) for pair in pairs
        ]
    if pairs and not waiting:
        n = len(pairs)
        text = ngettext("{n} translation was taken in before.", "{n} translations were taken in before.", n)  # fmt: skip
        say(text.format(n=n), err=True)
        command = "l10n align --report FOLDER"
        say(_("To compare them again: {command}").format(command=command), err=True)
    return replace(outputs, report=reports_folder(project)), [
        pair for pair in pairs if pair in waiting
    ]


def _in_locale(pairs: Sequence[Pair], locale: str | None) -> list[Pair]:
    return [pair for pair in pairs if locale in (None, pair.target_locale)]


def print_where_to_look(results: Sequence[Aligned], reports: Path | None) -> None:
    """Name the articles with most pairs that are probably wrong, the pairs likeliest wrong, and the report."""
    related = [result for result in results if not result.alignment.unrelated]
    beads = {
        result.pair: in_order_of_doubt(doubtful_beads(result.alignment)) for result in related
    }
    doubted = [result for result in related if expected_errors(result.alignment) >= _LEAST]
    doubted.sort(key=lambda result: -expected_errors(result.alignment))
    first = sorted(
        ((result.pair, bead) for result in related for bead in beads[result.pair]),
        key=lambda row: row[1].bead.score,
    )
    if doubted or first:
        say("\n" + _("Where to look first:"))
    for result in doubted[:_ARTICLES]:
        n = round(expected_errors(result.alignment))
        text = ngettext("about {n} pair is wrong", "about {n} pairs are wrong", n).format(n=n)
        say(f"  {result.pair.article} → {result.pair.target_locale}: {text}")
    for pair, bead in first[:_BEADS]:
        say(_bead(pair, bead))
    if reports is not None and results:
        say("\n" + _("All of it, side by side: {path}").format(path=reports / SITE_REPORT))


def _bead(pair: Pair, bead: DoubtfulBead) -> str:
    head = f"  {pair.article}:{bead.line}: {bead.bead.score:.2f} {in_words(bead.doubts)}"
    return f"{head}\n      {_cut(bead.source)}\n    ↔ {_cut(bead.target)}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
