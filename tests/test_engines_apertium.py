"""Apertium for real: one batch, an open pipeline, spans, and words it does not know."""

from __future__ import annotations

import shutil
import time

import pytest

from l10n.drafting.units import translate_units
from l10n.engines import Marked, Span, load_engine, pick_engine, translator
from l10n.engines.apertium import ApertiumEngine
from l10n.errors import EngineError
from l10n.glossary import Glossary
from l10n.glossary.terms import Term
from l10n.text import markup
from l10n.text.abbreviations import Spelling, abbreviations_in

pytestmark = pytest.mark.skipif(
    not shutil.which("apertium-wblank-mode"), reason="Apertium is not installed"
)

HARD = [
    "The mayor opened the new library on Monday & left.",
    'He said "no" [sic] {count} <b>x</b> a/b c@d $5 ^2 \\ 3.5%.',
    "Read more",
    "",
    "Is it 5 * 3 = 15?",
    "A line\nbreak, a tab\tand  two spaces.",
]


@pytest.fixture(scope="module")
def engine() -> ApertiumEngine:
    return ApertiumEngine()


def test_both_directions(engine: ApertiumEngine) -> None:
    assert engine.pairs() >= {("en", "es"), ("es", "en")}
    (draft,) = engine.translate(["The old bridge is closed."], "en", "es")
    assert draft.text == "El puente viejo está cerrado."
    (draft,) = engine.translate(["El puente viejo está cerrado."], "es-MX", "en")
    assert draft.text == "The old bridge is closed."


def test_batch_and_pipeline_agree(engine: ApertiumEngine) -> None:
    single = [engine.translate([text], "en", "es")[0] for text in HARD]
    batch = engine.translate(HARD * 5, "en", "es")
    assert batch == single * 5


def test_reserved_characters_come_back(engine: ApertiumEngine) -> None:
    (draft,) = engine.translate([r"It is [here] {there} ^up^ $5 \ 3/4 a@b."], "en", "es")
    for piece in ("[", "]", "{", "}", "^", "$5", "\\", "3/4", "@"):
        assert piece in draft.text


def test_unknown_words_are_notes_not_marks(engine: ApertiumEngine) -> None:
    (draft,) = engine.translate(["The xylophonist blorped loudly."], "en", "es")
    assert draft.notes == ("unknown:xylophonist", "unknown:blorped")
    assert "*" not in draft.text


def test_marks_of_the_text_itself_stay(engine: ApertiumEngine) -> None:
    (draft,) = engine.translate(["Note *blorp and 5 * 3 = 15."], "en", "es")
    assert "5 * 3 = 15" in draft.text


@pytest.mark.parametrize(
    ("pair", "text", "draft"),
    [
        (("es", "en"), "Son ~7 horas.", "~7 hours"),
        (("es", "en"), "*Sin postre.", "*Without"),
        (("es", "en"), "La casa #3 es grande.", "#3"),
        (("en", "es"), "The price* has no tax.", "*"),
        (("es", "en"), "Los EE. UU. votan hoy.", "U.S. vote"),
        (("es", "en"), "Cierra a las 7 p. m. y abre a las 9 a. m.", "7 p. m. and"),
    ],
)
def test_what_the_programs_would_drop_stays(
    engine: ApertiumEngine, pair: tuple[str, str], text: str, draft: str
) -> None:
    (answer,) = engine.translate([text], *pair)
    assert draft in answer.text
    assert answer.notes == ()


def test_spans_follow_their_words(engine: ApertiumEngine) -> None:
    text = "The red big car saw the new library on Monday."
    spans = tuple(
        Span(text.index(words), text.index(words) + len(words))
        for words in ("new library", "red big", "Monday")
    )
    (answer,) = engine.translate_marked([Marked(text, spans)], "en", "es")
    found = [answer.draft.text[span.start : span.end] for span in answer.spans if span]
    assert found[0] == "biblioteca nueva"
    assert "lunes" in found[2]


def test_open_pipeline_is_quick(engine: ApertiumEngine) -> None:
    engine.translate(["Warm up."], "en", "es")
    start = time.perf_counter()
    for _ in range(20):
        engine.translate(["The council approved the budget on Thursday."], "en", "es")
    # 3 ms where nothing else runs; the issue asks for 30.
    assert (time.perf_counter() - start) / 20 < 0.1


def test_pipeline_that_died_is_started_again(engine: ApertiumEngine) -> None:
    engine.translate(["One."], "en", "es")
    engine.close()
    (draft,) = engine.translate(["The old bridge."], "en", "es")
    assert draft.text == "El puente viejo."


