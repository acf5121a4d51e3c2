"""What the world knows of locales: names, directions, codes of other standards. The only importer of Babel here."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global


def primary(tag: str) -> str:
    """Return the language alone: `es` for `es-MX`."""
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def text_direction(tag: str) -> str:
    """Return `ltr` or `rtl`."""
    return str(Locale.parse(tag, sep="-").text_direction)


@cache
def autonym(tag: str) -> str:
    """Return what a language calls itself, as a name in a list: `Español`, `English (United Kingdom)`."""
    name = Locale.parse(tag, sep="-").get_display_name() or tag
    return name[0].upper() + name[1:]


@cache
def name_in(tag: str, language: str) -> str:
    """Return the name of a language in another, as it stands in a sentence: `inglés` for en in es."""
    return Locale.parse(tag, sep="-").get_display_name(language.replace("-", "_")) or tag


@cache
def open_graph_locale(tag: str) -> str:
    """Return what og:locale wants, language and territory: `es_ES`; Latin America as a whole is `es_LA`."""
    locale = Locale.parse(tag, sep="-")
    if locale.territory == "419":
        return f"{locale.language}_LA"
    likely = str(get_global("likely_subtags").get(locale.language, ""))
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language


def is_on_site(address: str) -> bool:
    """Whether an address is one from the root of the own site; `pretty` and `date` are styles of Jekyll's."""
    return address.startswith("/") and not address.startswith("//")


def lead_address(address: str, source: str, target: str) -> str:
    """Return an address on the own site led to a language: `/docs/en/start` to `/docs/es/start`; any other stays."""
    if not is_on_site(address):
        return address
    folders = address.split("/")
    tags = (source.lower(), target.lower())
    place = next((n for n, name in enumerate(folders) if name.lower() in tags), None)
    if place is None:
        return f"/{target}{address}"
    if folders[place].lower() == source.lower():
        folders[place] = target
    return "/".join(folders)
