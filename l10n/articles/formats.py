"""The formats of articles: their names and suffixes, and the modules that read, write and publish each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from l10n.articles.options import PLAIN, Options
from l10n.interface import gettext as _
from l10n.model import Article, Block, NotOffered
from l10n.plugins import FORMATS, load_plugin, plugins


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of article; its modules are loaded when the first such article is read or published."""

    name: str
    """`html`, `markdown`, `text`."""
    suffixes: tuple[str, ...]
    """What its files end in, in lower case, with the point."""
    reader: str
    """Module with the functions of Reader."""
    pages: str
    """Module with the functions of `l10n.export.pages.maker.PageMaker`; export imports it, nothing here does."""
    has_emphasis: bool = False
    """Whether its running text can hold emphasis of the translator's own; elsewhere `<em>` is text."""
    is_page: bool = False
    """Whether the source is a page already, as HTML is: it may name its own encoding, and is published in it."""

    coverage: str = ""
    """Module with the function of Coverage; empty for a format whose units are all that readers see."""
    has_options: bool = False
    """Whether its reader takes `Options` as a third argument: what a project says about front matter and the like."""

    def resolved(self, options: Options, path: Path, source: str) -> Options:
        """Return the options of an article, with the dialect that it turns out to be in."""
        if not self.has_options:
            return options
        return cast("OptionsReader", self._reader()).resolved(options, path, source)

    def parse(self, source: str, locale: str, options: Options = PLAIN) -> tuple[Block, ...]:
        """Return the blocks of an article, in document order."""
        if self.has_options:
            return cast("OptionsReader", self._reader()).parse(source, locale, options)
        return self._reader().parse(source, locale)

    def not_offered(self, article: Article) -> tuple[NotOffered, ...]:
        """Return what readers of an article see and no unit holds, in order; nothing for a format that cannot tell."""
        if not self.coverage:
            return ()
        return cast("Coverage", import_module(self.coverage)).not_offered(article)

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
        return self._reader().splice(article, replacements)

    def _reader(self) -> Reader:
        return cast("Reader", import_module(self.reader))


class Reader(Protocol):
    """What the module that reads and writes a format offers."""

    def parse(self, source: str, locale: str) -> tuple[Block, ...]:
        """Return the blocks of an article, in document order."""
        ...

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
        ...


class Coverage(Protocol):
    """What the module offers that tells which texts of an article are in no unit."""

    def not_offered(self, article: Article) -> tuple[NotOffered, ...]:
        """Return what readers see and no unit holds, in order."""
        ...


class OptionsReader(Protocol):
    """A reader of a format that has options."""

    def resolved(self, options: Options, path: Path, source: str) -> Options:
        """Return the options of an article, with the dialect that its site or its text tells."""
        ...

    def parse(self, source: str, locale: str, options: Options) -> tuple[Block, ...]:
        """Return the blocks of an article, in document order."""
        ...


READER_HOOKS = ("parse", "splice")
PAGE_HOOKS = ("page", "same_format", "list_marks", "block_kinds")
"""The functions of a PageMaker, by name: its types belong to the export, which stands above."""

BUILT_IN: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in (
            Format(
                "html",
                (".html", ".htm", ".xhtml", ".xht"),
                reader="l10n.articles.html.reader",
                pages="l10n.export.pages.html",
                coverage="l10n.articles.html.coverage",
                has_emphasis=True,
                is_page=True,
            ),
            Format(
                "markdown",
                (".md", ".markdown", ".mdown", ".mkd", ".mdx"),
                reader="l10n.articles.markdown.reader",
                pages="l10n.export.pages.markdown",
                has_options=True,
                coverage="l10n.articles.markdown.coverage",
                has_emphasis=True,
            ),
            Format(
                "text",
                (".txt", ".text"),
                reader="l10n.articles.plain.reader",
                pages="l10n.export.pages.plain",
                coverage="l10n.articles.plain.coverage",
            ),
        )
    }
)
"""The formats that come with the desk, by name."""


@cache
def formats() -> Mapping[str, Format]:
    """Return every format by its name, those of other distributions too; ProjectError for a half-done one."""
    known = dict(BUILT_IN)
    for point in plugins(FORMATS):
        form = load_plugin(point, Format, lambda form: _problem(form, known))
        known[form.name] = form
    return MappingProxyType(known)


@cache
def suffixes() -> Mapping[str, str]:
    """Return the name of the format by the suffix of a file, in lower case."""
    return MappingProxyType(
        {suffix: form.name for form in formats().values() for suffix in form.suffixes}
    )


_SUFFIX = re.compile(r"\.[^./\\\sA-Z]+")


def _problem(form: Format, known: Mapping[str, Format]) -> str:
    """Return what is missing or wrong in a format, so that no article ever falls into another's; empty when all is well."""
    if form.name in known:
        return _("there is a format “{name}” already").format(name=form.name)
    if not form.suffixes or not all(map(_SUFFIX.fullmatch, form.suffixes)):
        return _("it needs suffixes such as {example}").format(example=(".lines",))
    for other in known.values():
        for suffix in set(form.suffixes) & set(other.suffixes):
            return _("the suffix {suffix} belongs to the format “{name}”").format(
                suffix=suffix, name=other.name
            )
    for module, hooks in ((form.reader, READER_HOOKS), (form.pages, PAGE_HOOKS)):
        functions = vars(import_module(module))
        for hook in hooks:
            if not callable(functions.get(hook)):
                return _("{module} has no function {name}").format(module=module, name=hook)
    return ""
