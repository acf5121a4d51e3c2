"""Articles that were renamed or moved: their catalogs follow, with every state and stamp, and remember the old address.

Catalogs are found by the path of their article. So after a rename the old catalog belongs to nothing, and the article
has none: where the text of the two is the same, or git tells so, they belong together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from l10n.articles import read_article
from l10n.catalog.header import FORMER, former_paths
from l10n.errors import ArticleError, CatalogError, UsageError
from l10n.files import PROJECT_FILE, make_folder
from l10n.interface import gettext as _
from l10n.model import Key
from l10n.project import ArticleRef, Project
from l10n.project.census import RESERVED_SLUG
from l10n.project.pages import is_own, own_pages, write_list
from l10n.project.toml_lines import change_text

# Every run asks whether something was renamed, and hardly one finds it: what reads catalogs is loaded then.
if TYPE_CHECKING:
    from l10n.catalog import Catalog

ASIDE = ".retired"
"""Folder beside the catalogs of a locale that holds those of deleted articles; hidden ones are no catalogs."""
_SAME = 0.5
"""Share of the text, of both together, that makes an article and a catalog the same; git asks for as much."""
_TOLD = 2.0
"""What it counts that git knows the rename: more than any likeness."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A catalog that belongs to no article."""

    path: Path
    slug: str
    target: str
    aside: bool = False
    """It was put aside."""


@dataclass(frozen=True, slots=True)
class Move:
    """A catalog that followed its article, or was put aside."""

    before: Path
    after: Path


def orphans(project: Project, refs: Sequence[ArticleRef]) -> tuple[Orphan, ...]:
    """Return the catalogs of a project that belong to no article, those put aside last."""
    owned = {(ref.slug, target) for ref in refs for target in project.targets_of(ref)}
    strays = []
    for target in project.locales:
        for path in project.catalogs(target):
            slug = project.slug_of_catalog(path)
            if slug and slug != RESERVED_SLUG and (slug, target) not in owned:
                strays.append(Orphan(path, slug, target))
    for target in project.locales:
        folder = project.catalogs_folder(target) / ASIDE
        for path in sorted(folder.rglob("*.po")):
            slug = path.relative_to(folder).with_suffix("").as_posix()
            strays.append(Orphan(path, slug, target, aside=True))
    return tuple(strays)


def follow_renames(project: Project, refs: Sequence[ArticleRef]) -> tuple[Move, ...]:
    """Move the catalogs of articles that have other names now; articles that have a catalog keep it."""
    lonely = [
        ref
        for ref in refs
        if project.targets_of(ref)
        and not any(project.catalog_path(ref.slug, t).exists() for t in project.targets_of(ref))
    ]
    if not lonely:
        return ()
    strays = orphans(project, refs)
    if not strays:
        return ()
    moves: list[Move] = []
    for slug, ref in _matches(project, strays, lonely).items():
        group = [stray for stray in strays if stray.slug == slug]
        moves += _follow(project, group, ref)
    return tuple(moves)


def follow_exchanges(
    project: Project, refs: Sequence[ArticleRef], strangers: Sequence[ArticleRef]
) -> tuple[Move, ...]:
    """Move the catalogs of articles that exchanged names, or whose name a text took over while theirs got another.

    `strangers` are the articles that hardly have a text in common with their catalogs, or have none.
    """
    owned = [
        Orphan(path, ref.slug, target)
        for ref in strangers
        for target in project.targets_of(ref)
        if (path := project.catalog_path(ref.slug, target)).exists()
    ]
    strays = [*owned, *orphans(project, refs)]
    if not strays:
        return ()
    matches = {
        slug: ref
        for slug, ref in _matches(project, strays, strangers).items()
        if slug != ref.slug
    }
    occupied = {stray.slug for stray in owned}
    # A name is free where what was there before goes elsewhere, too.
    while closed := [
        slug for slug, ref in matches.items() if ref.slug in occupied - matches.keys()
    ]:
        for slug in closed:
            del matches[slug]
    leaving = [stray for stray in owned if stray.slug in matches]
    aside = {stray.path: _aside(project, stray) for stray in leaving}
    if any(path.exists() for path in aside.values()):
        return ()
    # All of them first. What is stopped here is found again by its text, as any catalog put aside is.
    for before, path in aside.items():
        _moved(before, path)
    names = {path: before for before, path in aside.items()}
    moved = (
        move
        for slug, ref in matches.items()
        for move in _follow(
            project,
            [
                replace(stray, path=aside.get(stray.path, stray.path))
                for stray in strays
                if stray.slug == slug
            ],
            ref,
            is_left=False,
        )
    )
    return tuple(Move(names.get(move.before, move.before), move.after) for move in moved)


def _aside(project: Project, stray: Orphan) -> Path:
    return project.catalogs_folder(stray.target) / ASIDE / f"{stray.slug}.po"


