"""Articles in and out: one reader/writer per format behind `read_article`, `parse_article` and `splice`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from l10n.articles.decoding import check_text, read_source
from l10n.articles.formats import Format, formats, suffixes
from l10n.articles.options import PLAIN, Options
from l10n.articles.sites import site_dialect
from l10n.errors import ArticleError
from l10n.foreign import ForeignError
from l10n.interface import gettext as _
from l10n.model import Article, Block, NotOffered

__all__ = [
    "ArticleSource",
    "Format",
    "Options",
    "format_of",
    "formats",
    "not_offered",
    "open_article",
    "parse_article",
    "read_article",
    "reading_of",
    "splice",
    "suffixes",
]


def format_of(path: Path) -> str:
    """Return the name of the format that a file's suffix tells; raises ArticleError when none does."""
    name = suffixes().get(path.suffix.lower())
    if name is None:
        raise ArticleError(
            _("unknown article format “{suffix}”").format(
                suffix=path.suffix.lower() or path.name
            ),
            path=path,
            hint=_("known suffixes: {known}").format(known=", ".join(suffixes())),
        )
    return name


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """The text of an article and all that its reading goes by: a value that can be read anywhere."""

    path: Path
    locale: str
    format: str
    text: str
    encoding: str
    options: Options = PLAIN
    """With the dialect that the site around the file tells."""

    def read(self) -> Article:
        """Cut the text into blocks; raises ArticleError where it cannot be."""
        blocks = _blocks(_format_named(self.format, self.path), self)
        reading = self.options.reading
        article = Article(
            self.path, self.locale, self.format, self.text, blocks, reading=reading
        )
        return replace(article, encoding=self.encoding)


def open_article(
    path: Path,
    locale: str,
    *,
    format: str | None = None,  # noqa: A002 - the word of the domain
    options: Options = PLAIN,
) -> ArticleSource:
    """Return what an article file holds; raises ArticleError when it is missing, empty, binary or wrongly encoded."""
    form = _format_named(format or format_of(path), path)
    text, encoding = read_source(path, markup=form.is_page)
    options = _resolved(form, text, path, options)
    return ArticleSource(path, locale, form.name, text, encoding, options)


def read_article(
    path: Path,
    locale: str,
    *,
    format: str | None = None,  # noqa: A002 - the word of the domain
    options: Options = PLAIN,
) -> Article:
    """Read an article from a file; raises ArticleError when it is missing, empty, binary or wrongly encoded."""
    return open_article(path, locale, format=format, options=options).read()


@lru_cache(maxsize=4096)
def _reading_in(folder: str, form: str, locale: str, options: Options) -> str:
    known = formats().get(form)
    dialect = site_dialect(Path(folder)) if known is not None and known.has_options else ""
    return f"{form}\0{locale}\0{options}\0{dialect}"


def reading_of(path: Path, locale: str, options: Options = PLAIN) -> str:
    """Return what beside its content decides how an article is read: a change of it makes the article another one."""
    folder, _slash, name = str(path).rpartition("/")
    _stem, point, ending = name.rpartition(".")
    form = suffixes().get(f"{point}{ending.lower()}", "")
    return _reading_in(folder, form, locale, options)


def parse_article(
    source: str,
    *,
    path: Path,
    locale: str,
    format: str,  # noqa: A002
    options: Options = PLAIN,
) -> Article:
    """Cut the text of an article into blocks."""
    form = _format_named(format, path)
    options = _resolved(form, source, path, options)
    return ArticleSource(path, locale, form.name, source, "utf-8", options).read()


def _resolved(form: Format, text: str, path: Path, options: Options) -> Options:
    """Return the options of an article with its dialect; ArticleError where its text cannot be one."""
    check_text(text, path)
    with _told_as_article_errors(path):
        return form.resolved(options, path, text)


def _blocks(form: Format, source: ArticleSource) -> tuple[Block, ...]:
    from l10n.articles.verifying import verified  # noqa: PLC0415 - `check` and `status` read no article

    with _told_as_article_errors(source.path), _collector_at_rest():
        blocks = form.parse(source.text, source.locale, source.options)
        return verified(source.text, blocks, markup=form.name != "text")


@contextmanager
def _told_as_article_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except ArticleError as error:
        error.path = path
        raise
    except (ForeignError, RecursionError) as error:
        raise _too_deep(error, path) from error


def _format_named(name: str, path: Path) -> Format:
    form = formats().get(name)
    if form is None:
        raise ArticleError(
            _("unknown article format “{format}”").format(format=name),
            path=path,
            hint=_("known formats: {known}").format(known=", ".join(formats())),
        )
    return form


def not_offered(article: Article) -> tuple[NotOffered, ...]:
    """Return the texts of an article that its readers see and no unit holds, in order, each with the reason."""
    return formats()[article.format].not_offered(article)


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """The article's source with the msgstr given for each block index put in its place.

    None leaves the block out. Every other character stays as it is; nothing to replace gives
    `article.text` itself. The caller has validated the msgstrs (`markup.validate`).
    """
    if not replacements:
        return article.text
    try:
        return formats()[article.format].splice(article, replacements)
    except (ForeignError, RecursionError) as error:
        raise _too_deep(error, article.path) from error


def _too_deep(error: Exception, path: Path) -> ArticleError:
    reason = str(error) if isinstance(error, ForeignError) else _("it is nested too deeply")
    return ArticleError(_("cannot be read: {reason}").format(reason=reason), path=path)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from looking through units in the making: a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
