"""XLIFF 1.2 and 2.1: what leaves comes back as it was, and answers change only what somebody changed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import desk
from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.exchange import reading, xliff12, xliff21
from l10n.exchange.answers import Acceptance, Effect, take_in
from l10n.exchange.inline import says_the_same, split
from l10n.model import Origin, State, Unit
from tests.conftest import Run

NAMES = ("a1", "a2", "b1", "strong1", "code1", "br1", "img1", "x1")
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"), max_size=12
) | st.sampled_from(
    ["Abre hoy. ", "¿Y mañana? Sí. ", "AT&amp;T", "&lt;a1>", "]]>", "  ", "\r\n", "\x01"]
)
MARK = st.sampled_from(
    [f"<{name}/>" for name in NAMES]
    + [mark for name in NAMES for mark in (f"<{name}>", f"</{name}>")]
    + ["<em>", "</em>", "<strong>", "</strong>", "<omit/>"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Give words and tokens in any order, tokens that close nothing and stand twice among them."""
    parts = draw(st.lists(WORDS | MARK, min_size=1, max_size=10))
    return "".join(parts).strip("\n")


STATES = st.sampled_from(State)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    units = draw(st.lists(texts().filter(bool), min_size=1, max_size=8, unique=True))
    catalog = Catalog.new(None, source="es", target="en", article="es/feria.html")
    catalog.merge(
        [Unit(msgid, draw(st.sampled_from([None, "attr:alt"]))) for msgid in units],
        article="es/feria.html",
    )
    for entry in catalog.entries:
        text, state = draw(texts()), draw(STATES)
        if not text or state is State.UNTRANSLATED:
            continue
        if state is State.DRAFT:
            entry.fill(text, origin=draw(st.sampled_from(Origin)))
        else:
            entry.translate(text)
        if entry.state is State.TRANSLATED and state is State.REVIEWED:
            entry.approve(by="Ana")
    return catalog


WRITERS = {"1.2": xliff12.write, "2.1": xliff21.write}