def rename(project: Project, old: str, new: str) -> tuple[tuple[Move, ...], ArticleRef]:
    """Give an article another name, its file, translations under the same name and catalogs; returns it as it is now.

    Where the file has its new name already, only the catalogs follow. UsageError for what does not exist, or does.
    """
    refs = project.articles()
    ref = next((ref for ref in refs if _is_named(project, ref, old)), None)
    moves: list[Move] = []
    if ref is not None:
        moves += _move_files(project, ref, new)
        project = Project.load(project.file)
        refs = project.articles()
    slug = ref.slug if ref is not None else _slug_of(project, old)
    names = {new, moves[0].after.as_posix() if moves else new}
    renamed = next(
        (ref for ref in refs if any(_is_named(project, ref, name) for name in names)), None
    )
    if renamed is None:
        raise UsageError(_("no such article: {name}").format(name=new), hint="l10n status")
    group = [stray for stray in orphans(project, refs) if stray.slug == slug]
    if not group and ref is None:
        raise UsageError(
            _("no article and no catalog of this name: {name}").format(name=old),
            hint="l10n status",
        )
    return (*moves, *_follow(project, group, renamed)), renamed


def retire(project: Project, names: Sequence[str] = ()) -> tuple[Move, ...]:
    """Put the catalogs of deleted articles aside, those named or all; UsageError for an article that is still there."""
    refs = project.articles()
    strays = [stray for stray in orphans(project, refs) if not stray.aside]
    for name in names:
        if any(_is_named(project, ref, name) for ref in refs):
            raise UsageError(_("this article is still there: {name}").format(name=name))
        if _slug_of(project, name) not in {stray.slug for stray in strays}:
            raise UsageError(
                _("no catalog without an article has this name: {name}").format(name=name),
                hint="l10n check --only catalog-without-article",
            )
    slugs = {_slug_of(project, name) for name in names}
    return tuple(
        _moved(stray.path, _aside(project, stray))
        for stray in strays
        if not names or stray.slug in slugs
    )


def _matches(
    project: Project, strays: Sequence[Orphan], lonely: Sequence[ArticleRef]
) -> dict[str, ArticleRef]:
    """Return the articles that catalogs without one belong to, by the slug of these; the likest first, none twice."""
    from l10n.checks.revisions import renamed_files  # noqa: PLC0415 - as above

    catalogs = [(stray, catalog) for stray in strays if (catalog := _readable(stray.path))]
    former_paths = renamed_files(project.root)
    slugs_by_key: dict[Key, set[str]] = {}
    sizes: dict[str, int] = {}
    by_article: dict[str, str] = {}
    for stray, catalog in catalogs:
        sizes.setdefault(stray.slug, sum(len(entry.msgid) for entry in catalog.entries))
        for entry in catalog.entries:
            slugs_by_key.setdefault(entry.key, set()).add(stray.slug)
        if catalog.article:
            by_article.setdefault(catalog.article, stray.slug)
    scores: list[tuple[float, str, str]] = []
    by_slug = {ref.slug: ref for ref in lonely}
    for ref in lonely:
        former = (
            by_article.get(project.relative(path)) for path in _former(former_paths, ref.path)
        )
        if slug := next(filter(None, former), None):
            scores.append((_TOLD, slug, ref.slug))
        scores += _likenesses(ref, slugs_by_key, sizes)
    matches: dict[str, ArticleRef] = {}
    taken = set()
    for _score, old, new in sorted(scores, reverse=True):
        if old not in matches and new not in taken:
            matches[old] = by_slug[new]
            taken.add(new)
    return matches


def _former(former_paths: Mapping[Path, Path], path: Path) -> Iterator[Path]:
    """Yield the paths that a file had before, the last one first."""
    seen = {path}
    while (before := former_paths.get(path)) is not None and before not in seen:
        yield before
        seen.add(before)
        path = before


def _likenesses(
    ref: ArticleRef, slugs_by_key: Mapping[Key, Iterable[str]], sizes: Mapping[str, int]
) -> Iterator[tuple[float, str, str]]:
    """Yield how much of its text an article shares with the catalogs of a slug, where that makes them the same."""
    try:
        units = read_article(ref.path, ref.locale, options=ref.options).units
    except ArticleError:
        # Updating names it.
        return
    shared: dict[str, int] = {}
    for unit in units:
        for slug in slugs_by_key.get(unit.key, ()):
            shared[slug] = shared.get(slug, 0) + len(unit.msgid)
    size = sum(len(unit.msgid) for unit in units)
    for slug, characters in shared.items():
        likeness = 2 * characters / (size + sizes[slug])
        if likeness >= _SAME:
            yield likeness, slug, ref.slug


def _readable(path: Path) -> Catalog | None:
    from l10n.catalog import Catalog  # noqa: PLC0415 - as above

    try:
        return Catalog.load(path)
    except CatalogError:
        # `l10n check` names it, and nothing is known of whose it is.
        return None


def _follow(
    project: Project, strays: Iterable[Orphan], ref: ArticleRef, *, is_left: bool = True
) -> Iterator[Move]:
    """Move the catalogs of one former name to an article; the address of its page is noted first where it is left."""
    for stray in strays:
        after = project.catalog_path(ref.slug, stray.target)
        if stray.target in project.targets_of(ref) and not after.exists():
            if is_left:
                _note_address(project, stray, ref)
            yield _moved(stray.path, after)


