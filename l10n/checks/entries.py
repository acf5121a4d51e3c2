"""Findings of one entry, and of one catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from l10n.catalog.comments import questions_of
from l10n.checks.reading import Pair
from l10n.checks.rule import Hit
from l10n.checks.rulebook import active_rules, severity_of
from l10n.checks.rules.address import odd_addresses
from l10n.interface import gettext as _
from l10n.model import Finding, Fix, Severity, State
from l10n.text.markup import OMIT

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry
    from l10n.checks.context import CheckContext

IGNORE = re.compile(r"^\s*l10n-ignore:\s*(.+)$")
"""A translator comment that silences rules for its entry; msgmerge keeps it."""


def check_entry(entry: Entry, context: CheckContext) -> tuple[Finding, ...]:
    """Return the findings of one entry, most severe first; the path is left to the caller."""
    if entry.state is State.UNTRANSLATED and not _is_half_done(entry):
        return ()
    return tuple(sorted(_findings(entry, context), key=lambda finding: -finding.severity.rank))


_CREDITS = frozenset({"translator-credits", "translator_credits", "translators-credits"})
"""Messages of GNOME's programs; of KDE's the context tells."""
_CREDIT_CONTEXTS = frozenset({"NAME OF TRANSLATORS", "EMAIL OF TRANSLATORS"})
_CONTEXT_IN_TEXT = re.compile(r"_: (?P<context>.*)\n")
"""How KDE wrote a context before gettext had a keyword for it."""


def _names_translators(entry: Entry) -> bool:
    """Whether an entry is translated by the names and addresses of its translators, which no rule can judge."""
    written = _CONTEXT_IN_TEXT.match(entry.msgid)
    context = entry.msgctxt if written is None else written["context"]
    return entry.msgid in _CREDITS or context in _CREDIT_CONTEXTS


_SYMBOL = re.compile(r"[A-Za-z]\w*(?:[_.:][\w-]+)+")
"""What programs of some houses use for a msgid instead of a text: `help_smtp_port`."""
_DEFAULT = re.compile(r'Default: "(?P<text>.*)"')
"""The comment in which their text stands (Zope)."""


def _text_of(entry: Entry) -> str | None:
    """Return the text that an entry translates; None where its msgid is a symbol and nobody knows the text."""
    is_symbol = _SYMBOL.fullmatch(entry.msgid) and any(" " in text for text in entry.msgstrs)
    if not is_symbol:
        return entry.msgid
    texts = (_DEFAULT.fullmatch(comment.strip()) for comment in entry.extracted)
    return next(
        (match["text"].replace('\\"', '"') for match in texts if match is not None), None
    )


def _findings(entry: Entry, context: CheckContext) -> list[Finding]:
    """Return the findings of a translated entry, those that a comment of it silences left out."""
    if _names_translators(entry):
        return []
    plural = entry.msgid_plural
    findings = [] if plural is None else [*_plural_findings(entry, context)]
    source_text = entry.msgid if context.is_article else _text_of(entry)
    if source_text is None:
        return findings
    for number, msgstr in enumerate(entry.msgstrs):
        source = plural if number and plural is not None else source_text
        if msgstr and msgstr != OMIT:
            findings += check_pair(Pair(source, msgstr, message=entry), context, entry)
    if not findings:
        return findings
    ignored = ignored_rules(entry.notes)
    return [
        finding for finding in findings if finding.rule not in ignored and "all" not in ignored
    ]


_MOST_HITS = 50
"""Hits of one rule in one text that are told; each carries the whole text mended, which grows with the square of them."""


def check_pair(
    pair: Pair, context: CheckContext, entry: Entry | None = None
) -> Iterator[Finding]:
    """Yield what the rules find in one text and its translation."""
    for rule, severity, find in active_rules(context):
        hits = list(islice(find(pair, context), _MOST_HITS + 1))
        if len(hits) > _MOST_HITS:
            message = _("the same again: no more than {n} of a kind are named in a text")
            hits[-1] = Hit(message.format(n=_MOST_HITS))
        for hit in hits:
            span, fix = _locate(hit, pair)
            yield Finding(
                rule=rule.id,
                severity=severity,
                message=hit.message,
                line=entry.line if entry else None,
                msgctxt=entry.msgctxt if entry else None,
                msgid=entry.msgid if entry else pair.source_raw,
                msgstr=pair.target_raw,
                span=span,
                fix=fix,
            )


def check_catalog(catalog: Catalog, context: CheckContext) -> tuple[Finding, ...]:
    """Return what the rules find in a catalog's entries, in the order of its lines."""
    findings: list[Finding] = []
    asked = severity_of("open-question", context)
    for entry in catalog.entries:
        if asked is not None:
            findings += _questions(entry, asked)
        state = entry.state
        # Nothing to judge; but a message with one plural form of two is wrong, not missing.
        if state is State.UNTRANSLATED and not _is_half_done(entry):
            continue
        if state is State.DRAFT and not context.drafts:
            continue
        findings += _findings(entry, context)
    findings += _odd_addresses(catalog, context)
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def _odd_addresses(catalog: Catalog, context: CheckContext) -> Iterator[Finding]:
    """Yield what `register` finds by comparing the texts of a catalog."""
    severity = severity_of("register", context)
    for entry, message in odd_addresses(catalog.entries, context) if severity else ():
        if severity and ignored_rules(entry.notes).isdisjoint({"register", "all"}):
            yield Finding(
                rule="register",
                severity=severity,
                message=message,
                line=entry.line,
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgstr=entry.msgstr,
            )


def _questions(entry: Entry, severity: Severity) -> Iterator[Finding]:
    """Yield what reviewers ask in the notes of an entry, whatever its state."""
    for question in questions_of(entry.notes):
        yield Finding(
            rule="open-question",
            severity=severity,
            message=question.strip(),
            line=entry.line,
            msgctxt=entry.msgctxt,
            msgid=entry.msgid,
        )


def _is_half_done(entry: Entry) -> bool:
    """Whether an untranslated entry has some of its plural forms."""
    return entry.msgid_plural is not None and any(entry.msgstrs)


def ignored_rules(notes: Sequence[str]) -> frozenset[str]:
    """Return the rules that `l10n-ignore: rule, rule` comments of an entry silence; `all` is every rule."""
    return frozenset(
        rule.strip()
        for note in notes
        if (match := IGNORE.match(note))
        for rule in re.split(r"[,\s]+", match[1])
        if rule
    )


def _locate(hit: Hit, pair: Pair) -> tuple[tuple[int, int] | None, Fix | None]:
    """Return a hit's place in the msgstr, and the msgstr that mends it."""
    if hit.start is None or hit.end is None:
        return None, None
    reading = pair.target_reading
    start, end = (hit.start, hit.end) if hit.raw else reading.span(hit.start, hit.end)
    if hit.replacement is None:
        return (start, end), None
    raw = pair.target_raw
    if not hit.raw and raw[start:end] != reading.text[hit.start : hit.end]:
        # Markup stands inside: replacing it would lose it.
        return (start, end), None
    return (start, end), Fix(raw[:start] + hit.replacement + raw[end:], hit.is_safe)


def _plural_findings(entry: Entry, context: CheckContext) -> Iterator[Finding]:
    severity = severity_of("plural-forms", context)
    if severity is None or entry.msgid_plural is None or all(entry.msgstrs):
        return
    yield Finding(
        rule="plural-forms",
        severity=severity,
        message=_("a plural form is empty"),
        line=entry.line,
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
    )
