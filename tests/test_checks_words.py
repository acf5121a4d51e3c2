"""Rules that need more than two texts: regions, placeholders, spelling, variables, the project as a whole."""

from __future__ import annotations

import gc
import random
import time
from pathlib import Path

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.examine import examine
from l10n.checks.reading import Pair, Reading
from l10n.checks.spelling import Speller
from l10n.model import Severity
from l10n.project.judging import Criteria

HEADER = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def found(source: str, target: str, to: str, **more: object) -> list[str]:
    context = CheckContext("es" if to.startswith("en") else "en", to, **more)  # type: ignore[arg-type]
    return [one.rule for one in check_pair(Pair(source, target), context)]


@pytest.mark.parametrize(
    ("to", "text", "rules"),
    [
        ("es-MX", "Si queréis venir, avisad a vuestros vecinos.", ["region", "region"]),
        ("es-419", "Vosotros decidís.", ["region"]),
        ("es-ES", "Si queréis venir, avisad.", []),
        ("es", "Si queréis venir, avisad.", []),
        ("es-MX", "Dieciséis personas viven aquí.", []),
        ("es-ES", "Compre una computadora y grabe un video.", ["region", "region"]),
        ("en-US", "The colour of the harbour.", ["region", "region"]),
        ("en-GB", "The color of the harbor.", ["region", "region"]),
        ("en-GB", "The colour of the harbour.", []),
        ("en", "The colour of the harbor.", []),
    ],
)
def test_regions(to: str, text: str, rules: list[str]) -> None:
    source = "El tono del puerto." if to.startswith("en") else "If you want to come, say so."
    only = frozenset({"region"})
    assert found(source, text, to, only=only) == rules


