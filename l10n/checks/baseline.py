"""A baseline: findings that are known and do not count, so that only new ones stop CI."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from l10n.checks.reports.places import fingerprints
from l10n.checks.run import Report
from l10n.errors import UsageError
from l10n.files import read_text, write_atomically
from l10n.foreign import load_json
from l10n.interface import gettext as _

VERSION = 2


def write_baseline(report: Report, path: Path) -> int:
    """Write the findings of a report as known, one a line and sorted, so that diffs are short; gives how many."""
    fingerprinted = sorted(
        (fingerprint, finding.rule)
        for finding, fingerprint in fingerprints(report.findings, report.root)
    )
    rows = ",\n".join(
        f"    {json.dumps(fingerprint)}: {json.dumps(rule)}"
        for fingerprint, rule in fingerprinted
    )
    text = f'{{\n  "version": {VERSION},\n  "findings": {{\n{rows}\n  }}\n}}\n'
    write_atomically(path, text.encode())
    return len(fingerprinted)


def read_baseline(path: Path) -> frozenset[str]:
    """Read the fingerprints of known findings; UsageError when the file is no baseline."""
    try:
        table = load_json(read_text(path))
        if table["version"] != VERSION:
            raise UsageError(_("a baseline of another version"), path=path, hint=_REWRITE)
        return frozenset(table["findings"])
    except OSError as error:
        raise UsageError(error.strerror or str(error), path=path, hint=_REWRITE) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(_("no baseline"), path=path, hint=_REWRITE) from error


_REWRITE = "l10n check --write-baseline FILE"


def without_known(report: Report, baseline: frozenset[str]) -> Report:
    """Return a report without the findings that a baseline knows; damage is never hidden."""
    new = tuple(
        finding
        for finding, fingerprint in fingerprints(report.findings, report.root)
        if fingerprint not in baseline or finding.rule == "damaged-catalog"
    )
    return replace(report, findings=new, hidden=report.hidden + len(report.findings) - len(new))
