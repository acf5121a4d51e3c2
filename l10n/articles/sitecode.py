"""Code of site generators in the text of a page: `{{ … }}`, `{% … %}`, `<% … %>`, `<? … ?>`; never to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = re.compile(
    r"\{\{[^{}\n]{0,2000}\}\}|\{%[^{}\n]{0,2000}%\}|\{\#[^{}\n]{0,2000}\#\}|<%[^<\n]{0,2000}?%>"
)
"""Jinja, Liquid, Go templates, Handlebars, Vue, ERB. Bounded, so that openings without an end take linear time."""


def holds_code(text: str) -> bool:
    """Whether there is code in a text."""
    return ("{" in text or "<%" in text) and _CODE.search(text) is not None


def without_code(text: str) -> str:
    """Text that is left for readers when code is taken out."""
    return _CODE.sub(" ", text) if "{" in text or "<%" in text else text


def code_in(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of each piece of code in a stretch of text."""
    return (match.span() for match in _CODE.finditer(source, start, end))


def prints(code: str) -> bool:
    """Whether code stands for words that readers see; otherwise it decides or repeats."""
    return code.startswith(("{{", "<%=", "<?="))
