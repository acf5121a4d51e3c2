"""Markup through machine translation: always well-formed, on the right words where they are known."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.drafting.polish import repairs
from l10n.drafting.units import translate_units
from l10n.engines import Engine, Pair, load_engine
from l10n.engines.answers import repeats
from l10n.model import Band, Draft
from l10n.text import markup
from l10n.text.edits import apply
from l10n.text.markup import Severity

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""These tests measure no time: a busy machine must not fail them."""

MODELS = Path(__file__).parent / "models"


@pytest.fixture
def argos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    for archive in MODELS.glob("*.argosmodel"):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(tmp_path / "packages")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    return load_engine("argos")


class Scripted:
    """An engine that answers with what a function makes of each text."""

    name = "scripted"

    def __init__(self, answer) -> None:  # noqa: ANN001 - any function over texts
        self._answer = answer
        self.asked: list[str] = []

    def pairs(self) -> frozenset[Pair]:
        return frozenset({("en", "es"), ("es", "en")})

    def version(self, _source: str, _target: str) -> str:
        return "1"

    def translate(self, texts: Sequence[str], _source: str, _target: str) -> list[Draft]:
        self.asked += texts
        return [Draft(self._answer(text)) for text in texts]


def draft(engine: Engine, msgid: str, source: str = "en", target: str = "es") -> str:
    (answer,) = translate_units([msgid], engine, source, target)
    return answer.text


class TestTheRightWords:
    """Where the right words are known: the tiny model knows its phrases inside of its sentences."""

    CASES = (
        (
            "The <a1>new library</a1> will open <strong1>in March</strong1>.",
            "La <a1>nueva biblioteca</a1> abrirá <strong1>en marzo</strong1>.",
        ),
        (
            "<b1>The office is closed on <a1>public holidays</a1>.</b1> You can also book <i1>by phone</i1>.",
            "<b1>La oficina cierra los <a1>días festivos</a1>.</b1> También puede reservar <i1>por teléfono</i1>.",
        ),
        (
            "The <em1>orchestra</em1> plays <a1>in the square</a1> tonight.",
            "La <em1>orquesta</em1> toca esta noche <a1>en la plaza</a1>.",
        ),
        (
            "The deadline ends on <time1>15 June</time1>.",
            "El plazo termina el <time1>15 de junio</time1>.",
        ),
        ("<a1>Related articles</a1>", "<a1>Artículos relacionados</a1>"),
        (
            "<em1>Where can I leave <b1>old clothes</b1>?</em1>",
            "<em1>¿Dónde puedo dejar <b1>ropa usada</b1>?</em1>",
        ),
        (
            "The mill still grinds wheat.<br1/><i1>The council approved the budget</i1> on Thursday.",
            "El molino sigue moliendo trigo.<br1/><i1>El pleno aprobó el presupuesto</i1> el jueves.",
        ),
        (
            "<img1/> The mountain road is open again. <a1>The mill still grinds wheat.</a1>",
            "<img1/> La carretera de montaña vuelve a estar abierta. <a1>El molino sigue moliendo trigo.</a1>",
        ),
    )

    @pytest.mark.parametrize(("msgid", "msgstr"), CASES)
    def test_spans_are_found(self, argos: Engine, msgid: str, msgstr: str) -> None:
        assert draft(argos, msgid) == msgstr

    def test_the_other_direction(self, argos: Engine) -> None:
        msgid = "La <em1>orquesta</em1> toca esta noche <a1>en la plaza</a1>."
        assert draft(argos, msgid, "es", "en") == (
            "The <em1>orchestra</em1> plays <a1>in the square</a1> tonight."
        )


@pytest.mark.skipif(not shutil.which("apertium"), reason="Apertium is not installed")
class TestApertium:
    @pytest.mark.parametrize(
        ("msgid", "msgstr"),
        [
            (
                "The mayor opened the <a1>new library</a1> on Monday &amp; left.",
                "El alcalde abrió la <a1>biblioteca nueva</a1> el lunes &amp; dejó.",
            ),
            (
                "Use <code1/> to read https://example.org/path?x=1 and <a1><code2/></a1>.",
                "Uso <code1/> para leer https://example.org/path?x=1 y <a1><code2/></a1>.",
            ),
            ("Who <strong1>won</strong1>?", "¿Quién <strong1>ganó</strong1>?"),
            ("See <a1>the plan</a1> and <img1/>.", "Ver <a1>el plan</a1> y <img1/>."),
            ("See <img1/> and <img2/> here.", "Ve <img1/> y <img2/> aquí."),
            ("The house. <img1/> Thank you.", "La casa. <img1/> Gracias."),
            (
                "All about {{ page.title }} and {% if x %}.",
                "Todo sobre {{ page.title }} y {% if x %}.",
            ),
            (
                "Write to <a1>info@example.org</a1>, {name} or @some_body!",
                "¡Escribe a <a1>info@example.org</a1>, {name} o @some_body!",
            ),
        ],
    )
    def test_words_keep_their_markup(self, msgid: str, msgstr: str) -> None:
        assert draft(load_engine("apertium"), msgid) == msgstr


