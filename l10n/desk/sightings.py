"""What a folder looks like to the desk: its generator, and the layout of its originals and translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from l10n.desk.arrangements import (
    Layout,
    content_folders,
    find_layouts,
    folder_tag,
    tag_of,
)
from l10n.desk.generators import MACHINERY, Generator, Tree
from l10n.files import read_text
from l10n.project.judging import counterpart
from l10n.text.language import main_language

_OURS = ("es", "en")
"""Languages that the desk knows best: of a site of many they are taken unless a person names others."""
_READ = 3
"""Originals whose language is looked at where nothing else tells it."""
_ABOUT = 0.8
"""Share of the largest number of files that counts as about as many."""
OWN_PATTERN = "locales/{locale}/articles"
"""The layout of who has no site yet."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was recognised, enough to write a project file."""

    generator: Generator
    source: str
    targets: tuple[str, ...]
    places: tuple[Layout, ...]
    """The first is the project's own; none where nothing was recognised."""
    further: tuple[str, ...] = ()
    """Locales that are there and that the project leaves out."""
    messages: tuple[PurePosixPath, ...] = ()
    """Texts of the site's interface, which the desk does not read."""


def look(
    tree: Tree, generator: Generator, source: str | None = None, targets: Sequence[str] = ()
) -> Sighting:
    """Return what kind of site a tree is; without a source or targets those that fit the desk and the tree best."""
    tags = tuple(map(tag_of, targets))
    layouts = [
        _directed(tree, generator, layout, source)
        for layout in find_layouts(frozenset(tree.articles), generator, source)
    ]
    layouts = [layout for layout in layouts if layout.source]
    best = max(layouts, key=lambda layout: layout.total(_targets(layout, tags)), default=None)
    if best is None or not best.total(_targets(best, tags)):
        # Where translations into other languages lie tells where these will; else what the generator is usually given.
        best = _like_others(layouts, generator) or _usual(tree, generator, source) or best
    if best is None:
        language = source or "es"
        return Sighting(generator, language, tags or (counterpart(language),), ())
    chosen = _targets(best, tags)
    if best.pattern == OWN_PATTERN:
        # The desk's own plain layout is no site: its pages go elsewhere.
        return Sighting(generator, best.source, chosen, ())
    seen = [tag for layout in layouts for tag in layout.pairs]
    further = tuple(sorted({*seen, *best.pairs} - {best.source, *chosen}))
    translated = [
        layout
        for layout in layouts
        if layout.source == best.source
        # What a generator has a name for is a place before anybody has translated of it.
        and (layout.total(chosen) or layout.name)
        and layout is not best
    ]
    whole = next((layout for layout in translated if _is_around(layout, best, generator)), best)
    first = _with_targets(whole, chosen)
    rest = [
        _with_targets(layout, chosen)
        for layout in (best, *translated)
        if layout is not whole and _is_further(layout, generator)
    ]
    rest += [
        _with_targets(layout, chosen)
        for layout in _collections(tree, generator, best.source)
        if not PurePosixPath(layout.folders[best.source]).is_relative_to(
            first.folders[first.source]
        )
    ]
    elsewhere = [
        layout.folders[tag]
        for layout in layouts
        if not layout.has_suffixes
        for tag in layout.folders.keys() & set(further)
    ]
    places = tuple(_without(place, elsewhere) for place in (first, *_apart(first, rest)))
    return Sighting(generator, best.source, chosen, places, further, tree.messages)


def _directed(tree: Tree, generator: Generator, layout: Layout, source: str | None) -> Layout:
    """Return a layout that knows which of its locales the originals are in; none where that is not among them."""
    tag = source or generator_locale(generator)
    if "" in layout.folders:
        tag = tag or _language_of(tree, layout)
        folders = {(name or tag): folder for name, folder in layout.folders.items()}
        return replace(layout, source=tag, folders=folders)
    counts = layout.pairs
    if tag not in counts:
        if source is not None:
            return layout
        # The most files are those of the language that the others are translated from; English where it has about as
        # many, for some translations outlive their originals.
        most = max(counts.values())
        large = [name for name in counts if counts[name] >= _ABOUT * most]
        tag = max(large, key=lambda name: (name == "en", counts[name], name in _OURS, name))
    pairs = {name: _shared(tree, layout, tag, name) for name in counts if name != tag}
    return replace(layout, source=tag, pairs=pairs)


