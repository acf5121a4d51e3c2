"""Site generators: the files by which they are known, and what these say of languages."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from l10n.articles.formats import suffixes
from l10n.files import read_text
from l10n.project.census import NOT_READ

_ASIDE = frozenset(
    [
        "__tests__",
        "bower_components",
        "build",
        "dist",
        "e2e",
        "examples",
        "fixtures",
        "node_modules",
        "public",
        "resources",
        "site",
        "spec",
        "target",
        "test",
        "tests",
        "themes",
        "vendor",
        "venv",
        "_site",
    ]
)
"""Folders that hold what is made, borrowed or tried out, and no articles of the site."""
MACHINERY = frozenset(
    ["_data", "_drafts", "_includes", "_layouts", "_plugins", "_sass", "assets", "scripts"]
)
"""Folders of a whole site that hold what its pages are made with."""
_MOST_FILES = 200_000
_MESSAGES = re.compile(r"(?:.*/)?(?:i18n|lang|_i18n)/(?:.*/)?[\w.-]+\.(?:json|ya?ml|toml)")


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a folder that matter for telling what kind of site it is."""

    root: Path
    articles: tuple[PurePosixPath, ...]
    """What looks like an article, ordered."""
    configurations: tuple[PurePosixPath, ...]
    """Files that belong to a site generator, the nearest to the root first."""
    messages: tuple[PurePosixPath, ...] = ()
    """Texts of the interface of a site, which are no articles and are not read: `i18n/es/code.json`."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A site generator that was recognised."""

    name: str
    """As people write it; empty: none."""
    evidence: str = ""
    """The file, or the folder, that told."""
    base: PurePosixPath = field(default_factory=PurePosixPath)
    """Folder of its configuration."""
    settings: str = ""
    """Text of its configuration."""

    def setting(self, pattern: str) -> str:
        """Return the first group of the first match in the configuration; empty without one."""
        match = re.search(pattern, self.settings, re.MULTILINE)
        return next(filter(None, match.groups()), "").strip() if match else ""

    @property
    def default_locale(self) -> str:
        """The language of pages that name none, as the configuration says; empty where it does not."""
        return (
            self.setting(_DEFAULT_LOCALES[self.name]) if self.name in _DEFAULT_LOCALES else ""
        )


_QUOTED = r"""["']?([A-Za-z]{2,3}(?:[-_]\w+)?)["']?"""
_DEFAULT_LOCALES = {
    "Hugo": rf"^\s*defaultContentLanguage\s*[=:]\s*{_QUOTED}",
    "Jekyll": rf"^(?:default_)?lang\s*:\s*{_QUOTED}\s*$",
    "MkDocs": rf"^\s*-?\s*locale:\s*{_QUOTED}[^\n]*\n(?:[^\n]*\n)??\s*default:\s*true|^\s*default:\s*true\s*\n\s*locale:\s*{_QUOTED}",
    "Docusaurus": rf"defaultLocale\s*:\s*{_QUOTED}",
    "Astro": rf"defaultLocale\s*:\s*{_QUOTED}",
    "VitePress": rf"root\s*:\s*\{{[^}}]*?lang\s*:\s*{_QUOTED}|^\s*lang\s*:\s*{_QUOTED}",
}

_CONFIGURATIONS: tuple[tuple[str, str], ...] = (
    ("Docusaurus", r"(?:.*/)?docusaurus\.config\.[cm]?[jt]s"),
    ("Astro", r"(?:.*/)?astro\.config\.[cm]?[jt]s"),
    ("VitePress", r"(?:.*/)?\.vitepress/config(?:/index)?\.[cm]?[jt]s"),
    ("MkDocs", r"(?:.*/)?mkdocs\.ya?ml"),
    ("Hugo", r"(?:.*/)?(?:hugo\.(?:toml|ya?ml|json)|config/_default/(?:hugo|config)\.(?:toml|ya?ml|json))"),
    ("Jekyll", r"(?:.*/)?_config\.ya?ml"),
    # Before 0.110 Hugo's file was called so; others call theirs so too, hence the folder beside it.
    ("Hugo", r"(?:.*/)?config\.(?:toml|ya?ml|json)"),
)  # fmt: skip

