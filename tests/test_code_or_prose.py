"""Whether readers see code or prose in HTML is told by what stands there, not by the name of the element alone."""

from __future__ import annotations

import pytest

from l10n.articles import not_offered
from l10n.model import Reason
from tests.marking import assert_all_marked, marked_page, read
from tests.proportion import is_in_proportion, processor_seconds


def texts(source: str) -> tuple[list[str], dict[str, Reason]]:
    page = read(source, "html")
    written = marked_page(page)
    assert_all_marked(page, written)
    assert written.replace("ж", "") == source
    return (
        [block.unit.msgid for block in page.blocks],
        {text.text: text.reason for text in not_offered(page)},
    )


@pytest.mark.parametrize(
    ("lead", "piece"),
    [
        ("<samp>The quay is closed on Sunday", "\n"),
        ("<samp>The quay: is closed; ", " \n"),
        ("<p>It says <code>the quay is closed", "<"),
        ("<pre>The quay is closed", "\t\n"),
    ],
)
def test_telling_them_apart_takes_time_in_proportion(lead: str, piece: str) -> None:
    def seconds(size: int) -> float:
        source = f"{lead}{piece * size}</samp></code></pre> now"
        return processor_seconds(lambda: read(source, "html"))

    assert is_in_proportion(seconds, (4_000, 32_000))


@pytest.mark.parametrize("name", ["tt", "kbd", "samp"])
def test_a_sentence_in_them_is_offered(name: str) -> None:
    whole = f"<p><{name}>The quay is closed on Sunday.</{name}></p>"
    inside = f'<p>It says <{name} title="A notice">no boats leave at noon</{name}> there.</p>'
    assert texts(whole) == (["The quay is closed on Sunday."], {})
    offered, listed = texts(inside)
    assert sorted(offered) == [
        "A notice",
        f"It says <{name}1>no boats leave at noon</{name}1> there.",
    ]
    assert not listed


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("<kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>", {}),
        ("<kbd>Page Up</kbd>", {}),
        ("<tt>row(boat);</tt>", {}),
        ("<code>boat --row 3 oars</code>", {"boat --row 3 oars": Reason.CODE}),
        ("<samp>3 boats built</samp>", {"3 boats built": Reason.CODE}),
        # The desk cannot tell: the page is not whole.
        ("<code>The boats leave at noon.</code>", {"The boats leave at noon.": Reason.UNREAD}),
    ],
)
def test_code_stays_and_what_has_words_is_listed(code: str, listed: dict[str, Reason]) -> None:
    offered, reasons = texts(f"<p>Type {code} here.</p>")
    assert [text.startswith("Type <") and text.endswith("/> here.") for text in offered] == [
        True
    ]
    assert reasons == listed


def test_the_text_that_begins_a_field_is_offered_where_it_reads_as_one() -> None:
    field = '<input type="{}" value="{}">'
    assert texts(field.format("text", "Write your name here"))[0] == ["Write your name here"]
    assert texts("<input value='Look for your boat'>")[0] == ["Look for your boat"]
    for kind, value in (("text", "boat"), ("hidden", "Write your name here"), ("text", "a b")):
        assert texts(field.format(kind, value))[0] == []
