"""What a page shows for each of its blocks: a translation, a draft, nothing, or the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from l10n.articles import sitecode
from l10n.catalog import Catalog
from l10n.model import Article, Key, Origin, Severity, State, Unit
from l10n.text.markup import OMIT, TOKEN, validate


class Shown(StrEnum):
    """What stands on the page where a block stands in the article."""

    TRANSLATION = "translation"
    DRAFT = "draft"
    SOURCE = "source"
    NOTHING = "nothing"
    """`<omit/>`: the translation leaves the block out on purpose."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page shows for one unit, and why."""

    shown: Shown
    state: State
    msgstr: str = ""
    """What is shown instead of the source; empty for the source itself and for nothing."""
    origin: Origin | None = None
    """Where a draft that is shown came from."""
    problem: str = ""
    """Why a translation that is there cannot be shown; one sentence in the interface language."""
    was_shown: bool = False
    """Whether a page may show the translation of what the source was before its last edit."""
    is_known: bool = True
    """Whether the catalog has the unit."""


UNTRANSLATED = Choice(Shown.SOURCE, State.UNTRANSLATED)
_UNKNOWN = replace(UNTRANSLATED, is_known=False)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page shows, block by block, and how far its translation is."""

    blocks: tuple[Choice, ...]
    """Parallel to `Article.blocks`."""
    reviewed: int
    """Units with a valid review stamp."""
    accepted: int
    """Units shown in a translation that a person made or accepted, left-out ones included."""
    drafts: int
    """Units shown as drafts."""
    machine: int
    """Of the drafts, those an engine made."""
    missing: int
    """Units shown in the source language."""
    changed: int
    """Of these, those whose source was edited after a person had translated or accepted it."""
    unknown: int
    """And those that the catalog does not have: nobody has updated it since they were written."""
    total: int
    last_review: date | None = None
    """When a person last reviewed something, of a page that tells its readers so: one that is not all reviewed."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left in the source language."""
        return not self.missing

    def replacements(self) -> dict[int, str | None]:
        """Return what stands in the place of each block that is not shown as it is; None leaves it out."""
        return {
            index: None if choice.shown is Shown.NOTHING else choice.msgstr
            for index, choice in enumerate(self.blocks)
            if choice.shown is not Shown.SOURCE
        }


def choose(
    article: Article, catalog: Catalog | None, *, drafts: bool, published: bool = False
) -> Choices:
    """Choose what each block shows; without a catalog everything is the source.

    With `published` what was taken from people's own page shows as it did there, whether anybody has looked at it
    since or not: it stands published already, and the source in its place would be less.
    """
    by_key: dict[Key, Choice] = {}
    blocks = []
    for block in article.blocks:
        choice = by_key.get(block.unit.key)
        if choice is None:
            choice = by_key[block.unit.key] = choose_unit(
                block.unit, catalog, drafts=drafts, published=published
            )
        blocks.append(choice)
    choices = _count(tuple(blocks), tuple(by_key.values()))
    if catalog is None or not (choices.drafts or choices.missing):
        return choices
    return replace(choices, last_review=last_review(catalog))


def last_review(catalog: Catalog) -> date | None:
    """Return the day of the last review in a catalog; None where no stamp tells one."""
    stamps = (entry.stamp for entry in catalog.entries if entry.state is State.REVIEWED)
    days = (stamp.reviewed_at for stamp in stamps if stamp is not None)
    try:
        # Days of ISO 8601 are in order as they are written.
        return date.fromisoformat(max(filter(None, days), default="")[:10])
    except ValueError:
        return None


def block_choices(article: Article, choices: Choices | None) -> Sequence[Choice]:
    """Return what each block shows; without choices the source."""
    return choices.blocks if choices else (UNTRANSLATED,) * len(article.blocks)


def choose_unit(
    unit: Unit, catalog: Catalog | None, *, drafts: bool, published: bool = False
) -> Choice:
    """Choose what one unit shows; a translation with broken placeholders is never shown."""
    if catalog is None:
        return UNTRANSLATED
    entry = catalog.find(unit.msgid, unit.context)
    if entry is None:
        return _UNKNOWN
    msgstr = entry.msgstr
    if not msgstr or msgstr.isspace():
        return UNTRANSLATED
    state = entry.state
    if state is State.UNTRANSLATED:
        return UNTRANSLATED
    if state is State.DRAFT and not (drafts or published):
        # Where it came from is said of what is shown, and takes a fifth of an export to find out.
        return Choice(Shown.SOURCE, state)
    origin = entry.origin if state is State.DRAFT else None
    is_published = published and origin is Origin.ALIGNED
    if state is State.DRAFT and not (drafts or is_published):
        was_shown = published and origin is Origin.SOURCE_CHANGED and not entry.is_untouched
        return Choice(Shown.SOURCE, state, was_shown=was_shown)
    if msgstr.strip() == OMIT:
        return Choice(Shown.NOTHING, state, origin=origin)
    if problem := _error(unit, msgstr):
        return Choice(Shown.SOURCE, state, problem=problem)
    return Choice(
        Shown.DRAFT if state is State.DRAFT and not is_published else Shown.TRANSLATION,
        state,
        msgstr,
        origin,
    )


def _error(unit: Unit, msgstr: str) -> str:
    """Return the first error in the placeholders of a translation; empty when it can be shown."""
    msgid = unit.msgid
    # Characters that site code cannot do without: most texts have none of them and are spared the search.
    if "{" in msgid or "{" in msgstr or "<x" in msgstr or "&lt;%" in msgid:
        meanings = {placeholder.name: placeholder.opening for placeholder in unit.placeholders}
        for problem in sitecode.problems(msgid, msgstr, meanings):
            return problem.message
    if "<" not in msgid and "<" not in msgstr:
        return ""
    if TOKEN.findall(msgid) == TOKEN.findall(msgstr):
        return ""  # the same tokens in the same order are as right as the source; most translations are so
    messages = (
        problem.message
        for problem in validate(msgid, msgstr)
        if problem.severity is Severity.ERROR
    )
    return next(messages, "")


def _count(blocks: tuple[Choice, ...], units: Sequence[Choice]) -> Choices:
    def units_showing(*shown_as: Shown) -> list[Choice]:
        return [choice for choice in units if choice.shown in shown_as]

    drafts = [
        choice
        for choice in units_showing(Shown.DRAFT, Shown.TRANSLATION, Shown.NOTHING)
        if choice.state is State.DRAFT
    ]
    return Choices(
        blocks=blocks,
        reviewed=sum(choice.state is State.REVIEWED for choice in units),
        accepted=sum(
            choice.state is not State.DRAFT
            for choice in units_showing(Shown.TRANSLATION, Shown.NOTHING)
        ),
        drafts=len(drafts),
        machine=sum(choice.origin is Origin.MT for choice in drafts),
        missing=len(units_showing(Shown.SOURCE)),
        changed=sum(choice.was_shown for choice in units),
        unknown=sum(not choice.is_known for choice in units),
        total=len(units),
    )
