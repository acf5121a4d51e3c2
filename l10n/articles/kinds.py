"""What the words of a short text tell about its kind, in Spanish and English."""

from __future__ import annotations

import re
from functools import lru_cache

from l10n.model import Kind

FAQ_TITLE = re.compile(
    r"(?:frequently asked questions|faqs?|questions (?:and|&) answers|q ?& ?a"
    r"|preguntas (?:frecuentes|y respuestas)|dudas frecuentes|preguntas)\W*",
    re.IGNORECASE,
)
"""Heading of a section of questions and answers."""

AUTHOR_LEAD = re.compile(
    r"(?:filed under|archivado en|etiquetas|tags|about the authors?|sobre (?:el|la|los|las) autor[ae]?s?"
    r"|acerca del? (?:la )?autora?)\b",
    re.IGNORECASE,
)
"""What stands before an author's box at the end of an article."""

BYLINE = re.compile(
    r"(?:[Bb]y|[Ww]ritten by|[Ww]ords by|[Rr]eporting by|[Pp]or|[Ee]scrito por|[Tt]exto de)[ \xa0]+[A-ZÁÉÍÓÚÑ]"
)
"""Beginning of a line that names the author; a byline is short, too."""

CREDIT = re.compile(
    r"©|\(c\)|\b(?:foto|fotos|fotografía|photo|photos|photograph|image|imagen|picture|crédito|credit|ilustración"
    r"|illustration|gráfico)\b ?[:/(]|/ ?(?:efe|afp|ap|reuters|getty|europa press)\b"
    r"|\((?:efe|afp|ap|reuters|getty(?: images)?|ap photo)\b|\bgetty images\b",
    re.IGNORECASE,
)
"""Photo credit: a caption carries one."""

BOILERPLATE = re.compile(
    r"(?:related (?:articles?|videos?|stories|posts|content|news|links)|read (?:more|also|next)|see also"
    r"|you (?:may|might) also like|more (?:on this|from|stories|news)|share(?: this)?(?: article| story)?"
    r"|sign up|subscribe|newsletter|advertisement|follow us|most (?:read|popular)|comments?|leave a comment"
    r"|(?:artículos|noticias|vídeos|videos|contenidos|temas|notas|enlaces) relacionad[oa]s|relacionad[oa]s"
    r"|lea también|lee también|leer más|ver también|le(?:e|a) más|te puede interesar|más (?:noticias|información)"
    r"|compartir|comparte|suscríb(?:ete|ase)|boletín|publicidad|síguenos|lo más (?:leído|visto)|comentarios"
    r"|deja un comentario|all rights reserved|todos los derechos reservados"
    r"|(?:copyright )?© ?(?:19|20)[0-9]{2}|copyright)\b",
    re.IGNORECASE,
)
"""Beginning of a furniture text of a site; such texts are short."""

SENTENCE_ENDS = ".!…"
"""What a label, a title or a byline does not end in."""
_LABEL_WORDS = 5
_BOILERPLATE_WORDS = 9
_CAPTION_WORDS = 40


def is_question(text: str) -> bool:
    """Whether the text is one short question."""
    return (
        text.rstrip(" »”\"'").endswith("?")
        and len(text) < 200
        and not re.search(r"[.!?…] ", text)
    )


def is_label(text: str) -> bool:
    """Whether the text is a few words ending in a colon."""
    return text.endswith(":") and len(text.split()) <= _LABEL_WORDS


def is_boilerplate(text: str) -> bool:
    """Whether the text is site furniture such as “Related articles”."""
    return BOILERPLATE.match(text) is not None and len(text.split()) <= _BOILERPLATE_WORDS


def is_credit(text: str) -> bool:
    """Whether the text is a short one that carries a photo credit."""
    return CREDIT.search(text) is not None and len(text.split()) <= _CAPTION_WORDS


@lru_cache(maxsize=4096)
def of_paragraph(text: str) -> Kind:
    """Return the kind of a text that its surroundings call a paragraph."""
    # Remembered, for menus and footers say the same on every page of a site.
    if len(text) > 80 or text[-1:] in SENTENCE_ENDS:
        return Kind.PARAGRAPH
    if is_label(text):
        return Kind.LABEL
    if is_boilerplate(text):
        return Kind.BOILERPLATE
    if BYLINE.match(text) and len(text.split()) <= _BOILERPLATE_WORDS:
        return Kind.AUTHOR
    return Kind.PARAGRAPH
