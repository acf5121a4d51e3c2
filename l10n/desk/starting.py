"""Starting a project: what lies here, and the project file, the folders and the glossary that fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path, PurePosixPath

from l10n.articles.formats import suffixes
from l10n.desk.arrangements import Layout, content_folders, folder_tag
from l10n.desk.foreign_folders import foreign_folders
from l10n.desk.generators import (
    MACHINERY,
    Tree,
    known_generators,
    read_tree,
    recognise_generator,
)
from l10n.desk.sightings import OWN_PATTERN, Sighting, look
from l10n.errors import ProjectError, UsageError
from l10n.files import make_folder, read_bytes, write_atomically
from l10n.glossary.tables import COLUMNS
from l10n.interface import gettext as _
from l10n.project import (
    DEFAULT_ENGINES,
    PROJECT_FILE,
    Census,
    Project,
    project_file,
    validate_locale,
)

PLAIN = "plain"
"""The layout that is the desk's own, for who has no site yet."""
_OF_THE_PROJECT = frozenset(
    [
        "authors",
        "changelog",
        "code_of_conduct",
        "contributing",
        "contributors",
        "copying",
        "governance",
        "history",
        "license",
        "maintainers",
        "notice",
        "pull_request_template",
        "readme",
        "security",
        "support",
        "todo",
    ]
)
"""Names of files that speak of a repository and are no pages of the site."""


@dataclass(frozen=True, slots=True)
class Start:
    """A project that begins: what was seen, and the file that fits it."""

    sighting: Sighting
    text: str
    """Of the project file."""
    project: Project
    """What the file says; not written yet where this is a dry run."""
    census: Census | None
    """What lies in its places; None where it has none yet."""
    unplaced: tuple[str, ...] = ()
    """Files and folders of articles that the site publishes and no place holds."""
    problem: ProjectError | None = None
    """Why what lies there cannot be told apart."""

    @property
    def is_recognised(self) -> bool:
        """Whether there is a site here whose layout is known."""
        return bool(self.sighting.places)

    def pairs(self, target: str) -> int:
        """Return how many originals have a translation into a locale."""
        refs = self.census.articles if self.census is not None else ()
        return sum(target in ref.translations for ref in refs)


def plan(
    folder: Path, *, source: str | None = None, targets: Sequence[str] = (), like: str = ""
) -> Start:
    """Return the project that fits a folder; nothing is written. UsageError where there is a project already."""
    existing = project_file(folder)
    if existing is not None:
        raise UsageError(
            _("there is a project file already"), path=existing, hint="l10n update"
        )
    kinds = (*known_generators(), PLAIN)
    if like and like.lower() not in kinds:
        raise UsageError(
            _("no such layout: {name}").format(name=like),
            hint=_("known: {names}").format(names=", ".join(kinds)),
        )
    for tag in (*([source] if source else []), *targets):
        validate_locale(tag)
    if source is not None and targets and set(targets) == {source}:
        raise UsageError(
            _("{key}: wanted {what}").format(
                key="--target", what=_("a locale other than the source")
            ),
            hint="l10n init --source es --target en",
        )
    root = folder.resolve()
    tree = read_tree(root) if like != PLAIN else Tree(root, (), ())
    sighting = look(tree, recognise_generator(tree, like), source, targets)
    if like and not sighting.places and like != PLAIN:
        raise UsageError(
            _("there is nothing here that {name} would make a site of").format(name=like),
            hint="l10n init --like plain",
        )
    sighting = _without_foreign(tree, sighting)
    text = _written(tree, sighting)
    project = Project.read(folder / PROJECT_FILE, text)
    try:
        census = project.census() if sighting.places else None
    except ProjectError as error:
        return Start(sighting, text, project, None, problem=error)
    return Start(sighting, text, project, census, _unplaced(tree, sighting))


def init(
    folder: Path, *, source: str | None = None, targets: Sequence[str] = (), like: str = ""
) -> Project:
    """Write the project file that fits a folder and what belongs to it, and return the project."""
    return write(plan(folder, source=source, targets=targets, like=like))


def write(start: Start) -> Project:
    """Write a planned project: its file, folders and an empty glossary, never over anything."""
    write_atomically(start.project.file, start.text.encode())
    project = Project.load(start.project.file)
    for locale in project.locales:
        if not start.is_recognised:
            make_folder(project.places[0].folders[locale])
        make_folder(project.catalogs_folder(locale))
    if not project.glossary_path.exists():
        write_atomically(project.glossary_path, f"{','.join(COLUMNS)}\n".encode())
    _ignore(project)
    return project


def _ignore(project: Project) -> None:
    """Add what commands make anew at any time to `.gitignore`; `.l10n/` does so itself."""
    if project.is_in_place:
        return  # The pages are the site's own files.
    path = project.root / ".gitignore"
    before = read_bytes(path) if path.is_file() else b""
    known = {line.strip().strip(b"/") for line in before.splitlines()}
    out = f"/{project.relative(project.export.out)}/".encode()
    made = (out, b"/bilingual/", b"*.po.lock")  # who sits at a catalog is nothing to commit
    missing = [line for line in made if line.strip(b"/") not in known]
    if missing:
        gap = b"\n" if before and not before.endswith(b"\n") else b""
        write_atomically(path, before + gap + b"\n".join([*missing, b""]))


