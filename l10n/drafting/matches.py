"""What was translated before as a draft: the very text, a text like it, and from when on which is better than an engine's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from l10n.catalog import Catalog
from l10n.memory.adapting import other_words
from l10n.model import Doubt, Match, Severity, State
from l10n.text import markup
from l10n.text.numbers import Side, compare_numbers, read_numbers

if TYPE_CHECKING:
    from l10n.memory import Memory

Pair = tuple[str, str]

MINIMUM = 75
"""Percent from which a similar match is better than nothing."""

BEFORE_ENGINE = 85
"""Percent from which a similar match is better than what an engine drafts: below, 90 matches in updates of catalogs had
chrF 51-56 where Apertium's drafts had 60; from 85 to 89, 66 where those had 53."""

BEFORE_LESSONS = 90
"""Percent from which one is better than a draft that lessons correct: below, 51-66 against 69-71; above, 76 against 70."""

_STAND_INS = frozenset({"pseudo", "variant"})
"""Engines that translate nothing: whatever was translated before is better."""


Finished = Mapping[tuple[str, str], Match]
"""Finished translations of catalogs by target locale and msgid."""


class Sought(NamedTuple):
    """A text that may have been translated before."""

    msgid: str
    before: str
    """What stands before it, and behind it."""
    after: str
    pair: Pair


def least_percent(engine: str | None, *, learns: bool) -> int:
    """Return the percent from which a similar match is a better first suggestion than what an engine would draft.

    `engine` is None where none drafts; `learns` tells whether lessons correct its drafts.
    """
    if engine is None or engine in _STAND_INS:
        return MINIMUM
    return BEFORE_LESSONS if learns else BEFORE_ENGINE


def best_match(
    sought: Sought, memory: Memory | None, finished: Match | None, minimum: int
) -> Match | None:
    """Return what was translated before and can be a draft; `finished` is what a catalog of this run has for it."""
    if memory is None:
        return finished
    msgid, pair = sought.msgid, sought.pair
    exact = memory.exact(msgid, *pair, before=sought.before, after=sought.after)
    exact = max(
        (match for match in (exact, finished) if match),
        key=lambda match: match.percent,
        default=None,
    )
    if exact and _fits(msgid, exact.target):
        return exact
    similar = memory.search(msgid, *pair, minimum=minimum)
    return next((match for match in similar if _serves(msgid, match, pair)), None)


def match_fields(match: Match, msgid: str, locale: str) -> dict[str, str]:
    """Return what the stamp says of a match: its percentage, and whether it was made for other words."""
    fields = {"tm": str(match.percent)}
    if match.percent < _SAME and other_words(msgid, match.source, match.target, locale):
        fields["why"] = Doubt.SENSE
    return fields


_SAME = 100


def finished_in(catalogs: Iterable[Catalog]) -> Finished:
    """Return the finished translations of the catalogs by target locale and msgid, reviewed ones first."""
    matches: dict[tuple[str, str], Match] = {}
    for catalog in catalogs:
        for entry in catalog.entries:
            state = entry.state
            if (
                state not in (State.TRANSLATED, State.REVIEWED)
                or entry.msgid_plural is not None
            ):
                continue
            key = (catalog.target_locale, entry.msgid)
            reviewed = state is State.REVIEWED
            if entry.msgstr != markup.OMIT and (
                key not in matches or reviewed > matches[key].reviewed
            ):
                matches[key] = Match(
                    entry.msgid, entry.msgstr, 100, reviewed, str(catalog.path or "")
                )
    return matches


def _fits(msgid: str, msgstr: str) -> bool:
    return not any(p.severity is Severity.ERROR for p in markup.validate(msgid, msgstr))


def _serves(msgid: str, match: Match, pair: tuple[str, str]) -> bool:
    """Whether a similar match can be a draft: its tokens are right and no number is left of its old source."""
    if not _fits(msgid, match.target):
        return False
    # Kept as a second guard: the memory itself lets no number of the old source stand at a high percentage.
    sides = [
        Side(text, locale, read_numbers(text, locale))
        for text, locale in (
            (markup.plain(msgid), pair[0]),
            (markup.plain(match.target), pair[1]),
        )
    ]
    left = [new for _lost, new in compare_numbers(*sides).pairs if new is not None]
    old = read_numbers(markup.plain(match.source), pair[0])
    return not any(number.agrees(former) for number in left for former in old)