def read_back(text: str) -> tuple[reading.AnsweredFile, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.xlf"
        path.write_bytes(text.encode())
        return reading.read(path)


@pytest.mark.parametrize("version", WRITERS)
@pytest.mark.parametrize("segmented", [False, True])
@settings(max_examples=60, deadline=None)
@given(catalog=catalogs())
def test_text_state_and_placeholders_come_back(
    version: str, segmented: bool, catalog: Catalog
) -> None:
    (answered,) = read_back(WRITERS[version]([catalog], segmented=segmented))
    assert len(answered.answers) == len(catalog.entries)
    for answer, entry in zip(answered.answers, catalog.entries, strict=True):
        assert says_the_same(answer.source, split(entry.msgid))
        assert says_the_same(answer.target, split(entry.msgstr))
        assert answer.state is entry.state
    before = catalog.dumps()
    changes = take_in(catalog, answered.answers, Acceptance(by="Eva"))
    assert {change.effect for change in changes} == {Effect.SAME}
    assert catalog.dumps() == before


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    """A catalog with an entry of each state."""
    path = tmp_path / "locales/en/LC_MESSAGES/feria.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/feria.html")
    units = [
        Unit("Abre el <a1>sábado</a1>. Entrada <b1>libre</b1>.", notes=("max-length: 60",)),
        Unit("Hay 42 casetas."),
        Unit("Vuelve la feria."),
        Unit("Una caseta", "attr:alt"),
        Unit("Cierra tarde."),
    ]
    catalog.merge(units, article="es/feria.html")
    first, stalls, back, alt, _late = catalog.entries
    first.translate("Opens on <a1>Saturday</a1>. <b1>Free</b1> entry.")
    first.approve(by="Ana")
    stalls.fill("There are 42 stalls.", origin=Origin.MT, mt="argos:x", band="good")
    back.translate("The fair is back.")
    alt.fill("A stall", origin=Origin.TM, tm="90")
    catalog.save()
    (tmp_path / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n')
    return path


def leave(catalog: Path, version: str = "1.2", **options: bool) -> Path:
    """Write an answer that says what left."""
    request = desk.ExportRequest("2.1" if version == "2.1" else "1.2", **options)
    (document,) = desk.export_xliff([catalog], request)
    path = catalog.parent.parent / "answer.xlf"
    path.write_text(document.text, encoding="utf-8")
    return path


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def taken(catalog: Path, answer: Path, **acceptance: str | bool) -> dict[str, Effect]:
    """Take an answer in; gives what was done to texts that changed."""
    (result,) = desk.import_xliff(
        [answer],
        Acceptance(str(acceptance.get("by", "")), bool(acceptance.get("replace", False))),
        catalogs=[catalog],
    )
    return {
        change.text: change.effect
        for change in result.changes
        if change.effect is not Effect.SAME
    }


def test_states_are_written_as_the_standards_name_them(fair: Path) -> None:
    text = leave(fair).read_text()
    assert re.findall(r'<target state="([^"]+)"(?: state-qualifier="([^"]+)")?>', text) == [
        ("final", ""),
        ("needs-review-translation", "leveraged-mt"),
        ("translated", ""),
        ("needs-review-translation", "fuzzy-match"),
        ("new", ""),
    ]
    assert text.count('approved="yes"') == 1
    text = leave(fair, "2.1").read_text()
    assert re.findall(r'state="([^"]+)"(?: subState="([^"]+)")?>', text) == [
        ("final", ""),
        ("initial", "l10n:mt"),
        ("translated", ""),
        ("initial", "l10n:tm"),
        ("initial", ""),
    ]
    assert text.count("<target>") == 4


def test_what_a_translator_needs_goes_along(fair: Path) -> None:
    catalog = Catalog.load(fair)
    catalog.entries[1].set_notes(["Casetas are stalls, not booths."])
    catalog.save()
    old = leave(fair).read_text()
    assert 'maxwidth="60" size-unit="char"' in old
    assert '<context context-type="x-po-msgctxt">attr:alt</context>' in old
    assert '<note from="po-translator">Casetas are stalls, not booths.</note>' in old
    assert '<g id="a1" ctype="x-a">' not in old
    assert '<g id="a1" ctype="link">sábado</g>' in old
    new = leave(fair, "2.1").read_text()
    assert 'slr:sizeRestriction="60"' in new
    assert 'name="attr:alt"' in new
    assert '<note category="translator">Casetas are stalls, not booths.</note>' in new
    assert re.search(r'<pc id="a1"[^>]* type="link"[^>]*>sábado</pc>', new)


@pytest.mark.parametrize("version", WRITERS)
def test_an_answer_changes_only_what_its_translator_changed(fair: Path, version: str) -> None:
    before = {entry.msgid: entry.stamp for entry in Catalog.load(fair).entries}
    answer = leave(fair, version)
    edit(answer, ("There are 42 stalls.", "There are 42 book stalls."))
    assert taken(fair, answer) == {"Hay 42 casetas.": Effect.DRAFT}
    after = {entry.msgid: entry for entry in Catalog.load(fair).entries}
    assert after["Hay 42 casetas."].msgstr == "There are 42 book stalls."
    del before["Hay 42 casetas."]
    assert {msgid: after[msgid].stamp for msgid in before} == before


@pytest.mark.parametrize(
    ("version", "final"),
    [
        (
            "1.2",
            (
                'state="needs-review-translation" state-qualifier="leveraged-mt"',
                'state="final"',
            ),
        ),
        ("2.1", ('state="initial" subState="l10n:mt"', 'state="final"')),
    ],
)
def test_a_review_needs_the_name_of_a_reviewer(
    fair: Path, version: str, final: tuple[str, str]
) -> None:
    answer = leave(fair, version)
    edit(answer, final)
    assert taken(fair, answer) == {"Hay 42 casetas.": Effect.TRANSLATED}
    entry = Catalog.load(fair).entries[1]
    assert (entry.state, entry.stamp) == (State.TRANSLATED, None)
    assert taken(fair, answer, by="Eva") == {
        "Hay 42 casetas.": Effect.REVIEWED,
    }
    stamp = Catalog.load(fair).entries[1].stamp
    assert stamp is not None
    assert stamp.reviewer == "Eva"
    # What was reviewed when it left keeps the name of its own reviewer.
    first = Catalog.load(fair).entries[0].stamp
    assert first is not None
    assert first.reviewer == "Ana"


def test_reviewed_of_xliff_2_is_a_translation(fair: Path) -> None:
    answer = leave(fair, "2.1")
    edit(answer, ('state="initial" subState="l10n:mt"', 'state="reviewed"'))
    assert taken(fair, answer, by="Eva") == {"Hay 42 casetas.": Effect.TRANSLATED}


def test_who_sends_a_reviewed_text_back_for_review_gets_it(fair: Path) -> None:
    answer = leave(fair)
    edit(answer, (' approved="yes"', ""), ('state="final"', 'state="needs-review-translation"'))
    assert set(taken(fair, answer).values()) == {Effect.DRAFT}
    assert Catalog.load(fair).entries[0].state is State.DRAFT


def test_what_was_changed_here_since_stays_unless_asked(fair: Path) -> None:
    answer = leave(fair)
    edit(answer, ("The fair is back.", "The fair returns."))
    catalog = Catalog.load(fair)
    catalog.entries[2].translate("The fair is here again.")
    catalog.entries[1].translate("There are forty-two stalls.")
    catalog.save()
    assert taken(fair, answer) == {"Vuelve la feria.": Effect.KEPT}
    assert taken(fair, answer, replace=True) == {"Vuelve la feria.": Effect.TRANSLATED}
    texts = [entry.msgstr for entry in Catalog.load(fair).entries]
    # The answer left the stalls as they were: it has nothing against what was written here.
    assert texts[1:3] == ["There are forty-two stalls.", "The fair returns."]


def test_a_tool_that_drops_what_it_does_not_know_overwrites_nobody(fair: Path) -> None:
    answer = leave(fair)
    text = re.sub(r' extradata="[^"]*"', "", answer.read_text())
    answer.write_text(text.replace("The fair is back.", "The fair returns."))
    edit(
        answer,
        ('<target state="new"></target>', '<target state="translated">Closes late.</target>'),
    )
    assert taken(fair, answer) == {
        "Vuelve la feria.": Effect.KEPT,
        "Cierra tarde.": Effect.TRANSLATED,
    }


def test_answers_to_an_edited_article_become_drafts_of_what_it_says_now(fair: Path) -> None:
    answer = leave(fair)
    edit(
        answer,
        ("The fair is back.", "The fair returns."),
        ('<target state="new"></target>', '<target state="translated">Closes late.</target>'),
    )
    catalog = Catalog.load(fair)
    units = [
        Unit(
            entry.msgid.replace("la feria", "hoy la feria").replace("tarde.", "muy tarde."),
            entry.msgctxt,
        )
        for entry in catalog.entries
    ]
    catalog.merge(units, article="es/feria.html")
    catalog.save()
    assert taken(fair, answer) == {
        "Vuelve la feria.": Effect.FORMER,
        "Cierra tarde.": Effect.FORMER,
    }
    back, late = (
        Catalog.load(fair).find(text) for text in ("Vuelve hoy la feria.", "Cierra muy tarde.")
    )
    assert back is not None
    assert late is not None
    assert (back.msgstr, back.state, back.previous_msgid) == (
        "The fair returns.",
        State.DRAFT,
        "Vuelve la feria.",
    )
    assert (late.msgstr, late.origin) == ("Closes late.", Origin.SOURCE_CHANGED)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ('Opens on Saturday. <g id="b1">Free</g> entry.', "<a1> is missing"),
        (
            'On <g id="a1">Saturday</g><x id="99"/>. <g id="b1">Free</g>.',
            "99 is not in the source",
        ),
        (f'<g id="a1">Saturday</g>. <g id="b1">Free</g> {"very " * 20}.', "60 are the most"),
    ],
)
def test_a_translation_that_cannot_be_used_is_a_draft_and_replaces_no_accepted_one(
    fair: Path, target: str, reason: str
) -> None:
    answer = leave(fair)
    inside = re.compile('(<target state="final">).*?(</target>)')
    answer.write_text(inside.sub(rf"\g<1>{target}\2", answer.read_text()))
    before = Catalog.load(fair).entries[0]
    for replace, effect in ((False, Effect.REFUSED), (True, Effect.BROKEN)):
        acceptance = desk.Acceptance(replace=replace)
        (result,) = desk.import_xliff([answer], acceptance, catalogs=[fair])
        (change,) = [change for change in result.changes if change.effect is effect]
        assert reason in change.reason
        entry = Catalog.load(fair).entries[0]
        assert (entry.state is State.DRAFT) == replace
        assert (entry.msgstr == before.msgstr) != replace


