"""What a person may name as the place of a report or a document: no file that the project lives from."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.project.files import place_of
from l10n.project.judging import words_path
from l10n.project.layout import Project
from l10n.project.memory_file import memory_path
from l10n.project.pages import list_path


def refuse_project_file(output: Path, *, original: Path | None = None) -> None:
    """Raise UsageError where an output would replace an article, a translation, or what the project reads under that name.

    A page may come to lie where the translation of its original does.
    """
    place = place_of(output)
    project = _project_around(place)
    if project is None:
        return
    reason = _reserved(place, project) or _kept(place, project, original)
    if reason:
        raise UsageError(reason, path=output, hint=_("name another file for the output"))


def refuse_as_folder(output: Path, project: Project | None = None) -> None:
    """Raise UsageError where a file stands, or a project reads one, in the place of the folder that an output is to become.

    Without a project it is the one around the folder.
    """
    place = place_of(output)
    project = project or _project_around(place)
    reason = "" if project is None else _reserved(place, project)
    file = next((path for path in (output, *output.parents) if path.is_file()), None)
    if reason or file is not None:
        raise UsageError(
            reason or _("is a file; a folder is needed here"),
            path=file or output,
            hint=_("name another folder for the output"),
        )


def _project_around(place: Path) -> Project | None:
    try:
        return Project.find(place.parent)
    except ProjectError:
        # No project, or one that no command could read: whoever needs it says what is wrong there.
        return None


def _reserved(place: Path, project: Project) -> str:
    """Return what a project reads under a name, or under that of a folder above, whether it is there or not; "" for nothing."""
    names = {
        project.file: _("is the project file"),
        project.glossary_path: _("is the glossary"),
        list_path(project): _("is the list of the pages that the desk wrote"),
        project.templates: _("belongs to the templates of the project"),
        memory_path(project): _("is the translation memory"),
        **{words_path(project, locale): _("is a list of words") for locale in project.locales},
    }
    for path, reason in names.items():
        if place_of(path) in (place, *place.parents):
            return reason
    if place.suffix == ".po" and project.target_of_catalog(place) is not None:
        return _("is a catalog")
    return ""


def _kept(place: Path, project: Project, original: Path | None) -> str:
    """Return what a file is among the articles of its project; "" where it is none."""
    if not place.is_file() or project.locate(place) is None:
        return ""
    for ref in project.articles():
        is_its_page = original is not None and ref.path == place_of(original)
        if place == ref.path or (not is_its_page and place in ref.translations.values()):
            return _("is an article of the project, or its translation")
    return ""
