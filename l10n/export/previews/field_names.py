"""What fields outside the body of an article are called for people who read no markup."""

from __future__ import annotations

from collections.abc import Mapping

from l10n.interface import N_
from l10n.interface import gettext as _

_NAMES: Mapping[str, str] = {
    "meta:title": N_("page title"),
    "meta:subtitle": N_("subtitle"),
    "meta:description": N_("description"),
    "meta:summary": N_("summary"),
    "meta:excerpt": N_("excerpt"),
    "meta:abstract": N_("abstract"),
    "meta:lead": N_("lead paragraph"),
    "meta:caption": N_("caption"),
    "meta:alt": N_("text of an image"),
    "meta:image_alt": N_("text of an image"),
    "meta:linktitle": N_("title in links"),
    "meta:nav_title": N_("title in menus"),
    "meta:sidebar_label": N_("title in the sidebar"),
    "meta:og:title": N_("title on social networks"),
    "meta:og:description": N_("description on social networks"),
    "meta:og:image:alt": N_("text of the image on social networks"),
    "meta:og:site_name": N_("site name"),
    "meta:twitter:title": N_("title on social networks"),
    "meta:twitter:description": N_("description on social networks"),
    "meta:twitter:image:alt": N_("text of the image on social networks"),
    "meta:keywords": N_("keywords"),
    "meta:news_keywords": N_("keywords"),
    "meta:article:section": N_("section"),
    "meta:article:tag": N_("keyword"),
    "meta:application-name": N_("name of the site as an app"),
    "meta:apple-mobile-web-app-title": N_("name of the site as an app"),
    "meta:twitter:label1": N_("label on social networks"),
    "meta:twitter:label2": N_("label on social networks"),
    "meta:twitter:data1": N_("value on social networks"),
    "meta:twitter:data2": N_("value on social networks"),
    "meta:dc.title": N_("title in library catalogs"),
    "meta:dc.description": N_("description in library catalogs"),
    "meta:dcterms.title": N_("title in library catalogs"),
    "meta:dcterms.description": N_("description in library catalogs"),
    "jsonld:headline": N_("headline (structured data)"),
    "jsonld:alternativeHeadline": N_("other headline (structured data)"),
    "jsonld:description": N_("description (structured data)"),
    "jsonld:caption": N_("caption (structured data)"),
    "jsonld:articleSection": N_("section (structured data)"),
    "jsonld:keywords": N_("keyword (structured data)"),
    "attr:comment": N_("comment in code"),
    "attr:string": N_("text in code"),
    "attr:alt": N_("text of an image"),
    "attr:title": N_("text shown when pointed at"),
    "attr:placeholder": N_("hint in an empty field"),
    "attr:value": N_("text of a button"),
    "attr:label": N_("label"),
    "attr:abbr": N_("short name of a column or row"),
    "attr:summary": N_("summary of a table"),
    "attr:aria-label": N_("name for screen readers"),
    "attr:aria-description": N_("description for screen readers"),
    "attr:aria-placeholder": N_("hint for screen readers"),
    "attr:aria-roledescription": N_("kind of element for screen readers"),
    "attr:aria-valuetext": N_("value for screen readers"),
}
"""By the context of a unit: those that translators meet often."""


def field_name(context: str) -> str:
    """Return a context in words of the interface language; empty for one that an author chose."""
    name = _NAMES.get(context)
    if name:
        return _(name)
    place, _colon, key = context.partition(":")
    # Properties of schema.org and keys of front matter are many, and a project adds its own.
    if place == "jsonld" and key:
        return _("{name} (structured data)").format(name=key)
    if place == "meta" and key:
        return _("{name} (metadata)").format(name=key)
    return ""