class TestNothingIsSent:
    @pytest.mark.parametrize(
        "msgid",
        [
            "10 – 20",
            "<a1>https://example.org/a?b=c</a1>",
            "<code1/>",
            "© 2026 · 15:30",
            "{count}",
        ],
    )
    def test_what_has_no_words_is_copied(self, msgid: str) -> None:
        engine = Scripted(lambda text: "XXX")
        assert draft(engine, msgid) == msgid
        assert engine.asked == []

    def test_known_sentences_come_from_the_house(self) -> None:
        engine = Scripted(str.upper)
        known = {"Read on.": "Sigue leyendo."}
        (answer,) = translate_units(["Go home. Read on."], engine, "en", "es", recall=known.get)
        assert answer.text == "GO HOME. Sigue leyendo."
        assert engine.asked == ["Go home."]


class TestTheLadder:
    def test_lost_code_is_put_back_by_position(self) -> None:
        engine = Scripted(
            lambda text: {
                "Use XQA to print.": "Use para imprimir.",
                "Use to print.": "Use para imprimir.",
            }.get(text, text)
        )
        (answer,) = translate_units(["Use <code1/> to print."], engine, "en", "es")
        assert answer.text == "Use <code1/> para imprimir."
        assert "guessed" in answer.verdict.reasons

    def test_changed_numbers_are_sent_again_behind_words(self) -> None:
        engine = Scripted(
            lambda text: text.replace("1,500", "15").replace("people", "personas")
        )
        assert draft(engine, "There were 1,500 people.") == "There were 1.500 personas."

    def test_without_any_place_left_runs_are_translated(self) -> None:
        engine = Scripted(lambda text: "uno" if " " in text else f"{text}o")
        (answer,) = translate_units(
            ["<b1>one</b1> <i1>two</i1> <a1>three</a1>"], engine, "en", "es"
        )
        assert answer.text == "<b1>oneo</b1> <i1>twoo</i1> <a1>threeo</a1>"
        assert answer.verdict.band is Band.POOR
        assert answer.is_guessed

    @pytest.mark.parametrize(
        "answer", ["", "   ", "bla bla bla bla bla bla", "mainstre" * 30, "⁇ <unk>"]
    )
    def test_degenerate_drafts_are_left_empty_with_the_reason(self, answer: str) -> None:
        (left,) = translate_units(
            ["The <b1>mayor</b1> came."], Scripted(lambda _t: answer), "en", "es"
        )
        assert left.text == ""
        assert left.verdict.reasons

    def test_shouting_is_sent_calmly(self) -> None:
        engine = Scripted(lambda text: {"Breaking news": "Última hora"}.get(text, text))
        assert draft(engine, "BREAKING NEWS") == "ÚLTIMA HORA"

    def test_an_answer_is_one_line_without_references(self) -> None:
        engine = Scripted(lambda _text: "L&apos;aigua\n&amp;iquest;s&iacute;?\u2060\u200b")
        assert draft(engine, "Water, yes?") == "L'aigua ¿sí?"

    def test_a_variable_is_not_cut_by_markup(self) -> None:
        engine = Scripted(
            lambda text: text.replace("You have", "Tienes").replace("notes", "notas")
        )
        unit = "You have <b1>%2$s</b1> notes."
        assert draft(engine, unit) == "Tienes <b1>%2$s</b1> notas."

    def test_more_sentences_than_asked_for_are_told(self) -> None:
        engine = Scripted(lambda _text: "El premio es bueno. Gracias a todos.")
        (answer,) = translate_units(["The prize is good."], engine, "en", "es")
        assert "more" in answer.verdict.reasons

    def test_white_space_between_sentences_stays(self) -> None:
        engine = Scripted(lambda text: text.replace("One", "Uno").replace("Two", "Dos"))
        assert draft(engine, "One came.   Two left. ") == "Uno came.   Dos left. "

    def test_markup_in_an_answer_is_text(self) -> None:
        engine = Scripted(lambda text: f"{text[:-1]} <b1> & más.")
        text = draft(engine, "The <a1>mayor</a1> came.")
        assert "&lt;b1> &amp; más." in text