def test_numbers_follow_the_region() -> None:
    for to, rules in (("es-ES", ["number-format"]), ("es", ["number-format"]), ("es-MX", [])):
        assert found("It costs 12,500 euros.", "Cuesta 12,500 euros.", to) == rules


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        # Marks that are talked about.
        ("Las preguntas empiezan con ¿ y las exclamaciones con ¡.", "Questions begin with ¿ and exclamations with ¡.", "en"),
        ("Las comillas « » se llaman latinas.", "The quotation marks « » are called Latin.", "en"),
        ("Questions are opened with ¿ and closed with ?.", "Las preguntas se abren con ¿ y se cierran con ?.", "es"),
        # Titles and loans that stay in their language.
        ("Proyectan El espíritu de la colmena el viernes.", "They are showing El espíritu de la colmena on Friday.", "en"),
        ("Sirven gambas a la plancha.", "They serve prawns a la plancha.", "en"),
        # Denied in one language, said in another way in the other.
        ("No solo subió el precio.", "The price went up, and more.", "en"),
        ("La tienda no abre hasta las diez.", "The shop opens only at ten.", "en"),
        ("The office opens unless it snows.", "La oficina no abre si nieva.", "es"),
        ("Why not come on Friday?", "¡Venga el viernes!", "es"),
        ("The form is invalid.", "El formulario no es válido.", "es"),
        ("Don’t forget your ticket.", "Recuerde traer la entrada.", "es"),
        ("El alcalde no descarta dimitir.", "The mayor may resign.", "en"),
        ("She never fails to call.", "Siempre llama.", "es"),
        # Words that look alike, and are right here.
        ("He currently works here; actually, he owns it.", "Actualmente trabaja aquí; en realidad es el dueño.", "es"),
        ("The museum occupies a large and long hall.", "El museo ocupa una sala larga y grande.", "es"),
        # Amounts that were converted, or have another unit beside them.
        ("The trail is 5 miles (8 km) long.", "El sendero mide 8 km (5 millas).", "es"),
        ("It takes 2 hours by train and 2 days on foot.", "Son 2 días a pie y 2 horas en tren.", "es"),
        # Links in another order.
        ("The <a1>council</a1> and <a2>residents of Getafe</a2> disagree.", "<a2>Los vecinos de Getafe</a2> y el <a1>ayuntamiento</a1> discrepan.", "es"),
        ("On March 5 the harbor closes.", "El 5/3 cierra el puerto.", "es"),
        ("Espera… y verás.", "Wait … and you will see.", "en"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mistake(source: str, target: str, to: str) -> None:
    assert [rule for rule in found(source, target, to) if rule != "end-mark"] == []


@pytest.mark.parametrize(
    ("source", "target", "to", "rule"),
    [
        ("Empezará en septiembre pero sin fecha.", "It will begin in September pero with no date.", "en", "source-language"),
        ("El precio de la vivienda sube.", "The price of la vivienda rises.", "en", "source-language"),
        ("Dijo «no» y se fue.", "She said «no» and left.", "en", "spanish-quotes"),
        ("And then… nothing.", "Y entonces …nada.", "es", "space-before-mark"),
        ("The harbor closes on March 5, 2026.", "El puerto cierra el 5 de 2026 por la marea.", "es", "calendar"),
        ("We met in May. The mayor did not come.", "Nos vimos en mayo. La alcaldesa vino.", "es", "negation"),
        ("The library opens on Sundays.", "La biblioteca no abre los domingos.", "es", "negation"),
        ("Where to Eat on a Rainy Day", "Dónde Comer En Un Día De Lluvia", "es", "heading-case"),
        ("El viento sopló a 110 km/h.", "Winds of 110 mph were measured.", "en", "unit"),
    ],
)  # fmt: skip
def test_mistakes_that_editors_found(source: str, target: str, to: str, rule: str) -> None:
    assert rule in found(source, target, to)


TOKENS = (
    ("Lea el <a1>informe</a1> y el <a2>mapa</a2>, o <code1/>.", "Read the <a1>report</a1> and the <a2>map</a2>, or <code1/>."),
    ("<a1>Vea <em1>todo</em1> aquí</a1>: <code1/> y <img1/>.", "<a1>See <em1>everything</em1> here</a1>: <code1/> and <img1/>."),
    ("De <time1>mayo</time1> a <time2>junio</time2> en <a1>la plaza</a1>.", "From <time1>May</time1> to <time2>June</time2> in <a1>the square</a1>."),
)  # fmt: skip


def damage(text: str, rule: str, rng: random.Random) -> str:
    """Break the placeholders of a translation in the way that a rule is about."""
    names = ["a1", "a2", "code1", "img1"]
    there = [name for name in names if f"<{name}>" in text or f"<{name}/>" in text]
    name = rng.choice(there)
    whole = f"<{name}/>"
    match rule:
        case "placeholder-missing":
            return text.replace(whole, "").replace(f"<{name}>", "").replace(f"</{name}>", "")
        case "placeholder-unknown":
            at = rng.choice([at for at, char in enumerate(text) if char == " "])
            return f"{text[:at]} <a{rng.randint(3, 99)}/>{text[at:]}"
        case "placeholder-doubled":
            at = rng.choice([at for at, char in enumerate(text) if char == " "])
            token = whole if whole in text else f"<{name}>"
            return f"{text[:at]} {token}x{token.replace('<', '</') if token != whole else ''}{text[at:]}"
        case _:
            raise AssertionError(rule)


@pytest.mark.parametrize(
    "rule", ["placeholder-missing", "placeholder-unknown", "placeholder-doubled"]
)
def test_seeded_placeholder_mistakes_are_found(rule: str) -> None:
    rng = random.Random(rule)
    for _turn in range(200):
        es, en = rng.choice(TOKENS)
        to = rng.choice(("es", "en"))
        source, target = (en, es) if to == "es" else (es, en)
        assert found(source, target, to) == []
        assert rule in found(source, damage(target, rule, rng), to), damage(target, rule, rng)


def test_offsets_of_a_reading_lead_back_into_the_message() -> None:
    reading = Reading(
        "Lea <a1>el <em1>informe</em1></a1> &amp; <code1/> en https://example.org/a."
    )
    assert reading.text == "Lea el informe & \ufffc en \ufffc."
    for word in ("el", "informe", "en"):
        start = reading.text.index(word)
        place = reading.span(start, start + len(word))
        assert reading.raw[slice(*place)] == word
    amp = reading.text.index("&")
    assert reading.raw[slice(*reading.span(amp, amp + 1))] == "&amp;"


@pytest.mark.parametrize(
    "text",
    [
        "The baker opens the shop, the café and the garden to guests.",
        "The shop of our baker is going to be open for all the children.",
        "Our bakery opens for all the children of the village, the baker said.",
    ],
)
def test_a_text_told_anew_in_the_language_of_the_source_is_found_whole(text: str) -> None:
    source = "The baker opens the shop, the café and the garden to children."
    (finding,) = check_pair(
        Pair(source, text), CheckContext("en", "es", only=frozenset({"source-language"}))
    )
    assert finding.message == "the text is in the language of the source"
    assert finding.span == (0, len(text))


def test_names_that_stay_below_a_translated_heading_are_left_alone() -> None:
    source = "Actions: to run and to stop, then install and remove"
    assert found(source, "Acciones: to run and to stop, then install and remove", "es") != []
    source = "Branches: stable, testing, unstable, experimental, security, backports"
    target = source.replace("Branches", "Ramas")
    assert "source-language" not in found(source, target, "es")


def test_a_fix_never_removes_markup() -> None:
    context = CheckContext("es", "en")
    pair = Pair(
        "El <a1>final</a1> de la feria.", "The <a1>end</a1> of the <em1>the</em1> fair."
    )
    assert [one.fix for one in check_pair(pair, context) if one.rule == "doubled-word"] == [
        None
    ]


class Dictionary:
    """The part of a Hunspell dictionary that is asked for."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def lookup(self, word: str) -> bool:
        return word in self.words


def test_spelling_skips_what_the_source_and_the_project_know() -> None:
    speller = Speller(Dictionary("the", "fair", "opens", "today"))
    more = {
        "speller": speller,
        "words": frozenset({"valdeluna"}),
        "severities": {"spelling": Severity.INFO},
    }
    source = "La romería abre hoy en Valdeluna."
    assert found(source, "The fair opens today.", "en", **more) == []
    assert found(source, "The romería opens today.", "en", **more) == []
    assert found(source, "The fair opnes today.", "en", **more) == ["spelling"]
    assert found(source, "The Smith fair opens today.", "en", **more) == []
    assert (
        found(
            source,
            "valdeluna fair opens <code1/> today.",
            "en",
            only=frozenset({"spelling"}),
            **more,
        )
        == []
    )


# spylls 0.1.7 leaves the files of a dictionary to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_real_dictionary_where_one_is_installed() -> None:
    speller = Speller.find("es-ES")
    if speller is None:
        pytest.skip("no Hunspell dictionary of Spanish, or the extra `spell` is missing")
    assert speller.knows("biblioteca")
    assert not speller.knows("bilbioteca")
    assert Speller.find("xx") is None
    gc.collect()


def test_a_large_catalog_is_measured_by_its_own_lengths() -> None:
    source = "La biblioteca abre de lunes a viernes y cierra los festivos, número {n}."
    short = "Open on weekdays, no. {n}."
    body = "".join(
        f'\nmsgid "{source.format(n=n)}"\nmsgstr "{short.format(n=n)}"\n'
        for n in range(100, 240)
    )
    usual = examine(
        (HEADER + body).encode(), Path("x.po"), Criteria("en", only=frozenset({"length"}))
    )
    assert usual.findings == ()
    few = "".join(body.partition("\n\nmsgid")[:1])
    unusual = examine(
        (HEADER + few).encode(), Path("x.po"), Criteria("en", only=frozenset({"length"}))
    )
    assert [one.rule for one in unusual.findings] == ["length"]


@pytest.mark.parametrize(
    ("flag", "source", "target", "rules"),
    [
        ("python-brace-format", "{n} de {total}", "{n} of {total}", []),
        ("python-brace-format", "{n} de {total}", "{total}: {n}", []),
        ("python-brace-format", "{n} de {total}", "{n} of {totals}", ["variable", "variable"]),
        ("python-brace-format", "{{n}} y {name}", "{{n}} and {name}", []),
        ("python-format", "%(n)d de %s", "%(n)d of %s", []),
        ("python-format", "%(n)d de %s", "%(n)d of all", ["variable"]),
        ("c-format", "el 50 %% de %s", "50%% of %s", []),
    ],
)
def test_variables_of_programs(flag: str, source: str, target: str, rules: list[str]) -> None:
    data = f'{HEADER}\n#, {flag}\nmsgid "{source}"\nmsgstr "{target}"\n'.encode()
    settings = Criteria("en", only=frozenset({"variable"}), is_article=False)
    assert [one.rule for one in examine(data, Path("x.po"), settings).findings] == rules


@pytest.mark.parametrize(
    ("target", "rules"),
    [
        ("<x1/>, if so <x2/>b<x3/>c<x4/>", []),
        ("if so <x2/>b<x3/>c<x4/>, <x1/>", []),
        ("<x1/>, if so <x2/>b<x4/>c<x3/>", ["placeholder-order"]),
        ("<x1/>, if so <x4/>b<x3/>c<x2/>", ["placeholder-order"]),
    ],
)
def test_code_of_a_site_generator_stays_in_order(target: str, rules: list[str]) -> None:
    codes = ["{{ a }}", "{% if b %}", "{% else %}", "{% endif %}"]
    comments = "".join(f"#. <x{n}/> = {code}\n" for n, code in enumerate(codes, 1))
    data = f'{HEADER}\n{comments}msgid "<x1/>, si <x2/>b<x3/>c<x4/>"\nmsgstr "{target}"\n'
    settings = Criteria("en", only=frozenset({"placeholder-order", "variable"}))
    assert [
        one.rule for one in examine(data.encode(), Path("x.po"), settings).findings
    ] == rules


def test_an_empty_plural_form() -> None:
    data = f'{HEADER}\nmsgid "{{n}} texto"\nmsgid_plural "{{n}} textos"\nmsgstr[0] "{{n}} text"\nmsgstr[1] ""\n'
    outcome = examine(data.encode(), Path("x.po"), Criteria("en", is_article=False))
    assert (outcome.counts.translated, outcome.counts.untranslated) == (0, 1)
    assert [one.rule for one in outcome.findings] == ["plural-forms"]


@pytest.mark.parametrize(
    ("source", "target", "said", "mended"),
    [
        ("Hola", "Hel\u202elo", ["U+202E"], "Hello"),
        ("Hola", "Hel&#8238;lo&#x2069;", ["U+202E", "U+2069"], "Hello"),
        ("Hola", "\u2066Hello\u2069", ["U+2066", "U+2069"], "Hello"),
        ("\u2066Hola\u2069", "\u2066Hello\u2069", [], "\u2066Hello\u2069"),
        ("\u2066Hola\u2069", "\u2066Hello", ["U+2066"], "Hello"),
        ("\u202bHola\u202c", "Hello\u202c \u202bAna", ["U+202C", "U+202B"], "Hello Ana"),
        ("\u202eHola", "\u202eHello", ["U+202E"], "Hello"),
        (
            "\u2067\u202aHola\u202c\u2069",
            "\u2067\u202aHello\u2069",
            ["U+202A"],
            "\u2067Hello\u2069",
        ),
        (
            "\u2067\u202aHola\u202c\u2069",
            "\u202a\u2067Hello\u202c\u2069",
            ["U+202A", "U+202C"],
            "\u2067Hello\u2069",
        ),
        ("Hola", "He\u00adllo\u200d", [], "He\u00adllo\u200d"),
    ],
)
def test_controls_of_direction_are_named_and_taken_out(
    source: str, target: str, said: list[str], mended: str
) -> None:
    context = CheckContext("es", "en", only=frozenset({"bidi-control"}))
    findings = [*check_pair(Pair(source, target), context)]
    assert [one.message.partition(",")[0] for one in findings] == said
    while fix := next((one.fix for one in check_pair(Pair(source, target), context)), None):
        target = fix.msgstr
    assert target == mended


def test_a_control_of_direction_is_a_warning_that_can_be_printed() -> None:
    data = f'{HEADER}\nmsgid "Hola"\nmsgstr "Hel\u202elo"\n'.encode()
    outcome = examine(data, Path("x.po"), Criteria("en", is_article=False))
    (finding,) = outcome.findings
    assert (finding.rule, finding.severity) == ("bidi-control", Severity.WARNING)
    assert finding.message.isprintable()


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        (
            "La Sra. Ibáñez y el Sr. Ríos, de la Av. Colón núm. 8, vieron al Dr. Vega, a la Dra. Mena y al Ing. Paz.",
            "Mrs Ibáñez and Mr Ríos, of 8 Colón Avenue, met Dr Vega, Dr Mena and Mr Paz, an engineer, last night.",
            [],
        ),
        (
            "El mercado abre temprano. Hay pescado. También hay fruta del valle, y los domingos se vende pan.",
            "The market opens early with fish and with fruit from the valley, and on Sundays bread is sold.",
            ["1 sentence for 3 of the source"],
        ),
    ],
)
def test_sentences_are_counted_as_they_are_everywhere(
    source: str, target: str, messages: list[str]
) -> None:
    context = CheckContext("es", "en", only=frozenset({"sentences"}))
    findings = check_pair(Pair(source, target), context)
    assert [finding.message for finding in findings] == messages


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("It holds for “community.example.org” too.", "Vale también para «comunidad.example.org».", 1),
        ("The form is at example.org/help.", "El formulario está en example.org/ayuda.", 1),
        ("Look at www.example.org first.", "Mire antes www.ejemplo.org.", 1),
        ("They bought it at amazon.com.", "Lo compraron en amazon.es.", 0),
        ("Look at en.example.org first.", "Mire antes es.example.org.", 0),
        ("They met at example.org.", "Se conocieron en example.org.", 0),
        ("They met at example.org.", "Se conocieron en internet.", 0),
    ],
)  # fmt: skip
def test_addresses_said_by_host_alone_are_not_translated(
    source: str, target: str, count: int
) -> None:
    assert (
        found(source, target, "es", only=frozenset({"url"}), is_article=True) == ["url"] * count
    )


def test_hosts_are_found_in_linear_time() -> None:
    text = "a-b." * 20_000
    start = time.process_time()
    found(text, text + "c", "es", only=frozenset({"url"}), is_article=True)
    assert time.process_time() - start < 3
