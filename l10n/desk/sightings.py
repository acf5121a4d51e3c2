"""What a folder looks like to the desk: its generator, and the layout of its originals and translations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath

from l10n.desk.generators import Generator, Tree
from l10n.errors import UsageError
from l10n.files import read_text
from l10n.project import validate_locale
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
class Layout:
    """Where the files of two or more locales lie."""

    folders: Mapping[str, str]
    """Folder below the root by the locale it is called by; one and the same where names tell the locale."""
    pairs: Mapping[str, int]
    """Files that have a counterpart among those of the source, by locale."""
    source: str = ""
    has_suffixes: bool = False
    pattern: str = ""
    """With `{locale}`, where one says it all."""
    name: str = ""
    """Of a further place."""
    others: tuple[str, ...] = ()
    """What folders or names of further locales are called that lie among the originals."""

    def total(self, targets: Iterable[str]) -> int:
        """Return how many files of some locales have a counterpart."""
        return sum(self.pairs.get(target, 0) for target in targets)


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
        for layout in _candidates(tree, generator, source)
    ]
    layouts = [layout for layout in layouts if layout.source]
    best = max(layouts, key=lambda layout: layout.total(_targets(layout, tags)), default=None)
    if best is None or not best.total(_targets(best, tags)):
        best = _usual(tree, generator, source) or best
    if best is None:
        language = source or "es"
        return Sighting(generator, language, tags or (counterpart(language),), ())
    chosen = _targets(best, tags)
    if best.pattern == OWN_PATTERN:
        # The desk's own plain layout is no site: its pages go elsewhere.
        return Sighting(generator, best.source, chosen, ())
    seen = [tag for layout in layouts for tag in layout.pairs]
    further = tuple(sorted({*seen, *best.pairs} - {best.source, *chosen}))
    first = _with_targets(best, chosen)
    rest = [
        _with_targets(layout, chosen)
        for layout in layouts
        if layout is not best
        and layout.source == best.source
        and _is_further(layout, generator)
        and layout.total(chosen)
    ]
    return Sighting(
        generator, best.source, chosen, (first, *_apart(first, rest)), further, tree.messages
    )


@cache
def tag_of(name: str) -> str:
    """Return the locale that a folder or a part of a name stands for; empty for none: `pt_br` is pt-BR."""
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2}|[0-9]{3}|[A-Za-z]{4}))?", name)
    if match is None:
        return ""
    region = match[2] or ""
    region = region.title() if len(region) == 4 else region.upper()
    try:
        return validate_locale(f"{match[1]}-{region}" if region else match[1])
    except UsageError:
        return ""


def _candidates(tree: Tree, generator: Generator, source: str | None) -> Iterator[Layout]:
    paths = frozenset(tree.articles)
    yield from _docusaurus(paths, generator)
    nested = list(_nested(paths))
    yield from _folders(paths, source, {layout.folders[""]: layout for layout in nested})
    yield from nested
    yield from _suffixed(paths, generator, source)


def _folders(
    paths: frozenset[PurePosixPath], source: str | None, nested: Mapping[str, Layout]
) -> Iterator[Layout]:
    """Yield the layouts in which each locale has a folder of its name: `content/en`, `docs/es/docs`.

    `nested` are those by their root in which the originals lie beside these folders.
    """
    below: defaultdict[PurePosixPath, defaultdict[str, set[PurePosixPath]]]
    below = defaultdict(lambda: defaultdict(set))
    for path in paths:
        for number, part in enumerate(path.parts[:-1]):
            if tag_of(part):
                rest = PurePosixPath(*path.parts[number + 1 :])
                below[PurePosixPath(*path.parts[:number])][part].add(rest)
    for prefix, by_name in sorted(below.items()):
        counts = Counter(rest for rests in by_name.values() for rest in rests)
        names = [name for name, rests in by_name.items() if any(counts[r] > 1 for r in rests)]
        if not names and source is not None and source in by_name:
            names = [source]
        if not names:
            continue
        common = _common_folder(
            rest for name in names for rest in by_name[name] if counts[rest] > 1
        )
        folders = {tag_of(name): (prefix / name / common).as_posix() for name in sorted(names)}
        is_literal = all(tag_of(name) == name for name in names)
        largest = {tag_of(name): len(by_name[name]) for name in names}
        beside = nested.get(prefix.as_posix())
        # Two translations have more in common with each other than either with the originals; of a site in folders
        # only the first page stands beside them.
        if beside is not None and all(
            2 * beside.pairs.get(tag, 0) >= count for tag, count in largest.items()
        ):
            continue
        yield Layout(
            folders,
            largest,
            pattern=(prefix / "{locale}" / common).as_posix() if is_literal else "",
        )


def _common_folder(paths: Iterable[PurePosixPath]) -> PurePosixPath:
    """Return the folder for documents that all paths begin with; the root of its kind where they do not."""
    first = {path.parts[0] if len(path.parts) > 1 else "" for path in paths}
    name = next(iter(first)) if len(first) == 1 else ""
    # Others may be a section of the site that happens to be the only translated one.
    return PurePosixPath(name if name in {"docs", "content", "pages", "articles"} else "")


def _nested(paths: frozenset[PurePosixPath]) -> Iterator[Layout]:
    """Yield the layouts in which translations lie in a folder of the originals': `docs/guide.md`, `docs/es/guide.md`."""
    by_root: defaultdict[PurePosixPath, Counter[str]] = defaultdict(Counter)
    for path in paths:
        for number, part in enumerate(path.parts[:-1]):
            root = PurePosixPath(*path.parts[:number])
            if tag_of(part) and root.joinpath(*path.parts[number + 1 :]) in paths:
                by_root[root][part] += 1
    for root, names in sorted(by_root.items()):
        folders = {tag_of(name): (root / name).as_posix() for name in sorted(names)}
        yield Layout(
            {"": root.as_posix(), **folders},
            {tag_of(name): count for name, count in names.items()},
            others=tuple(sorted(names)),
        )


