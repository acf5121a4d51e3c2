"""How the files of originals and translations may lie: every arrangement that a tree has files for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from l10n.desk.generators import Generator
from l10n.errors import UsageError
from l10n.project import validate_locale


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
    """With `{locale}`: where the folders of all locales are, or those of translations alone."""
    name: str = ""
    """Of a further place."""
    others: tuple[str, ...] = ()
    """What folders of further locales are called that lie among the originals, with the way to them, or parts of names."""
    foreign: tuple[str, ...] = ()
    """Further folders among the originals, below theirs, whose articles are in another language."""

    def total(self, targets: Iterable[str]) -> int:
        """Return how many files of some locales have a counterpart."""
        return sum(self.pairs.get(target, 0) for target in targets)


_DOCUSAURUS = {"docs": "docs", "blog": "blog", "pages": "src/pages"}
"""Where Docusaurus looks for what each of its plug-ins for content publishes."""


def find_layouts(
    paths: frozenset[PurePosixPath], generator: Generator, source: str | None
) -> Iterator[Layout]:
    """Yield the layouts that files may be told by; which of their locales the source is, is not always known yet."""
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
            if folder_tag(part):
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
        folders = {
            folder_tag(name): (prefix / name / common).as_posix() for name in sorted(names)
        }
        is_literal = all(tag_of(name) == name for name in names)
        largest = {folder_tag(name): len(by_name[name]) for name in names}
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
            if folder_tag(part) and root.joinpath(*path.parts[number + 1 :]) in paths:
                by_root[root][part] += 1
    for root, names in sorted(by_root.items()):
        folders = {folder_tag(name): (root / name).as_posix() for name in sorted(names)}
        yield Layout(
            {"": root.as_posix(), **folders},
            {folder_tag(name): count for name, count in names.items()},
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
    docs = "docusaurus-plugin-content-docs"
    # Also what nobody has translated yet: a blog beside documents that somebody has.
    plugins = {f"docusaurus-plugin-content-{kind}" for kind in _DOCUSAURUS}
    plugins |= {plugin for _locale, plugin in translated}
    # The first is the project's own place: that of the documents, where there are any.
    for plugin in sorted(plugins, key=lambda name: (name != docs, name)):
        kind, _dash, instance = plugin.removeprefix("docusaurus-plugin-content-").partition("-")
        home = _DOCUSAURUS.get(kind)
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
            pattern = (base / "i18n/{locale}" / plugin / current).as_posix()
            yield Layout(
                {"": root.as_posix(), **names}, pairs, pattern=pattern, name=instance or kind
            )


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
            return tuple(base / home for home in (*_DOCUSAURUS.values(), "versioned_docs"))
        case "Astro":
            return (base / "src/content/docs", base / "src/content", base / "src/pages")
        case "VitePress":
            own = generator.setting(r"""srcDir\s*:\s*["']([\w./-]+)""")
            return (base / own,)
        case "Jekyll":
            own = generator.setting(r"""^collections_dir\s*:\s*["']?([\w./-]+)""")
            return (base / own / "_posts", base)
    return ()


@cache
def folder_tag(name: str) -> str:
    """Return the locale that a folder stands for, as `tag_of`; those of Jekyll's collections begin with `_`."""
    return tag_of(name.removeprefix("_"))


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