def generator_locale(generator: Generator) -> str:
    """Return the default locale of a generator's configuration; empty where it says none that is known."""
    return tag_of(generator.default_locale) if generator.default_locale else ""


def _shared(tree: Tree, layout: Layout, source: str, target: str) -> int:
    if layout.has_suffixes:
        return layout.pairs[target]
    first, second = (PurePosixPath(layout.folders[tag]) for tag in (source, target))
    originals = {
        path.relative_to(first) for path in tree.articles if path.is_relative_to(first)
    }
    return sum(
        path.is_relative_to(second) and path.relative_to(second) in originals
        for path in tree.articles
    )


def _language_of(tree: Tree, layout: Layout) -> str:
    """Return the language that the originals are written in, by the words of some of them."""
    root = layout.folders[""]
    translated = tuple(f"{folder}/" for name, folder in layout.folders.items() if name)
    votes: Counter[str] = Counter()
    for path in tree.articles:
        name = path.as_posix()
        is_original = path.is_relative_to(root) and (
            not name.startswith(translated) or layout.has_suffixes
        )
        if not is_original or (layout.has_suffixes and tag_of(path.stem.rpartition(".")[2])):
            continue
        try:
            language = main_language([read_text(tree.root / path)[:20_000]])
        except (OSError, ValueError):
            continue
        if language:
            votes[language] += 1
        if sum(votes.values()) >= _READ:
            break
    return votes.most_common(1)[0][0] if votes else "en"


def _targets(layout: Layout, tags: Sequence[str]) -> tuple[str, ...]:
    """Return what is to be translated into: what a person says, else Spanish or English, else all there is."""
    if tags:
        return tuple(tag for tag in tags if tag != layout.source)
    known = [tag for tag, count in layout.pairs.items() if tag != layout.source and count]
    ours = [tag for tag in known if tag.partition("-")[0] in _OURS]
    if ours:
        # Of several kinds of one language the one that has most.
        ours.sort(key=lambda tag: (layout.pairs[tag], -len(tag)))
        return tuple({tag.partition("-")[0]: tag for tag in ours}.values())
    if layout.source.partition("-")[0] in _OURS:
        return (counterpart(layout.source),)
    return tuple(sorted(known)) or ("en",)


def _with_targets(layout: Layout, targets: Sequence[str]) -> Layout:
    """Return a layout that has a folder for the source and each target, and no others."""
    folders = dict(layout.folders)
    for target in targets:
        if target not in folders:
            folders[target] = _folder_like(layout, target)
    kept = {tag: folders[tag] for tag in (layout.source, *targets)}
    own = {name for name in layout.others if folder_tag(name) in kept}
    return replace(
        layout, folders=kept, others=tuple(name for name in layout.others if name not in own)
    )


def _without(layout: Layout, folders: Iterable[str]) -> Layout:
    """Return a layout without the folders of further locales that lie among its originals."""
    if layout.has_suffixes:
        return layout
    root = PurePosixPath(layout.folders[layout.source])
    names = (
        PurePosixPath(folder).relative_to(root).as_posix()
        for folder in sorted(folders)
        if folder != root.as_posix() and PurePosixPath(folder).is_relative_to(root)
    )
    return replace(layout, others=tuple(dict.fromkeys((*layout.others, *names))))


def _folder_like(layout: Layout, target: str) -> str:
    """Return the folder that a locale would have that is not there yet."""
    source = layout.folders[layout.source]
    if layout.has_suffixes:
        return source
    if layout.pattern:
        return layout.pattern.replace("{locale}", target)
    for tag, folder in layout.folders.items():
        if tag != layout.source and f"/{tag}/" in f"/{folder}/":
            return f"/{folder}/".replace(f"/{tag}/", f"/{target}/").strip("/")
    return (PurePosixPath(source) / target).as_posix()


