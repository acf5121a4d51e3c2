"""What a person may name as the place of a report or a document: no file that the project lives from."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.project.files import place_of
from l10n.project.judging import words_path
from l10n.project.layout import Project
from l10n.project.pages import list_path


def refuse_project_file(output: Path, *, original: Path | None = None) -> None:
    """Raise UsageError where an output would replace an article, a translation, a catalog, the project file or the glossary.

    A page may come to lie where the translation of its original does.
    """
    place = place_of(output)
    if not place.is_file():
        return
    try:
        project = Project.find(place.parent)
    except ProjectError:
        # No project, or one that no command could read: whoever needs it says what is wrong there.
        return
    reason = _kept(place, project, original)
    if reason:
        raise UsageError(reason, path=output, hint=_("name another file for the output"))


def refuse_file_as_folder(output: Path) -> None:
    """Raise UsageError where a file stands in the place of the folder that an output is to become, or above it."""
    file = next((path for path in (output, *output.parents) if path.is_file()), None)
    if file is not None:
        raise UsageError(
            _("is a file; a folder is needed here"),
            path=file,
            hint=_("name another folder for the output"),
        )


def _kept(place: Path, project: Project, original: Path | None) -> str:
    """Return what a file is to its project; "" where the project can do without it."""
    if place == project.file:
        return _("is the project file")
    if place == place_of(project.glossary_path):
        return _("is the glossary")
    if place == list_path(project):
        return _("is the list of the pages that the desk wrote")
    if any(place == place_of(words_path(project, locale)) for locale in project.locales):
        return _("is a list of words")
    if place.suffix == ".po" and project.target_of_catalog(place) is not None:
        return _("is a catalog")
    if project.locate(place) is None:
        return ""
    for ref in project.articles():
        is_its_page = original is not None and ref.path == place_of(original)
        if place == ref.path or (not is_its_page and place in ref.translations.values()):
            return _("is an article of the project, or its translation")
    return ""