def _suffixed(
    paths: frozenset[PurePosixPath], generator: Generator, source: str | None
) -> Iterator[Layout]:
    """Yield the layout in which names tell the locale: `guide.md` beside `guide.es.md`, or `guide.en.md`."""
    by_name: defaultdict[PurePosixPath, set[str]] = defaultdict(set)
    for path in paths:
        stem, point, name = path.stem.rpartition(".")
        if point and stem and tag_of(name):
            by_name[path.with_name(stem + path.suffix)].add(name)
    plain = {path for path in by_name if path in paths}
    twins = {path: names for path, names in by_name.items() if path in plain or len(names) > 1}
    alone = {path: names for path, names in by_name.items() if source in names}
    if not twins and not alone:
        return
    counts = Counter(tag_of(name) for names in twins.values() for name in names)
    if source is not None:
        counts.setdefault(source, len(alone))
    folder = _folder_of([*twins, *alone], generator)
    folders = {**({"": folder} if plain else {}), **dict.fromkeys(sorted(counts), folder)}
    others = tuple(sorted({name for names in twins.values() for name in names}))
    yield Layout(folders, dict(counts), has_suffixes=True, others=others)


def _docusaurus(paths: frozenset[PurePosixPath], generator: Generator) -> Iterator[Layout]:
    """Yield the layouts of Docusaurus: `i18n/es/docusaurus-plugin-content-docs/current` for `docs`."""
    if generator.name != "Docusaurus":
        return
    base = generator.base
    translated: Counter[tuple[str, str]] = Counter()
    for path in paths:
        below = _parts_below(path, base / "i18n")
        if len(below) > 2 and tag_of(below[0]) and below[1].startswith("docusaurus-plugin-"):
            translated[below[0], below[1]] += 1
    plugins = dict.fromkeys(plugin for _locale, plugin in translated)
    docs = "docusaurus-plugin-content-docs"
    # The first is the project's own place: that of the documents, where there are any.
    for plugin in sorted(plugins, key=lambda name: (name != docs, name)) or (docs,):
        kind, _dash, instance = plugin.removeprefix("docusaurus-plugin-content-").partition("-")
        home = {"docs": "docs", "blog": "blog", "pages": "src/pages"}.get(kind)
        if home is None:
            continue
        root = base / (instance or home)
        current = "current" if kind == "docs" else ""
        locales = {name: tag_of(name) for name, other in translated if other == plugin}
        names = {
            tag: (base / "i18n" / name / plugin / current).as_posix()
            for name, tag in locales.items()
        }
        pairs = {
            tag: sum(
                path.is_relative_to(folder) and root / path.relative_to(folder) in paths
                for path in paths
            )
            for tag, folder in names.items()
        }
        if any(path.is_relative_to(root) for path in paths):
            yield Layout({"": root.as_posix(), **names}, pairs, name=instance or kind)


