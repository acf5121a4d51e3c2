"""Aligned translations into a catalog."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.align.alignment import AlignedUnit, Alignment
from l10n.align.projection import project_beads
from l10n.align.reasons import GOOD
from l10n.catalog import Catalog
from l10n.languages import language_of
from l10n.model import Article, Origin, Severity
from l10n.text.language import is_untranslated
from l10n.text.markup import plain, validate


@dataclass(frozen=True, slots=True)
class Filling:
    """What an existing translation brought into a catalog, in entries."""

    filled: int = 0
    displaced: int = 0
    """Of these, the ones that held a draft of the memory or an engine which nobody had touched."""


def fill_catalog(
    catalog: Catalog, alignment: Alignment, *, trust: float | None = None, least: float = 0.0
) -> Filling:
    """Write what the translation has, as drafts, into entries that no person has put anything into.

    Entries of score `trust` or above whose markup is whole become translated at once; entries below
    `least` stay as they are. The catalog has been merged with the source article before.
    """
    filled = displaced = 0
    source, target = (
        language_of(article.locale) for article in (alignment.source, alignment.target)
    )
    for unit in project_beads(alignment):
        context, msgid = unit.key
        entry = catalog.find(msgid, context)
        if entry is None or not entry.is_open or unit.score < least:
            continue
        # A text that the other page left as it was is no translation, however much alike the two are.
        if unit.msgstr == msgid and is_untranslated(plain(msgid), source, target):
            continue
        displaced += entry.is_untouched
        # Markup that found no place cannot be trusted however sure the words are.
        whole = not unit.note and not any(
            problem.severity is Severity.ERROR for problem in validate(msgid, unit.msgstr)
        )
        if trust is not None and unit.score >= trust and whole:
            entry.translate(unit.msgstr)
        else:
            entry.fill(unit.msgstr, origin=Origin.ALIGNED, **_provenance(unit))
        if unit.note:
            entry.set_notes((*entry.notes, unit.note))
        filled += 1
    return Filling(filled, displaced)


def fill_changed(catalog: Catalog, alignment: Alignment, today: Article) -> Filling:
    """Write what the translation of an earlier original has into the open entries of what its texts have become.

    The alignment is with the earlier original, the catalog has been merged with today's. What a text has become is found
    as updating finds it; these are drafts `source-changed`, with the text they translate in `#|`.
    """
    locales = {"source": today.locale, "target": alignment.target.locale}
    earlier = Catalog.new(None, **locales, article="")
    earlier.merge(alignment.source.units, article="")
    fill_catalog(earlier, alignment)
    earlier.merge(today.units, article="")
    filled = displaced = 0
    for changed in earlier.entries:
        entry = catalog.find(changed.msgid, changed.msgctxt)
        if (
            changed.origin is Origin.SOURCE_CHANGED
            and changed.previous_msgid is not None
            and entry is not None
            and entry.is_open
        ):
            displaced += entry.is_untouched
            entry.fill(
                changed.msgstr, origin=Origin.SOURCE_CHANGED, translates=changed.previous_msgid
            )
            filled += 1
    return Filling(filled, displaced)


def _provenance(unit: AlignedUnit) -> dict[str, str]:
    """Return the fields of the stamp of an aligned draft: its score, and where that is not good what speaks against it."""
    # Rounded down: what says 0.99 is taken by `--trust 0.99`.
    fields = {"aligned": f"{int(unit.score * 100 + 1e-9) / 100:.2f}"}
    if unit.score < GOOD and unit.doubts:
        fields["why"] = ",".join(doubt.value for doubt in unit.doubts[:_MOST])
    return fields


_MOST = 3
"""Doubts of a stamp: more do not fit on its line."""
