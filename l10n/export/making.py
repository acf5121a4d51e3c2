"""A page as a value that can be made anywhere: all that it is made from goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from l10n.articles import ArticleSource, formats
from l10n.catalog.header import former_paths
from l10n.errors import L10nError
from l10n.export.site import Page, Question, Site, fragments
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.model import Article, Key, Kind, State
from l10n.project.pages import TAKEN_IN

# What reads catalogs and judges texts loads slowly, and pages that stay as they are need none of it.
if TYPE_CHECKING:
    from l10n.catalog import Catalog
    from l10n.export.choices import Choice, Choices


class Refusal(NamedTuple):
    """A translation that cannot be shown."""

    message: str
    line: int | None
    """Of its catalog."""
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What an export has to know of an article in one locale before it makes any page; empty for an original."""

    fragments: tuple[str, ...] = ()
    """Of an original: names of places that its links lead to."""
    claimed: tuple[str, ...] = ()
    """Of an original: addresses on the site that it claims for itself."""
    reviewed: int = 0
    total: int = 0
    accepted: int = 0
    missing: int = 0
    changed: int = 0
    unknown: int = 0
    drafts: int = 0
    """As `Choices` counts them."""
    taken_in: str = ""
    """What the catalog says it was filled from."""
    former: tuple[str, ...] = ()
    """Paths that the article had before, as the catalog tells."""
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether somebody has accepted a passage of the page, or it has none that anybody could accept."""
        return self.accepted > 0 or self.total + self.unknown == 0

    @property
    def is_waiting(self) -> bool:
        """Whether a page that stands there may show a translation of what the original was before it was edited."""
        return self.changed > 0 or (self.unknown > 0 and self.accepted > 0)


@dataclass(frozen=True, slots=True)
class CatalogSource:
    """The content of a catalog, not read yet; empty where there is none."""

    path: Path
    content: bytes
    source: str
    target: str
    article: str

    def read(self) -> Catalog:
        """Read it; an empty one where there is none yet. CatalogError where it is damaged."""
        from l10n.catalog import Catalog  # noqa: PLC0415 - as above

        if self.content.strip():
            return Catalog.parse(self.content, self.path)
        return Catalog.new(
            self.path, source=self.source, target=self.target, article=self.article
        )


class ArticleText:
    """An article that is cut into units at the first need, once for all its pages, and again where it has travelled."""

    def __init__(self, source: ArticleSource) -> None:
        self.source = source

    @cached_property
    def article(self) -> Article:
        """The article; ArticleError where it cannot be read."""
        return self.source.read()

    @property
    def is_read(self) -> bool:
        """Whether it was cut into units here."""
        return "article" in self.__dict__

    def __getstate__(self) -> ArticleSource:
        return self.source

    def __setstate__(self, source: ArticleSource) -> None:
        self.source = source


@dataclass
class PageSource:
    """What one page is made from."""

    text: ArticleText
    catalog: CatalogSource | None
    """None for the original itself."""
    page: Page
    drafts: bool
    """Whether drafts are shown."""
    form: Literal["html", "same"] = "html"
    """What it becomes."""

    @property
    def article(self) -> Article:
        """The article; ArticleError where it cannot be read."""
        return self.text.article

    @cached_property
    def entries(self) -> Catalog | None:
        """The catalog; None for the original. CatalogError where it cannot be read."""
        return None if self.catalog is None else self.catalog.read()

    @cached_property
    def choices(self) -> Choices | None:
        """What the page shows; None for the original."""
        if self.entries is None:
            return None
        from l10n.export.choices import choose  # noqa: PLC0415 - as above

        return choose(self.article, self.entries, drafts=self.drafts, published=self.page.bare)

    def __getstate__(self) -> tuple[Any, ...]:
        return self.text, self.catalog, self.page, self.drafts, self.form

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.text, self.catalog, self.page, self.drafts, self.form = state


Source = PageSource | L10nError
"""What a page is made from, or why it cannot be made."""


def find_facts(source: Source) -> Facts | L10nError:
    """Return what has to be known of a page before any is made, or why that cannot be."""
    if isinstance(source, L10nError):
        return source
    try:
        article, choices, catalog = source.article, source.choices, source.entries
    except L10nError as error:
        return error
    if choices is None or catalog is None:
        claimed: tuple[str, ...] = ()
        if formats()[article.format].has_options:  # it can have front matter
            from l10n.export.pages.markdown_same import claimed_addresses  # noqa: PLC0415 - as above

            claimed = claimed_addresses(article.text)
        return Facts(tuple(sorted(fragments(article.text))), claimed)
    return Facts(
        (),
        (),
        choices.reviewed,
        choices.total,
        choices.accepted,
        choices.missing,
        choices.changed,
        choices.unknown,
        choices.drafts,
        catalog.header.get(TAKEN_IN, ""),
        former_paths(catalog.header),
        tuple(
            Refusal(problem.message, problem.line, choice.state is State.DRAFT)
            for choice, problem in refusals(article, choices, catalog, "")
        ),
    )


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page ready to be written."""

    content: bytes
    assets: Mapping[str, Path] = field(default_factory=dict)
    """Files to copy, by path below the output folder."""
    counterparts: frozenset[str] = frozenset()
    """Addresses of the project's table of links that the page has."""
    refusals: tuple[Refusal, ...] = ()
    """Translations that the page should show and does not."""
    asked: frozenset[Question] = frozenset()
    """What it asked of the site."""


