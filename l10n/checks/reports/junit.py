"""JUnit XML: a suite for each file, a case for each finding that is an error."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from l10n.checks.reports.places import relative, repository
from l10n.checks.run import Report
from l10n.model import Finding, Severity
from l10n.text.visible import masked

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_NOT_XML = re.compile("[\ufffe\uffff]")
"""What XML cannot hold, the control characters aside."""


def render(report: Report) -> str:
    """Return failures for errors; warnings and notes are the output of a case that passes."""
    root = repository(report.root)
    by_path: dict[str, list[Finding]] = {
        relative(catalog.path, root): [] for catalog in report.catalogs
    }
    for finding in report.findings:
        by_path.setdefault(relative(finding.path, root), []).append(finding)
    suites = [_suite(name, findings) for name, findings in sorted(by_path.items())]
    errors = sum(finding.severity is Severity.ERROR for finding in report.findings)
    total = f'tests="{errors + len(suites)}" failures="{errors}" errors="0"'
    head = f'<testsuites name="l10n check" {total}>'
    return "\n".join([_DECLARATION, head, *suites, "</testsuites>"]) + "\n"


def _suite(name: str, findings: list[Finding]) -> str:
    failed = [finding for finding in findings if finding.severity is Severity.ERROR]
    cases = [_failure(name, finding) for finding in failed]
    cases.append(
        _rest(name, [finding for finding in findings if finding.severity is not Severity.ERROR])
    )
    count = f'tests="{len(cases)}" failures="{len(failed)}" errors="0" skipped="0" time="0"'
    return "\n".join(
        [f"  <testsuite name={_attribute(name)} {count}>", *cases, "  </testsuite>"]
    )


def _failure(name: str, finding: Finding) -> str:
    place = f"{name}:{finding.line or 1}"
    text = "\n".join(filter(None, (place, finding.msgid, finding.msgstr)))
    return (
        f'    <testcase classname={_attribute(name)} name={_attribute(f"{finding.rule}:{finding.line or 1}")} time="0">\n'
        f"      <failure type={_attribute(finding.rule)} message={_attribute(finding.message)}>{_text(text)}</failure>\n"
        "    </testcase>"
    )


def _rest(name: str, findings: list[Finding]) -> str:
    head = f'    <testcase classname={_attribute(name)} name="catalog" time="0"'
    if not findings:
        return f"{head}/>"
    lines = (
        f"{finding.line or 1}: {finding.severity}: {finding.message} [{finding.rule}]"
        for finding in findings
    )
    return (
        f"{head}>\n      <system-out>{_text(chr(10).join(lines))}</system-out>\n    </testcase>"
    )


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", masked(text)), {"##[": "##&#91;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", masked(text)), {"##[": "##&#91;"})
