"""Plain-text articles: paragraphs, kinds, and translations in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.articles import parse_article, read_article, splice
from l10n.model import Article, Kind

DATA = Path(__file__).parent / "data" / "articles"


def article(source: str) -> Article:
    return parse_article(source, path=Path("x.txt"), locale="en", format="text")


def found(source: str) -> list[tuple[Kind, str]]:
    return [(block.unit.kind, block.unit.msgid) for block in article(source).blocks]


BODY = "The council met on Tuesday and spoke for nine hours about the plan for the river.\n"


class TestReading:
    def test_golden(self) -> None:
        blocks = read_article(DATA / "news.txt", "en").blocks
        listing = "".join(
            f"{b.unit.kind}{b.level or ''} | {b.unit.context or ''} | {b.unit.msgid!r}\n"
            for b in blocks
        )
        assert listing == (DATA / "news.txt.expected").read_text()

    def test_equal_paragraphs_are_one_unit(self) -> None:
        page = read_article(DATA / "news.txt", "en")
        assert len(page.units) == len(page.blocks) - 2

    def test_a_paragraph_wrapped_by_hand_is_one_unit(self) -> None:
        source = (
            "Title\n\nThe council met on Tuesday and spoke for nine\n"
            "hours about the plan for the river, which has\nbeen waiting for years.\n"
        )
        assert found(source)[1][1].endswith(
            "spoke for nine hours about the plan for the river, which has been waiting for years."
        )

    def test_lines_of_uneven_length_are_units_of_their_own(self) -> None:
        source = f"Title of the piece\n{BODY}Short.\n{BODY}"
        assert [msgid for _kind, msgid in found(source)] == [
            "Title of the piece",
            BODY.strip(),
            "Short.",
            BODY.strip(),
        ]

    def test_long_lines_are_paragraphs(self) -> None:
        long = " ".join(["word"] * 60)
        assert [msgid for _kind, msgid in found(f"{long} one\n{long} two\n")] == [
            f"{long} one",
            f"{long} two",
        ]

    def test_carriage_returns_and_byte_order_mark(self) -> None:
        assert found("\ufeffTitle\r\n\r\nOne.\rTwo.\r") == [
            (Kind.HEADLINE, "Title"),
            (Kind.STANDFIRST, "One."),
            (Kind.PARAGRAPH, "Two."),
        ]

    def test_markup_is_text(self) -> None:
        assert found("a <b> & &amp; c")[0][1] == "a &lt;b> &amp; &amp;amp; c"

    def test_no_break_spaces_stay(self) -> None:
        assert found("10\u00a0% of  it")[0][1] == "10\u00a0% of it"

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("What happens now", Kind.HEADING),
            ("What happens now?", Kind.QUESTION),
            ("¿Qué pasa ahora?", Kind.QUESTION),
            ("Related videos:", Kind.LABEL),
            ("Archivado en: Ciudad", Kind.LABEL),
            ("Una grúa junto al río. © Marta Gil", Kind.CAPTION),
            ("The river. (AP Photo/Ana Gil)", Kind.CAPTION),
            ("Por Ana Ruiz", Kind.AUTHOR),
            ("Noticias relacionadas", Kind.BOILERPLATE),
            ("- A thing", Kind.ITEM),
            ("3) A thing", Kind.ITEM),
            ("It rained.", Kind.PARAGRAPH),
            ("— Hola —dijo.", Kind.PARAGRAPH),
        ],
    )
    def test_kinds(self, line: str, kind: Kind) -> None:
        blocks = found(
            f"Title of the piece\n\nStandfirst here.\n\n{BODY}\n{line}\n\n{BODY}\n{BODY}"
        )
        assert kind in [k for k, msgid in blocks if msgid in line]

    def test_nested_items(self) -> None:
        levels = [block.level for block in article("- a b\n  - c d\n- e f\n").blocks]
        assert levels == [1, 2, 1]


class TestSplicing:
    def test_a_translation_takes_the_place_of_the_text(self) -> None:
        assert splice(article("Title\n\n  - One & <two>\n"), {1: "Uno &amp; &lt;dos>"}) == (
            "Title\n\n  - Uno & <dos>\n"
        )

    def test_a_wrapped_paragraph_is_wrapped_again(self) -> None:
        source = (
            "> x\n\n" + "\n".join(["The council met on Tuesday and spoke for nine"] * 3) + "\n"
        )
        spliced = splice(article(source), {1: " ".join(["palabra"] * 20)})
        lines = spliced.split("\n\n")[1].splitlines()
        assert len(lines) > 1
        assert max(map(len, lines)) <= 45
        assert " ".join(lines).split() == ["palabra"] * 20

    def test_a_wrapped_item_keeps_its_indent(self) -> None:
        source = (
            "- one two three four five six seven eight nine ten\n  eleven twelve thirteen\r\n"
        )
        spliced = splice(article(source), {0: " ".join(["siete"] * 14)})
        assert all(line.startswith("  siete") for line in spliced.splitlines()[1:])

    def test_a_passage_left_out(self) -> None:
        assert splice(article("Title\n\nOne.\n\nTwo.\n"), {1: None}) == "Title\n\nTwo.\n"
        assert splice(article("Title\n\n- a b\n- c d\n"), {1: None}) == "Title\n\n- c d\n"

    def test_untouched_and_unchanged_it_is_the_source(self) -> None:
        page = read_article(DATA / "news.txt", "en")
        assert splice(page, {}) == page.text
        assert splice(page, {i: b.unit.msgid for i, b in enumerate(page.blocks)}) == page.text

    lines = st.sampled_from(
        ["Word", "a line of text.", "- item", "  - item", "", " ", "\t", "1. x", "Label:", "¿Sí?", "a & <b>",
         "The council met on Tuesday and spoke for nine", "By Ana Ruiz", "é\u00a0%", "---", "\ufeffx"]
    )  # fmt: skip

    @given(st.lists(lines, min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
    def test_every_word_is_in_a_unit_and_goes_back(
        self, lines: list[str], newline: str
    ) -> None:
        source = newline.join([*lines, "End."])
        page = article(source)
        assert splice(page, {i: b.unit.msgid for i, b in enumerate(page.blocks)}) == source
        left = splice(page, dict.fromkeys(range(len(page.blocks)), ""))
        assert not any(character.isalpha() for character in left)
