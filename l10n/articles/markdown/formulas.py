"""Mathematics in Markdown: which text between dollar signs, or brackets with a backslash, is a formula."""

from __future__ import annotations

import re

_DOLLARS = re.compile(
    r"\$\$(?!\$)((?:[^$]|\$(?!\$)){1,5000}?)\$\$"
    r"|\$`([^`\n]{1,1000})`\$"
    r"|\$(?![\s$])((?:[^$\\\n]|\\.|\n(?![ \t>]*\n)){1,1000}?)(?<!\s)\$(?![0-9])"
)
"""Pandoc's rule for single ones: no space inside of them, no digit behind the closing one."""
_CLOSINGS = {"\\(": "\\)", "\\[": "\\]"}
_LONGEST = 3000
"""Characters of a formula in brackets at most."""
_SIGN = re.compile(r"\\[A-Za-z]|[_^=<>{}+*/|0-9]")
_PROSE = re.compile(r"(?<![\\\w])[^\W\d_]{3,}[,;]?\s+[^\W\d_]{3,}")
"""Two words in a row: no formula says that without a command."""
_ATOM = re.compile(r"\s*[^\W\d_]'?\s*")


def formula_end(text: str, start: int, end: int) -> int | None:
    """Return where the formula that begins at an offset ends; None when there is none."""
    if text.startswith("$", start):
        match = _DOLLARS.match(text, start, end)
        if match is None:
            return None
        inside = match[3]
        if (
            inside is not None
            and _PROSE.search(inside)
            and not re.search(r"\\[A-Za-z]", inside)
        ):
            return None
        return match.end()
    closing = _CLOSINGS.get(text[start : start + 2])
    # Authors escape brackets that are no formula: file\\(s\\), \\[optional\\].
    if closing is None or (start and text[start - 1].isalnum()):
        return None
    stop = text.find(closing, start + 2, min(end, start + _LONGEST))
    inside = text[start + 2 : stop]
    if stop < 0 or not _is_formula(inside, atom=closing == "\\)"):
        return None
    return stop + len(closing)


def _is_formula(inside: str, *, atom: bool) -> bool:
    """Whether a text in escaped brackets is a formula; a lone letter is where one stands in a sentence."""
    if atom and _ATOM.fullmatch(inside):
        return True
    if not _SIGN.search(inside) or inside.strip().isdigit():
        return False
    return not _PROSE.search(inside) or re.search(r"\\[A-Za-z]", inside) is not None