def test_missing_pair_and_missing_program_are_told(
    engine: ApertiumEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EngineError, match="no data for en to fr"):
        engine.translate(["Hello."], "en", "fr")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EngineError, match="not installed"):
        ApertiumEngine().pairs()
    told: list[str] = []
    assert (
        pick_engine(["apertium"], "en", "es", on_skip=lambda name, _e: told.append(name))
        is None
    )
    assert told == ["apertium"]


def test_version_is_stable_and_names_the_mode(engine: ApertiumEngine) -> None:
    assert engine.version("en", "es") == ApertiumEngine().version("en", "es")
    assert engine.version("en", "es").startswith("eng-spa-")


def test_aligner_gets_a_plain_function() -> None:
    translate = translator(load_engine("apertium"))
    assert translate(["El puente viejo.", ""], "es", "en") == ["The old bridge.", ""]


@pytest.mark.parametrize(
    "msgid", ["<b1>The United Nations</b1> met.", "The <i1>United</i1> Nations met."]
)
def test_markup_breaks_no_phrase(engine: ApertiumEngine, msgid: str) -> None:
    (draft,) = translate_units([msgid], engine, "en", "es")
    assert markup.plain(draft.text).startswith("Las Naciones Unidas")
    assert not markup.validate(msgid, draft.text)


@pytest.mark.parametrize(
    ("msgid", "words"),
    [
        ("The lower-level tools are here.", "nivel"),
        ("It is a <b1>higher-level</b1> way of working.", "nivel"),
    ],
)
def test_no_words_are_melted_together(engine: ApertiumEngine, msgid: str, words: str) -> None:
    (draft,) = translate_units([msgid], engine, "en", "es")
    assert words in markup.plain(draft.text).replace(".", "").split()


@pytest.mark.parametrize(
    ("text", "pair", "words"),
    [
        ("Vea la pág. 12 y el art. 4 del cap. 2.", ("es", "en"), "page 12 and the article 4"),
        ("Lleve fruta, p. ej. una manzana.", ("es", "en"), "for example an apple"),
        ("See p. 12 and fig. 3 of vol. 2.", ("en", "es"), "página 12 y fig. 3 de volumen 2"),
    ],
)
def test_abbreviations_are_written_out(
    engine: ApertiumEngine, text: str, pair: tuple[str, str], words: str
) -> None:
    assert words in engine.translate([text], *pair)[0].text


def test_what_is_a_word_before_no_number_stays_one() -> None:
    assert abbreviations_in("She said no. Ten people left at 3 p.m. See p. 4.", "en") == [
        Spelling(43, 45, "page")
    ]
    assert abbreviations_in("Dijo: «PÁG. 3».", "es") == []


def test_spans_go_along_with_what_is_written_out(engine: ApertiumEngine) -> None:
    text = "Vea la pág. 12 y el libro rojo."
    spans = (
        Span(text.index("pág"), text.index(" y")),
        Span(text.index("libro"), len(text) - 1),
    )
    (answer,) = engine.translate_marked([Marked(text, spans)], "es", "en")
    marked = [answer.draft.text[span.start : span.end] for span in answer.spans if span]
    assert marked == ["page 12", "red book"]


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("Check the pressure before each trip.", "Comprobar la presión antes de cada viaje."),
        ("Book a table for two.", "Reservar una mesa para dos."),
        ("Do not touch the glass.", "No tocar el vaso."),
        ("Cover the pan.", "Cubrir la cacerola."),
        # It was an instruction already, it is none, or nothing else can be made of it.
        ("Keep the receipt.", "Mantener el recibo."),
        ("Half the town came.", "A medias la ciudad vino."),
    ],
)
def test_instructions_are_neither_statements_nor_nouns(
    engine: ApertiumEngine, text: str, draft: str
) -> None:
    assert engine.translate([text], "en", "es")[0].text == draft


def test_spans_of_an_instruction_stay_with_their_words(engine: ApertiumEngine) -> None:
    text = "Check the old pressure now."
    spans = (Span(0, 5), Span(text.index("old"), text.index(" now")))
    (answer,) = engine.translate_marked([Marked(text, spans)], "en", "es")
    assert answer.draft.text.startswith("Comprobar la ")
    marked = [answer.draft.text[span.start : span.end] for span in answer.spans if span]
    assert marked[0] == "Comprobar"
    assert set(marked[1].split()) == {"presión", "vieja"}