def _usual(tree: Tree, generator: Generator, source: str | None) -> Layout | None:
    """Return the layout that a generator is usually given, for a site that has no translation yet."""
    homes = [
        home
        for home in content_folders(generator)
        if any(path.is_relative_to(home) for path in tree.articles)
    ]
    if not homes:
        return None
    home = homes[0].as_posix()
    layout = Layout({"": home}, {})
    tag = source or generator_locale(generator) or _language_of(tree, layout)
    own_folder = f"{home}/{tag}"
    match generator.name:
        case "Hugo" | "MkDocs":
            if any(path.is_relative_to(own_folder) for path in tree.articles):
                return Layout({tag: own_folder}, {}, tag, pattern=f"{home}/{{locale}}")
            in_folders = generator.setting(r"docs_structure:\s*(folder)")
            if in_folders:
                return Layout({tag: own_folder}, {}, tag, pattern=f"{home}/{{locale}}")
            return Layout({tag: home}, {}, tag, has_suffixes=True)
        case "Docusaurus":
            # Its own files tell where translations go.
            return None
    return _plain(tree, home, tag)


def _plain(tree: Tree, home: str, tag: str) -> Layout:
    """Return the layout of a folder of originals: in a folder of their locale in it, or beside those of the others."""
    own_folder = f"{home}/{tag}"
    if any(path.is_relative_to(own_folder) for path in tree.articles):
        return Layout({tag: own_folder}, {}, tag, pattern=f"{home}/{{locale}}")
    return Layout({tag: home}, {}, tag)


def _collections(tree: Tree, generator: Generator, source: str) -> Iterator[Layout]:
    """Yield a layout for each folder that Jekyll publishes articles from: posts, pages, documents."""
    if generator.name != "Jekyll":
        return
    home = content_folders(generator)[0].parent
    below = [path.relative_to(home) for path in tree.articles if path.is_relative_to(home)]
    for name in sorted({path.parts[0] for path in below if len(path.parts) > 1}):
        if name.startswith("_") and name not in MACHINERY and not folder_tag(name):
            yield _plain(tree, (home / name).as_posix(), source)


def _like_others(layouts: Sequence[Layout], generator: Generator) -> Layout | None:
    """Return the layout that a site has for languages other than those wanted; none where a generator does not read it."""
    homes = content_folders(generator)
    read = [
        layout
        for layout in layouts
        if sum(layout.pairs.values())
        # `docs/sms` of Docusaurus is no translation into Skolt Sámi: it reads those from a folder of its own.
        and (layout.name or generator.name != "Docusaurus")
        and any(
            PurePosixPath(layout.folders[layout.source]).is_relative_to(home) for home in homes
        )
    ]
    return max(read, key=lambda layout: sum(layout.pairs.values()), default=None)


def _is_further(layout: Layout, generator: Generator) -> bool:
    """Whether a layout may be a place of its own beside another: of a kind that a generator has several of."""
    folder = PurePosixPath(layout.folders[layout.source])
    match generator.name:
        case "Docusaurus":
            return bool(layout.name)
        case "Jekyll":
            return any(part.startswith("_") for part in folder.parts)
        case "Astro":
            return "content" in folder.parts
    return False


def _is_around(layout: Layout, inner: Layout, generator: Generator) -> bool:
    """Whether a layout is that of a whole site of Jekyll of which another is a collection."""
    folder, inside = (PurePosixPath(each.folders[each.source]) for each in (layout, inner))
    return _is_further(inner, generator) and folder != inside and folder == generator.base


def _apart(first: Layout, others: Iterable[Layout]) -> Iterator[Layout]:
    """Yield the further places that lie apart from the ones before, named by their folders."""
    taken = [set(first.folders.values())]
    names: set[str] = set()
    for layout in sorted(others, key=lambda layout: -sum(layout.pairs.values())):
        folders = set(layout.folders.values())
        # A place may lie among the originals of the first, which are then without it.
        around = first.folders[first.source]
        if around in folders or any(
            _overlap(folders, other - {around} if _is_inside(folders, around) else other)
            for other in taken
        ):
            continue
        source = PurePosixPath(layout.folders[layout.source])
        name = layout.name or next(
            (part.strip("_") for part in reversed(source.parts) if not folder_tag(part)), ""
        )
        if name and name not in names:
            names.add(name)
            taken.append(folders)
            yield replace(layout, name=name)


def _is_inside(folders: set[str], around: str) -> bool:
    return all(PurePosixPath(folder).is_relative_to(around) for folder in folders)


def _overlap(some: set[str], others: set[str]) -> bool:
    return any(
        PurePosixPath(folder).is_relative_to(other)
        or PurePosixPath(other).is_relative_to(folder)
        for folder in some
        for other in others
    )
