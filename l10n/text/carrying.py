"""Old translations carried over to a unit whose markup changed in the source: its tokens renumbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from l10n.model import Placeholder, Unit
from l10n.text.description import parse_description
from l10n.text.markup import EMPHASIS, OMIT, Token, tokens

_EQUIVALENT = {"b": "strong", "strong": "b", "i": "em", "em": "i", "del": "s", "s": "del"}
"""Tags that authors exchange without meaning anything by it."""


def carry_over(
    msgstr: str,
    *,
    old_msgid: str,
    old_lines: Iterable[str],
    unit: Unit,
    keep_emphasis: bool = False,
) -> str:
    """An old translation with its tokens renumbered for a unit whose markup changed in the source.

    `old_lines` are the `#.` comments of the old entry, as `describe` wrote them. Tokens are matched by
    tag and by what they stand for, then by tag and order, then by a tag that means the same (`b`,
    `strong`). A token that nothing in the unit matches is taken out; the text inside it stays. With
    `keep_emphasis` it is kept where it emphasizes, as emphasis of the translator's own.
    """
    if "<" not in msgstr or msgstr.strip() == OMIT:
        return msgstr
    renamed = _match_names(old_msgid, parse_description(old_lines), unit)
    parts: list[str] = []
    position = 0
    for token in tokens(msgstr):
        parts.append(msgstr[position : token.start])
        position = token.end
        name = renamed.get((token.name, token.form == "void"))
        if name is not None:
            parts.append(token.text.replace(token.name, name))
        elif keep_emphasis and EMPHASIS.fullmatch(f"<{token.tag}>") and token.form != "void":
            parts.append(token.text.replace(token.name, token.tag))
    parts.append(msgstr[position:])
    return "".join(parts)


def _match_names(
    old_msgid: str, old_meanings: Mapping[str, Sequence[str]], unit: Unit
) -> dict[tuple[str, bool], str]:
    """New name of each old (name, void) that has one."""
    old = [token for token in tokens(old_msgid) if token.form != "close" and token.number]
    new = list(unit.placeholders)
    renamed: dict[tuple[str, bool], str] = {}

    def same_meaning(token: Token, placeholder: Placeholder) -> bool:
        meanings = old_meanings.get(token.name, ("",))
        if (
            not placeholder.stands_for
            and meanings == ("",)
            and token.number != placeholder.number
        ):
            return False
        return token.tag == placeholder.tag and placeholder.stands_for in meanings

    def same_tag(token: Token, placeholder: Placeholder) -> bool:
        return token.tag == placeholder.tag

    def same_sense(token: Token, placeholder: Placeholder) -> bool:
        return _EQUIVALENT.get(token.tag) == placeholder.tag

    for fits in (same_meaning, same_tag, same_sense):
        for token in list(old):
            void = token.form == "void"
            partner = next((p for p in new if p.paired != void and fits(token, p)), None)
            if partner is not None:
                renamed[token.name, void] = partner.name
                old.remove(token)
                new.remove(partner)
    return renamed
