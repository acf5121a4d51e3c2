"""What shows that words of a Spanish sentence do not go together."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

from l10n.languages.concord import Address, Agreement


def _any(words: str) -> str:
    return "|".join(words.split())


_SINGULAR_VERBS = (
    "es|era|fue|está|estaba|ha|había|tiene|tenía|pide|hace|hizo|dice|dijo|va|puede|podía|quiere|debe|viene|vino|sabe|cree|llega"
    "|llegó|pasa|sigue|vive|abre|cierra|necesita|espera|recibe|trabaja|lleva|empieza|termina|muestra"
)
_PLURAL_VERBS = (
    "son|eran|fueron|están|estaban|han|habían|tienen|tenían|piden|hacen|hicieron|dicen|dijeron|van|pueden|podían|quieren|deben"
    "|vienen|vinieron|saben|creen|llegan|llegaron|pasan|siguen|viven|abren|cierran|necesitan|esperan|reciben|trabajan|llevan"
)
_COLLECTIVE = "que|mayoría|minoría|resto|parte|mitad|grupo|serie|tercio|cuarto|noche|tarde|semana|año|media|docena"
"""What may have a plural verb, or none of its own."""
_ADJECTIVES = (
    "blanc|negr|roj|amarill|nuev|viej|alt|baj|buen|mal|larg|cort|abiert|cerrad|rot|llen|vací|limpi|suci|car|barat|rápid|lent"
    "|pequeñ|modern|antigu|públic|privad|content|list|sol|disponibl|gratuit|segur|perfect|precios|bonit|fe|luminos|fresc|frí"
    "|enferm|cansad|ocupad|lejan|cercan|hermos|peligros|famos|anch|estrech|profund|oscur|clar|delicios"
)
_BESIDE = (
    "blanc|negr|roj|amarill|nuev|viej|abiert|cerrad|rot|vací|suci|pequeñ|modern|antigu|privad|perfect|precios|bonit|luminos"
    "|hermos|peligros|famos|históric|urban|turístic|económic|eléctric|estrech|gratuit|numeros"
)
"""Beginnings of adjectives that are no adverb, noun or preposition in the other gender, as `bajo`, `solo` and `rápido` are."""
_COPULAS = "es|son|era|eran|fue|fueron|está|están|estaba|estaban|será|serán|parece|parecen"
_BEHIND_PREPOSITION = "|".join(
    rf"(?<=\b{word} )"
    for word in "de en con por para sin sobre entre desde hasta hacia contra tras según".split()
)
"""Where `la` is an article: elsewhere it may be a pronoun."""
_MASCULINE = _any(
    "problema sistema programa tema clima idioma mapa día planeta tranvía mensaje viaje paisaje garaje equipaje personaje"
    " puente coche parque nombre bosque café cine billete paquete aceite límite detalle ataque desfile golpe traje valle muelle"
    " restaurante árbol papel hotel hospital tren pan sol color calor dolor error motor valor autor jardín camión avión"
)
_NO_VERBS = _any(
    "problema sistema idioma mapa planeta tranvía mensaje paisaje garaje puente coche bosque café cine paquete restaurante"
    " árbol hotel hospital tren jardín camión avión motor error"
)
"""Of these those that are no form of a verb, so that `la` before them is no pronoun."""
_FEMININE = _any(
    "torre noche calle clase sangre gente leche llave nube nieve fuente suerte muerte serie frase carne luz voz cruz paz flor"
    " ley red mujer pared sal miel piel cárcel imagen sal sed vez"
)
_NOT_MASCULINE = _any(
    "mano foto moto radio modelo testigo miembro soldado piloto médico libido soprano dinamo junto dentro luego pronto solo tanto"
)
"""Words in -o that are feminine, are of both genders, or stand behind the pronoun `una`."""
_FEMININE_A = (
    r"(?!a|ha|á|há)[a-zñ][a-záéíóúñ]*a\b(?<!ma)(?<!sta)(?<!eta)(?<!ota)(?<!ata)(?<!día)(?<!mapa)(?<!guía)(?<!cura)(?<!guardia)"
    r"(?<!policía)(?<!tranvía)(?<!colega)(?<!espía)(?<!camarada)(?<!belga)(?<!papa)(?<!mañana)(?<!nada)(?<!para)(?<!fuera)"
    r"(?<!cualquiera)(?<!delta)(?<!indígena)(?<!extra)(?<!euta)(?<!cida)(?<!quinta)(?<!cámara)(?<!batería)(?<!meta)"
)
"""A noun in -a that is feminine; before a stressed a it has the masculine article, and persons in -a have both."""
_MAYBE_PLURAL = r"(?P<noun>(?!\w+r(?:l[oa]|le|n?o)s\b)[a-záéíóúñ]+[aoe]s)"
"""A word that looks like a plural, and is no infinitive with its pronoun."""
AGREEMENT = Agreement(
    wrong=(
        rf"(?P<pair>(?:Los|Las|Estos|Estas) (?P<noun>[a-záéíóúñ]+s) (?:{_SINGULAR_VERBS}))\b",
        rf"(?P<pair>(?:El|La|Un|Una) (?!(?:{_COLLECTIVE})\b)[a-záéíóúñ]+[aoe] (?:{_PLURAL_VERBS}))\b",
        rf"(?P<pair>(?:Las|Estas) (?P<noun>[a-záéíóúñ]+as)(?: [a-záéíóúñ]+as)? (?:{_COPULAS}) (?:{_ADJECTIVES})os)(?=[.,;:!?]|$)",
        rf"(?P<pair>(?:Los|Estos) (?P<noun>[a-záéíóúñ]+os)(?: [a-záéíóúñ]+os)? (?:{_COPULAS}) (?:{_ADJECTIVES})as)(?=[.,;:!?]|$)",
        rf"(?P<pair>(?:La|Esta) [a-záéíóúñ]+(?:a|ción|sión|dad) (?:{_COPULAS}) (?:{_ADJECTIVES})o)(?=[.,;:!?]|$)",
        rf"(?P<pair>(?:El|Este) [a-záéíóúñ]+o (?:{_COPULAS}) (?:{_ADJECTIVES})a)(?=[.,;:!?]|$)",
    ),
    determiners=r"\b(?:[Uu]n(?:[ao]s?)?|[Ee]l|[Ll][ao]s?|[Dd]el|[Aa]l|[Ee]st[aeo]s?) ",
    anywhere=(
        rf"(?P<pair>(?:[Uu]na?|[Ee]l|[Ee]st[ae]|[Dd]el|[Aa]l|(?:{_BEHIND_PREPOSITION})la) {_MAYBE_PLURAL})\b",
        rf"(?P<pair>(?:[Uu]n|[Dd]el|[Aa]l) (?P<common>{_FEMININE_A}))",
        rf"(?P<pair>(?:[Uu]n|[Ee]l|[Dd]el|[Aa]l) (?:[a-záéíóúñ]{{2,}}(?:ción|sión|dad|tud|umbre)|{_FEMININE}))\b",
        rf"(?P<pair>[Uu]na (?P<common>(?!(?:{_NOT_MASCULINE})\b|\w+ndo\b)[a-záéíóúñ]{{3,}}o))\b",
        rf"(?P<pair>(?:[Uu]na|La|(?:{_BEHIND_PREPOSITION})la) (?:{_MASCULINE})|la (?:{_NO_VERBS}))\b",
        rf"(?P<pair>(?:[Ll]as|[Uu]nas|[Ee]stas) [a-záéíóúñ]+as (?:{_BESIDE})os)\b",
        rf"(?P<pair>(?:[Ll]os|[Uu]nos|[Ee]stos) [a-záéíóúñ]+os (?:{_BESIDE})as)\b",
        rf"(?P<pair>(?:[Uu]na|La|(?:{_BEHIND_PREPOSITION})la) (?:[a-záéíóúñ]+(?<!ma)a|{_FEMININE}) (?:{_BESIDE})o)\b",
        rf"(?P<pair>(?:[Uu]n|[Ee]l|[Dd]el|[Aa]l) (?:[a-záéíóúñ]+o|{_MASCULINE}) (?:{_BESIDE})a)\b",
    ),
    not_plural=frozenset(
        "lunes martes miércoles jueves viernes años meses días semanas horas veces demás gafas tijeras dios adiós antes".split()
    ),
)
ADDRESS = Address(
    familiar=(
        # To say `tú` to somebody is tratar de tú.
        r"\b(?:(?<!de )tú|tus?|tuy[oa]s?|contigo|ti)\b|\b(?:[Pp]uedes|[Qq]uieres|[Dd]ebes|[Nn]ecesitas|[Tt]ienes|[Hh]az clic)\b"
        # Cuéntanos, but not the few nouns that end so.
        r"|\b(?!(?i:océ|plát|huérf|ráb|órg|sót|tímp|orég|táb|cuév|méd|témp|záng|píf|aránd)anos\b)\w+[áéíóú][a-zñ]{0,3}anos\b"
    ),
    formal=(
        r"\b(?:usted|ustedes)\b|(?:^|(?<=[.!?:;] ))(?:¡)?(?:Por favor, )?(?:No )?(?:"
        + _any(
            "Rellene Pulse Escriba Haga Seleccione Elija Introduzca Envíe Lea Guarde Compruebe Use Utilice Abra Consulte Añada"
            " Indique Inscríbase Regístrese Descargue Visite Vea Espere Confirme Traiga Lleve Ponga Venga Vaya Diga Tome Deje"
            " Mire Pida Pague Compre Cierre Llame Busque Siga Recuerde Evite Mantenga Tenga Prepare Apague Encienda Conecte"
            " Desconecte Marque Cambie Borre Elimine Copie Instale Actualice Asegúrese Diríjase Acuda Entregue Suba Baje"
            " Salga Beba Cocine Mezcle Lave Limpie Revise Pruebe Descubra Conozca Participe Disfrute Reserve Solicite"
            " Acepte Responda Conteste Comparta Acceda Inicie Suscríbase Únase Infórmese Contacte Complete Adjunte"
            " Retire Recoja Aparque Camine Cruce Gire Detenga Vote Apúntese Imprima Escuche Hable Pregunte Cuente"
        )
        + r")\b"
    ),
)
