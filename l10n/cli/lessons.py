"""Saying what lessons rest on, and what one of them changed in a draft."""

from __future__ import annotations

from collections.abc import Iterable

from l10n.cli.streams import say
from l10n.desk.lessons import Rebuilt
from l10n.drafting.teaching import ENOUGH
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.text.percent import with_sign
from l10n.text.tables import format_table


def print_lessons(rebuilt: Rebuilt) -> None:
    """Say how many reviews teach about the drafts of an engine."""
    source, target = rebuilt.pair
    reviews = rebuilt.taught.reviews
    text = ngettext(
        "{source} → {target}: {n} reviewed entry teaches about the drafts of {engine}",
        "{source} → {target}: {n} reviewed entries teach about the drafts of {engine}",
        reviews,
    )
    say(text.format(source=source, target=target, n=reviews, engine=rebuilt.engine))
    if reviews < ENOUGH:
        say(_("Drafts are corrected from {n} reviewed entries on.").format(n=ENOUGH), err=True)


def print_trials(trials: Iterable[Rebuilt]) -> None:
    """Say how lessons fared on reviews that were kept out of them, and how boldly they speak for it."""
    rows = [
        (
            rebuilt.engine,
            " → ".join(rebuilt.pair),
            trial.domain or "–",
            _(_LEVELS[trial.level]),
            str(trial.sentences),
            with_sign(trial.better, trial.sentences),
            with_sign(trial.worse, trial.sentences),
        )
        for rebuilt in trials
        for trial in rebuilt.taught.learnt.trials
    ]
    if rows:
        heads = (
            _("lessons for"),
            _("pair"),
            _("about"),
            _("how bold"),
            _("tried on"),
            _("better"),
            _("worse"),
        )
        say(format_table([heads, *rows], rules=(1,)))


_LEVELS = {
    "usual": N_("usual"),
    "careful": N_("careful"),
    "cautious": N_("cautious"),
    "strict": N_("strict"),
    "": N_("silent: they did not help"),
}
