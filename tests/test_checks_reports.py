"""Forms of a report: each valid for those who read it, none broken by what stands in a translation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.checks.outcome import Damage
from l10n.checks.reports import FORMATS, renderer
from l10n.checks.reports.text import render as render_text
from l10n.checks.rulebook import RULES
from l10n.checks.run import CatalogReport, Report
from l10n.model import Counts, Finding, Severity

ROOT = Path("/newsroom")
PO = ROOT / "locales/en/LC_MESSAGES/feria grande.po"

MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {
                    "driver": {"type": "object", "required": ["name"], "properties": {
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id"], "additionalProperties": False, "properties": {
                                "id": {"type": "string"}, "shortDescription": MESSAGE, "fullDescription": MESSAGE,
                                "help": MESSAGE,
                                "defaultConfiguration": {"type": "object", "properties": {
                                    "enabled": {"type": "boolean"}, "level": LEVEL}},
                            }}},
                    }}}},
                "invocations": {"type": "array", "items": {
                    "type": "object", "required": ["executionSuccessful"], "properties": {
                        "executionSuccessful": {"type": "boolean"}}}},
                "results": {"type": "array", "items": {
                    "type": "object", "required": ["message"], "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "level": LEVEL,
                        "message": MESSAGE,
                        "locations": {"type": "array", "items": {"type": "object", "properties": {
                            "physicalLocation": {"type": "object", "required": ["artifactLocation"], "properties": {
                                "artifactLocation": {"type": "object", "properties": {
                                    "uri": {"type": "string", "pattern": "^[A-Za-z0-9%/._~-]+$"}}},
                                "region": {"type": "object", "properties": {
                                    "startLine": {"type": "integer", "minimum": 1}}}}}}}},
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                    }}},
            }}},
    },
}  # fmt: skip
"""What of the SARIF 2.1.0 schema bears on what we write, in our own words."""

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {"lines": {"type": "object", "required": ["begin"]}},
            },
        },
    },
}


def report(*findings: Finding, damage: Damage | None = None) -> Report:
    counts = Counts(translated=9, reviewed=4, draft=1, words=120)
    catalog = CatalogReport(
        PO, "en", "locales/es/articles/feria.html", counts, findings, damage
    )
    return Report(ROOT, (catalog,), findings)


def finding(rule: str = "number", message: str = "a message", **fields: object) -> Finding:
    severity = RULES[rule].severity or Severity.WARNING
    return Finding(rule, severity, message, PO, 12, **fields)  # type: ignore[arg-type]


nasty = st.text(max_size=40) | st.sampled_from(
    ["]]>", "<a1>&\"'", "100 % ::error::", "%0A\r\n", "\x00\x1b[31m", "\ud83d"[:0], "«ñ» \u202e", "|`*_#", "\x85\u2028"]
)  # fmt: skip
found = st.builds(
    lambda rule, message, msgid, msgstr, start, length: finding(
        rule, message or "m", msgid=msgid, msgstr=msgstr,
        span=(min(start, len(msgstr)), min(start + length, len(msgstr))),
    ),
    st.sampled_from(sorted(RULES)), nasty, nasty, nasty, st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(found, max_size=4))
def test_every_form_is_valid_whatever_stands_in_a_translation(findings: list[Finding]) -> None:
    shown = report(*findings)
    jsonschema.validate(json.loads(renderer("sarif")(shown)), SARIF)
    jsonschema.validate(json.loads(renderer("gitlab")(shown)), CODE_QUALITY)
    assert len(json.loads(renderer("json")(shown))["findings"]) == len(findings)
    tree = ET.fromstring(renderer("junit")(shown).encode())
    errors = sum(one.severity is Severity.ERROR for one in findings)
    assert int(tree.get("failures", "")) == len(tree.findall(".//failure")) == errors
    assert int(tree.get("tests", "")) == len(tree.findall(".//testcase"))
    commands = renderer("github")(shown).split("\n")[:-1]
    assert len(commands) == len(findings)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    text = render_text(shown, minimum=Severity.INFO)
    assert all(char.isprintable() or char == "\n" for char in text)
    renderer("summary")(shown)


def test_fingerprints_stay_when_lines_move_and_differ_between_findings() -> None:
    one = finding(msgid="Abre a las 11.", msgstr="It opens at 12.", span=(12, 14))
    moved = replace(one, line=80)
    other = finding(msgid="Cierra a las 9.", msgstr="It closes at 8.")

    def prints(*findings: Finding) -> list[str]:
        log = json.loads(renderer("sarif")(report(*findings)))
        return [row["partialFingerprints"]["l10n/v1"] for row in log["runs"][0]["results"]]

    assert prints(one) == prints(moved)
    assert prints(one) != prints(replace(one, msgstr="It opens at 10."))
    assert len(set(prints(one, one, other))) == 3


def test_annotations_are_escaped_and_at_most_ten_of_a_kind() -> None:
    lines = renderer("github")(report(*[finding(message="50 %\nof it")] * 14)).splitlines()
    assert lines[0] == (
        "::warning file=locales/en/LC_MESSAGES/feria grande.po,line=12,title=number::50 %25%0Aof it"
    )
    assert len(lines) == 11
    assert "4 more" in lines[-1]


def test_what_is_cut_off_is_told() -> None:
    long = "word " * 30 + "the the" + " word" * 30
    shown = report(finding("doubled-word", "the stands twice", msgstr=long, span=(150, 157)))
    for name in ("text", "github", "summary"):
        (line,) = [
            one
            for one in renderer(name)(shown).splitlines()
            if "word the" in one or "<mark>" in one
        ]
        assert line.count("…") == 2, name


def test_text_marks_the_offending_words() -> None:
    text = render_text(
        report(
            finding(
                "double-space",
                "two spaces",
                msgid="Abre hoy.",
                msgstr="It opens  today.",
                span=(8, 10),
            )
        )
    )
    lines = text.splitlines()
    assert lines[0] == "locales/en/LC_MESSAGES/feria grande.po"
    assert lines[1] == "  12: warning: two spaces [double-space]"
    assert lines[2] == "      It opens  today."
    assert lines[3] == "              ^^"
    assert "\x1b" not in text
    assert "\x1b[33;1m" in render_text(report(finding()), colour=True)


def test_text_hides_notes_and_says_so() -> None:
    text = render_text(report(finding("length")))
    assert "[length]" not in text
    assert "1 not shown (--severity info shows it)" in text
    assert "[length]" in render_text(report(finding("length")), minimum=Severity.INFO)


def test_a_damaged_catalog_in_every_form() -> None:
    damaged = report(
        finding("damaged-catalog", "a bad escape"), damage=Damage("a bad escape", 12)
    )
    log = json.loads(renderer("sarif")(damaged))
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert "damaged" in renderer("text")(damaged)
    assert "damaged" in renderer("summary")(damaged)


@pytest.mark.parametrize(
    ("translated", "colour"), [(10, "#2e7d32"), (9, "#5c7a1f"), (0, "#b3261e")]
)
def test_badges(translated: int, colour: str) -> None:
    counts = Counts(translated=translated, untranslated=10 - translated)
    shown = Report(ROOT, (CatalogReport(PO, "en", None, counts),), ())
    picture = ET.fromstring(renderer("badge")(shown))
    assert picture.get("aria-label") == f"translated: {10 * translated} %"
    assert colour in renderer("badge")(shown)
    endpoint = json.loads(renderer("shields")(shown))
    assert (endpoint["schemaVersion"], endpoint["message"]) == (1, f"{10 * translated} %")


def test_nearly_everything_is_not_everything() -> None:
    counts = Counts(translated=9_999, untranslated=1)
    shown = Report(ROOT, (CatalogReport(PO, "en", None, counts),), ())
    assert "99 %" in renderer("badge")(shown)
    assert "99.9 %" in renderer("summary")(shown)


def test_an_empty_report_in_every_form() -> None:
    for name in FORMATS:
        renderer(name)(Report(ROOT, (), ()))
