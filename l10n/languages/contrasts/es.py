"""Small words of Spanish on which the sense of a sentence hangs."""

from l10n.languages.contrasts import Contrasts

CONTRASTS = Contrasts(
    company=r"\bcon\b(?! (?:tal|respecto))",
    lack=r"\bsin\b(?! (?:embargo|duda|más|perjuicio|que\b|par\b))",
    lacking=(
        r"\b(?:no|nunca|jamás|ni|nada|nadie|ningun[oa]?|ningún|sin|tampoco|carec\w*|carent\w*|falt\w*|libre\w*|excepto|salvo|menos|evit\w*|omit\w*|exclu\w*"
        r"|desact\w*|elimin\w*|impid\w*|imped\w*|ausen\w*|independ\w*|fuera|antes|pero|sino|solo|sólo|solamente|únic\w+|vací\w*|cero|nul[oa]s?|pierd\w*|perd\w*"
        r"|in(?:complet|suficien|dependien|válid|visibl|capa[zc]|activ|accesibl|mun)\w*|im(?:pos|pid|ped)\w*|des(?:provist|nud|calz|armad|conect|activ|cafein|nat)\w*|anónim\w*|fall\w*|deja\w*|dejar|ignor\w*|aparte|en vez|en lugar)\b"
    ),
    only=r"(?<!\bno )(?<!tan )(?<!con )\b(?:sólo|solamente|únicamente)\b(?! (?:si|cuando|que)\b)|^solo\b(?! (?:si|cuando|que)\b)",
    excluding=(
        r"\b(?:solo|sólo|sol[oa]s?|solamente|únic\w+|apenas|exclusiv\w+|meramente|simplemente|limit\w+|restring\w*|restric\w+|salvo|excepto|sino|pero|nada más"
        r"|no|ni|nunca|nada|nadie|hasta|mer[oa]s?|tan|basta|bastan|menos|mas|aunque|embargo|estrictamente|puramente|concret\w+|específic\w+|aun|incluso|sin|soli\w+|siquiera)\b"
    ),
    more=r"(?<!\bno )(?<!ni )(?<!nada )(?<!\bpor )\bmás\b(?! (?:o menos|que|de|información|tarde|adelante|allá|bien|sobre|detalles)\b)",
    less=r"(?<!al )(?<!o )(?<!lo )(?<!ni )(?<!a )(?<!echar de )(?<!por lo )\bmenos\b(?! (?:que|de|mal)\b)",
    comparing=r"\b(?:más|menos|mayor\w*|menor\w*|mejor\w*|peor\w*|inferior\w*|superior\w*|tan|tanto|demasiado|poco|poca|no|sin|apenas|in(?:complet|suficien|ferior)\w*|corto|corta|cortos|cortas|baj\w+|reduc\w+|dismin\w+)\b",
    words={
        "company": frozenset({"con"}),
        "lack": frozenset({"sin"}),
        "more": frozenset({"más"}),
        "less": frozenset({"menos"}),
    },
    over=r"(?:(?<!\bno )más de|(?<!\bpor )\bencima de|al menos|como mínimo|por lo menos|un mínimo de|no menos de|a partir de|(?<!\bno )superior(?:es)? a|(?<!\bno )supera\w*)",
    under=r"(?:(?<!\bno )menos de|debajo de|como máximo|a lo sumo|un máximo de|no más de|hasta|(?<!\bno )inferior(?:es)? a)",
    reaching=r"(?: ?[-–—] ?| (?:a|hasta|al) )",
    between=("entre", "y"),
    leaving=frozenset({"de", "desde", "del"}),
    passive=r"\b(?:por|fue|fueron|es|son|sido|ser|era|eran|que|como|de)\b",
    marks=r"(?:(?:pendiente|falta) (?:de )?traducir|sin traducir|por traducir|traducir(?: esto)?|traducción pendiente|revisar|por revisar|pendiente)",
    answers=(
        r"como (?:una )?(?:ia\b|inteligencia artificial|modelo de lenguaje)|lo siento,?(?: pero)?(?: como (?:una? )?[\w ]{2,30},?)? no puedo|(?:lamento|lamentablemente,?) (?:que )?no (?:puedo|poder)|no puedo (?:traducir|ayudar)(?:te|le)? (?:esto|ese|este|con)"
        r"|(?:claro|por supuesto)[,!] aquí (?:tienes?|está)|aquí (?:tienes?|está) (?:la|tu|su|una) traducción|la traducción (?:es|sería)\b[^.]*:|traducción:"
    ),
)