@pytest.mark.parametrize(
    ("text", "pair", "draft"),
    [
        (
            "Will Turner will open the market on Friday.",
            ("en", "es"),
            "Will Turner abrirá la lonja el viernes.",
        ),
        (
            "Ask <b1>Will Turner</b1> before Friday.",
            ("en", "es"),
            "Pide <b1>Will Turner</b1> antes de que viernes.",
        ),
        ("Ana Campos y Luis Prado cantaron.", ("es", "en"), "Ana Campos and Luis Prado sang."),
        ("Juan Mora", ("es", "en"), "Juan Mora"),
        (
            "Autores: Juan Mora, Rosa Blanco y Ángel Guerra",
            ("es", "en"),
            "Authors: Juan Mora, Rosa Blanco and Ángel Guerra",
        ),
        # With its number, which the made-up word must not cost.
        (
            "Rosa Calle vendió 1.200 libros.",
            ("es", "en"),
            "Rosa Calle sold 1,200 books.",
        ),
        # A title, or a frequent family name, tells it as well as a given name does.
        ("La señora Delgado llegó tarde.", ("es", "en"), "Mrs Delgado arrived late."),
        ("Don Justo Bueno canta.", ("es", "en"), "Don Justo Bueno sings."),
        (
            "El barco de Pedro Castillo es rojo.",
            ("es", "en"),
            "The ship of Pedro Castillo is red.",
        ),
        ("We saw May Johnson.", ("en", "es"), "Vimos May Johnson."),
        (
            "Charity Banks, the baker, sings.",
            ("en", "es"),
            "Charity Banks, el panadero, canta.",
        ),
        # Behind an article it is a place, and a question begins with its verb.
        ("The Rose Garden is closed.", ("en", "es"), "El Jardín de Rosa está cerrado."),
    ],
)
def test_persons_keep_their_names(
    engine: ApertiumEngine, text: str, pair: tuple[str, str], draft: str
) -> None:
    (answer,) = translate_units([text], engine, *pair)
    assert answer.text == draft
    assert not [reason for reason in answer.verdict.reasons if reason.startswith("name:")]


def test_words_with_capitals_that_were_translated_are_a_reason(engine: ApertiumEngine) -> None:
    sentences = [
        "They invited Chase Meadow to the party.",
        "The train from Reading was late.",
        "They closed the Town Hall on Friday.",
        "He came from Poland in March.",
    ]
    person, town, *usual = translate_units(sentences, engine, "en", "es")
    assert "Chase Meadow" in person.text
    assert "renamed:Reading" in town.verdict.reasons
    for draft in usual:
        assert not [reason for reason in draft.verdict.reasons if "renamed" in reason]


@pytest.mark.parametrize(
    ("text", "pair", "draft"),
    [
        ("Art. 7 of the law was clear.", ("en", "es"), "Artículo 7 de la ley era clara."),
        ("The shop is at No. 9.", ("en", "es"), "La tienda es en número 9."),
        ("Fig. 6. Plano del puerto", ("es", "en"), "Fig. 6. Plan of the port"),
    ],
)
def test_abbreviations_before_numbers_are_no_words_of_their_own(
    engine: ApertiumEngine, text: str, pair: tuple[str, str], draft: str
) -> None:
    assert translate_units([text], engine, *pair)[0].text == draft


def test_orders_to_keys_and_to_tu_are_orders(engine: ApertiumEngine) -> None:
    (keys,) = translate_units(["Press Ctrl+S to close the window."], engine, "en", "es")
    assert keys.text == "Pulsar Ctrl+S para cerrar la ventana."
    orders = {
        "Abre la puerta y espera tu turno.": "Open the door and ",
        "Escribe tu nombre aquí.": "Write your name",
        "No uses agua caliente.": "Do not use hot water.",
        # Who arrives is told.
        "Llega el tren y espera tu turno.": "It arrives",
        "No usas agua caliente.": "You do not use hot water.",
        "Abre la puerta y sale.": "It opens",
    }
    for source, draft in zip(
        orders, translate_units([*orders], engine, "es", "en"), strict=True
    ):
        assert draft.text.startswith(orders[source]), draft.text


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("Press Shift.", "Pulsar Mayús."),
        ("Press F5.", "Pulsar F5."),
        ("The night shift starts at ten.", "Los inicios de turno de la noche en diez."),
        ("He wrote a Will.", "Escribió un testamento."),
    ],
)
def test_a_term_that_is_a_name_goes_through_the_engine_unread(
    engine: ApertiumEngine, text: str, draft: str
) -> None:
    terms = [Term("en", "Shift", "es", "Mayús"), Term("en", "Will", "es", "testamento")]
    assert (
        translate_units([text], engine, "en", "es", glossary=Glossary(terms))[0].text == draft
    )


def test_hosts_and_names_of_files_stay_whole(engine: ApertiumEngine) -> None:
    kept = ("community.example.org", "example.org/help", "data/list.txt", "settings.json")
    (draft,) = translate_units([f"Look at {' and '.join(kept)} first."], engine, "en", "es")
    assert [name for name in kept if name not in draft.text] == []
