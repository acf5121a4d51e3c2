"""Opening a catalog for review: which project it belongs to, how it is judged, who reviews it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from l10n.errors import ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.project import Project, owner_of, select_catalogs
from l10n.project.judging import criteria_of
from l10n.project.memory_file import memory_path
from l10n.review.elsewhere import Elsewhere
from l10n.review.judge import Judge
from l10n.review.keeper import Keeper
from l10n.review.lookup import LookUpContext
from l10n.review.sampling import Sample
from l10n.review.session import Session

_NAME_LENGTH = 24
"""Percent-encoded characters of a name that a stamp has room for, beside the day and a draft's origin."""
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "e", "i", "da", "do", "dos", "van", "von"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A catalog that may be reviewed."""

    path: Path
    name: str
    """For a person: `en/feria`."""
    target: str
    """Target locale; empty outside a project."""


def places(project: Project, target: str | None = None) -> tuple[Place, ...]:
    """Return the catalogs of a project, of one target locale or of all."""
    return tuple(_place(project, path) for path in project.catalogs(target))


def _place(project: Project, path: Path) -> Place:
    locale = project.target_of_catalog(path) or ""
    slug = project.slug_of_catalog(path)
    return Place(path, f"{locale}/{slug}" if slug else path.name, locale)


def resolve(selection: str | None) -> tuple[Project | None, tuple[Place, ...]]:
    """Return the project and the catalogs that a word means: a PO file, a locale, an article, all."""
    if selection and (selection.endswith((".po", ".pot")) or Path(selection).is_file()):
        path = Path(selection)
        if not path.is_file():
            raise UsageError(
                _("no such file: {path}").format(path=selection), hint="l10n review"
            )
        project = project_of(path)
        return project, (_place(project, path) if project else Place(path, path.name, ""),)
    project = Project.find()
    paths = select_catalogs([selection] if selection else [], project)
    return project, tuple(_place(project, path) for path in paths)


def project_of(path: Path) -> Project | None:
    """Return the project in whose folders a catalog lies; None when there is none, or it is broken."""
    try:
        return owner_of(path)
    except ProjectError:
        return None


def short_name(name: str) -> str:
    """Return a name as a stamp has room for it, whole or with initials; a stamp would cut it in a word."""
    words = name.split()
    if len(quote(" ".join(words))) <= _NAME_LENGTH:
        return " ".join(words)
    first, *further = [word for word in words if word.lower() not in _PARTICLES] or words
    parts = [first, *(f"{word[0]}." for word in further)]
    while len(parts) > 1 and len(quote(" ".join(parts))) > _NAME_LENGTH:
        parts.pop()
    return " ".join(parts)


def open_session(
    place: Place,
    project: Project | None,
    reviewer: str,
    *,
    at_once: bool = False,
    sample: Sample | None = None,
) -> Session:
    """Read a catalog and sit down at it; CatalogError when it is damaged. Takes no lock yet.

    At once: the session's own checks find every error, and leave slow warnings to the look-up process.
    """
    judged = criteria_of(project, place.path)
    keeper = Keeper.open(place.path, judged.reviewers)
    judge = Judge(judged.without_slow_warnings() if at_once else judged, keeper.catalog)
    name, target = short_name(reviewer), judge.target_locale
    session = Session(
        keeper,
        reviewer=name,
        judge=judge,
        name=place.name,
        counterparts=project.counterparts(target) if project else None,
        sample=sample,
        home=str(project.root) if project else "",
        elsewhere=Elsewhere(project, place.path, place.target or target, name)
        if project
        else None,
        approves_repeats=project is not None and project.repeats == "approve",
    )
    session.fills_repeats = project is None or project.repeats != "off"
    return session


def look_up_context(session: Session, project: Project | None) -> LookUpContext:
    """Say what the look-up process has to know about a session."""
    return LookUpContext(
        memory=str(memory_path(project)),
        project=str(project.file) if project else "",
        catalog=str(session.keeper.path.resolve()),
        source=session.judge.source_locale,
        target=session.judge.target_locale,
    )