def test_notes_of_a_translator_are_added_and_none_is_lost(fair: Path) -> None:
    catalog = Catalog.load(fair)
    catalog.entries[1].set_notes(["Casetas are stalls."])
    catalog.save()
    answer = leave(fair)
    edit(
        answer,
        ('<note from="po-translator">Casetas are stalls.</note>', "<note>Or booths?</note>"),
    )
    taken(fair, answer)
    assert Catalog.load(fair).entries[1].notes == ("Casetas are stalls.", "Or booths?")


@pytest.mark.parametrize("version", WRITERS)
def test_sentences_are_segments_and_are_joined_again(fair: Path, version: str) -> None:
    answer = leave(fair, version, segmented=True)
    if version == "1.2":
        edit(answer, ("</mrk> <mrk", "</mrk><mrk"), ("Free</g> entry.", "Free</g> admission."))
        assert '<mrk mtype="seg" mid="2">Entrada <g' in answer.read_text()
    else:
        edit(answer, ("Free</pc> entry.", "Free</pc> admission."))
        assert "<ignorable>" in answer.read_text()
    assert set(taken(fair, answer).values()) == {Effect.TRANSLATED}
    first = Catalog.load(fair).entries[0].msgstr
    assert first == "Opens on <a1>Saturday</a1>. <b1>Free</b1> admission."


