"""Lines that are a block to some generator are none of their neighbours' text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from l10n.articles import not_offered, splice
from l10n.errors import ArticleError
from l10n.model import Article, Reading, Reason
from tests.marking import assert_all_marked, marked_page, read
from tests.proportion import is_in_proportion, processor_seconds


def page(source: str, dialect: str = "") -> Article:
    return read(source, "markdown", reading=Reading(dialect=dialect))


def units(source: str, dialect: str = "") -> list[str]:
    return [
        f"{block.unit.context}|{block.unit.msgid}" if block.unit.context else block.unit.msgid
        for block in page(source, dialect).blocks
    ]


@pytest.mark.parametrize("dialect", ["", "mkdocs", "hugo", "mdx"])
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Above\n::tip\nOn the quay.\n::\nbelow", ["Above", "On the quay.", "below"]),
        (
            ':::grid\n::card{title="By boat" to="/boat"}\nDaily.\n\n#side\nAt noon.\n::\n:::',
            ["attr:title|By boat", "Daily.", "At noon."],
        ),
        (
            "::hero\n---\ntitle: The quay\nlinks:\n  - label: Go\n    to: /go\nsize: xl\n---\nCome.\n::",
            ["attr:title|The quay", "attr:label|Go", "Come."],
        ),
        ("> ::wall\n> ::::door\n> ---\n> to: /x\n> ---\n> ::::\n> ::\n", []),
        # Such lines are text in what other generators have.
        (":::note\nHigh tide.\n:::\n\n#boats\n", ["High tide.", "#boats"]),
        ("::hero\nCome.\n::\n\n#boats\n", ["Come.", "#boats"]),
        (
            ':::tip\n---\n- Nets: the "old\n- Oars\n---\nRow.\n:::',
            ['Nets: the "old', "Oars", "Row."],
        ),
        ('::hero\n---\n- Nets: the "old\n\n---\nRow.\n::', ['Nets: the "old', "Row."]),
        (
            'Go :icon{name="boat"} by :badge[sea]{color="b"} or d:e',
            ["Go <x1/> by <x2>sea</x2> or d:e"],
        ),
        # Counted by letters, Roman numbers, signs: never in one line.
        ("a. Boats\nb. Nets\nc. Oars", ["Boats", "Nets", "Oars"]),
        (
            "> iv) Boats\n>     and oars\n> v) Nets\n> vi) Sails",
            ["Boats and oars", "Nets", "Sails"],
        ),
        ("#. Boats\n#. Nets\n\nText", ["Boats", "Nets", "Text"]),
        ("A. Miller owned\nboats. B. Gray", ["A. Miller owned boats. B. Gray"]),
        (
            "A. Miller wrote it, and\nB. Gray answered him.",
            ["A. Miller wrote it, and B. Gray answered him."],
        ),
        ("Read what\na. b. c.\nsay", ["Read what a. b. c. say"]),
    ],
)
def test_each_text_is_its_own(source: str, expected: list[str], dialect: str) -> None:
    article = page(source, dialect)
    assert units(source, dialect) == expected
    written = marked_page(article)
    assert_all_marked(article, written)
    assert written.replace("ж", "") == source
    assert not not_offered(article)


@pytest.mark.parametrize(
    "source", ["a. Boats\nb. Nets", "A.  Boats\nB.  Nets", "i) Boats\nii) Nets"]
)
def test_two_items_are_a_list_where_the_generator_has_such_lists(source: str) -> None:
    assert units(source, "mkdocs") == ["Boats", "Nets"]
    assert len(units(source)) == 1


def test_sentences_among_properties_that_nobody_is_offered_are_listed() -> None:
    article = page(
        "::hero\n---\ntitle: The quay\nslogan: All of the boats are new\n---\nCome.\n::\n"
    )
    assert [(text.line, text.text, text.reason) for text in not_offered(article)] == [
        (4, "slogan: All of the boats are new", Reason.KEY)
    ]
    quoted = page("> ::hero\n> ---\n> slogan: All of the boats are new\n> ---\n> Come.\n> ::\n")
    (text,) = not_offered(quoted)
    assert text.text.startswith("slogan: All of the boats are new")
    assert text.reason is Reason.UNREAD


def test_many_components_take_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        source = "::hero\n---\ntitle: The quay\n---\n#side\nCome.\n::\n\na. b\n" * times
        return processor_seconds(lambda: not_offered(page(source)))

    assert is_in_proportion(seconds, (100, 800))


def test_what_ends_a_list_lets_a_sample_be_one() -> None:
    source = "- boats\n^\n    row(boat)\n\nText\n"
    article = page(source, "jekyll")
    assert units(source, "jekyll") == ["boats", "Text"]
    assert [text.text for text in not_offered(article)] == ["row(boat)"]
    assert splice(article, {0: "barcas"}) == source.replace("boats", "barcas")


def test_properties_that_are_no_yaml_stop_the_page_with_their_line() -> None:
    with pytest.raises(ArticleError, match="properties") as error:
        page("Text\n\n::hero\n---\ntitle: [open\nsize: xl\n---\n::\n")
    assert error.value.line in (5, 6, 7)


@pytest.mark.parametrize("mark", ["1.", "-", "> 2)", "- 1."])
@pytest.mark.parametrize("dialect", ["", "mdx", "mkdocs"])
def test_the_mark_of_an_item_is_no_text(mark: str, dialect: str) -> None:
    quote = ">" * mark.startswith(">")
    source = f"{mark}\n{quote}     <Card>\n{quote}     Boats\n{quote}     </Card>\n"
    assert not [text for text in not_offered(page(source, dialect)) if text.text == mark]


TEXTS = (
    "Folder C:\\",
    'The "quay" C:\\boats\\',
    'A "quay"',
    "Tick ` and \\boats",
    "Tick `",
    "\\",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_value_of_a_shortcode_reads_as_it_was_meant(text: str) -> None:
    source = '{{< note title="Boats" >}}\n\nGo {{< i alt="A \\"net\\"" >}} on.\n'
    article = page(source, "hugo")
    words = f"x{text}"
    written = splice(article, {0: words, 2: words})
    assert [b.unit.msgid for b in page(written, "hugo").blocks if b.unit.context] == [words] * 2


def test_a_value_that_cannot_be_written_stays() -> None:
    source = '{{< note title="Boats" >}}\n'
    assert splice(page(source, "hugo"), {0: 'a \\` b "c"'}) == source


@pytest.mark.skipif(shutil.which("hugo") is None, reason="needs Hugo")
def test_hugo_reads_such_values_alike(tmp_path: Path) -> None:
    for folder in ("content", "layouts/shortcodes", "layouts/_default"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('title = "x"\n')
    (tmp_path / "layouts/_default/single.html").write_text("{{ .Content }}")
    (tmp_path / "layouts/shortcodes/n.html").write_text('{{ .Get "title" | safeHTML }}|')
    source = '{{< n title="Boats" >}}'
    values = [splice(page(source, "hugo"), {0: text}) for text in TEXTS]
    (tmp_path / "content/a.md").write_text("---\ntitle: a\n---\n" + "\n".join(values))
    subprocess.run(["hugo", "--quiet"], cwd=tmp_path, check=True)
    built = (tmp_path / "public/a/index.html").read_text().strip("<p>/\n")
    assert [value.strip() for value in built.strip("|").split("|")] == list(TEXTS)
