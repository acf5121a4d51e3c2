"""Rules of grammar and meaning: agreement, address, articles, opposites, what cannot be seen."""

from __future__ import annotations

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog, check_entry, check_pair
from l10n.checks.reading import Pair
from tests.proportion import is_in_proportion, processor_seconds


def rules_found(source: str, target: str, to: str, *, is_article: bool = True) -> set[str]:
    context = CheckContext("en" if to == "es" else "es", to, is_article=is_article)
    return {finding.rule for finding in check_pair(Pair(source, target), context)}


@pytest.mark.parametrize(
    ("rule", "source", "wrong", "right", "to"),
    [
        ("agreement", "The old doors are red.", "Las puertas viejas son rojos.", "Las puertas viejas son rojas.", "es"),
        ("agreement", "The neighbours want rain.", "Los vecinos quiere lluvia.", "Los vecinos quieren lluvia.", "es"),
        ("agreement", "Los libros están en la mesa.", "The books is on the table.", "The books are on the table.", "en"),
        ("register", "Choose your seat and bring your ticket.", "Elija su asiento y trae tu entrada.", "Elija su asiento y traiga su entrada.", "es"),
        ("article-form", "Un huevo cada día.", "A egg every day.", "An egg every day.", "en"),
        ("article-form", "Un perro ladra.", "An dog barks.", "A dog barks.", "en"),
        ("opposite", "Sales rose in June.", "Las ventas cayeron en junio.", "Las ventas subieron en junio.", "es"),
        ("opposite", "Open the door before lunch.", "Abra la puerta después de comer.", "Abra la puerta antes de comer.", "es"),
        ("invisible-character", "The bridge is old.", "El puen\u200bte es viejo.", "El puente es viejo.", "es"),
        ("sentences", "It rained. The road flooded. Buses stopped.", "Llovió. Los autobuses pararon.", "Llovió. Se inundó la carretera. Los autobuses pararon.", "es"),
        ("space-after-mark", "The rain stopped, and people left.", "La lluvia cesó,y la gente se fue.", "La lluvia cesó, y la gente se fue.", "es"),
        ("false-friend", "La actual ministra dimite.", "The actual minister resigns.", "The current minister resigns.", "en"),
        ("untranslated", "Village Bakery Wins the Regional Prize", "Village Bakery Wins the Regional Prize", "La panadería gana el premio regional", "es"),
        ("contrast", "The soup comes with bread.", "La sopa viene sin pan.", "La sopa viene con pan.", "es"),
        ("contrast", "Llegaron sin maletas.", "They arrived with suitcases.", "They arrived without suitcases.", "en"),
        ("contrast", "Write at least 200 words.", "Escribe como máximo 200 palabras.", "Escribe al menos 200 palabras.", "es"),
        ("contrast", "La nueva ruta es menos peligrosa.", "The new route is more dangerous.", "The new route is less dangerous.", "en"),
        ("exchanged", "They lost 2-5 in Vigo.", "Perdieron 5-2 en Vigo.", "Perdieron 2-5 en Vigo.", "es"),
        ("exchanged", "Abre entre las 9 y las 14 horas, de 3 a 8 grados.", "It opens from 9 to 14 hours, 8 to 3 degrees.", "It opens from 9 to 14 hours, 3 to 8 degrees.", "en"),
        ("exchanged", "Marta phoned Lucía.", "Lucía llamó a Marta.", "Marta llamó a Lucía.", "es"),
        ("exchanged", "The path from Ávila to Segovia is long.", "El camino de Segovia a Ávila es largo.", "El camino de Ávila a Segovia es largo.", "es"),
        ("exchanged", "Volaron de Londres a Vigo.", "They flew from Vigo to London.", "They flew from London to Vigo.", "en"),
        ("contrast", "Fewer than half of the trees survived.", "Sobrevivió más de la mitad de los árboles.", "Sobrevivió menos de la mitad de los árboles.", "es"),
        ("contrast", "Más de un tercio de las plazas está libre.", "Less than a third of the places are free.", "More than a third of the places are free.", "en"),
        ("number", "Dinner is at 8:15 p.m.", "Se come a las 8:15.", "Se cena a las 8:15.", "es"),
        ("number", "El puerto cierra a las 18:40.", "The harbour closes at 6:40.", "The harbour closes at 6:40 p.m.", "en"),
        ("number", "It is her second visit.", "Es su tercera visita.", "Es su segunda visita.", "es"),
        ("number", "Vive en la cuarta casa.", "She lives in the third house.", "She lives in the fourth house.", "en"),
        ("number", "It was minus 8 degrees.", "Hacía 8 grados.", "Hacía 8 grados bajo cero.", "es"),
        ("number", "Hacía menos nueve grados.", "It was nine degrees.", "It was minus nine degrees.", "en"),
        ("number", "It dropped to minus eight.", "Bajó a ocho.", "Bajó a menos ocho.", "es"),
        ("number", "It opens at 5:30 p.m. It closes at 11:15 p.m.", "Abre a las 5:30 p. m. Cierra a las 11:15.", "Abre a las 5:30 p. m. Cierra a las 23:15.", "es"),
        ("number", "They painted four new doors.", "Pintaron las puertas nuevas.", "Pintaron cuatro puertas nuevas.", "es"),
        ("question", "It is late. Will they come? Nobody knows.", "Es tarde. Vendrán. Nadie lo sabe.", "Es tarde. ¿Vendrán? Nadie lo sabe.", "es"),
        ("name", "Mr Brown left early.", "El señor Marrón salió temprano.", "El señor Brown salió temprano.", "es"),
        ("name", "Mrs Banks signed.", "La señora Bancos firmó.", "La señora Banks firmó.", "es"),
        ("name", "La jueza Montes firmó.", "Judge Hills signed.", "Judge Montes signed.", "en"),
        ("name", "He lives in Leeds now.", "Ahora vive en Londres.", "Ahora vive en Leeds.", "es"),
        ("name", "Nació en Barcelona.", "She was born in Madrid.", "She was born in Barcelona.", "en"),
        ("number", "The mill has nine windows.", "El molino tiene ventanas.", "El molino tiene nueve ventanas.", "es"),
        ("number", "Cuatro vecinos se quejaron.", "The neighbours complained.", "Four neighbours complained.", "en"),
        ("placeholder-swapped", "Ask for <a1>the report</a1> or <a2>the budget</a2>.", "Pida <a2>el informe</a2> o <a1>el presupuesto</a1>.", "Pida <a1>el informe</a1> o <a2>el presupuesto</a2>.", "es"),
        ("placeholder-swapped", "Visite <a1>nuestra tienda</a1> junto al río.", "Visit our shop by <a1>the river</a1>.", "Visit <a1>our shop</a1> by the river.", "en"),
        ("only", "Only residents may park here.", "Los vecinos pueden aparcar aquí.", "Aquí solo pueden aparcar los vecinos.", "es"),
        ("unfinished", "Ask at the desk.", "xxx", "Pregunte en el mostrador.", "es"),
        ("unfinished", "Pregunte en el mostrador.", "Ask at the desk FIXME.", "Ask at the desk.", "en"),
        ("unfinished", "Ask at the desk.", "Pendiente de traducir", "Pregunte en el mostrador.", "es"),
        ("other-language", "The ferry leaves at dawn from the old pier.", "Le bac part à l’aube du vieux quai.", "El transbordador sale al alba del muelle viejo.", "es"),
        ("other-language", "El transbordador sale al alba del muelle viejo.", "O barco parte de madrugada do cais velho da cidade.", "The ferry leaves at dawn from the old pier.", "en"),
        ("machine-artefact", "Open the window.", "Como modelo de lenguaje, no puedo hacerlo.", "Abre la ventana.", "es"),
        ("machine-artefact", "Abre la ventana.", "Sure! Here is the translation: Open the window.", "Open the window.", "en"),
        ("sentences", "The pool closes in May. Children bring their own towels.", "La piscina cierra en mayo.", "La piscina cierra en mayo. Los niños traen su propia toalla.", "es"),
    ],
)  # fmt: skip
def test_the_mistake_is_found_and_its_right_counterpart_is_not(
    rule: str, source: str, wrong: str, right: str, to: str
) -> None:
    assert rule in rules_found(source, wrong, to)
    assert not rules_found(source, right, to)


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        ("Mondays are quiet.", "Los lunes es difícil aparcar.", "es"),
        ("La noticia es buena.", "The news is good.", "en"),
        ("Un uniforme y una hora.", "A uniform and an hour.", "en"),
        ("It is not open today.", "Hoy está cerrado.", "es"),
        ("Raise or lower the volume.", "Suba o baje el volumen.", "es"),
        ("Put the bananas in your bag and press the bell.", "Mete los plátanos en tu bolsa y toca el timbre.", "es"),
        ("Choose your seat. The orphans sing at six.", "Elija su asiento. Los huérfanos cantan a las seis.", "es"),
        ("The minutes of your meeting. Report of the board.", "El acta de tu reunión. Informe de la junta.", "es"),
    ],
)  # fmt: skip
def test_what_only_looks_wrong_is_left_alone(source: str, target: str, to: str) -> None:
    judged = {"agreement", "register", "article-form", "opposite"}
    assert not judged & rules_found(source, target, to)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("translator-credits", "Ana Pino <ana@example.org>, 2017\nLuis Mar <luis@example.org>, 2018"),
        ("write to FILE", "escribe en el fichero FICHERO"),
        ("Mail the editors.", "Escriba a la redacción <red@example.org>, por favor."),
        ("`", "«"),
        ("cannot open `%s': not a file", "no se puede abrir «%s»: no es un fichero"),
        ("Write to someone@example.com", "Escriba a alguien@example.com"),
        ("DIR <file1> <file2>", "DIR <fichero1> <fichero2>"),
    ],
)  # fmt: skip
def test_customs_of_other_projects_are_no_mistakes(source: str, target: str) -> None:
    escaped = [text.replace("\n", "\\n") for text in (source, target)]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog = Catalog.parse((header + 'msgid "{}"\nmsgstr "{}"\n'.format(*escaped)).encode())
    context = CheckContext("en", "es", is_article=False)
    findings = [finding for entry in catalog.entries for finding in check_entry(entry, context)]
    assert not [finding for finding in findings if finding.severity.rank > 0]


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        ("The email is no more than a day and 24 hours old.", "El correo no tiene más de un día y 24 horas.", "es"),
        ("Released on 2021-08-14.", "Publicado el 14-08-2021.", "es"),
        ("Marta lost to Lucía.", "Lucía ganó a Marta.", "es"),
        ("Marta was phoned by Lucía.", "Lucía llamó a Marta.", "es"),
        ("A cheaper ticket.", "Un billete menos caro.", "es"),
        ("Sugar-free coffee.", "Café sin azúcar.", "es"),
        ("He got away with it.", "Quedó sin castigo.", "es"),
        ("All of it.", "Todo", "es"),
        ("Enter a code like XXX.", "Escriba un código como XXXXX.", "es"),
        ("Bosque de secuoyas", "Sequoia forest", "en"),
        ("A chat about chat, with a chat room.", "Charla sobre chat en una sala de chat.", "es"),
    ],
)  # fmt: skip
def test_a_sentence_said_otherwise_is_left_alone(source: str, target: str, to: str) -> None:
    judged = {"contrast", "exchanged", "only", "unfinished", "other-language"}
    assert not judged & rules_found(source, target, to)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A trip to Swabia and Rhodesia, with Tughril.", "Un viaje a Suabia y Rodesia, con Tugril."),
        ("We went to the Carnival of the Tribes.", "Fuimos al Carnaval de las Tribus."),
        ("Its strength becomes 4.5 there.", "Su fuerza pasa a ser 4'5 allí."),
        ("It does not send mail. Replace notify-by-nothing.", "No envía correo. Sustituya notify-by-nothing."),
        ("See [Ana](https://example.org/a) (head).", "Ver [Ana](https://example.org/a)(jefa)."),
        ("Read https://example.org/doc_en.pdf first.", "Lea antes https://example.org/doc_es.pdf."),
    ],
)  # fmt: skip
def test_what_languages_do_to_names_numbers_and_addresses_is_no_mistake(
    source: str, target: str
) -> None:
    assert not {"name", "number", "negation", "url"} & rules_found(source, target, "es")


