"""Units of any size take time in proportion: what is ten times as long takes no hundred times as long."""

from collections import Counter
from collections.abc import Callable

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.drafting.units import translate_units
from l10n.engines.pseudo import PseudoEngine
from l10n.text import markup
from tests.proportion import is_in_proportion, processor_seconds

SHAPES: dict[str, Callable[[int], str]] = {
    "points": lambda n: "1." * (5 * n),
    "marks": lambda n: "hola " + "\u0301" * (10 * n),
    "words": lambda n: "hola amigo " * n,
    "hyphens": lambda n: "a-" * (5 * n),
    "links": lambda n: " ".join(f"<a{k}>una casa</a{k}>" for k in range(1, n + 1)),
    "images": lambda n: "hola" + "".join(f"<img{k}/>" for k in range(1, n + 1)) + "hola",
    "code": lambda n: " ".join(f"ver <code{k}/>" for k in range(1, n + 1)),
    "addresses": lambda n: "a@b.es y " * n,
    "nested": lambda n: (
        "".join(f"<b{k}>" for k in range(1, n + 1))
        + "hola"
        + "".join(f"</b{k}>" for k in range(n, 0, -1))
    ),
    "breaks": lambda n: "hola.".join(f"<br{k}/>" for k in range(1, n + 1)),
}


def draft_validly(msgid: str) -> None:
    (draft,) = translate_units([msgid], PseudoEngine(), "es", "en")
    assert not draft.text or not [
        problem for problem in markup.validate(msgid, draft.text) if problem.severity == "error"
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_drafting_takes_time_in_proportion(shape: str) -> None:
    def seconds(size: int) -> float:
        msgid = SHAPES[shape](size)
        return processor_seconds(lambda: draft_validly(msgid))

    assert is_in_proportion(seconds, (400, 4000))


def test_more_addresses_than_made_up_words_of_four_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    msgid = " y ".join(f"a{n}@b.es" for n in range(1000))
    (draft,) = translate_units([msgid], PseudoEngine(), "es", "en")
    for n in (0, 500, 999):
        assert f"a{n}@b.es" in draft.text


def test_large_unit_keeps_its_links_in_their_places() -> None:
    msgid = " ".join(f"<a{k}>casa {k}</a{k}>." for k in range(1, 1001))
    (draft,) = translate_units([msgid], PseudoEngine(), "es", "en")
    assert [token.text for token in markup.tokens(draft.text)] == [
        token.text for token in markup.tokens(msgid)
    ]
    assert "<a700>" in draft.text
    assert "runs" in draft.verdict.reasons


@pytest.mark.parametrize("mark", ["\u202e", "\u200b\u200b", "&#x202e;"])
def test_what_is_wrong_at_every_sign_is_named_some_times(mark: str) -> None:
    pair = Pair("Hola a todos", "Hello" + mark * 20_000)
    findings = list(check_pair(pair, CheckContext("en", "es")))
    by_rule = Counter(finding.rule for finding in findings)
    assert findings
    assert max(by_rule.values()) <= 51
    assert max(len(finding.message) for finding in findings) < 200
