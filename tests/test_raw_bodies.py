"""What a shortcode of Hugo gets as it is written keeps its lines: to it they may be verses, or records."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.articles import Options, parse_article, splice
from l10n.model import Article, Reading
from tests.marking import assert_all_marked, marked_page


def hugo(source: str) -> Article:
    options = Options(reading=Reading(dialect="hugo"))
    return parse_article(
        source, path=Path("x.md"), locale="en", format="markdown", options=options
    )


def msgids(source: str) -> list[str]:
    return [block.unit.msgid for block in hugo(source).blocks]


PROSE = """\
Whoever wrote this let the editor break lines at some seventy columns, as
people do in notes, so that all of it is one text and nothing about those
line ends was meant to last.
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "{{< poem >}}\nOf mills\nand rain\n{{< /poem >}}\n\nAll\nprose\n",
            ["Of mills<br1/>and rain", "All prose"],
        ),
        ("{{< poem >}}Of mills\nand rain{{< /poem >}}\n", ["<x1/>Of mills<br1/>and rain<x2/>"]),
        (
            "> {{< p >}}\n> Of **mills**\n> and\n> {{< /p >}}\n",
            ["Of <strong1>mills</strong1><br1/>and"],
        ),
        ("{{% note %}}\nOf mills\nand rain\n{{% /note %}}\n", ["Of mills and rain"]),
        # The innermost one gets it.
        (
            "{{< tabs >}}\n{{% tab %}}\nOne\ntwo\n{{% /tab %}}\n{{< t >}}\nOne\ntwo\n{{< /t >}}\n{{< /tabs >}}\n",
            ["One two", "One<br1/>two"],
        ),
        # Nothing closes it: it has no content.
        ("{{< picture >}}\n\nOne\ntwo\n", ["One two"]),
        (f"{{{{< note >}}}}\n{PROSE}{{{{< /note >}}}}\n", [" ".join(PROSE.split())]),
    ],
)
def test_lines_are_hard_where_they_are_handed_over_raw(
    source: str, expected: list[str]
) -> None:
    assert msgids(source) == expected
    page = marked_page(hugo(source))
    assert_all_marked(hugo(source), page)
    assert page.replace("ж", "") == source


def test_a_translation_has_its_lines() -> None:
    source = "- Card:\n\n  {{< card >}}\n  NAME:Ann\n  TOWN:Lake\n  {{< /card >}}\n"
    page = hugo(source)
    text = f"NAME:Ana<br1/>1. TOWN:{'Lago ' * 30}".strip()
    written = splice(page, {1: text})
    assert written == source.replace("NAME:Ann", "NAME:Ana").replace(
        "TOWN:Lake", f"1\\. TOWN:{'Lago ' * 30}".strip()
    )