@pytest.mark.parametrize(
    ("rule", "source", "target", "to"),
    [
        ("number", "Half a million people came.", "Vino un millón de personas.", "es"),
        ("number", "The fair ends on 24 December 2025.", "La feria acaba el 24.11.2025.", "es"),
        ("number", "There are 3 rooms.", "Hay 3 salas (50 obras).", "es"),
        ("number", "The crater is 3 inches deep.", "El cráter tiene 3 pulgadas (80 cm) de hondo.", "es"),
        ("unit", "The park covers 40 sq. mi.", "El parque ocupa 40 kilómetros cuadrados.", "es"),
        ("opposite", "The line doubles the capacity.", "La línea triplica la capacidad.", "es"),
        ("contrast", "More than half of the guests came.", "Vino menos de la mitad de los invitados.", "es"),
        ("opposite", "Sales dropped. Nobody was hurt.", "Las ventas crecieron. Nadie resultó herido.", "es"),
        ("negation", "The bakery opens on Sundays.", "La panadería no abre los domingos.", "es"),
        ("name", "Rafael Ibarra repaired the clock for free.", "Un vecino reparó el reloj gratis.", "es"),
        ("agreement", "The old bridge will be repaired.", "Se reparará la puente vieja.", "es"),
        ("agreement", "The pupils wrote a letter.", "El alumnos escribieron una carta.", "es"),
        ("agreement", "There is a station.", "Hay un estación.", "es"),
        ("register", "Bring your card and sign the form in your name.", "Traiga el carné y firme el impreso a tu nombre.", "es"),
        ("machine-artefact", "Keep dogs on a lead.", "Lo siento, pero como modelo de lenguaje no puedo traducirlo.", "es"),
        ("false-friend", "He realized that the door was shut.", "Realizó que la puerta estaba cerrada.", "es"),
        ("language-case", "He speaks French.", "Habla Francés.", "es"),
        ("left-word", "The ship left at dawn.", "El ship zarpó al alba.", "es"),
        ("article-form", "Tiene un jardín.", "It has an garden.", "en"),
    ],
)  # fmt: skip
def test_mistakes_of_sense_and_grammar(rule: str, source: str, target: str, to: str) -> None:
    assert rule in rules_found(source, target, to)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Half a million people came.", "Vino medio millón de personas."),
        ("The fair ends on 24 December 2025.", "La feria acaba el 24.12.2025."),
        ("The park covers 40 sq. mi.", "El parque ocupa 40 millas cuadradas."),
        ("Sending it in the background", "Se envía en 2.º plano"),
        ("The crater is 3 inches deep.", "El cráter tiene 3 pulgadas (7,6 cm) de hondo."),
        ("It was 68 °F in the hall.", "Había 68 °F (20 °C) en la sala."),
        ("It has 17.5M users", "Tiene 17,5 millones de usuarios"),
        ("Scroll down 1/2 page", "Bajar media página"),
        ("The file is not owned by you", "El archivo es de propiedad ajena"),
        ("Show the hidden files", "Mostrar los archivos ocultos"),
        ("A shallow lake", "Un lago poco profundo"),
        ("Put them side by side.", "Póngalas una junto a la otra."),
        ("Choose one when asked.", "Elija una cuando se le pida."),
        ("An old programme", "Un programa antiguo"),
        ("The water is cold.", "El agua está fría."),
        ("(e)ncrypt, (s)ign, (b)oth?", "¿(e)ncriptar, (f)irmar, amb(o)s?"),
        ("Word template with grey watermark", "Plantilla de Word con marca de agua gris"),
        ("Cannot copy ftp://some.host/a", "No se puede copiar ftp://ese.equipo/a"),
        ("mg Cholesterol", "mg de Colesterol"),
        ("Set note length to 1/16", "Duración de semicorchea"),
        ("Switch to the 8th octave", "Cambiar a la octava octava"),
        ("Open https://my_host:8080/a.html", "Abra https://mi_equipo:8080/a.html"),
        ("Exclude a plug-in from activating", "Desactivar un complemento"),
        ("High quality plugins under the licence", "Complementos de buena calidad bajo la licencia"),
        ("Mark Stars finds the stars of the picture.", "Marcar estrellas busca las de la imagen."),
        ("If you do not know what it is, accept it.", "En caso de duda, acéptelo."),
        ("The file is incomplete (was it cut off?)", "El archivo está incompleto (quizá se cortó)"),
    ],
)  # fmt: skip
def test_what_people_write_rightly_is_left_alone(source: str, target: str) -> None:
    found = rules_found(source, target, "es", is_article=False)
    assert not found - {"first-letter", "end-mark"}