def test_a_text_with_an_empty_segment_is_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/a.txt")
    catalog.merge([Unit("Abre hoy. Cierra mañana.")], article="es/a.txt")
    catalog.save()
    answer = leave(path, segmented=True)
    edit(
        answer,
        ('<mrk mtype="seg" mid="1"></mrk>', '<mrk mtype="seg" mid="1">Opens today.</mrk>'),
        ('state="new"', 'state="translated"'),
    )
    assert set(taken(path, answer).values()) == {Effect.BROKEN}
    assert Catalog.load(path).entries[0].msgstr.strip() == "Opens today."


@pytest.mark.parametrize("version", WRITERS)
def test_a_reviewed_text_whose_sentence_came_back_empty_is_named(
    l10n: Run, tmp_path: Path, version: str
) -> None:
    path = tmp_path / "a.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/a.txt")
    catalog.merge([Unit("Abre hoy. Cierra mañana.")], article="es/a.txt")
    catalog.entries[0].translate("Opens today. Closes tomorrow.")
    catalog.entries[0].approve(by="Ana")
    catalog.save()
    answer = leave(path, version, segmented=True)
    edit(answer, (">Closes tomorrow.<", "><"))
    dry = l10n("xliff", "import", str(answer), "--catalog", str(path), "--dry-run")
    run = l10n("xliff", "import", str(answer), "--catalog", str(path))
    for done in (dry, run):
        assert done.returncode == 1
        assert "not taken, a sentence of it came back empty" in done.stderr
    entry = Catalog.load(path).entries[0]
    assert (entry.msgstr, entry.state) == ("Opens today. Closes tomorrow.", State.REVIEWED)


def test_codes_of_another_tool_are_known_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/a.html")
    catalog.merge([Unit("Ver <a1>el <b1>mapa</b1></a1><br1/>aquí.")], article="es/a.html")
    catalog.save()
    answer = tmp_path / "answer.xlf"
    answer.write_text(
        '<?xml version="1.0"?><xliff version="1.2"><file original="x" source-language="es" target-language="en">'
        '<body><trans-unit id="7"><source>Ver <bpt id="1">&lt;a></bpt>el <g id="2">mapa</g><ept id="1"/>'
        '<ph id="3">&lt;br></ph>aquí.</source><target>See<ph id="3"/> <bpt id="1"/>the <g id="2">map</g>'
        '<ept id="1"/>.</target></trans-unit></body></file></xliff>'
    )
    assert set(taken(path, answer).values()) == {Effect.TRANSLATED}
    assert Catalog.load(path).entries[0].msgstr == "See<br1/> <a1>the <b1>map</b1></a1>."


SEGMENTS = """<xliff version="2.1" srcLang="es" trgLang="en"><file id="f"><unit id="1">
<segment><source>Uno.</source><target{first}>One.</target></segment><ignorable><source> </source></ignorable>
<segment><source>Dos.</source><target{second}>Two.</target></segment></unit></file></xliff>"""


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("", "", "One. Two."),
        (' order="3"', ' order="1"', "Two. One."),
        (' order="1"', ' order="1"', "One. Two."),
    ],
)
def test_segments_come_in_the_order_of_the_translation(
    tmp_path: Path, first: str, second: str, text: str
) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(SEGMENTS.format(first=first, second=second))
    (answered,) = reading.read(path)
    assert answered.answers[0].target == (text,)


