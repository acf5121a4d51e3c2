"""Instructions for an engine that takes them for statements or nouns: asked for as what something is done for.

“Check the pressure” became “Control la presión” and “Book a table” “Libro una mesa”; “To check the pressure” is “Para
comprobar la presión”, and without its first word the instruction, in the form that takes nobody's side of tú and usted.
"""

from __future__ import annotations

import re
from dataclasses import replace

from l10n.engines import Marked, MarkedDraft, Span
from l10n.languages import Language, language_of


def as_purpose(marked: Marked, source: str, target: str) -> Marked | None:
    """Return an instruction as what something is done for; None for other sentences and languages."""
    language, other = language_of(source), language_of(target)
    if not (language.instruction and language.purpose and other.purpose and other.instructs):
        return None
    text = marked.text
    if text.isupper() or not re.match(language.instruction, text, re.IGNORECASE):
        return None
    denial = re.match(language.denied_instruction, text, re.IGNORECASE)
    taken, put = (denial.end(), language.denied_purpose) if denial else (0, language.purpose)
    polite = re.match(language.please, text, re.IGNORECASE)
    if polite or any(span.start < taken for span in marked.spans):
        return None
    words = f"{put.capitalize()} {text[taken].lower()}{text[taken + 1 :]}"
    moved = len(words) - len(text)
    return Marked(
        words, tuple(Span(span.start + moved, span.end + moved) for span in marked.spans)
    )


def is_instruction(text: str, target: str) -> bool:
    """Whether a translation begins as an instruction that nobody takes for a statement: `Abrir la puerta`."""
    return (
        re.match(
            rf"(?:{_denial(language_of(target))})?(?:{_verb(target)})\b", text, re.IGNORECASE
        )
        is not None
    )


def as_instruction(answer: MarkedDraft, target: str) -> MarkedDraft | None:
    """Return the translation of a purpose as an instruction again; None where it is none."""
    language = language_of(target)
    text = answer.draft.text
    match = re.match(
        rf"(?P<denial>{_denial(language)})?(?P<purpose>{language.purpose}\s+)(?P<verb>{_verb(target)})\b",
        text,
        re.IGNORECASE,
    )
    if match is None:
        return None
    start, end = match.span("purpose")
    if any(span and start < span.end and span.start < end for span in answer.spans):
        return None
    rest = text[:start] + text[end:]
    spans = tuple(
        span and Span(*(at - (end - start) * (at >= end) for at in (span.start, span.end)))
        for span in answer.spans
    )
    return MarkedDraft(replace(answer.draft, text=rest[0].upper() + rest[1:]), spans)


def _denial(language: Language) -> str:
    """Return how a language says no before an infinitive, as an expression."""
    return rf"{language.denied_purpose}\s+" if language.denied_purpose else "(?!)"


def _verb(target: str) -> str:
    return language_of(target).instructs or "(?!)"