class TestPolish:
    @pytest.mark.parametrize(
        ("source", "given", "wanted"),
        [
            ("Who won?", "quién ganó?", "¿Quién ganó?"),
            ("“Who won?” she said.", "“Quién ganó?” dijo.", "“¿Quién ganó?” dijo."),
            ("Go!", "Ve.", "¡Ve!"),
            ("Headline", "Titular.", "Titular"),
            ("It came.", "Llegó", "Llegó."),
            ("new roof", "Nuevo tejado", "nuevo tejado"),
            ("see NATO", "OTAN vista", "OTAN vista"),
            ('"Hi," he said.', '" Hola , "  dijo .', '"Hola," dijo.'),
            ("It ended…", "Terminó...", "Terminó..."),
            ("Sign up.", "¡Apúntate!", "¡Apúntate!"),
            ("Born in 1987.", "Nació en 1.987.", "Nació en 1987."),
            (
                "Bring fruit, esp. pears, today.",
                "Trae fruta, esp. Peras, hoy.",
                "Trae fruta, esp. peras, hoy.",
            ),
            ("Ask Mr. Smith, please.", "Pregunta al Sr. Herrero.", "Pregunta al Sr. Herrero."),
        ],
    )
    def test_repairs(self, source: str, given: str, wanted: str) -> None:
        text = apply(given, repairs(source, given, "en", "es")).text
        assert text == wanted

    @pytest.mark.parametrize(
        ("pair", "given", "wanted"),
        [
            (
                ("es", "en"),
                "It costs 1,10 euros, 4.800 a year, a 22 %.",
                "It costs 1.10 euros, 4,800 a year, a 22%.",
            ),
            (
                ("es", "en"),
                "Open from 3.00 to 11.00, on 1.5.2026.",
                "Open from 3.00 to 11.00, on 1.5.2026.",
            ),
            (
                ("en", "es"),
                "Python 3.11 cuesta $2.50 o 1,250,000 euros.",
                "Python 3.11 cuesta $2,50 o 1.250.000 euros.",
            ),
            (("es", "en"), "Of 2,5 wagons, no 2,500.", "Of 2.5 wagons, no 2,500."),
            (("en", "es-MX"), "Cuesta 1,250.50 pesos.", "Cuesta 1,250.50 pesos."),
            (("es", "en"), "«Yes», she said.", "“Yes”, she said."),
            (("es", "en"), "A amasadora and a unit.", "An amasadora and a unit."),
        ],
    )
    def test_signs_of_the_target(self, pair: Pair, given: str, wanted: str) -> None:
        assert apply(given, repairs(given, given, *pair)).text == wanted

    @pytest.mark.parametrize(
        ("source", "given", "wanted"),
        [
            ("Instale el paquete.", "It install the package.", "Install the package."),
            (
                "No cierre la ventana.",
                "It do not close the window.",
                "Do not close the window.",
            ),
            ("Pulse el botón.", "It press the button.", "Press the button."),
            ("Es tarde.", "It is late.", "It is late."),
            ("Cierra la puerta de tu casa.", "It closes the door.", "Close the door."),
            ("Depende de tu edad.", "It depends on your age.", "It depends on your age."),
            ("Haz la maleta.", "It makes the suitcase.", "Make the suitcase."),
            ("¡Abra la puerta!", "It open the door!", "Open the door!"),
            ("«Añádalo a la lista».", "“It add it to the list”.", "“Add it to the list”."),
            # Statements keep their subject.
            ("Instala el paquete.", "It installs the package.", "It installs the package."),
            ("No sabe nada.", "It does not know anything.", "It does not know anything."),
            ("Puede abrir.", "It can open.", "It can open."),
            ("Puso la mesa.", "It put the table.", "It put the table."),
            ("Escribía cartas.", "It wrote letters.", "It wrote letters."),
            ("Cerraba tarde.", "It closed late.", "It closed late."),
            ("Fue a Roma.", "It went to Rome.", "It went to Rome."),
        ],
    )
    def test_an_order_has_no_subject(self, source: str, given: str, wanted: str) -> None:
        assert apply(given, repairs(source, given, "es", "en")).text == wanted

    @pytest.mark.parametrize(
        ("pair", "source", "given", "wanted"),
        [
            (
                ("es", "en"),
                "El Sr. López y la Dra. Ruiz vinieron.",
                "The Mr. López and the Dr. Ruiz came.",
                "Mr. López and Dr. Ruiz came.",
            ),
            (("es", "en"), "A las 5 p. m.", "To the 5 p. m.", "To the 5 p. m."),
            (
                ("es", "en"),
                "Cierra a las 5 p. m.",
                "It closes to the 5 p. m.",
                "It closes at 5 p. m.",
            ),
            (("en", "es"), "What a hot day!", "¡Qué un día caliente!", "¡Qué día caliente!"),
            (
                ("en", "es"),
                "Opens at 5 p.m. daily.",
                "Abre en 5 p.m. cada día.",
                "Abre a las 5 p.m. cada día.",
            ),
            (
                ("en", "es"),
                "Opens at 1 p.m. daily.",
                "Abre en 1 p.m. cada día.",
                "Abre a la 1 p.m. cada día.",
            ),
        ],
    )
    def test_what_nobody_writes_is_replaced(
        self, pair: Pair, source: str, given: str, wanted: str
    ) -> None:
        assert apply(given, repairs(source, given, *pair)).text == wanted

    def test_english_loses_inverted_marks(self) -> None:
        assert (
            apply("¿Who won?", repairs("¿Quién ganó?", "¿Who won?", "es", "en")).text
            == "Who won?"
        )