def test_a_percentage_flagged_as_a_format_is_none() -> None:
    context = CheckContext("en", "es", only=frozenset({"variable"}), is_article=False)
    text = '#, python-format\nmsgid "It is 10% slower."\nmsgstr "Es un 10% inferior."\n'
    assert not [*check_entry(Catalog.parse(text.encode()).entries[0], context)]


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        ("Mr President, the house is full.", "Señor presidente, la sala está llena.", "es"),
        ("Ávila and Segovia have walls.", "Segovia y Ávila tienen murallas.", "es"),
        ("Wait a second in the room.", "Espera un segundo en el cuarto.", "es"),
        ("Third-party programs are refused.", "No se admiten programas de terceros.", "es"),
        ("The sum is 7 minus 5.", "El resultado es 7 menos 5.", "es"),
        ("Al menos 5 grados.", "At least 5 degrees.", "en"),
        ("By bus from Lugo to Soria, and by train from Soria to Lugo.", "En autobús de Lugo a Soria, y en tren de Soria a Lugo.", "es"),
        ("Last night we had minus fifteen.", "Anoche tuvimos menos quince.", "es"),
        ("La marca cayó a menos ocho.", "The mark dropped to minus eight.", "en"),
        ("The dial showed minus 14.", "La aguja marcaba menos catorce.", "es"),
        ("Nine minus six leaves three.", "Nueve menos seis dejan tres.", "es"),
        ("At minus thirty the oil freezes.", "A treinta bajo cero el aceite se hiela.", "es"),
        ("Hay por lo menos siete grados.", "There are at least seven degrees.", "en"),
        ("The film is at 3:45 p.m.", "La película de la sobremesa es a las 3:45.", "es"),
        ("The bar is open in the evening. It closes at 10:15 p.m.", "El bar abre por la noche. Cierra a las 10:15.", "es"),
        ("It opens at 8:30 a.m. and at 8:30 p.m.", "Abre a las 8:30 y a las 8:30 p. m.", "es"),
        ("Four weeks ago it rained.", "Hace un mes llovió.", "es"),
        ("The seven dwarfs sang.", "Los enanos cantaron.", "es"),
        ("It opens from 5 to 7:30 p.m.", "Abre de 5 a 7:30 de la tarde.", "es"),
        ("The bus leaves at 9 a.m.", "El autobús sale a las 9.", "es"),
        ("It starts at 12:30 p.m.", "Empieza a las 12:30.", "es"),
        ("More than half of them did not vote.", "Menos de la mitad votó.", "es"),
        ("They called three times.", "Llamaron varias veces.", "es"),
        ("It lasted twelve months.", "Duró un año.", "es"),
        ("Six of one and half a dozen.", "Tanto da.", "es"),
        ("Why not come? It is free.", "¡Venga! Es gratis.", "es"),
    ],
)  # fmt: skip
def test_what_says_the_same_in_other_words(source: str, target: str, to: str) -> None:
    assert not rules_found(source, target, to)