def _without_foreign(tree: Tree, sighting: Sighting) -> Sighting:
    """Return what was seen with the folders named that hold no originals though they lie among them."""
    folders = [folder for place in sighting.places for folder in place.folders.values()]
    places = tuple(
        replace(
            place, foreign=foreign_folders(tree, place, _excluded(tree, place), set(folders))
        )
        for place in sighting.places
    )
    return replace(sighting, places=places)


def _unplaced(tree: Tree, sighting: Sighting) -> tuple[str, ...]:
    """Return what the generator publishes and no place holds, by its files and folders next to where it looks."""
    homes = sorted(content_folders(sighting.generator), key=lambda home: len(home.parts))
    folders = [folder for place in sighting.places for folder in place.folders.values()]
    names: dict[str, None] = {}
    for path in tree.articles if sighting.places else ():
        home = next((home for home in homes if path.is_relative_to(home)), None)
        if (
            home is None
            or path.suffix.lower() not in suffixes()
            or any(path.is_relative_to(folder) for folder in folders)
        ):
            continue
        below = path.relative_to(home)
        is_named = any(folder_tag(part) in sighting.further for part in below.parts[:-1])
        is_meta = home == sighting.generator.base and below.stem.lower() in _OF_THE_PROJECT
        if not (is_named or is_meta or MACHINERY.intersection(below.parts)):
            rest = "/" if len(below.parts) > 1 else ""
            names[f"{(home / below.parts[0]).as_posix()}{rest}"] = None
    return tuple(names)


def _written(tree: Tree, sighting: Sighting) -> str:
    """Return the project file for what was seen."""
    home = _catalogs_home(sighting)
    is_site = bool(sighting.places)
    lines = [f"source = {_text(sighting.source)}", f"targets = {_list(sighting.targets)}"]
    if is_site:
        lines.append(f"originals = {_list([sighting.source])}")
        lines += _place_lines(tree, sighting.places[0])
    else:
        lines.append(f"articles = {_text(OWN_PATTERN)}")
    lines += [
        f"catalogs = {_text(f'{home}/{{locale}}/LC_MESSAGES')}",
        f"glossary = {_text(f'{home}/glossary.csv')}",
        f"engines = {_list(DEFAULT_ENGINES)}",
        *("", "[check]", "min_translated = 100", "min_reviewed = 0", "", "[export]"),
    ]
    if is_site:
        lines += [f"out = {_out(sighting.places[0])}", 'format = "same"']
    else:
        lines.append('out = "site"')
    lines.append('missing = "source"')
    for place in sighting.places[1:]:
        lines += ["", "[[place]]", f"name = {_text(place.name)}", *_place_lines(tree, place)]
        lines.append(f"out = {_out(place)}")
    return "\n".join(lines) + "\n"


def _catalogs_home(sighting: Sighting) -> str:
    """Return where catalogs lie: where the site does not publish them."""
    # Jekyll, and a server that shows a whole folder, publish what does not begin with an underscore.
    is_whole = any("." in place.folders.values() for place in sighting.places)
    return "_locales" if sighting.generator.name == "Jekyll" or is_whole else "locales"


def _place_lines(tree: Tree, place: Layout) -> list[str]:
    lines = [f"articles = {_articles(place)}"]
    if place.has_suffixes:
        lines.append('naming = "suffix"')
    if globs := _excluded(tree, place):
        lines.append(f"exclude = {_list(globs)}")
    return lines


def _articles(place: Layout) -> str:
    if place.has_suffixes:
        return _text(place.folders[place.source])
    if place.pattern and all(
        place.pattern.replace("{locale}", tag) == folder
        for tag, folder in place.folders.items()
    ):
        return _text(place.pattern)
    return _table(place.folders)


def _out(place: Layout) -> str:
    articles = _articles(place)
    if not articles.startswith("{"):
        return articles
    return _table({tag: folder for tag, folder in place.folders.items() if tag != place.source})


def _excluded(tree: Tree, place: Layout) -> list[str]:
    """Return the globs of what lies among the originals and is none of them."""
    root = PurePosixPath(place.folders[place.source])
    others = [
        f"*.{name}.*" if place.has_suffixes else f"{escape(name)}/**" for name in place.others
    ]
    others += [f"{escape(name)}/**" for name in place.foreign]
    below = [path.relative_to(root) for path in tree.articles if path.is_relative_to(root)]
    folders = {path.parts[0] for path in below if len(path.parts) > 1}
    machinery = [f"{name}/**" for name in sorted(folders & MACHINERY)]
    names = {path.name for path in below if len(path.parts) == 1}
    # In a folder of documents README.md is its first page; in that of the whole project it speaks of the project.
    meta = [
        name for name in sorted(names) if PurePosixPath(name).stem.lower() in _OF_THE_PROJECT
    ]
    is_whole = root == PurePosixPath()
    return [*others, *machinery, *(meta if is_whole else [])]


def _table(folders: Mapping[str, str]) -> str:
    rows = ", ".join(f"{_key(tag)} = {_text(folder)}" for tag, folder in folders.items())
    return f"{{ {rows} }}"


def _key(tag: str) -> str:
    return tag if tag.replace("-", "").isalnum() else _text(tag)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(value: str) -> str:
    # A text of JSON is one of TOML, too.
    return json.dumps(value, ensure_ascii=False)
