"""Spanish: what the desk knows of it."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re

from l10n.interface import N_
from l10n.languages import Language, without_ending
from l10n.languages.concord import es as concord
from l10n.languages.contrasts import es as contrasts
from l10n.languages.numerals import es as numerals
from l10n.languages.traits import (
    DateOrder,
    Dates,
    FalseFriend,
    Gender,
    Negation,
    PageWords,
    Usage,
)

_FUNCTION_WORDS = frozenset(
    "el la los las del que y en una por para con se su sus es al lo como más pero le les ya este esta estos"
    " estas son fue era muy sin sobre también hasta hay donde quien desde todo todos todas durante ni contra"
    " ese esa eso ante esto antes algunos algunas otro otra otros otras cuando porque entre según mientras"
    " ha han había puede pueden debe sido ser está están un de o si".split()
)
_TELLTALE_WORDS = frozenset(
    "pero porque según hasta desde cuando donde quien mientras aunque muy más los las del sus estos estas algunos"
    " algunas otros otras todos todas esta está están fue había puede pueden durante sobre también la el una que"
    " por su entre".split()
)
_LANGUAGES = (
    "español|inglés|francés|alemán|italiano|portugués|chino|japonés|ruso|árabe|catalán|gallego|euskera|vasco"
    "|valenciano|latín|griego|hebreo|coreano|holandés|neerlandés|sueco|noruego|danés|finés|finlandés|polaco"
    "|rumano|húngaro|checo|turco|hindi|quechua|guaraní|náhuatl|castellano|ucraniano|búlgaro"
).split("|")

_AMERICA = "MX US 419 AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PR PA UY".split()
"""Regions where the second person plural is `ustedes`."""

_EUROPEAN_WORDS = {
    "computadora": "ordenador",
    "computadoras": "ordenadores",
    "ícono": "icono",
    "íconos": "iconos",
    "video": "vídeo",
    "videos": "vídeos",
}
"""Said in America → said in Spain."""

_NEGATION = Negation(
    # `¿No viene?` asks, and `venga o no` leaves it open: neither denies.
    denies=(
        r"[NnJjTt](?<!\w[NnJjTt])(?:(?<=[Nn])[oO]\b(?<!¿no)(?<! o no)(?! (?:sol[oa]|sólo|solamente|únicamente|obstante|más de|menos de"
        r"|(?:cabe )?dud\w+|olvid\w+|dej\w+ de|bien|te pierdas|se pierda)\b)(?= [a-záéíóúñ])"
        r"|(?:unca|adie|ingun[oa]s?|ingún)\b(?!\?)|amás\b|ampoco\b)"
    ),
    words=frozenset(
        "no nunca jamás nadie nada ninguno ninguna ningunos ningunas ningún tampoco ni sin apenas salvo excepto menos poco poca pocos pocas"
        " lugar lejos solo sola sólo solamente sino aunque pero aún aun todavía contrario cero hasta antes tan otro"
        " otra otros otras difícil mal malo mala fuera mientras incluso siquiera ambos vano deja dejan deje dejó duda dudas".split()
    ),
    stems=tuple(
        "abandon acab ajen anónim ausen desmarc desactiv error obsolet inhabilit insegur carec carent cierr contra descart dejar dejad dejen dejó demasiad desac desap desco desha desig deson"
        " despr destit desti desvi desus difer disc disgust distint disuad dud erróne escas evit excep exclu fall fals"
        " falt ignor imp inac inad incap incier incl incon incor incumpl indep indif ined inex inf injust inmu inn inser insu"
        " inti intoc inú inval invál irre libr limit mantien manten mera neg nieg nul olvid olvíd omi perd pierd poc prohib prohíb qued"
        " rechaz rehus rehús resist simpl suspend únic vací".split()
    ),
    endings=(),
    plain=frozenset("no nunca jamás sin ni nadie nada tampoco ningún ninguno ninguna".split()),
    plain_endings=(),
    undoes=(
        r"\b(?:sin\b|descart|impo|imped|dud|neg|nieg|fall|evit|dej|menos\b|olvid|rechaz|carec|in(?:capaz|útil|usual))"
    ),
    predicate=(
        r" (?:(?:se|le|les|lo|la|nos|está|están|es|son|sea|sean|ha|han|había|fue|sido|hay|haya|tiene|tienen|tenga|más|muy|todos?|todas?) )*"
        r"(?:\w+(?:[aid]d[oa]s?|bles?|ntes?|ales?|iv[oa]s?|ent[oa]s?|ic[oa]s?|ari[oa]s?|ción)|hay|hace|pued\w+|pod\w+|deb\w+|es|son|está|están|será"
        r"|fue|ha|han|solo|sólo|más|se|quier\w+|dese\w+|sab\w+|necesit\w+|importa|obstante|sirv\w+|us\w+|funcion\w+|exist\w+|válid\w+)\b"
    ),
)

# Words that are half friends (`support`, `argument`, `compromise`) are left out.
_FALSE_FRIENDS = (
    FalseFriend("actually", "actualmente", "current|now|today|present|recent|these days|so far|as of", "en realidad|de hecho|realmente|efectiv|verdad"),
    FalseFriend("eventually", "eventualmente", "occasional|possibl|temporar|may|might|at times", "al final|finalmente|por fin|con el tiempo|acab|tarde o temprano|a la larga|termin"),
    FalseFriend("ultimately", "últimamente", "late|recent", "en última|al final|en definitiva|finalmente"),
    FalseFriend("carpets?", "carpetas?", "folder|director|binder", "alfombra|moqueta"),
    FalseFriend("embarrass(?:ed|ing)", "embarazad[oa]s?", "pregnan|expect", "vergüenza|avergonza|incómod|bochorno"),
    FalseFriend("constipated", "constipad[oa]s?", "cold", "estreñid"),
    FalseFriend("sensible", "sensibles?", "sensitiv", "sensat|razonabl|prudente"),
    FalseFriend("fabrics?", "fábricas?", "factor|plant|mill|works", "tela|tejido|trama"),
    FalseFriend("soaps?", "sopas?", "soup", "jabon|jabón"),
    FalseFriend("ropes?", "ropas?", "cloth|dress|laundry|garment|linen", "cuerda|soga|cabo"),
    FalseFriend("exits?", "éxitos?", "success|hit|triumph", "salida|sali"),
    FalseFriend("success(?:es)?", "sucesos?", "event|incident|happen|crime", "éxito|logro|acierto"),
    FalseFriend("decepti(?:on|ve)", "decepci(?:ón|ones)|decepcionantes?", "disappoint", "engaño|engañ|fraude"),
    FalseFriend("disgust(?:ed|ing)?", "disgust(?:o|ad[oa]s?)", "upset|annoy|sorrow|displeas|argu", "asco|asque|repugn"),
    FalseFriend("idioms?", "idiomas?", "language|tongue", "modismo|giro|frase hecha|expresi"),
    FalseFriend("lectures?", "lecturas?", "read", "conferencia|charla|clase|lección|ponencia"),
    FalseFriend("molest(?:s|ed|ing)?", "molest(?:ar|ó|aron|a|an|ando)", "bother|annoy|disturb|trouble|mind", "abus|acos|agred"),
    FalseFriend("pretend(?:s|ed|ing)?", "pretend(?:er|ió|ieron|ía|ían|iendo)|pretenden?", "intend|aim|seek|want|try|plan|hope|claim|mean", "fing|simul|hac\\w+ como|aparent"),
    FalseFriend("reali[sz](?:e[sd]?|ing) (?:that|how|what|why|when|where|who|it|he|she|they|we|you|there)", "realiz(?:ar|ó|aron|aba|aban|ando|a|an)", "carry|carried|perform|make\\b|made\\b|do\\b|did\\b|done\\b|conduct|achiev|fulfil|held\\b|holds?\\b|undert|produc", "cuenta|compren|advert|advirt|percat|entend"),
    FalseFriend("sympathetic", "simpátic[oa]s?", "nice|friendly|likeable|likable|funny|pleasant", "compren|solidari|compas"),
    FalseFriend("parents?", "parientes?", "relative|relation|kin|family", "padre|madre|progenitor"),
    FalseFriend("casualt(?:y|ies)", "casualidad(?:es)?", "chance|coincid|accident|luck", "víctima|baja|muert|herid"),
    FalseFriend("advertis(?:e[sd]?|ing|ements?)", "advert(?:ir|encias?|imos)|advirt(?:ió|ieron)", "warn|caution|notice|note|alert|point", "anunci|publici|promoc"),
    FalseFriend("preservatives?", "preservativos?", "condom", "conservante"),
    FalseFriend("attend(?:s|ed|ing)?", "atend(?:er|ió|ieron|ía|ían|iendo)", "serv|care|help|treat|assist|look|listen|answer|respond|heed|handle|address|pay|wait|see|saw", "asist|acud|fue|fueron|ir |iba|va |van |particip|cuid"),
    # Persons are assisted in both languages; events are attended.
    FalseFriend("assist(?:s|ed|ing)?", r"asist(?:ir|ió|ieron|en?|ían?|iendo|ido) (?:al|a la|a los|a las|a una?) (?:boda|misa|acto|feria|fiesta|clase|curso|charla|sesi|reuni|congreso|concierto|conferencia|ceremonia|partido|funeral|entierro|estreno|encuentro|evento|juicio|pleno|debate|festival|inauguraci|manifestaci)\w*", "attend|present|went|go|come|came|join", "ayud|auxili|atend"),
    FalseFriend("librar(?:y|ies)", "librerías?", "book ?(?:shop|store|seller)|shared|dynamic|develop|softw|program|code|load|link|header|runtime|symbol|version|depend|packag|instal|modul|function|file|protocol|Java|Python|feature|such as|implement|us(?:ed|ing)\\b", "bibliotec"),
    FalseFriend("actual(?:ly)?", "actual(?:es)?", "current|present|today|now|existing|latest|modern|topical", "real|verdader|efectiv|exact|propi|concret"),
)  # fmt: skip


_CLITIC = r"((?:[aei]r|[ai]ndo|endo))(?:[mts]e|l[aeo]s?|nos|se l[ao]s?)$"
_CLITIC_ENDINGS = ("me", "te", "se", "la", "le", "lo", "as", "es", "os")
"""What those end in; asked first, since the pattern is slow to find nothing."""
_ENDINGS = frozenset(
    "ariamos eriamos iriamos abamos aremos eremos iremos ieramos aramos asteis isteis arian erian irian"
    " aran eran iran ieran iesen asen aron ieron aban ian ando iendo yendo ados adas idos idas ara era ira are"
    " ere ire aria eria iria aras eras iras ado ada ido ida aba ia amos emos imos ar er ir an en as es os io a e"
    " i o s".split()
)


def _stem(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("mente") and len(word) > 8:
        word = word[:-5]
    if word.endswith(_CLITIC_ENDINGS):
        word = re.sub(_CLITIC, r"\1", word)
    if word.endswith("ces"):
        word = word[:-3] + "z"
    word = without_ending(word, _ENDINGS)
    # One sound is spelt in two ways: `busque` and `busco`, `pague` and `pago`, `cruce` and `cruzo`.
    if word.endswith("qu"):
        return word[:-2] + "c"
    if word.endswith("gu"):
        return word[:-1]
    return word[:-1] + "c" if word.endswith("z") else word


_DATES = Dates(
    capitals=False,
    dated=(r"\b(?P<day>\d{1,2})\.?º? de (?P<month>MONTH)\b",),
    misordered=(
        DateOrder(
            r"(?<!\d de )(?<!\d )\b(?P<month>MONTH) (?P<day>\d{1,2})(?:(?:st|nd|rd|th)\b)?"
            r"(?:,? (?:de(?:l)? )?(?:año )?(?P<year>\d{4}))?(?!\d|[:.,]\d| de \w)",
            "{day} de {month}{year}",
            " de {year}",
            is_certain=True,
        ),
    ),
    day_first={"": True},
    foreign_hour=r"(?<=\d)[ \u00a0]?(?:AM|PM|am|pm|a\.m\.|p\.m\.)(?![\w])",
    hour_message=N_("Spanish writes a. m. and p. m., or hours up to 24"),
    hour="\u00a0{half}.\u00a0m.",
    before=(
        r"(?:\d+º? de|\bprimero de|\b(?:en|desde|hasta|entre|durante|mes de|finales de"
        r"|principios de|mediados de|inicios de|comienzos de|pasado|próximo|este|otro"
        r"|cada|el|los|del|al|y|o|para el|antes del|lunes|martes|miércoles|jueves"
        r"|viernes|sábado|domingo),?) $"
    ),
    after=r"^(?: de \d{4}| de este año| del? (?:pasado|próximo)| \d{1,2}\b|,? \d{4})",
    names_before=(
        r"(?:Plaza|Avenida|Av\.|Calle|Paseo|Puente|Parque|Estadio|Barrio|Día|Batalla"
        r"|Movimiento|Club|Revolución|Santo|San|Hospital|Don|Doña|Señor|Caso|Plácido|Ley"
        r"|Plan|Copa)\s(?:\w+\s){0,3}$"
    ),
    feasts=(
        r"^(?:Viernes Santo|Jueves Santo|Sábado (?:Santo|de Gloria)|Domingo de (?:Ramos"
        r"|Resurrección|Pascua)|Lunes de Pascua|Miércoles de Ceniza|Viernes Negro"
        r"|Martes de Carnaval)"
    ),
    given_names=frozenset({"Julio", "Abril"}),
)

_USTEDES = Usage(
    N_("American Spanish addresses several people as ustedes"),
    forms=r"\b(?:vosotr[oa]s|vuestr[oa]s?|[^\W\d_]{2,}(?:áis|éis)|sois|vais)\b",
    not_forms=frozenset("seis beis jerséis dieciséis veintiséis tréis".split()),
)

_STOP_WORDS = frozenset(
    "a al algo algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como con"
    " contra cual cuales cualquier cuando cuanto cómo de del desde donde dos durante e el él ella ellas"
    " ellos en entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron"
    " ha había han hasta hay hace hacia la las le les lo los más me menos mi mientras mismo misma muy"
    " nada ni no nos nosotros o os otra otras otro otros para pero poco por porque puede pueden que qué"
    " quien quién se sea según ser será si sí sido sin sobre solo son su sus también tan tanto te tiene"
    " tienen toda todas todo todos tras tres tu un una unas uno unos usted y ya yo".split()
)
_GENDER = Gender(
    determiners=(
        ("el", "la"),
        ("un", "una"),
        ("los", "las"),
        ("unos", "unas"),
        ("este", "esta"),
        ("estos", "estas"),
        ("ese", "esa"),
        ("esos", "esas"),
        ("nuestro", "nuestra"),
        ("nuestros", "nuestras"),
        ("del", "de la"),
        ("al", "a la"),
    ),
    followers=frozenset(
        "a al ante bajo cada como con contra cuando de del desde donde durante e en entre hacia hasta ni no o"
        " para pero por porque que según si sin sobre tras u y ya".split()
    ),
    feminine="(?:a|ión|dad|tad|tud|umbre|ez|as|iones|dades|eces)$",
    masculine=frozenset("día mapa idioma problema programa tema sistema clima".split()),
)

_ACUTE = str.maketrans("aeiou", "áéíóú")


def _singulars(word: str) -> set[str]:
    if len(word) < 4 or not word.endswith("s"):
        return set()
    forms = {word[:-1]}
    if word.endswith("ces"):
        forms.add(word[:-3] + "z")
    elif word.endswith("es"):
        forms |= {word[:-2], _accented(word[:-2])}
    return forms


def _accented(stem: str) -> str:
    """Put the accent that a plural in -es loses: pabellon(es) → pabellón."""
    return re.sub(r"[aeiou](?=[ns]$)", lambda vowel: vowel[0].translate(_ACUTE), stem)


def _plural(word: str) -> str:
    if word[-1] in "aeoáéó":
        return f"{word}s"
    if word.endswith("z"):
        return f"{word[:-1]}ces"
    # The accent of the last syllable goes: pabellón, pabellones; that of ñ and ü stays.
    return word[:-2] + word[-2:].translate(_BARE) + "es"


_BARE = str.maketrans("áéíóú", "aeiou")

LANGUAGE = Language(
    code="es",
    name=N_("Spanish"),
    months=(
        *"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    ),
    month_variants={"setiembre": 9},
    weekdays=(*"lunes martes miércoles jueves viernes sábado domingo".split(),),
    weekday_variants={"miercoles": 3, "sabado": 6},
    dates=_DATES,
    number_words=numerals.number_words(),
    numerals=numerals.NUMERALS,
    scales={
        "mil millones": 1e9,
        "cien": 1e2,
        "mil": 1e3,
        "millón": 1e6,
        "millones": 1e6,
        "billón": 1e12,
        "billones": 1e12,
    },
    decimal=",",
    group=".",
    point_regions=frozenset(
        {"MX", "US", "419", "GT", "HN", "SV", "NI", "PA", "DO", "PE", "PR", "CU"}
    ),
    noon=("mediodía", "medianoche"),
    clock_words={0: ("en punto",), 15: ("y cuarto",), 30: ("y media",), 45: ("menos cuarto",)},
    hour_marks=r"h\b|horas\b|[ap]\.?[\s\u00a0]?m\b",
    units={
        "km/h": "kil[oó]metros por hora",
        "km²": "kil[oó]metros? cuadrados?",
        "m²": "metros? cuadrados?",
        "mi²": "millas? cuadradas?",
        "ft²": "pies? cuadrados?",
        "mph": "millas por hora",
        "km": "kil[oó]metros?",
        "m": "metros?",
        "cm": "cent[ií]metros?",
        "mm": "mil[ií]metros?",
        "mi": "millas?",
        "yd": "yardas?",
        "ft": "pies?",
        "in": "pulgadas?",
        "t": "toneladas?",
        "kg": "kilos?|kilogramos?",
        "g": "gramos?",
        "lb": "libras?",
        "oz": "onzas?",
        "l": "litros?",
        "ml": "mililitros?",
        "gal": "galones|gal[oó]n",
        "ha": "hect[aá]reas?",
        "ac": "acres?",
        "°C": "grados (?:Celsius|cent[ií]grados)",
        "°F": "grados Fahrenheit",
        "s": "segundos?",
        "min": "minutos?",
        "h": "horas?",
        "d": "d[ií]as?",
        "week": "semanas?",
        "month": "mes(?:es)?",
        "year": "años?",
    },
    currencies={
        "$": "d[oó]lar(?:es)?|pesos?",
        "€": "euros?",
        "£": r"libras?(?! de\b)|esterlinas?",
        "¥": "yens?|yenes|yuan(?:es)?",
    },
    percent_space="\u00a0",
    percent_words="por ?cien(?:to)?|porcentaje",
    quantities="puntos|veces|personas",
    ordinal="1.º",
    foreign_ordinal=r"(?:st|nd|rd|th)\b",
    long_scale=True,
    billions=r"\b(b|tr)ill(?:ón|ones)\b",
    billion_message=N_("an English billion is mil millones in Spanish, a trillion un billón"),
    opens_marks=True,
    clause_words=("pero", "y", "o", "si", "que"),
    quote_space="",
    spaced_marks="",
    quotes=(("«", "»"), ("“", "”"), ("‘", "’")),
    home="ES",
    quotes_abroad=("“", "”"),
    stops_after_quotes=True,
    capitalises_names_of_languages=False,
    language_cues=(
        *"en al del idioma lengua habla Habla hablan Hablan hablar hablado traducido versión texto ciudadano estudia".split(),
        *("aprende", "aprender", "clases de", "curso de", "o", "y"),
    ),
    small_words=frozenset("De Del En Un Una Para Por Con Y Al Que Su Sus Se Como".split()),
    capitalises_headings=False,
    capital_behind_colon=False,
    negation=_NEGATION,
    contrasts=contrasts.CONTRASTS,
    contrary_prefixes=("des", "dis", "in", "im", "i", "ir", "anti"),
    doubled_words=frozenset(
        "muy poco casi ya tan así no sí bla ja je jo ji luego paso nada tal más yo-yo pío ay".split()
    ),
    usage={
        "ES": Usage(N_("Spain says {word}"), _EUROPEAN_WORDS),
        **dict.fromkeys(_AMERICA, _USTEDES),
    },
    capitals_mark_names=True,
    word_endings=(
        "ción|sión|t[oe]r|dor|mento|dad|[ae]n[ct]e|ismo|ista|ica|ico|[ct]ial|nal|ivo|iva|ura|orio|ario|ogía|fía|oso"
        "|ble|iano"
    ),
    verbosity=1.0,
    false_friends={"en": _FALSE_FRIENDS},
    plural_determiners=("los", "estos", "esos", "unos"),
    gender=_GENDER,
    weakening_words=frozenset(
        "poco poca pocos pocas apenas menos demasiado demasiada demasiados demasiadas".split()
    ),
    agreement=concord.AGREEMENT,
    address=concord.ADDRESS,
    subjects=frozenset(
        "yo tú vos él ella ello usted nosotros nosotras vosotros vosotras ellos ellas ustedes".split()
    ),
    drops_subjects=True,
    head_first=True,
    purpose="para",
    denied_purpose="no",
    # Abra, no cierre, pulse; `fue` and `abría` tell what was.
    polite_order=r"(?:No )?(?!Fue\b)\w+(?<!ab)(?<!í)[ae](?:[lmts]e|l[aoe]s?)?\b",
    # Somebody else who does it would stand behind the verb, or before it: `Llega el tren a tu calle`.
    familiar_order=(
        r"(?!(?:Fue|Llega|Viene|Falta|Empieza|Termina|Acaba|Sale|Hay)\b)\w+(?<!ía)(?<!aba)[ae]\b(?=.*\b(?:tu|tus|te|ti|contigo)\b)"
        r"|(?P<sure>(?:Haz|Pon|Ven|Ten|Ve|Di|Sal)\b)"
    ),
    forbidding=((r"No (\w+es)\b", "ar"), (r"No (\w+as)\b", "er|ir")),
    slips=(
        # Apertium takes `article 12` for a piece of clothing.
        (r"\bde la prenda(?= \d)", "del artículo"),
        (r"\ba la prenda(?= \d)", "al artículo"),
        (r"(?<!\bde )(?<!\ba )\bla prenda(?= \d)", "el artículo"),
        (r"\bLa prenda(?= \d)", "El artículo"),
        (r"(?<!\b[Ll]a )\bprenda(?= \d)", "artículo"),
        (r"\bPrenda(?= \d)", "Artículo"),
        (r"\b(?<=[Qq]ué) una?(?= \w)", ""),
        (r"\ben(?= 1(?::\d\d)?[ \u00a0]?[ap]\.[ \u00a0]?m\.)", "a la"),
        (r"\ben(?= (?!1\D)\d{1,2}(?::\d\d)?[ \u00a0]?[ap]\.[ \u00a0]?m\.)", "a las"),
    ),
    instructs=r"\w+(?:ar|er|ir|ír)(?:[lmts]e|l[aoe]s?)*",
    stop_words=_STOP_WORDS,
    linking_words=frozenset("de del la las los el en al".split()),
    function_words=_FUNCTION_WORDS,
    telltale_words=_TELLTALE_WORDS,
    place_words=frozenset(
        "de en a desde hasta hacia por para con sin sobre entre contra tras según cerca".split()
    ),
    articles=frozenset("El La Los Las Un Una".split()),
    letters="áéíñóúü",
    plural_forms="nplurals=2; plural=(n != 1);",
    singulars=_singulars,
    plural=_plural,
    stem=_stem,
    language_names=tuple(_LANGUAGES),
    page_words=PageWords(
        questions="preguntas (?:frecuentes|y respuestas)|dudas frecuentes|preguntas",
        author_box=(
            "archivado en|etiquetas|sobre (?:el|la|los|las) autor[ae]?s?|acerca del? (?:la )?autora?"
        ),
        byline=("por", "escrito por", "texto de"),
        pictures="foto|fotos|fotografía|imagen|crédito|ilustración|gráfico",
        furniture=(
            "(?:artículos|noticias|vídeos|videos|contenidos|temas|notas|enlaces) relacionad[oa]s|relacionad[oa]s"
            "|lea también|lee también|leer más|ver también|le(?:e|a) más|te puede interesar"
            "|más (?:noticias|información)|compartir|comparte|suscríb(?:ete|ase)|boletín|publicidad|síguenos"
            "|lo más (?:leído|visto)|comentarios|deja un comentario|todos los derechos reservados"
        ),
    ),
)