def test_a_text_that_addresses_readers_otherwise_than_the_rest_of_its_article() -> None:
    texts = {
        "Choose a seat.": "Elija un asiento.",
        "Bring a coat.": "Traiga un abrigo.",
        "Read the sign.": "Lea el cartel.",
        "You can park here.": "Puedes aparcar aquí.",
        "She said you can.": "Dijo: «Puedes hacerlo».",
        "The gate has 3 locks.": "La verja tiene 5 cerraduras.",
    }
    head = 'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    text = head + "".join(
        f'\nmsgid "{source}"\nmsgstr "{target}"\n' for source, target in texts.items()
    )
    catalog = Catalog.parse(text.encode())

    def found(*, is_article: bool) -> list[str | None]:
        context = CheckContext("en", "es", is_article=is_article, only=frozenset({"register"}))
        return [finding.msgid for finding in check_catalog(catalog, context)]

    assert found(is_article=True) == ["You can park here."]
    findings = check_catalog(catalog, CheckContext("en", "es"))
    lines = [finding.line or 0 for finding in findings]
    assert lines == sorted(lines)
    assert {finding.rule for finding in findings} > {"register"}
    assert found(is_article=False) == []
    silenced = text.replace('\nmsgid "You can', '\n# l10n-ignore: register\nmsgid "You can')
    catalog = Catalog.parse(silenced.encode())
    assert found(is_article=True) == []


