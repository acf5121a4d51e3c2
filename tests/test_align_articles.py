"""Whole articles: projection onto units, markup, catalogs, the command line, the report, the newsroom's gold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from l10n.align import (
    Alignment,
    Filling,
    align_articles,
    fill_catalog,
    leftovers,
    missing,
    project_beads,
)
from l10n.align.report import render_report
from l10n.articles import parse_article, read_article
from l10n.catalog import Catalog
from l10n.engines import load_engine, translator
from l10n.errors import UsageError
from l10n.model import Origin, State
from l10n.text.markup import OMIT

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HERE = Path(__file__).parent
LOCALES = HERE.parent / "locales"
NEWSROOM = {
    "vivienda": ("vivienda.html", "housing.html"),
    "biblioteca": ("biblioteca.html", "library.html"),
    "feria": ("feria.html", "feria.html"),
    "temporal": ("temporal.txt", "temporal.txt"),
    "faro": ("faro.txt", "lighthouse.txt"),
    "autobus": ("autobus.html", "bus-lines.html"),
}


def pages(spanish: str, english: str) -> Alignment:
    return align_articles(
        parse_article(spanish, path=Path("a.html"), locale="es", format="html"),
        parse_article(english, path=Path("b.html"), locale="en", format="html"),
    )


def entries(spanish: str, english: str) -> dict[str, str]:
    return {unit.key[1]: unit.msgstr for unit in project_beads(pages(spanish, english))}


def test_a_paragraph_gets_its_sentences_in_target_order() -> None:
    found = entries(
        "<p>La feria abre el sábado. Hay 42 puestos.</p><p>La entrada es gratis.</p>",
        "<p>The fair opens on Saturday. There are 42 stalls.</p><p>Admission is free.</p>",
    )
    assert found == {
        "La feria abre el sábado. Hay 42 puestos.": "The fair opens on Saturday. There are 42 stalls.",
        "La entrada es gratis.": "Admission is free.",
    }


def test_a_joined_paragraph_is_cut_at_the_sentence() -> None:
    found = entries(
        "<p>La feria abre el sábado 3.</p><p>La biblioteca cierra en agosto.</p>",
        "<p>The fair opens on Saturday 3. The library closes in August.</p>",
    )
    assert found["La feria abre el sábado 3."] == "The fair opens on Saturday 3."
    assert found["La biblioteca cierra en agosto."] == "The library closes in August."


def test_split_paragraphs_come_together() -> None:
    found = entries(
        "<p>La feria abre el sábado 3. La biblioteca cierra en agosto.</p>",
        "<p>The fair opens on Saturday 3.</p><p>The library closes in August.</p>",
    )
    assert list(found.values()) == [
        "The fair opens on Saturday 3. The library closes in August."
    ]


def test_one_sentence_over_two_blocks_leaves_the_second_out() -> None:
    found = entries(
        "<p>El alcalde Ruiz abrió la biblioteca de Quito en marzo</p><p>con 500 libros nuevos de historia.</p>"
        "<p>Nadie habló más.</p>",
        "<p>Mayor Ruiz opened the Quito library in March with 500 new history books.</p>"
        "<p>Nobody spoke any more.</p>",
    )
    assert found["con 500 libros nuevos de historia."] == OMIT


def test_an_added_sentence_stays_with_its_block_and_lowers_the_score() -> None:
    spanish = "<p>La feria abre el sábado 3 en Quito.</p><p>La entrada es gratis.</p>"
    plain = "<p>The fair opens on Saturday 3 in Quito.</p><p>Admission is free.</p>"
    added = plain.replace("Quito.", "Quito. Wolves rarely howl underwater, zoologists insist.")
    before = project_beads(pages(spanish, plain))[0]
    after = project_beads(pages(spanish, added))[0]
    assert after.msgstr.endswith("insist.")
    assert after.score < before.score


def test_a_block_without_source_is_left_over_and_one_without_translation_missing() -> None:
    alignment = pages(
        "<p>La feria abre el sábado 3.</p><p>Los perros ladran mucho por la noche.</p>",
        "<p>The fair opens on Saturday 3.</p><ul><li>Subscribe!</li></ul>",
    )
    assert [alignment.target.blocks[b].unit.msgid for b in leftovers(alignment)] == [
        "Subscribe!"
    ]
    assert [alignment.source.blocks[b].unit.msgid for b in missing(alignment)] == [
        "Los perros ladran mucho por la noche."
    ]


@pytest.mark.parametrize(
    ("spanish", "english", "msgstr", "noted"),
    [
        pytest.param(
            'Lea <a href="/x">esto</a> y <a href="/y">la guía</a> hoy.',
            'Read <a href="/y">the guide</a> and <a href="/x">this</a> today.',
            "Read <a2>the guide</a2> and <a1>this</a1> today.",
            False,
            id="links by address, whatever their order",
        ),
        pytest.param(
            'Lea <a href="/es/guia">la guía</a> hoy.',
            'Read <a href="/en/guia">the guide</a> today.',
            "Read <a1>the guide</a1> today.",
            False,
            id="addresses that differ by language",
        ),
        pytest.param(
            "Es <b>muy</b> grave.", "It is <strong>very</strong> serious.", "It is <b1>very</b1> serious.", False,
            id="tags that mean the same",
        ),
        pytest.param(
            'Lea <a href="/x">la guía</a> hoy.', "Read the guide today.", "Read the guide today.", True,
            id="a link the translation has not got",
        ),
        pytest.param(
            "Lea la guía hoy.", 'Read <a href="/x">the guide</a> today.', "Read the guide today.", False,
            id="a link the source has not got",
        ),
        pytest.param(
            "Pulse <code>sí</code> o <code>no</code> ahora.",
            "Press <code>no</code> or <code>sí</code> now.",
            "Press <code2/> or <code1/> now.",
            False,
            id="code by what it says",
        ),
        pytest.param(
            "Escriba <code>LIBRO</code> ahora.", "Type LIBRO now.", "Type <code1/> now.", False,
            id="code that is plain text in the translation",
        ),
        pytest.param(
            "Escriba la palabra ahora.", "Type <code>x &lt; y</code> the word now.",
            "Type x &lt; y the word now.", False,
            id="code that only the translation has",
        ),
    ],
)  # fmt: skip
def test_markup_of_the_translation_becomes_the_tokens_of_the_source(
    spanish: str, english: str, msgstr: str, *, noted: bool
) -> None:
    (unit,) = project_beads(pages(f"<p>{spanish}</p>", f"<p>{english}</p>"))
    assert unit.msgstr == msgstr
    assert bool(unit.note) == noted


def test_a_pair_cut_at_a_sentence_is_closed_again() -> None:
    found = entries(
        "<p>La feria <b>abre el sábado 3.</b></p><p>La biblioteca cierra en agosto.</p>",
        "<p>The fair <b>opens on Saturday 3. The library</b> closes in August.</p>",
    )
    # What the source does not mark so is emphasis of the translator's own.
    emphasized = "<strong>The library</strong> closes in August."
    assert found["La biblioteca cierra en agosto."] == emphasized
    for msgid, msgstr in found.items():
        assert msgstr.count("<b1>") == msgstr.count("</b1>") <= msgid.count("<b1>") + 1


def test_head_and_alternative_texts_face_their_own_kind() -> None:
    found = {
        unit.key: unit.msgstr
        for unit in project_beads(
            pages(
                "<html><head><title>La feria</title><meta name=description content='Abre hoy'></head>"
                "<body><p>Hola a todos.</p><img src=a alt='Un perro'><img src=b alt='Un gato'></body></html>",
                "<html><head><title>The fair</title><meta name=description content='Opens today'></head>"
                "<body><p>Hello everyone.</p><img src=a alt='A dog'><img src=b alt='A cat'></body></html>",
            )
        )
    }
    assert found["meta:title", "La feria"] == "The fair"
    assert found["meta:description", "Abre hoy"] == "Opens today"
    assert found["attr:alt", "Un perro"] == "A dog"
    assert found["attr:alt", "Un gato"] == "A cat"


SPANISH = (
    "<p>La feria del libro abre el sábado en la plaza.</p><p>El alcalde dijo que no hay dinero.</p>"
    "<p>Los niños de la escuela leen con sus padres.</p>"
)
ENGLISH = (
    "<p>The book fair opens on Saturday in the square.</p><p>The mayor said there is no money.</p>"
    "<p>The children of the school read with their parents.</p>"
)
FARMING = (
    "<p>Wolves were seen near the glacier at dusk.</p><p>She tuned her violin and waited.</p>"
    "<p>Stir the sauce until it thickens, then add basil.</p><p>Its engine coughed twice.</p>"
)


def test_unrelated_articles_are_recognised() -> None:
    assert pages(SPANISH, FARMING).unrelated
    assert not pages(SPANISH, ENGLISH).unrelated


def test_swapped_languages_are_refused_with_the_right_command() -> None:
    with pytest.raises(UsageError, match="swapped") as refusal:
        pages(ENGLISH, SPANISH)
    assert refusal.value.hint == "l10n align b.html a.html --from es --to en"


def test_two_texts_in_one_language_are_refused() -> None:
    with pytest.raises(UsageError, match="same language: es") as refusal:
        pages(SPANISH, SPANISH)
    assert str(refusal.value.path) == "b.html"
    with pytest.raises(UsageError, match="same language: en"):
        pages(ENGLISH, ENGLISH)


def test_a_page_half_translated_is_aligned() -> None:
    half = ENGLISH.replace(
        "<p>The book fair",
        "<p>La feria del libro se abre el sábado en la plaza y hay música.</p><p>The book fair",
    )
    assert not pages(SPANISH, half).unrelated


def test_languages_that_nothing_is_known_of_are_named() -> None:
    german = (
        "<p>Die Messe beginnt am Samstag auf dem Platz. Die Kinder lesen mit ihren Eltern.</p>"
    )
    alignment = align_articles(
        parse_article(german, path=Path("a.html"), locale="de", format="html"),
        parse_article(ENGLISH, path=Path("b.html"), locale="en", format="html"),
    )
    assert "de" in alignment.warnings[0]
    assert "en" not in alignment.warnings[0].split(":")[0].split()


def test_a_text_that_the_translation_left_as_it_was_is_no_translation() -> None:
    left = "<p>La feria del libro se abre el sábado en la plaza.</p>"
    catalog = filled(pages(left + SPANISH, left + ENGLISH), trust=0.5)
    entry = catalog.find("La feria del libro se abre el sábado en la plaza.", None)
    assert entry is not None
    assert entry.state is State.UNTRANSLATED


def filled(alignment: Alignment, trust: float | None = None) -> Catalog:
    catalog = Catalog.new(None, source="es", target="en", article="a.html")
    catalog.merge(alignment.source.units, article="a.html")
    fill_catalog(catalog, alignment, trust=trust)
    return catalog


def test_filled_entries_are_drafts_with_their_score() -> None:
    entry = filled(pages(SPANISH, ENGLISH)).entries[0]
    assert (entry.state, entry.origin) == (State.DRAFT, Origin.ALIGNED)
    assert entry.stamp is not None
    assert entry.stamp.score is not None


def test_trusted_entries_are_translated_unless_their_markup_is_broken() -> None:
    linked = SPANISH.replace("feria", '<a href="/x">feria</a>')
    states = [entry.state for entry in filled(pages(linked, ENGLISH), trust=0.0).entries]
    assert states == [State.DRAFT, State.TRANSLATED, State.TRANSLATED]


def test_what_somebody_translated_is_not_overwritten() -> None:
    alignment = pages(SPANISH, ENGLISH)
    catalog = filled(alignment)
    catalog.entries[0].translate("Mine.")
    assert fill_catalog(catalog, alignment) == Filling()
    assert catalog.entries[0].msgstr == "Mine."


def test_untouched_drafts_of_the_machine_give_way_and_edited_ones_do_not() -> None:
    alignment = pages(SPANISH, ENGLISH)
    expected = [entry.render() for entry in filled(alignment).entries]
    catalog = Catalog.new(None, source="es", target="en", article="a.html")
    catalog.merge(alignment.source.units, article="a.html")
    machine, memory, edited = catalog.entries
    machine.fill("by an engine", origin=Origin.MT, mt="pseudo:1")
    memory.fill("by the memory", origin=Origin.TM, tm="87")
    edited.fill("by an engine", origin=Origin.MT, mt="pseudo:1")
    edited.save_draft("by a person")
    assert fill_catalog(catalog, alignment) == Filling(filled=2, displaced=2)
    assert [entry.render() for entry in (machine, memory)] == expected[:2]
    assert edited.msgstr == "by a person"


MOVED = """
<h1>La feria vuelve a la plaza</h1><p>La feria abre el 12 de mayo con 140 casetas.</p>
<h2>El programa</h2><p>El escritor Antonio Muñoz inaugura la feria con una charla sobre la memoria.</p>
<p>Los niños tendrán un taller de cuentos cada mañana.</p>
<h2>Cómo llegar</h2><p>La línea 3 del metro llega hasta la plaza.</p>
<p>También hay 200 plazas de aparcamiento para bicicletas.</p>"""
MOVED_ENGLISH = """
<h1>The fair returns to the square</h1><p>The fair opens on 12 May with 140 stalls.</p>
<h2>Getting there</h2><p>Metro line 3 reaches the square.</p>
<p>There are also 200 parking spaces for bicycles.</p>
<h2>The programme</h2><p>The writer Antonio Muñoz opens the fair with a talk about memory.</p>
<p>Children will have a storytelling workshop every morning.</p>"""


def test_a_title_goes_with_what_it_stands_over() -> None:
    found = entries(MOVED, MOVED_ENGLISH)
    assert found["Cómo llegar"] == "Getting there"
    assert found["El programa"] == "The programme"


def test_the_report_points_to_where_a_moved_block_stands() -> None:
    page = render_report(pages(MOVED, MOVED_ENGLISH))
    assert re.findall(r"[↑↓] [a-z ]+", page) == [
        *["↓ stands elsewhere in the source"] * 3,
        *["↑ moved in the translation"] * 3,
    ]


FACTS = """<h1>La feria abre el 24 de septiembre</h1>
<p>La alcaldesa Marta Ruiz recibe a 3.200 visitantes en la plaza.</p>
<p>Los vecinos piden más aparcamiento.</p>"""
FACTS_ENGLISH = """<h1>The fair opens on September 25</h1>
<p>Mayor Laura Ruiz welcomes 3,200 visitors in the square.</p>
<p>Residents ask for more parking.</p>"""


def test_the_report_marks_facts_that_differ_however_sure_a_pair_is() -> None:
    page = render_report(pages(FACTS, FACTS_ENGLISH))
    assert re.findall("<mark>([^<]+)", page) == ["24", "25", "Marta Ruiz", "Mayor Laura Ruiz"]
    assert re.findall(r'<tr id="\w+" class="(\w+)', page) == ["differs", "differs", "good"]


def test_the_report_can_be_cut_down_to_what_its_counts_say() -> None:
    page = render_report(pages(FACTS, FACTS_ENGLISH))
    filters = dict(re.findall(r'id="show-(\w+)"[^>]*> ([^<]+)', page))
    assert filters == {
        "all": "3 pairs",
        "rest": "2 to look at",
        "differs": "2 with another number or name",
    }
    for band in ("differs", "poor", "moved", "lone"):
        assert f"#show-{band}:checked) tbody tr:not(.{band})" in page


def test_the_report_holds_both_texts_and_runs_nothing_foreign() -> None:
    page = render_report(pages(SPANISH.replace("plaza", "plaza &lt;script&gt;x"), ENGLISH))
    assert "default-src 'none'" in page
    assert "&lt;script&gt;x" in page
    assert page.count("<script>") == 1
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_command_fills_a_catalog_without_a_project(l10n: Run, tmp_path: Path) -> None:
    write(tmp_path, a_html=SPANISH, b_html=ENGLISH)
    done = l10n(
        "align", "a.html", "b.html", "-o", "c.po", "--engine", "none", "--report", "r.html"
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert Catalog.load(tmp_path / "c.po").counts().draft == 3
    assert "The mayor said" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_command_prints_beads_of_lines(l10n: Run, tmp_path: Path) -> None:
    write(tmp_path, a_txt="La casa roja.\n\nEl 7 de mayo.\n", b_txt="The red house.\nMay 7.\n")
    arguments = (
        "align",
        "--lines",
        "a.txt",
        "b.txt",
        "--from",
        "es",
        "--to",
        "en",
        "--engine",
        "none",
    )
    done = l10n(*arguments, "--format", "beads")
    assert re.fullmatch(
        r"\[0\]:\[0\]:0\.\d\d\n\[1\]:\[\]:0\n\[2\]:\[1\]:0\.\d\d\n", done.stdout
    )
    write(tmp_path, gold_txt="[0]:[0]\n[1]:[]\n[2]:[1]\n")
    done = l10n(*arguments, "--evaluate", "gold.txt")
    assert "1.0000" in done.stdout


def test_command_says_when_there_is_nothing_to_align(l10n: Run, tmp_path: Path) -> None:
    write(tmp_path, a_html=SPANISH, b_html=FARMING)
    done = l10n("align", "a.html", "b.html", "-o", "c.po", "--engine", "none")
    assert done.returncode == 1
    assert "do not seem to translate each other" in done.stderr
    assert not (tmp_path / "c.po").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.html", "missing.html"), "missing.html"),
        (("a.html", "folder"), "a folder can only be aligned with a folder"),
        (("a.html", "bytes.html"), "bytes.html"),
        (("a.html", "b.html", "--evaluate", "nogold"), "nogold"),
        (("a.html", "b.html", "--engine", "nosuch"), "nosuch"),
        (("a.html", "b.html", "--from", "xx-yy-zz-1"), "xx-yy-zz-1"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    l10n: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    write(tmp_path, a_html=SPANISH, b_html=ENGLISH)
    (tmp_path / "bytes.html").write_bytes(b"<p>\xff\xfe\x00</p>")
    (tmp_path / "folder").mkdir()
    done = l10n("align", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_folders_are_aligned_pair_by_pair(l10n: Run, tmp_path: Path) -> None:
    for folder, text in (("es", SPANISH), ("en", ENGLISH)):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, a_html=text, b_html=text)
    (tmp_path / "es" / "only.html").write_text(SPANISH, encoding="utf-8")
    done = l10n("align", "es", "en", "-o", "out", "--engine", "none", "--report", "pages")
    assert done.returncode == 0
    assert "only.html: no counterpart" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.po", "b.po"]
    pages = {path.name for path in (tmp_path / "pages").iterdir()}
    assert len(pages) == 3
    assert "l10n.html" in pages


def test_command_aligns_what_the_project_has(l10n: Run, newsroom: Path) -> None:
    done = l10n("align", "--engine", "none", "--trust", "0.5", cwd=newsroom)
    assert done.returncode == 0
    assert "feria" in done.stdout
    counts = Catalog.load(newsroom / "locales/en/LC_MESSAGES/feria.po").counts()
    assert counts.translated + counts.draft == counts.total


def test_json_holds_beads_and_units(l10n: Run, tmp_path: Path) -> None:
    write(tmp_path, a_html=SPANISH, b_html=ENGLISH)
    done = l10n("align", "a.html", "b.html", "--format", "json", "--engine", "none")
    found = json.loads(done.stdout)
    assert [bead["source"] for bead in found["beads"]] == [[0], [1], [2]]
    assert found["units"][1]["msgstr"] == "The mayor said there is no money."


def newsroom_alignments(translate: object) -> tuple[int, list[str], list[str]]:
    """How many gold pairs there are, those missed, and pairs that are not gold."""
    total, missed, wrong = 0, [], []
    for slug, (spanish, english) in NEWSROOM.items():
        alignment = align_articles(
            read_article(LOCALES / "es" / "articles" / spanish, "es"),
            read_article(LOCALES / "en" / "articles" / english, "en"),
            translate=translate,  # type: ignore[arg-type]
        )
        text = (HERE / "data" / "align" / "newsroom" / f"{slug}.tsv").read_text(
            encoding="utf-8"
        )
        gold = set(text.splitlines()[1:])
        sides = (alignment.source_segments, alignment.target_segments)
        found = {
            "\t".join(
                " || ".join(segments[i].text.strip() for i in part)
                for segments, part in zip(sides, (bead.source, bead.target), strict=True)
            )
            for bead in alignment.beads
            if bead.source and bead.target
        }
        total += len(gold)
        missed += sorted(gold - found)
        wrong += sorted(found - gold)
    return total, missed, wrong


def test_the_newsroom_aligns_without_an_engine() -> None:
    total, missed, wrong = newsroom_alignments(None)
    assert len(missed) <= 0.01 * total
    assert len(wrong) <= 0.015 * total


@pytest.mark.skipif(shutil.which("apertium") is None, reason="needs Apertium")
def test_the_newsroom_aligns_with_apertium() -> None:
    total, missed, wrong = newsroom_alignments(translator(load_engine("apertium")))
    assert total > 350
    assert missed == []
    # Two different "related articles" that stand at the same place are paired.
    assert [line.partition("\t")[0] for line in wrong] in (
        [],
        ["La panadería que abre cuando todos duermen"],
    )


def test_an_engine_that_answers_nothing_does_no_harm() -> None:
    def silent(texts: Sequence[str], _source: str, _target: str) -> list[str]:
        return [""] * len(texts)

    article = parse_article(SPANISH, path=Path("a.html"), locale="es", format="html")
    other = parse_article(ENGLISH, path=Path("b.html"), locale="en", format="html")
    assert (
        align_articles(article, other, translate=silent).beads
        == align_articles(article, other).beads
    )
