"""What every page about alignments is made of: one style sheet, one head, nothing that is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from l10n.interface import language


def render(template: str, **values: Any) -> str:
    """Return a page; its policy lets it run nothing but its own few lines."""
    environment = Environment(loader=PackageLoader("l10n.align", "data"), autoescape=True)
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    return environment.get_template(template).render(
        language=language(),
        style=Markup(style),  # noqa: S704 - ours
        script=Markup(script),  # noqa: S704 - ours
        style_hash=_hash(style),
        script_hash=_hash(script),
        **values,
    )


def marked(text: str, facts: Iterable[str]) -> Markup:
    """Return a text in which the facts that the other side does not have stand out."""
    words = "|".join(re.escape(fact) for fact in sorted(facts, key=len, reverse=True))
    if not words:
        return escape(text)
    pieces = re.split(rf"(?<!\w)({words})(?!\w)", text)
    return Markup().join(
        Markup("<mark>{}</mark>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0].strip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
