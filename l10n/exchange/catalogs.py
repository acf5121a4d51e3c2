"""Catalogs that other tools have worked on, read as answers: the contract of `docs/catalogs.md` says what stands in them."""

from __future__ import annotations

from pathlib import Path

from l10n.catalog import Catalog
from l10n.exchange.inline import split
from l10n.exchange.messages import Answer, AnsweredFile, is_verbatim, messages_of
from l10n.model import State


def read(path: Path, content: bytes | None = None) -> tuple[AnsweredFile, ...]:
    """Return the answers in a PO file; CatalogError, with the line, where it is damaged."""
    catalog = Catalog.load(path) if content is None else Catalog.parse(content, path)
    # Some tools keep no comments, and what is a text of an article is told by those.
    verbatim = all(map(is_verbatim, catalog.entries))
    answers = tuple(
        Answer(
            identifier=message.identifier,
            line=message.entry.line,
            source=split(message.source, verbatim=verbatim),
            target=split(message.target, verbatim=verbatim),
            state=message.entry.state if message.target else State.UNTRANSLATED,
            form=message.form,
            context=message.entry.msgctxt,
            notes=message.entry.notes if message.form == 0 else (),
        )
        for message in messages_of(catalog)
    )
    return (
        AnsweredFile(
            catalog.article or "",
            catalog.source_locale or "",
            catalog.target_locale,
            1,
            answers,
        ),
    )
