"""Code of site generators in the text of a page: `{{ … }}`, `{% … %}`, `<% … %>`, `<? … ?>`; never to be translated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.markup import TOKEN, Problem

_QUOTED = r""""(?>(?:\\.|[^"\\\n]){0,500})"|'[^'\n{}]{0,500}'|`[^`\n]{0,500}+`"""
_MENTIONED = r"""(?!["'”»]\s(?<=["'“«]\{\{["'”»]\s))"""
"""Braces in quotation marks, which a text speaks of: `write "{{" and "}}"`."""
_SPELLED = (
    rf"\{{\{{{_MENTIONED}(?>(?:{_QUOTED}|[^{{}}]|\{{(?!\{{)|\}}(?!\}})){{0,2000}})\}}\}}"
    rf"|\{{\{{{_MENTIONED}"
    r"(?>(?:[^{}]|\{(?!\{)|\}(?!\})){0,2000})\}\}"
    rf"|\{{%(?>(?:{_QUOTED}|[^{{}}]|%(?!\}})|\{{(?!%)|(?<!%)\}}){{0,2000}}?%\}})"
    r"|\{%[^{}]{0,2000}?%\}"
    r"|\{\#[^{}]{0,2000}?\#\}"
)
"""Code in braces; a quoted text in it may hold braces too, an apostrophe need not have another."""
_INCLUDED = r"""-{1,9}8<-{1,9}[ \t]+(?:"[^"\n]{1,500}"|'[^'\n]{1,500}')"""
"""A file that PyMdown puts in the place of its name."""
CODE = _SPELLED + rf"|<%(?:[^<\n]|<(?!%)){{0,2000}}?%>|(?<![-;]){_INCLUDED}"
"""Jinja, Liquid, Go templates, Handlebars, Vue, ERB, snippets. Bounded, so that openings without an end take linear time."""
_CODE = re.compile(CODE)
_IN_MSGID = re.compile(_SPELLED + r"|&lt;%(?:(?!&lt;%)[^\n]){0,2000}?%>")
"""The same as a msgid writes it."""
_DECIDING = re.compile(
    r"\{\{[-~]?[ \t]*(?:[#/^!]|(?:if|else|end|range|with|define|block)(?=[ \t]|[-~]?\}))"
)
"""Code in double braces that prints nothing: blocks of Handlebars and of Go templates."""


def holds_code(text: str) -> bool:
    """Whether there is code in a text."""
    # A look for one character takes a tenth of the time of one for two, and texts hold no tag.
    return ("{" in text or "<" in text) and _CODE.search(text) is not None


def without_code(text: str) -> str:
    """Return the text that is left for readers when code is taken out."""
    return _CODE.sub(" ", text) if "{" in text or "<" in text else text


def code_in(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each piece of code in a stretch of text."""
    return (match.span() for match in _CODE.finditer(source, start, end))


def hidden(text: str, filler: str = "x") -> str:
    """Return a text of the same length in which every piece of code is one word, as generators replace it before all else."""
    if "{" not in text and "<%" not in text:
        return text
    return _CODE.sub(lambda match: filler * len(match[0]), text)


def without_tags(source: str) -> str:
    """Return a source of the same length in which quoted texts of its code hold no tags: `{{ x | remove: '<p>' }}`."""
    if "{{" not in source and "{%" not in source:
        return source
    return _CODE.sub(_tagless, source)


def _tagless(match: re.Match[str]) -> str:
    code = match[0]
    if "<" not in code or code.startswith("<"):
        return code
    bare = _QUOTED_TAG.sub(lambda quoted: re.sub("[<>]", "_", quoted[0]), code)
    # Tags outside of quotes are the page's: two passages speak of braces.
    return code if _TAG_BEGIN.search(bare) else bare


_QUOTED_TAG = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_TAG_BEGIN = re.compile(r"<[/!?a-zA-Z]")


def prints(code: str) -> bool:
    """Whether code stands for words that readers see; otherwise it decides or repeats."""
    # Handlebars and Go templates decide in the same braces that they print in.
    if code.startswith("{{"):
        return _DECIDING.match(code) is None
    return code.startswith(("<%=", "<?=", "-"))


def problems(msgid: str, msgstr: str, meanings: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with the code in a translation; the rules are `variable` and `placeholder-order`.

    `meanings` tell by its name (`x1`) what each placeholder stands for. An empty msgstr has no problems.
    """
    if not msgstr:
        return
    if "{" in msgid or "{" in msgstr or "&lt;%" in msgid:
        yield from _changed(msgid, msgstr)
    decides = {name for name, code in meanings.items() if is_code(code) and not prints(code)}
    if len(decides) > 1:
        yield from _out_of_order(msgid, msgstr, decides)


def is_code(text: str) -> bool:
    """Whether a text is a piece of code and nothing else; one that was cut short counts too."""
    return text.startswith(("{{", "{%", "<%", "<?"))


def missing_code(msgid: str, msgstr: str) -> tuple[str, ...]:
    """Return the code of a msgid that its translation lacks, as it is written there."""
    used = {_closed_up(code) for code in _codes(msgstr)}
    return tuple(
        code for code in _codes(msgid) - _codes(msgstr) if _closed_up(code) not in used
    )


def _codes(text: str) -> Counter[str]:
    return Counter(_IN_MSGID.findall(text))


def _closed_up(code: str) -> str:
    """Return code without the blanks at its edges: `{{name}}` and `{{ name }}` are one."""
    return re.sub(r"(?<=^..)\s+|\s+(?=..$)", "", code)


def _changed(msgid: str, msgstr: str) -> Iterator[Problem]:
    before, after = _codes(msgid), _codes(msgstr)
    spelled = {_closed_up(code) for code in after}
    others = {_closed_up(code) for code in before}
    for code in before - after:
        # Generators do not mind blanks at the edges of code, and translators do not see them.
        if _closed_up(code) in spelled:
            continue
        message = _("{name} is missing").format(name=code)
        yield Problem("variable", Severity.ERROR, message, None)
    for code in after - before:
        if _closed_up(code) in others:
            continue
        message = _("{name} is not in the source").format(name=code)
        start = msgstr.find(code)
        yield Problem("variable", Severity.ERROR, message, (start, start + len(code)))


def _out_of_order(msgid: str, msgstr: str, decides: set[str]) -> Iterator[Problem]:
    """Yield the first placeholder of deciding code that stands before one it comes after in the source."""
    order = {token: place for place, (token, _start) in enumerate(_tokens(msgid, decides))}
    highest, after = -1, ""
    for token, start in _tokens(msgstr, decides):
        place = order.get(token, highest)
        if place < highest:
            message = _("{name} must stand before {other}, as in the source")
            yield Problem(
                "placeholder-order",
                Severity.ERROR,
                message.format(name=token, other=after),
                (start, start + len(token)),
            )
            return
        if place > highest:
            highest, after = place, token


def _tokens(text: str, names: set[str]) -> Iterator[tuple[str, int]]:
    for match in TOKEN.finditer(text):
        if match[0].strip("</>") in names:
            yield match[0], match.start()