class PageMaker:
    """Makes pages of one site; travels once to whoever does that, with the project's templates and what of its disk is asked for."""

    def __init__(self, site: Site, templates: Path | None) -> None:
        self.site = site
        self.templates = templates
        self._unpacked: TemporaryDirectory[str] | None = None

    def __call__(self, source: Source) -> MadePage | L10nError:
        """Return a page, or why it cannot be made."""
        if isinstance(source, L10nError):
            return source
        try:
            return self._made(source)
        except L10nError as error:
            return error

    def __getstate__(self) -> tuple[Any, ...]:
        templates = None
        if self.templates is not None:
            files = (path for path in sorted(self.templates.rglob("*")) if path.is_file())
            templates = [(path.relative_to(self.templates), read_bytes(path)) for path in files]
        return self.site.with_files(), templates

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        site, templates = state
        self.__init__(site, None)  # type: ignore[misc]
        if templates is None:
            return
        self._unpacked = TemporaryDirectory(prefix="l10n-")
        # Under the name that messages call it by.
        self.templates = Path(self._unpacked.name, "templates")
        self.templates.mkdir()
        for relative, content in templates:
            path = self.templates / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def _made(self, source: PageSource) -> MadePage:
        # Parsers and templates load slowly, and pages that stay as they are need none.
        from l10n.export.pages.render import render_page  # noqa: PLC0415

        site = self.site.noting()
        article, choices = source.article, source.choices
        rendered = render_page(
            article, choices, source.page, site, format=source.form, templates=self.templates
        )
        refused: tuple[Refusal, ...] = ()
        if choices is not None and source.entries is not None:
            refused = tuple(
                Refusal(problem.message, problem.line, choice.state is State.DRAFT)
                for choice, problem in lost(article, choices, rendered.text, source.entries, "")
            )
        return MadePage(
            encode(rendered.text, article),
            rendered.assets,
            rendered.counterparts,
            refused,
            frozenset(site.asked or ()),
        )


def refusals(
    article: Article, choices: Choices, catalog: Catalog, path: Path | str
) -> Iterator[tuple[Choice, L10nError]]:
    """Yield the translations that cannot be shown, each once, and why; `path` is how the catalog is named."""
    reported: set[Key] = set()
    for block, choice in zip(article.blocks, choices.blocks, strict=True):
        if choice.problem and block.unit.key not in reported:
            reported.add(block.unit.key)
            entry = catalog.find(block.unit.msgid, block.unit.context)
            line = entry.line if entry is not None else None
            message = _("not shown: {problem}").format(problem=choice.problem)
            yield choice, L10nError(message, path=path, line=line)


def lost(
    article: Article, choices: Choices, page: str, catalog: Catalog, name: Path | str
) -> Iterator[tuple[Choice, L10nError]]:
    """Yield the translations that a finished page should show and does not, each once; `name` is what the catalog is called."""
    from l10n.export.presence import absent  # noqa: PLC0415 - as above

    reported: set[Key] = set()
    for number in absent(article, choices, page):
        unit, choice = article.blocks[number].unit, choices.blocks[number]
        if unit.key in reported:
            continue
        reported.add(unit.key)
        entry = catalog.find(unit.msgid, unit.context)
        reason = (
            _("the page has no place for {field}").format(field=unit.context)
            if unit.kind is Kind.METADATA
            else _("the page cannot hold it where its source stands")
        )
        message = _("not shown: {problem}").format(problem=reason)
        yield choice, L10nError(message, path=name, line=entry.line if entry else None)


def encode(page: str, article: Article) -> bytes:
    """Return the bytes of a page: in the encoding of its article where that is a page too, which names it."""
    # Of nothing, an encoding with a byte order mark makes a file of two bytes.
    if page and formats()[article.format].is_page:
        return page.encode(article.encoding, "xmlcharrefreplace")
    return page.encode()
