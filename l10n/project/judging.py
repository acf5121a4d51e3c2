"""How a catalog is judged: the only maker of what the checks, the screen and the plain reviewer go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from l10n.errors import L10nError
from l10n.model import Severity
from l10n.project.census import RESERVED_SLUG
from l10n.project.layout import Project

_TERM_RULES = frozenset({"glossary", "forbidden-term"})
_WORD_RULES = frozenset({"spelling"})
_LENGTH_RULES = frozenset({"length"})
"""The slow rules: they need the glossary, a dictionary, every entry of the catalog."""
_COUNTERPARTS = {"en": "es"}
_USUAL_SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Criteria:
    """How a catalog is to be judged; small, and equal when the findings would be equal."""

    target_locale: str
    """Empty: as the catalog says."""
    source_locale: str | None = None
    """None: as the catalog's header says, else what they are in."""
    severities: tuple[tuple[str, Severity | None], ...] = ()
    only: frozenset[str] = frozenset()
    drafts: bool = False
    glossary: Path | None = None
    words: Path | None = None
    """List of the project's own words; spelling is checked where it exists."""
    usual_lengths: bool = True
    """Whether the lengths that are usual in a large catalog are measured."""
    is_article: bool = True
    reviewers: int | None = None
    """People who have to review an entry; None: as the catalog's header says."""
    counts_only: bool = False

    def target(self, declared: str) -> str:
        """Return the locale of the translations of a catalog that declares this one, or none."""
        return self.target_locale or declared or "es"

    def source(self, declared: str | None, target: str, msgids: Iterable[str]) -> str:
        """Return the locale of the sources of a catalog that declares this one, or none."""
        declared = declared or self.source_locale
        if not declared:
            declared = counterpart(target)
            # An `en_GB` catalog is made from English as a rule, not from Spanish: its texts tell.
            if declared != _USUAL_SOURCE:
                from l10n.text.language import main_language  # noqa: PLC0415 - its tables are large and seldom needed

                declared = main_language(msgids) or declared
        return declared.replace("_", "-")

    def without_slow_warnings(self) -> Criteria:
        """Return criteria for a text that is being typed: every rule that may find an error, no slow one that cannot.

        Glossary and dictionary take up to a second to load, measuring thirty thousand entries half a
        second, and what they find is no error unless a project says so: while somebody types, another
        process looks for such warnings.
        """
        errors = {rule for rule, severity in self.severities if severity is Severity.ERROR}
        return replace(
            self,
            glossary=self.glossary if errors & _TERM_RULES else None,
            words=self.words if errors & _WORD_RULES else None,
            usual_lengths=self.usual_lengths and bool(errors & _LENGTH_RULES),
        )


OUTSIDE = Criteria(
    "",
    # Programs and manuals give pages, samples and hosts of their language: of 12 such errors in 49,000 entries that no
    # engine had garbled 5 were right.
    severities=(("email", Severity.WARNING), ("url", Severity.WARNING)),
    is_article=False,
)
"""For a catalog that belongs to no project."""


def words_path(project: Project, locale: str) -> Path:
    """Return where people note words of a locale that its dictionary lacks."""
    return project.glossary_path.parent / f"words.{locale}.txt"


def criteria(project: Project, locale: str, slug: str | None, source: str | None) -> Criteria:
    """Return how a project wants the catalog of a locale and a slug judged; `source` is the locale of its article."""
    words = words_path(project, locale)
    return Criteria(
        target_locale=locale,
        source_locale=source,
        severities=tuple(sorted(project.severities(locale, slug or "").items())),
        glossary=project.glossary_path if project.glossary_path.is_file() else None,
        words=words if words.is_file() else None,
        # The texts of programs know none of our placeholders.
        is_article=slug is not None and slug != RESERVED_SLUG,
        reviewers=project.thresholds(locale, slug or "").reviewers,
    )


def criteria_of(project: Project | None, catalog: Path) -> Criteria:
    """Return how one catalog is judged; that articles cannot be listed does not keep it from being judged."""
    if project is None:
        return OUTSIDE
    slug = project.slug_of_catalog(catalog)
    try:
        article = next((ref for ref in project.articles() if ref.slug == slug), None)
    except L10nError:
        article = None
    source = article.locale if article is not None else None
    return criteria(project, project.target_of_catalog(catalog) or "", slug, source)


def counterpart(locale: str) -> str:
    """Return the likely source locale of translations into a locale: the other one of Spanish and English."""
    from l10n.languages import primary  # noqa: PLC0415 - a warm check knows the locales and needs no language

    return _COUNTERPARTS.get(primary(locale), _USUAL_SOURCE)
