"""What HTML elements and attributes mean to a translator."""

from __future__ import annotations

from l10n.model import Kind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPAQUE = _names("audio canvas embed iframe math object script style svg template video")
"""Inside a sentence one placeholder with all their content; none of it is text to translate."""

CODE = _names("code kbd samp tt")
"""One placeholder with their content, which readers see."""

MAYBE_CODE = _names("kbd samp tt")
"""Those whose content is prose as well: what a program says, the name of a button, a type without meaning."""

VISIBLE = CODE | {"math"}
"""Opaque elements that stand in a sentence as words do, so that they stay in it at its edges too."""

FALLBACK = _names("audio canvas object template video")
"""Opaque elements whose content is that of a page: shown where the medium is not, or put in place by a script."""

HOLDING_TEXT = FALLBACK | _names("math svg")
"""Opaque elements in which texts stand that are units of their own."""

CODE_LIKE = _names("embed iframe style script")
"""Opaque elements without a text for readers."""

UNSEEN = _names("metadata annotation annotation-xml namedview")
"""Elements of drawings and formulas that nobody is shown."""

SYMBOLS = _names("mi mn mo ms mglyph")
"""Elements of formulas that hold letters and numbers; words stand in `<mtext>`."""

INLINE = (
    OPAQUE
    | CODE
    | _names(
        "a abbr acronym area b bdi bdo big br cite data del dfn em font i img input ins link map mark"
        " meta meter nobr output param picture progress q rb rp rt rtc ruby s small source span"
        " strike strong sub sup textpath time track tspan u var wbr"
    )
)
"""Elements that stand inside a sentence. All others, unknown ones too, end it: so no text is lost."""

SENTENCE_ONLY = _names("p h1 h2 h3 h4 h5 h6")
"""Blocks that hold nothing but a sentence: a custom element in them stands inside it."""

CLOSING_P = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul"
)
"""Start tags that end an open paragraph; from the HTML standard."""

_CELLS = _names("td th p")
_ROWS = _CELLS | {"tr"}
_SECTIONS = _ROWS | _names("caption colgroup thead tbody tfoot")

IMPLIED_ENDS: dict[str, frozenset[str]] = {
    **{name: frozenset({"p"}) for name in CLOSING_P},
    "li": _names("p li"),
    "dt": _names("p dt dd"),
    "dd": _names("p dt dd"),
    "option": _names("option"),
    "optgroup": _names("option optgroup"),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS | _names("caption colgroup"),
    "thead": _SECTIONS,
    "tbody": _SECTIONS,
    "tfoot": _SECTIONS,
    "body": _names("head"),
}
"""Start tag -> open elements directly around it that it ends, since their end tags are optional."""

BLOCK_VOID = _names("base basefont bgsound col frame hr keygen")
"""Void elements that stand between blocks."""

REMOVABLE = _names(
    "p li h1 h2 h3 h4 h5 h6 figcaption blockquote caption summary dt dd option button label address"
    " legend div"
)
"""Elements that a page can do without when their text is left out."""

GOING_ALONG = _names("li dt dd blockquote figcaption")
"""Elements that go with the only text element in them."""

KINDS: dict[str, Kind] = {
    "h1": Kind.HEADLINE,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
    "h5": Kind.HEADING,
    "h6": Kind.HEADING,
    "li": Kind.ITEM,
    "dd": Kind.ITEM,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "blockquote": Kind.QUOTE,
    "dt": Kind.TERM,
    "summary": Kind.QUESTION,
    "legend": Kind.LABEL,
    "label": Kind.LABEL,
    "button": Kind.LABEL,
    "option": Kind.FIELD,
    "optgroup": Kind.FIELD,
    "address": Kind.AUTHOR,
    "nav": Kind.BOILERPLATE,
    "footer": Kind.BOILERPLATE,
}
"""Kind of the text directly in an element; elements not named here take that of the one around them."""

STANDARD = (
    INLINE
    | CLOSING_P
    | BLOCK_VOID
    | REMOVABLE
    | frozenset(IMPLIED_ENDS)
    | frozenset(KINDS)
    | _names("datalist head html noembed noframes noscript search select slot textarea title")
)
"""The elements of HTML; what bears another name is a component or stands in a drawing or a formula."""

STRONG_KINDS = frozenset({Kind.AUTHOR, Kind.BOILERPLATE})
"""Kinds that lists, quotes and cells inside such an element take over."""

HINTS: dict[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.AUTHOR: "author author-box author-bio byline bio autor autora firma",
        Kind.STANDFIRST: "standfirst subtitle subhead subheadline dek deck lede entradilla bajada copete"
        " subtitulo sub-title",
        Kind.CAPTION: "caption pie-de-foto epigrafe image-caption",
        Kind.QUOTE: "pullquote pull-quote blockquote",
        Kind.BOILERPLATE: "breadcrumb breadcrumbs related related-articles relacionado relacionados"
        " relacionadas share sharing compartir newsletter cookie cookies advertisement navbar menu"
        " pagination copyright",
    }.items()
    for word in words.split()
}
"""Words in class, id, itemprop, itemtype, rel or role of a block that tell its kind."""

FAQ_HINTS = _names("faq faqs faqpage faq-list faq-section preguntas preguntas-frecuentes")
"""Words in the same attributes that make headings and terms inside questions."""

EXPORTED = _names("l10n-switcher l10n-notice l10n-home")
"""Classes of what export writes itself, in the words of each page."""

TEXT_ATTRIBUTES: dict[str, frozenset[str] | None] = {
    "alt": _names("img area input applet"),
    "title": None,
    "placeholder": _names("input textarea"),
    "aria-label": None,
    "aria-description": None,
    "aria-placeholder": None,
    "aria-roledescription": None,
    "aria-valuetext": None,
    "label": _names("track option optgroup"),
    "abbr": _names("th td"),
    "summary": _names("table"),
    "value": _names("input option"),
}
"""Attributes that hold text, and the elements they do so on; None means any."""

TITLE_IS_NO_TEXT = _names("style script")
"""Elements whose `title` names a style sheet and is not shown; that of a `<link>` is where it leads to a feed or search."""

BUTTON_TYPES = _names("submit button reset")
"""Types of `<input>` whose `value` is shown as text."""

FIELD_TYPES = _names("text search") | {""}
"""Types of `<input>` that show their `value` and let it be changed: it is text or data."""

METADATA = _names(
    "description og:title og:description og:site_name og:image:alt twitter:title"
    " twitter:description twitter:image:alt dc.title dc.description dcterms.title"
    " dcterms.description keywords news_keywords dc.subject dcterms.subject dcterms.abstract"
    " article:section article:tag twitter:label1 twitter:label2 twitter:data1 twitter:data2"
    " application-name apple-mobile-web-app-title msapplication-tooltip abstract subject"
    " citation_title citation_abstract citation_keywords og:video:title og:audio:title"
)
"""`name` or `property` of `<meta>` elements whose content is text."""

ITEM_TEXTS = _names(
    "name headline alternativeheadline description disambiguatingdescription caption abstract text"
    " keywords articlesection articlebody reviewbody genre recipecategory recipecuisine"
    " recipeingredient recipeinstructions recipeyield slogan about"
)
"""`itemprop` of `<meta>` elements whose content is text; properties of schema.org, in lower case."""
