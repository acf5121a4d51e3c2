from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.paste import PasteParser

START, END = "\x1b[200~", "\x1b[201~"


def read(parser: PasteParser, *chunks: str) -> list[str]:
    """Give pastes as their text, keys as their names in angle brackets."""
    return [
        event.text if isinstance(event, events.Paste) else f"<{event.key}>"
        for chunk in chunks
        for event in parser.feed(chunk)
        if isinstance(event, events.Paste | events.Key)
    ]


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("plain\nlines", "plain\nlines"),
        ("\x1b[1;31merror:\x1b[0m a, x and q", "error: a, x and q"),
        ("\x1b]8;;https://a.es/\x1b\\link\x1b]8;;\x07 on", "link on"),
        ("\x1b[<0;3;4Mclick \x1b[A up \x1bOP F1", "click  up OP F1"),
        ("\x1b", ""),
        ("ends with \x1b[", "ends with ["),
        ("\x1b\x1b\x1b[31mred", "red"),
        (f"{START}again", "again"),
    ],
)
def test_a_paste_is_its_text_whatever_is_in_it(pasted: str, text: str) -> None:
    parser = PasteParser()
    assert read(parser, f"a{START}{pasted}{END}b\x1b[A") == ["<a>", text, "<b>", "<up>"]


CODE = st.sampled_from(
    ["\x1b[31m", "\x1b[0m", "\x1b", "[", "A", "á", "\n", "200~", "\x1b[1;5A"]
)


@given(st.lists(CODE, max_size=12).map("".join), st.lists(st.integers(0, 60), max_size=6))
def test_where_the_terminal_breaks_a_paste_does_not_matter(
    pasted: str, breaks: list[int]
) -> None:
    sent = f"x{START}{pasted}{END}y"
    places = [0, *sorted(place for place in breaks if place < len(sent)), len(sent)]
    chunks = [sent[a:b] for a, b in pairwise(places) if a < b]
    whole = read(PasteParser(), sent)
    assert read(PasteParser(), *chunks) == whole
    assert whole[0] == "<x>"
    assert whole[-1] == "<y>"
    assert len(whole) == 2 + bool(whole[1:-1])


def test_a_key_with_alt_stays_one_whatever_follows_it() -> None:
    assert read(PasteParser(), "\x1bia\x1bi b\x1bb\x1br") == [
        "<alt+i>", "<a>", "<alt+i>", "<space>", "<b>", "<ctrl+left>", "<alt+r>",
    ]  # fmt: skip
