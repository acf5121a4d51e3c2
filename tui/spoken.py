"""What the line-by-line reviewer says of a unit: everything the screen shows of it, in the order one listens."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.interface import gettext as _
from l10n.model import Finding
from l10n.review.session import Session
from tui.names import (
    SEVERITY_NAMES,
    STATE_NAMES,
    describe_kind,
    describe_origin,
    describe_remark,
)


def unit_lines(session: Session) -> Iterator[str]:
    """Yield where one is, what others say of the unit, its source, its translation and what is wrong with that."""
    entry = session.entry
    yield ""
    place = _("Unit {number} of {total}, {state}").format(
        number=session.position + 1,
        total=len(session.entries),
        state=_(STATE_NAMES[entry.state]),
    )
    fields = dict(entry.stamp.fields) if entry.stamp else {}
    origin = describe_origin(entry.origin, fields)
    yield ", ".join(part for part in (place, origin, describe_kind(entry.extracted)) if part)
    for line in entry.notes:
        yield f"# {line}"
    for line in session.remarks:
        if not line.startswith("kind: "):  # said with the place
            yield f"# {describe_remark(line)}"
    yield _("Source: {text}").format(text=entry.msgid)
    for form in range(len(entry.msgstrs)):
        text = session.text_of(entry, form)
        yield _("Translation: {text}").format(text=text or _("no translation yet"))
        for finding in session.findings(form=form):
            yield finding_line(finding)


def finding_line(finding: Finding) -> str:
    """Return a finding as one says it."""
    return f"{_(SEVERITY_NAMES[finding.severity])}: {finding.message}"