def _parts_below(path: PurePosixPath, folder: PurePosixPath) -> tuple[str, ...]:
    return path.relative_to(folder).parts if path.is_relative_to(folder) else ()


def _folder_of(paths: Sequence[PurePosixPath], generator: Generator) -> str:
    """Return the folder that a generator reads, where it holds all of some files, else the deepest that does."""
    for home in content_folders(generator):
        if all(path.is_relative_to(home) for path in paths):
            return home.as_posix()
    first, *rest = (path.parent.parts for path in paths)
    depth = 0
    while depth < len(first) and all(
        parts[: depth + 1] == first[: depth + 1] for parts in rest
    ):
        depth += 1
    return PurePosixPath(*first[:depth]).as_posix()


def content_folders(generator: Generator) -> tuple[PurePosixPath, ...]:
    """Return the folders that a generator has its articles in, the usual one first."""
    base = generator.base
    match generator.name:
        case "Hugo":
            own = generator.setting(r"""^\s*contentDir\s*[=:]\s*["']?([\w./-]+)""")
            return (base / (own or "content"),)
        case "MkDocs":
            return (base / (generator.setting(r"^docs_dir:\s*([\w./-]+)") or "docs"),)
        case "Docusaurus":
            return (base / "docs",)
        case "Astro":
            return (base / "src/content/docs", base / "src/content", base / "src/pages")
        case "VitePress":
            own = generator.setting(r"""srcDir\s*:\s*["']([\w./-]+)""")
            return (base / own,)
        case "Jekyll":
            own = generator.setting(r"""^collections_dir\s*:\s*["']?([\w./-]+)""")
            return (base / own / "_posts", base)
    return ()


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
    own = {name for name in layout.others if tag_of(name) in kept}
    return replace(
        layout, folders=kept, others=tuple(name for name in layout.others if name not in own)
    )


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
            target = counterpart(tag) if tag.partition("-")[0] in _OURS else "en"
            folder = generator.base / "i18n" / target / "docusaurus-plugin-content-docs/current"
            return Layout({tag: home, target: folder.as_posix()}, {}, tag)
    if any(path.is_relative_to(own_folder) for path in tree.articles):
        return Layout({tag: own_folder}, {}, tag, pattern=f"{home}/{{locale}}")
    return Layout({tag: home}, {}, tag)


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


def _apart(first: Layout, others: Iterable[Layout]) -> Iterator[Layout]:
    """Yield the further places that lie apart from the ones before, named by their folders."""
    taken = [set(first.folders.values())]
    names: set[str] = set()
    for layout in sorted(others, key=lambda layout: -sum(layout.pairs.values())):
        folders = set(layout.folders.values())
        if any(_overlap(folders, other) for other in taken):
            continue
        source = PurePosixPath(layout.folders[layout.source])
        name = layout.name or next(
            (part.strip("_") for part in reversed(source.parts) if not tag_of(part)), ""
        )
        if name and name not in names:
            names.add(name)
            taken.append(folders)
            yield replace(layout, name=name)


def _overlap(some: set[str], others: set[str]) -> bool:
    return any(
        PurePosixPath(folder).is_relative_to(other)
        or PurePosixPath(other).is_relative_to(folder)
        for folder in some
        for other in others
    )
