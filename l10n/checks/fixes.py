"""Mend what has a safe fix: in memory first, so that the difference can be shown."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from l10n.catalog import Catalog, Entry
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair, ignored_rules
from l10n.checks.examine import context_of
from l10n.checks.reading import Pair
from l10n.checks.reports.places import relative
from l10n.model import State
from l10n.project.judging import Criteria
from l10n.text.markup import OMIT

_ROUNDS = 20
"""Fixes of one text; each may make room for the next."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A catalog with fixes applied in memory, not yet saved."""

    catalog: Catalog
    path: Path
    texts: int
    """How many translations changed."""
    diff: str
    """Unified difference of the file."""


def mend(path: Path, criteria: Criteria, *, include_reviewed: bool = False) -> Mended:
    """Apply every safe fix to a catalog in memory; CatalogError when it is damaged."""
    catalog = Catalog.load(path)
    before = catalog.dumps()
    context = context_of(criteria, catalog)
    texts = sum(_mend_entry(entry, context, include_reviewed) for entry in catalog.entries)
    return Mended(catalog, path, texts, _diff(before, catalog.dumps(), path) if texts else "")


def _mend_entry(entry: Entry, context: CheckContext, include_reviewed: bool) -> int:
    # A reviewed text carries a person's name: it is changed only when asked for.
    states = {State.TRANSLATED, *([State.REVIEWED] if include_reviewed else [])}
    if context.drafts:
        states.add(State.DRAFT)
    state = entry.state
    if state not in states:
        return 0
    mended = tuple(_mended(entry, number, context) for number in range(len(entry.msgstrs)))
    changed = sum(new != old for new, old in zip(mended, entry.msgstrs, strict=True))
    if changed and state is State.DRAFT:
        entry.amend(mended)
    elif changed:
        entry.translate(mended)
    return changed


def _mended(entry: Entry, number: int, context: CheckContext) -> str:
    text = entry.msgstrs[number]
    if not text or text == OMIT:
        return text
    source = entry.msgid_plural if number and entry.msgid_plural else entry.msgid
    ignored = ignored_rules(entry.notes)
    if "all" in ignored:
        return text
    texts = {text}
    for _round in range(_ROUNDS):
        pair = Pair(source, text, message=entry)
        fix = next(
            (
                finding.fix.msgstr
                for finding in check_pair(pair, context)
                if finding.fix is not None
                and finding.fix.is_safe
                and finding.rule not in ignored
                # Two fixes that undo each other would go round for ever.
                and finding.fix.msgstr not in texts
            ),
            None,
        )
        if fix is None:
            break
        text = fix
        texts.add(text)
    return text


def _diff(before: bytes, after: bytes, path: Path) -> str:
    old, new = (
        text.decode("utf-8", "replace").splitlines(keepends=True) for text in (before, after)
    )
    name = relative(path, Path.cwd())
    return "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=2))
