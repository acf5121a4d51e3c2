"""A small newsroom in a temporary folder, to export from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from l10n.articles import parse_article
from l10n.catalog import Catalog
from l10n.export import ExportReport, export_article, export_project
from l10n.ledger import Ledger
from l10n.model import Article, Origin
from l10n.project import Project

Translate = Callable[[str], str]


def catalog_of(
    article: Article,
    target: str,
    translations: Mapping[str, str] | None = None,
    *,
    reviewed: bool = False,
    draft: bool = False,
) -> Catalog:
    """Give a catalog of an article with some msgids translated."""
    catalog = Catalog.new(None, source=article.locale, target=target, article=article.path.name)
    catalog.merge(article.units, article=article.path.name)
    for entry in catalog.entries:
        text = (translations or {}).get(entry.msgid)
        if text is None:
            continue
        if draft:
            entry.fill(text, origin=Origin.MT, mt="pseudo:1")
        else:
            entry.translate(text)
        if reviewed:
            entry.approve(by="Ana")
    return catalog


def page_of(
    source: str,
    translations: Mapping[str, str] | None = None,
    *,
    form: str = "html",
    locale: str = "es",
    target: str = "en",
    draft: bool = False,
    drafts: bool = False,
    reviewed: bool = False,
    **options: object,
) -> str:
    """Export one article given as text."""
    path = (
        Path("/articles") / f"page.{ {'html': 'html', 'markdown': 'md', 'text': 'txt'}[form] }"
    )
    article = parse_article(source, path=path, locale=locale, format=form)
    catalog = catalog_of(article, target, translations, draft=draft, reviewed=reviewed)
    return export_article(article, catalog, target=target, drafts=drafts, **options)  # type: ignore[arg-type]


@dataclass
class Desk:
    """A project on disk, and the few things a test does with it."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def configure(self, text: str) -> None:
        """Write the project file."""
        self.write("l10n.toml", text)

    @property
    def project(self) -> Project:
        return Project.load(self.root / "l10n.toml")

    def translate(
        self,
        slug: str,
        target: str,
        translate: Translate,
        *,
        draft: bool = False,
        reviewed: bool = False,
    ) -> Path:
        """Fill the catalog of an article; what `translate` gives "" for stays untranslated."""
        from l10n.articles import read_article

        ref = self.project.article(slug)
        article = read_article(ref.path, ref.locale)
        texts = {unit.msgid: translate(unit.msgid) for unit in article.units}
        texts = {msgid: text for msgid, text in texts.items() if text}
        catalog = catalog_of(article, target, texts, draft=draft, reviewed=reviewed)
        path = self.project.catalog_path(slug, target)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(path)
        return path

    def export(self, **options: object) -> ExportReport:
        """Export the site, with what is known from the export before."""
        with Ledger.open(self.project.derived) as ledger:
            return export_project(self.project, ledger, **options)  # type: ignore[arg-type]

    def page(self, path: str) -> str:
        """Read an exported page."""
        return (self.root / "site" / path).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a project from Spanish into English with an address of its own."""
    made = Desk(tmp_path)
    made.configure(
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\n'
        'catalogs = "catalogs/{locale}"\n[export]\nbase_url = "https://example.org"\n'
    )
    return made


@pytest.fixture(name="page_of")
def _page_of() -> Callable[..., str]:
    return page_of