NAMES = ("a", "b", "em", "strong", "span", "i")
TEXT = "The old bridge of 3 towns, a new library and U.S. voters: who pays? Nobody knows! It is 5 % & more"
WORDS = tuple(TEXT.split())


@st.composite
def units(draw: st.DrawFn) -> str:
    """Msgids by the grammar: words with nested pairs, voids, entities and line breaks among them."""
    counts: dict[str, int] = {}

    def token(tag: str) -> str:
        counts[tag] = counts.get(tag, 0) + 1
        return f"{tag}{counts[tag]}"

    def stretch(depth: int) -> str:
        pieces = []
        for _ in range(draw(st.integers(1, 4))):
            kind = draw(
                st.sampled_from(("words", "words", "pair", "void") if depth else ("words",))
            )
            if kind == "words":
                chosen = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
                pieces.append(markup.escape(" ".join(chosen)))
            elif kind == "void":
                tag = draw(st.sampled_from(("br", "code", "img", "wbr", "x")))
                pieces.append(f"<{token(tag)}/>")
            else:
                name = token(draw(st.sampled_from(NAMES)))
                inside = stretch(depth - 1) if draw(st.integers(0, 9)) else ""
                pieces.append(f"<{name}>{inside}</{name}>")
        glue = draw(st.sampled_from((" ", " ", "")))
        return glue.join(pieces)

    return stretch(3)


def shuffled(text: str) -> str:
    """What a bad engine does: words in another order, some lost, some changed; the same every time."""
    chance = random.Random(text)
    words = [word for word in text.split() if chance.random() > 0.1]
    chance.shuffle(words)
    return " ".join(word.title() if chance.random() < 0.2 else word for word in words)


ENGINES = {
    "pseudo": load_engine("pseudo"),
    "same": Scripted(lambda text: text),
    "reversed": Scripted(lambda text: " ".join(reversed(text.split()))),
    "shuffled": Scripted(shuffled),
    "letters": Scripted(lambda text: text[::-1].lower()),
    "short": Scripted(lambda text: text.split()[0] if text.split() else ""),
    "spaces": Scripted(lambda text: f"  {text.replace(' ', '   ')} "),
}


@pytest.mark.parametrize("name", ENGINES)
@settings(UNHURRIED, max_examples=120)
@given(msgid=units())
def test_no_draft_ever_has_a_placeholder_error(name: str, msgid: str) -> None:
    (answer,) = translate_units([msgid], ENGINES[name], "en", "es")
    problems = markup.validate(msgid, answer.text)
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    if not answer.text:
        assert answer.verdict.reasons
    # A source that itself runs in a loop may be taken for a looping engine.
    if name in {"pseudo", "same"} and not repeats(markup.plain(msgid)):
        assert answer.text
        assert not [problem for problem in problems if problem.rule == "placeholder-missing"]


@UNHURRIED
@given(
    text=st.text("ab ", max_size=8),
    cuts=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.text("XY", max_size=2))),
)
def test_edits_keep_what_they_do_not_touch(text: str, cuts: list[tuple[int, int, str]]) -> None:
    edits: list[tuple[int, int, str]] = []
    end = -1
    for start, length, new in sorted(cuts):
        if start > end and start + length <= len(text):
            edits.append((start, start + length, new))
            end = start + length
    edited = apply(text, edits)
    assert len(edited.starts) == len(edited.ends) == len(text) + 1
    for at, character in enumerate(text):
        if not any(start <= at < stop for start, stop, _new in edits):
            assert edited.text[edited.starts[at]] == character
            assert edited.text[edited.ends[at + 1] - 1] == character