def test_a_text_of_many_names_and_questions_is_compared_in_proportion_to_its_length() -> None:
    source = (
        "Is it far from Leeds to York? Mr Brown lives in Madrid, minus 5 degrees at 7 p.m. "
    )
    target = "¿Está lejos de York a Leeds? El señor Marrón vive en Lugo, a 5 grados a las 7. "
    context = CheckContext("en", "es")

    def seconds(times: int) -> float:
        pair = Pair(source * times, target * times)
        return processor_seconds(lambda: list(check_pair(pair, context)))

    assert is_in_proportion(seconds, (150, 600))


@pytest.mark.parametrize("piece", ["\\n", "« ", "<a1>", "<a1>uno</a1> "])
def test_an_article_of_marks_that_nobody_closed_is_compared_in_proportion_to_its_length(
    piece: str,
) -> None:
    context = CheckContext("en", "es", only=frozenset({"register", "placeholder-swapped"}))

    def seconds(times: int) -> float:
        text = f'msgid "<a1>one</a1>"\nmsgstr "{piece * times}"\n'
        catalog = Catalog.parse(text.encode())
        return processor_seconds(lambda: check_catalog(catalog, context))

    assert is_in_proportion(seconds, (2000, 8000))


def test_a_link_around_many_words_is_compared_in_proportion_to_their_number() -> None:
    context = CheckContext("en", "es", only=frozenset({"placeholder-swapped"}))

    def seconds(times: int) -> float:
        words = " ".join(f"zanja{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(times))
        pair = Pair(f"<a1>the house</a1> {words}", f"la casa <a1>{words}</a1>")
        return processor_seconds(lambda: list(check_pair(pair, context)))

    assert is_in_proportion(seconds, (150, 600))


def test_no_place_within_an_unknown_link_is_offered_for_a_missing_one() -> None:
    def mended(target: str) -> list[str]:
        pair = Pair("Ask <a1>Luz Gil</a1>.", target)
        findings = check_pair(pair, CheckContext("en", "es"))
        return [
            finding.fix.msgstr
            for finding in findings
            if finding.rule == "placeholder-missing" and finding.fix
        ]

    assert mended("Pregunte a <a2>Luz Gil</a2>.") == []
    assert mended("Pregunte <a2>ya</a2> a Luz Gil.") == [
        "Pregunte <a2>ya</a2> a <a1>Luz Gil</a1>."
    ]