def test_plurals_go_form_by_form(tmp_path: Path) -> None:
    path = tmp_path / "l10n.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Source-Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
        'msgid "{n} <file> & more"\nmsgid_plural "{n} <files>"\nmsgstr[0] "{n} <fichero> y más"\nmsgstr[1] ""\n'
    )
    for version in WRITERS:
        answer = leave(path, version)
        text = answer.read_text()
        assert text.count("&lt;files&gt;") == 1
        assert taken(path, answer) == {}
    edit(
        answer,
        (
            "</source>\n</segment>",
            "</source>\n<target>{n} &lt;ficheros&gt;</target>\n</segment>",
        ),
        ('state="initial"', 'state="translated"'),
    )
    assert set(taken(path, answer).values()) == {Effect.TRANSLATED}
    assert Catalog.load(path).entries[0].msgstrs == ("{n} <fichero> y más", "{n} <ficheros>")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            '<xliff version="1.2"><file>\n<body>\n<trans-unit id="1"/></body></file></xliff>',
            3,
            "no <source>",
        ),
        (
            (
                '<xliff version="2.1" srcLang="es" trgLang="en"><file><unit id="1"><segment><source/></segment></unit>\n'
                '<unit id="1"><segment><source/></segment></unit></file></xliff>'
            ),
            2,
            "the id 1 already stands on line 1",
        ),
        ('<xliff version="3.0"/>', 1, "version 3.0"),
        ("<xliff version='1.2'>\n<file>", 2, "no XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2">&a;</xliff>', None, "declares"),
        ("<tmx/>", None, "no XLIFF"),
    ],
)
def test_damage_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(text)
    with pytest.raises(L10nError, match=re.escape(message)) as refusal:
        reading.read(path)
    assert refusal.value.line == line


def test_the_command_shows_writes_and_says_what_it_did(
    l10n: Run, fair: Path, tmp_path: Path
) -> None:
    done = l10n("xliff", "export", "en", "-o", "out")
    assert (done.returncode, done.stdout) == (0, "out/en/feria.xlf\n")
    answer = tmp_path / "out/en/feria.xlf"
    edit(answer, ("There are 42 stalls.", "There are 42 book stalls."))
    before = fair.read_bytes()
    dry = l10n("xliff", "import", "out/en/feria.xlf", "--dry-run")
    assert dry.stdout.splitlines()[1] == (
        "out/en/feria.xlf → locales/en/LC_MESSAGES/feria.po: 1 draft, 4 as before"
    )
    assert "draft: Hay 42 casetas." in dry.stdout
    assert fair.read_bytes() == before
    assert l10n("xliff", "import", "out/en/feria.xlf").returncode == 0
    assert Catalog.load(fair).entries[1].msgstr == "There are 42 book stalls."
    edit(answer, ('original="es/feria.html"', 'original="es/otra.html"'), ("Vuelve", "Regresa"))
    lost = l10n("xliff", "import", "out/en/feria.xlf")
    assert lost.returncode == 1
    assert "not taken, the catalog has no such text: Regresa la feria." in lost.stderr


def test_one_file_holds_a_locale(fair: Path, tmp_path: Path, l10n: Run) -> None:
    other = Catalog.new(
        fair.with_name("faro.po"), source="es", target="en", article="es/faro.txt"
    )
    other.merge([Unit("El faro se apaga.")], article="es/faro.txt")
    other.save()
    refused = l10n("xliff", "export", "en")
    assert refused.returncode == 2
    assert "2 documents" in refused.stderr
    done = l10n("xliff", "export", "en", "--joined", "--version", "2.1", "-o", "out")
    assert done.stdout == "out/es-en.xlf\n"
    edit(
        tmp_path / "out/es-en.xlf",
        (
            "<source>El faro se apaga.</source>",
            "<source>El faro se apaga.</source>\n<target>The lighthouse goes dark.</target>",
        ),
    )
    assert l10n("xliff", "import", "out/es-en.xlf").returncode == 0
    assert Catalog.load(other.path or Path()).entries[0].msgstr == "The lighthouse goes dark."
