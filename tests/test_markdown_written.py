"""Translations written into Markdown: the author's spelling and line ends stay where the text does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.articles import parse_article, splice
from l10n.articles.options import Options
from l10n.model import Article, Reading
from tests.proportion import is_in_proportion, processor_seconds

MARK = "¤"


def article(source: str) -> Article:
    return parse_article(source, path=Path("x.md"), locale="en", format="markdown")


def marked(source: str) -> str:
    """Write the article with a mark behind the first letter of each unit."""
    page = article(source)
    return splice(page, {n: with_mark(b.unit.msgid) for n, b in enumerate(page.blocks)})


def with_mark(msgid: str) -> str:
    inside = ""
    for place, character in enumerate(msgid):
        inside = {"<": "<", ">": "", "&": "&", ";": ""}.get(character, inside)
        if not inside and character.isalpha():
            return msgid[: place + 1] + MARK + msgid[place + 1 :]
    return msgid


class TestSpelling:
    @pytest.mark.parametrize(
        "source",
        [
            "The [Production] and *.example.org text, 2 * 3",
            "A dash &mdash; and Caf&eacute; or R&amp;D &nbsp; here",
            "See snake_case and __init__.py and _vendor here",
            "Up to <2 or <= 3 and a > b & c",
            "Escaped \\[x\\] and \\*y\\* and 1\\. stay",
            "#### 1. Definitions",
            "| < 3.9 | a_b |\n|---|---|\n| \\| x | [y] |",
            "Read [the guide], [guide][] and [this][guide].\n\n[guide]: /g\n[the guide]: /t",
            "![a_b [c]](x.png) here",
            "x ~~~ y and $5, {a} and ~ 3",
            "- Merged in #16 #",
            "**1. Growth (of a town)**",
            "![The `create` action](x.png)",
        ],
    )
    def test_stays_where_the_text_does(self, source: str) -> None:
        written = marked(source)
        assert MARK in written
        assert written.replace(MARK, "") == source

    def test_new_signs_are_escaped_all_the_same(self) -> None:
        page = article("A [b] and c")
        assert splice(page, {0: "Una *b* [c](d)"}) == "Una \\*b\\* \\[c\\](d)"

    @given(
        st.lists(
            st.sampled_from(["ocho", "y", "*", "**", "_", "#", "-", "+", "["]), min_size=1
        ),
        st.sampled_from(
            ["Plain words", "![Plain words](x.png)", "## Plain words", "- Plain words"]
        ),
    )
    @settings(deadline=None)
    def test_signs_between_spaces_that_are_none_stay_bare(
        self, between: list[str], source: str
    ) -> None:
        text = " ".join(["Fondo", *between, "borde"])
        written = splice(article(source), {0: text})
        # A lone bracket would be the beginning of a text that ends with that of the image.
        bare = text.replace("[", "\\[") if source.startswith("!") else text
        assert written == source.replace("Plain words", bare)

    @pytest.mark.parametrize(
        "text", ["Un __ y _ solos", "De 3 a 5 [ y más", "Hasta ] y snake_case y a__b"]
    )
    def test_underscores_and_brackets_that_do_nothing_stay_bare(self, text: str) -> None:
        assert (
            splice(article("Plain [words](x)."), {0: f"<a1>x</a1> {text}."})
            == f"[x](x) {text}."
        )

    def test_stars_at_words_are_escaped_beside_bare_ones(self) -> None:
        page = article("![Plain words](x.png)")
        assert splice(page, {0: "A * b *c* **"}) == "![A * b \\*c\\* \\*\\*](x.png)"

    def test_a_link_of_another_name_keeps_its_address(self) -> None:
        page = article("See [guide].\n\n[guide]: /g\n[manual]: /m")
        assert splice(page, {0: "Ver <a1>manual</a1>."}).startswith("Ver [manual][guide].\n")

    def test_a_link_by_its_own_name_goes_on_over_a_line_end(self) -> None:
        source = "Read it, [the guide\nfor all][] and more\n\n[the guide for all]: /g"
        assert "[the guide for all][] and more" in " ".join(
            marked(source).replace(MARK, "").split()
        )

    @settings(deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "word",
                    "[x]",
                    "a_b",
                    "*",
                    "&mdash;",
                    "é",
                    "&amp;",
                    "<3",
                    "#",
                    "1.",
                    "\\*",
                    "`c`",
                ]
            ),
            min_size=1,
        ).map(" ".join)
    )
    def test_of_any_words(self, line: str) -> None:
        source = f"First {line} last"
        written = marked(source)
        assert written.replace(MARK, "") == source
        assert MARK in written


class TestReferenceImages:
    @pytest.mark.parametrize("image", ["![plan][map]", "![][map]", "![map][]", "![map]"])
    @pytest.mark.parametrize("around", ["See {} here.", "- See {} here.", "> See {} here."])
    def test_their_text_is_published(self, image: str, around: str) -> None:
        source = around.format(image) + "\n\n[map]: /plan.png"
        page = article(source)
        written = splice(page, {0: "Mira <img1/> aquí."})
        assert written == around.format(image).replace("See", "Mira").replace(
            "here", "aquí"
        ) + source.removeprefix(around.format(image))


TEXT = (
    "The town opened its new harbour on Monday after four years of work that cost more than anybody had "
    "planned, and the mayor said that it would pay for itself. Fishermen are less sure of it."
)


class TestLines:
    @pytest.mark.parametrize("prefix", ["", "> ", "- ", "1. ", "> - ", "[^1]: "])
    @pytest.mark.parametrize("width", [40, 60, 80])
    def test_are_as_long_as_those_of_the_source(self, prefix: str, width: int) -> None:
        further = prefix if prefix == "> " else " " * len(prefix)
        further = {"> - ": ">   ", "[^1]: ": "    "}.get(prefix, further)
        lines = fill(TEXT, width, prefix, further)
        source = ("Note[^1]\n\n" if "^" in prefix else "") + lines
        page = article(source)
        index = len(page.blocks) - 1
        longer = TEXT.replace("harbour", "harbour for ships of every size and kind")
        written = splice(page, {index: longer})
        expected = fill(longer, max(map(len, lines.split("\n"))), prefix, further)
        assert written.endswith(expected)

    @pytest.mark.parametrize("prefix", ["", "> ", "- "])
    def test_end_where_they_did_around_a_changed_word(self, prefix: str) -> None:
        source = fill(TEXT, 60, prefix, prefix if prefix == "> " else " " * len(prefix))
        uneven = source.replace(
            " after", "\n" + source.split("\n")[1][: len(prefix)] + "after", 1
        )
        changed = {0: TEXT.replace("town", "village")}
        assert splice(article(uneven), changed) == uneven.replace("town", "village")
        long = {0: TEXT.replace("town", "town that nobody thought of")}
        assert splice(article(uneven), long).count("\n") < uneven.count("\n") + 1

    def test_a_short_paragraph_of_a_wrapped_file_is_wrapped_too(self) -> None:
        source = fill(TEXT, 60, "", "") + "\n\nShort line.\n"
        written = splice(article(source), {1: TEXT})
        assert max(map(len, written.splitlines())) <= 60

    @pytest.mark.parametrize(("marks", "further"), [("", ""), ("> ", "> "), ("- ", "  ")])
    def test_a_line_in_a_tag_goes_on_behind_the_marks_of_its_block_alone(
        self, marks: str, further: str
    ) -> None:
        source = f'{marks}<em class="x">Short line.</em>\n\n' + fill(TEXT, 60, "", "") + "\n"
        lines = splice(article(source), {0: TEXT}).split("\n\n")[0].split("\n")
        assert len(lines) > 2
        assert all(re.match(rf"{further}\w", line) for line in lines[1:])

    def test_a_file_that_wraps_nothing_gets_no_line_ends(self) -> None:
        assert splice(article("One.\n\nTwo."), {0: TEXT}) == f"{TEXT}\n\nTwo."

    def test_a_line_that_its_author_did_not_part_stays_one(self) -> None:
        source = fill(TEXT, 60, "", "") + f"\n\n{TEXT}"
        assert splice(article(source), {1: TEXT + " End."}).endswith(f"\n\n{TEXT} End.")

    def test_a_sentence_a_line(self) -> None:
        source = "First one here.\nThe second, longer than that.\nAnd a third!\n"
        msgstr = "La primera aquí. La segunda, más larga. ¡Y una tercera!"
        expected = "La primera aquí.\nLa segunda, más larga.\n¡Y una tercera!\n"
        assert splice(article(source), {0: msgstr}) == expected

    @pytest.mark.parametrize(
        "short",
        [
            "Type: `string`<br />\nDefault: `process.cwd()`<br />",
            "Type: `boolean`\nDefault: `true` where it is set; `false` otherwise.\nAdded in: `v7.4.0`",
            "> Type: `boolean`\n> Default: `true`",
            "A short one.\n**Note:** this is why, and it goes on for about as long as a line is.",
        ],
    )  # fmt: skip
    def test_those_that_end_early_do_so_again(self, short: str) -> None:
        wrapped = "word and more words " * 3 + "of a line\n" + "that goes on to the margin " * 2
        source = f"{wrapped.strip()}\n\n{short}\n\n" + f"{wrapped.strip()}\n\n" * 3
        written = marked(source)
        assert short in written.replace(MARK, "")
        assert MARK in written.split("\n\n")[1]

    def test_several_sentences_on_a_line_stay_there(self) -> None:
        by_sentence = "One is here.\nTwo are there.\nThree.\n"
        source = f"{by_sentence}\n{by_sentence}\nFour. Five are on one line. Six.\n"
        assert marked(source).replace(MARK, "") == source

    def test_no_line_begins_like_something_else(self) -> None:
        lines = fill(TEXT, 40, "", "")
        words = ["- x", "1. y", "# z", "> q", "+ w", "=== v", "::: u", "| t |", "*[A]: b"]
        page = article(lines)
        for filler in range(30, 42):
            for word in words:
                msgstr = "x" * filler + " " + word.replace("<", "&lt;") + " " + TEXT
                written = splice(page, {0: msgstr})
                again = article(written).blocks
                assert [b.unit.msgid for b in again] == [msgstr]

    @pytest.mark.parametrize(("mark", "name"), [("*", "em1"), ("**", "strong1"), ("_", "em1")])
    def test_emphasis_that_began_a_line_begins_none_with_room_before(
        self, mark: str, name: str
    ) -> None:
        source = (
            f"Everybody who was there saw the\n{mark}whole{mark} of it and told of it at home."
        )
        written = splice(
            article(source), {0: f"Quien fue vio <{name}>todo</{name}> y lo contó."}
        )
        assert written == f"Quien fue vio {mark}todo{mark} y lo contó."

    def test_headings_and_line_ends_of_windows(self) -> None:
        source = fill(TEXT, 60, "", "").replace("\n", "\r\n") + "\r\n\r\n## Head\r\n"
        written = splice(article(source), {0: TEXT + " Yes.", 1: TEXT})
        assert written.endswith(f"\r\n\r\n## {TEXT}\r\n")
        assert "\n" not in written.replace("\r\n", "")


def fill(text: str, width: int, prefix: str, further: str) -> str:
    lines, line = [], prefix
    for word in text.split():
        if len(line) + 1 + len(word) > width and line.strip(" >-1.[^]:"):
            lines.append(line)
            line = further + word
        else:
            line += word if line in (prefix, further) else " " + word
    return "\n".join([*lines, line])


@pytest.mark.parametrize(
    ("lead", "line"),
    [
        ("| a | b |\n|---|---|\n", "| cell {} \\| x | other |\n"),
        ("", "Word {} and\n"),
        ("", "[Name {0}][r].\n"),
        ("[r]: /x\n\n", "See [name {0}][r] and\n"),
    ],
)
def test_writing_takes_time_in_proportion(lead: str, line: str) -> None:
    def seconds(number: int) -> float:
        page = article(lead + "".join(line.format(n) for n in range(number)))
        changed = {n: with_mark(block.unit.msgid) for n, block in enumerate(page.blocks)}
        assert MARK in splice(page, changed)
        return processor_seconds(lambda: splice(page, changed))

    assert is_in_proportion(seconds, (500, 4000))


def written_over(source: str, text: str, dialect: str = "") -> str:
    options = Options(reading=Reading(dialect=dialect))
    page = parse_article(
        source, path=Path("x.md"), locale="en", format="markdown", options=options
    )
    return splice(page, dict.fromkeys(range(len(page.blocks)), text))


class TestMarksOfPythonMarkdown:
    @pytest.mark.parametrize("text", ["a ==b c== d", "a ^^b c^^ d", "H~2~O x", "x^2^ y"])
    def test_a_translator_marks_nothing(self, text: str) -> None:
        written = written_over("Boats", text, "mkdocs")
        assert re.sub(r"&#([0-9]+);", lambda sign: chr(int(sign[1])), written) == text
        assert written != text
        assert written_over("Boats", text, "hugo") == text

    def test_marks_of_the_source_are_meant(self) -> None:
        assert written_over("==Boats== leave", "==Barcas== aquí", "mkdocs") == "==Barcas== aquí"

    def test_what_can_mark_nothing_stays(self) -> None:
        text = "a == b, ~5 km, a^b"
        assert written_over("Boats", text, "mkdocs") == text


def test_lines_end_as_the_source_ends_them() -> None:
    lines = "Boats that go by the quay at noon carry nets and oars and some of the\rpeople who mend them, on days with wind."
    written = written_over(
        f"# Boats\r\r{lines}\r", f"{lines} y otra frase que no cabe en la misma línea"
    )
    assert "\n" not in written
    assert written.count("\r") >= 5


def test_references_of_a_title_stay() -> None:
    source = '[a](b "The &ldquo;quay&rdquo; &mdash; c")\n'
    page = article(source)
    assert splice(page, {1: "El “muelle” — c"}) == source.replace("The", "El").replace(
        "quay", "muelle"
    )