_TRACES: tuple[tuple[str, str], ...] = (
    ("Docusaurus", r"(?:.*/)?(i18n/[\w-]+/docusaurus-plugin-[\w-]+)/"),
    ("Astro", r"(?:.*/)?(src/content/docs)/"),
    ("Jekyll", r"(?:.*/)?(_(?:posts|articles|docs|pages|drafts))/"),
    ("MkDocs", r"(docs/[a-z]{2,3}(?:-\w+)?/docs)/"),
    ("Hugo", r"(content)/"),
)
"""Folders that only one generator has its articles in, where its configuration is not at hand."""


def read_tree(root: Path) -> Tree:
    """Return the files of a folder, without those that are made, borrowed or hidden."""
    # What no format here reads tells the layout all the same.
    known = {*suffixes(), *NOT_READ}
    articles: list[PurePosixPath] = []
    configurations: list[PurePosixPath] = []
    messages: list[PurePosixPath] = []
    names = [name for name, _pattern in _CONFIGURATIONS]
    patterns = [re.compile(pattern) for _name, pattern in _CONFIGURATIONS]
    for place, folders, files in os.walk(root):
        folder = PurePosixPath(Path(place).relative_to(root).as_posix())
        folders[:] = sorted(
            name
            for name in folders
            if name == ".vitepress" or not (name in _ASIDE or name.startswith("."))
        )
        for name in sorted(files):
            path = folder / name
            if any(pattern.fullmatch(path.as_posix()) for pattern in patterns):
                configurations.append(path)
            elif Path(name).suffix.lower() in known and ".vitepress" not in folder.parts:
                articles.append(path)
            elif _MESSAGES.fullmatch(path.as_posix()):
                messages.append(path)
        if len(articles) > _MOST_FILES:
            break
    order = {name: number for number, name in reversed(list(enumerate(names)))}
    configurations.sort(key=lambda path: (len(path.parts), order[_name_of(path)], path))
    return Tree(root, tuple(articles), tuple(configurations), tuple(messages))


def recognise_generator(tree: Tree, like: str = "") -> Generator:
    """Return the generator whose configuration or folders a tree has, or that a person names."""
    for path in tree.configurations:
        name = _name_of(path)
        base = _base_of(path)
        if like and name.lower() != like.lower():
            continue
        is_old = (
            path.name.startswith("config.") and "_default" not in path.parts and name == "Hugo"
        )
        if is_old and not any(
            article.is_relative_to(base / "content") for article in tree.articles
        ):
            continue
        return Generator(name, path.as_posix(), base, _text_of(tree.root / path))
    for name, trace in _TRACES:
        if like and name.lower() != like.lower():
            continue
        for article in tree.articles:
            if match := re.match(trace, article.as_posix()):
                base = PurePosixPath(article.as_posix()[: match.start(1)])
                return Generator(name, f"{match[1]}/", base)
    names = {name.lower(): name for name, _pattern in _CONFIGURATIONS}
    return Generator(names.get(like.lower(), ""))


def known_generators() -> tuple[str, ...]:
    """Return the names of the generators, as they are typed."""
    return tuple(dict.fromkeys(name.lower() for name, _pattern in _CONFIGURATIONS))


def _name_of(path: PurePosixPath) -> str:
    return next(
        name for name, pattern in _CONFIGURATIONS if re.fullmatch(pattern, path.as_posix())
    )


def _base_of(path: PurePosixPath) -> PurePosixPath:
    folder = path.parent
    if ".vitepress" in folder.parts:
        return PurePosixPath(*folder.parts[: folder.parts.index(".vitepress")])
    return folder.parent.parent if folder.name == "_default" else folder


def _text_of(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, ValueError):
        # It is there, and that tells the generator; what cannot be read says nothing more.
        return ""
