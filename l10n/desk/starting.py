"""Starting a project: its file, its folders, an empty glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from l10n.errors import UsageError
from l10n.files import make_folder, write_atomically
from l10n.glossary.tables import COLUMNS
from l10n.interface import gettext as _
from l10n.project import DEFAULT_ENGINES, PROJECT_FILE, Project, project_file, validate_locale
from l10n.project.judging import counterpart

_TEMPLATE = """\
source = "{source}"
targets = [{targets}]
articles = "locales/{{locale}}/articles"
catalogs = "locales/{{locale}}/LC_MESSAGES"
glossary = "locales/glossary.csv"
engines = [{engines}]

[check]
min_translated = 100
min_reviewed = 0

[export]
out = "site"
missing = "source"
"""


def init(folder: Path, *, source: str = "es", targets: Sequence[str] = ()) -> Project:
    """Write a project file and its folders, and return the project; UsageError where there is a project already.

    Without targets, the other one of Spanish and English is translated into.
    """
    existing = project_file(folder)
    if existing is not None:
        raise UsageError(
            _("there is a project file already"), path=existing, hint="l10n update"
        )
    locales = map(validate_locale, targets or (counterpart(source),))
    text = _TEMPLATE.format(
        source=validate_locale(source),
        targets=_quoted(locales),
        engines=_quoted(DEFAULT_ENGINES),
    )
    file = folder / PROJECT_FILE
    write_atomically(file, text.encode())
    project = Project.load(file)
    for locale in project.locales:
        make_folder(project.places[0].folders[locale])
        make_folder(project.catalogs_folder(locale))
    if not project.glossary_path.exists():
        write_atomically(project.glossary_path, f"{','.join(COLUMNS)}\n".encode())
    return project


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)