def _note_address(project: Project, stray: Orphan, ref: ArticleRef) -> None:
    """Note in a catalog the former path of its article, so that export leads from the old page to the new one."""
    from l10n.catalog import Catalog, change_catalog  # noqa: PLC0415 - as above

    def note(catalog: Catalog) -> None:
        location = project.locate(project.root / (catalog.article or ""))
        former = (
            location.relative
            if location is not None
            and (location.place, location.locale) == (ref.place, ref.locale)
            else ""
        )
        known = former_paths(catalog.header)
        if former and former != ref.relative and former not in known:
            paths = [path for path in (*known, former) if path != ref.relative]
            catalog.set_field(FORMER, " ".join(map(quote, paths)))

    change_catalog(lambda: Catalog.load(stray.path), note)


def _moved(before: Path, after: Path) -> Move:
    if after.exists():
        raise UsageError(_("is there already"), path=after)
    make_folder(after.parent)
    before.rename(after)
    return Move(before, after)


def _move_files(project: Project, ref: ArticleRef, new: str) -> Iterator[Move]:
    """Move an article and its translations of the same name; those of another name stay where they are."""
    relative = _relative_of(project, ref, new)
    after = _place_after(ref, ref.locale, ref.path, relative)
    if after.exists():
        raise UsageError(_("is there already"), path=after)
    named = _change_table(project, ref, relative)
    yield _moved(ref.path, after)
    stem = PurePosixPath(ref.relative).with_suffix("")
    for locale, path in ref.translations.items():
        location = ref.place.locate(path)
        is_namesake = (
            location is not None and PurePosixPath(location.relative).with_suffix("") == stem
        )
        if is_namesake and locale not in named:
            name = PurePosixPath(relative).with_suffix(path.suffix).as_posix()
            yield _moved(path, _place_after(ref, locale, path, name))
    if ref.place.is_in_place:
        yield from _move_own_pages(project, ref, relative)


def _move_own_pages(project: Project, ref: ArticleRef, relative: str) -> Iterator[Move]:
    """Move the pages in place that the desk wrote, which go on being its own; those of another name stay."""
    pages = own_pages(project)
    for locale in project.targets_of(ref):
        path = ref.place.page(locale, ref.relative)
        if locale in ref.out or path is None or not is_own(project, pages, path):
            continue
        after = _place_after(ref, locale, path, relative)
        digest = pages[project.relative(path)]
        # First, as a page that is in the list and not there is nothing, and one that is there and not in it somebody's.
        pages = {**pages, project.relative(after): digest}
        write_list(project, pages)
        yield _moved(path, after)
        pages = {name: known for name, known in pages.items() if name != project.relative(path)}
        write_list(project, pages)


def _change_table(project: Project, ref: ArticleRef, relative: str) -> Collection[str]:
    """Name an article by its new path in its `[[article]]` table, where it has one; the locales that it names files of."""
    tables = project.article_tables
    named = [(table.locale, table.relative) for table in tables]
    if (ref.locale, ref.relative) not in named:
        return ()
    number = named.index((ref.locale, ref.relative))
    head = () if project.file.name == PROJECT_FILE else ("tool", "l10n")
    if not change_text(
        project.file, (*head, "article", number, "path"), f"{ref.locale}/{relative}"
    ):
        raise UsageError(
            _("[[article]] names {path}: change it there, then rename the file").format(
                path=f"{ref.locale}/{ref.relative}"
            ),
            path=project.file,
            hint=f"git mv {project.relative(ref.path)} {relative}",
        )
    return tables[number].translations


def _place_after(ref: ArticleRef, locale: str, path: Path, relative: str) -> Path:
    """Return where a file goes by a new relative path; a name that tells its locale goes on telling it."""
    folder = ref.place.folders[locale]
    if not ref.place.names_locale(path):
        return folder / relative
    new = PurePosixPath(relative)
    return folder / new.with_name(f"{new.stem}.{locale}{new.suffix}")


def _relative_of(project: Project, ref: ArticleRef, new: str) -> str:
    """Return the path below the articles' folder that a new name means: a path, or a slug."""
    location = project.locate(Path(new).absolute())
    is_inside = location is not None and location.place == ref.place
    relative = location.relative if location is not None and is_inside else new
    suffix = ref.path.suffix
    relative = relative if relative.lower().endswith(suffix.lower()) else f"{relative}{suffix}"
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts:
        raise UsageError(_("not below the folder of its locale: {name}").format(name=new))
    return relative


def _is_named(project: Project, ref: ArticleRef, name: str) -> bool:
    """Whether a name means an article: its slug, its path, or its path below the folder of its locale."""
    names = {ref.slug, ref.relative, project.relative(ref.path)}
    return name in names or Path(name).absolute() == ref.path


def _slug_of(project: Project, name: str) -> str:
    """Return the slug that a name means which is no article any more."""
    path = Path(name).absolute()
    if path.suffix == ".po" and (slug := project.slug_of_catalog(path)):
        return slug
    location = project.locate(path)
    return name if location is None else location.place.slug(location.relative)
