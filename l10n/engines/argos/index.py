"""Argostranslate's index of packages: what it offers for a pair, fetched from the first address that answers."""

from __future__ import annotations

import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from l10n.engines import Pair, resolve_pair
from l10n.engines.argos.archives import MOST_BYTES, install_file
from l10n.engines.argos.packages import (
    Installed,
    Try,
    argos_settings,
    pair_of,
    version_key,
    working_version,
)
from l10n.errors import EngineError
from l10n.foreign import ForeignError, load_json
from l10n.interface import gettext as _

_TIMEOUT = 30.0
"""Seconds without a byte."""

_MOST_INDEX_BYTES = 64 << 20

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Report = Callable[[int, int], None]
"""Hears of (bytes received, all); all is 0 where nobody said."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One package of the index."""

    source: str
    target: str
    """Argos codes, which are not always language tags."""
    version: str
    links: tuple[str, ...]
    """Addresses, some of kinds that nothing here can fetch."""

    @property
    def pair(self) -> Pair:
        """Source and target as BCP 47 tags."""
        return pair_of(self.source, self.target)

    def links_of(self, version: str) -> tuple[str, ...]:
        """Return the addresses of a version; none of another than the offered one where they do not name it.

        They are named `translate-es_en-1_9.argosmodel`.
        """
        if version == self.version:
            return self.links
        mark = f"-{self.version.replace('.', '_')}."
        other = f"-{version.replace('.', '_')}."
        return tuple(link.replace(mark, other) for link in self.links if mark in link)


def install_pair(
    source: str,
    target: str,
    tried: Try,
    *,
    version: str | None = None,
    on_progress: Report | None = None,
    on_other_version: Callable[[str, str], None] | None = None,
) -> Installed:
    """Fetch the package that serves two locales from argostranslate's index and install it.

    Without a `version` the newest is taken, but for one that is known to be broken: then `on_other_version`
    hears of (it, what is taken instead).
    """
    offer = _best_offer(_index(), pair_of(source, target))
    if offer is None:
        raise EngineError(
            _("the index has no package for {source} to {target}").format(
                source=source, target=target
            ),
            hint="l10n engines install FILE.argosmodel",
        )
    instead = working_version(offer.source, offer.target, offer.version)
    links = offer.links_of(version or instead)
    if not version and not links:
        # Nobody knows where another version lies: the trial judges this one.
        links = offer.links
    elif on_other_version and not version and instead != offer.version:
        on_other_version(offer.version, instead)
    if offer.links and not links:
        raise EngineError(
            _("the index gives no address for version {version}").format(version=version),
            hint="l10n engines install FILE.argosmodel",
        )
    with tempfile.TemporaryDirectory(prefix="l10n-argos-") as folder:
        archive = Path(folder) / f"translate-{offer.source}_{offer.target}.argosmodel"
        link = _download(links, archive, on_progress)
        try:
            return install_file(archive, tried, pair=offer.pair)
        except EngineError as error:
            # The file lies in a folder of the moment: what a person knows of it is where it came from.
            place = link if error.path == archive else error.path
            raise EngineError(error.message, path=place, hint=error.hint) from error


def _best_offer(offers: Iterable[Offer], pair: Pair) -> Offer | None:
    """Return the newest offer that serves a pair, one not known to be broken before one that is."""
    by_pair: dict[Pair, list[Offer]] = {}
    for offer in offers:
        by_pair.setdefault(offer.pair, []).append(offer)
    resolved = resolve_pair(by_pair, *pair)
    return max(by_pair[resolved], key=_preference) if resolved else None


def _preference(offer: Offer) -> tuple[bool, tuple[int, ...]]:
    works = working_version(offer.source, offer.target, offer.version) == offer.version
    return (works, version_key(offer.version))


def _index() -> list[Offer]:
    """Fetch the index; entries that name no pair of languages are none of ours."""
    address = _index_address(str(argos_settings().remote_package_index))
    raw = b"".join(_open(address, most=_MOST_INDEX_BYTES))
    try:
        entries = load_json(raw)
    except ForeignError as error:
        raise _unreadable(address, str(error)) from error
    if not isinstance(entries, list):
        raise _unreadable(address, _("it is no list"))
    offers = [_offer(entry, address) for entry in entries if isinstance(entry, dict)]
    return [offer for offer in offers if offer.source and offer.target]


def _index_address(address: str) -> str:
    """Return the address of the index where argostranslate put its name behind a folder without a slash, or a file."""
    place = address.removesuffix("index.json")
    return place if place.endswith(".json") else f"{place.rstrip('/')}/index.json"


def _unreadable(address: str, reason: str) -> EngineError:
    return EngineError(
        _("the index at {address} cannot be read: {reason}").format(
            address=address, reason=reason
        ),
        hint="l10n engines install FILE.argosmodel",
    )


def _offer(entry: dict[str, Any], index: str) -> Offer:
    links = entry.get("links")
    if isinstance(links, str):
        links = [links]
    addresses = (
        [link for link in links if isinstance(link, str)] if isinstance(links, list) else []
    )
    codes = [entry.get("from_code"), entry.get("to_code")]
    source, target = (code if isinstance(code, str) else "" for code in codes)
    version = entry.get("package_version")
    return Offer(
        source,
        target,
        str(version) if isinstance(version, str | float | int) else "",
        tuple(_absolute(link, index) for link in addresses),
    )


def _absolute(link: str, index: str) -> str:
    try:
        return urljoin(index, link)
    except ValueError:
        # Named as it stands when nothing else can be fetched either.
        return link


def _download(links: Sequence[str], archive: Path, on_progress: Report | None) -> str:
    """Fetch from the first address that gives the whole file, and return it; the first failure is the one told."""
    fetchable = [link for link in links if _may_fetch(link)]
    if not fetchable:
        refused = ", ".join(links)
        raise EngineError(
            _("the index gives no https address for the package: {addresses}").format(
                addresses=refused
            )
            if links
            else _("the index gives no address for the package"),
            hint="l10n engines install FILE.argosmodel",
        )
    problems: list[EngineError] = []
    for link in fetchable:
        try:
            with archive.open("wb") as file:
                file.writelines(_open(link, on_progress))
        except EngineError as error:
            problems.append(error)
        else:
            return link
    raise problems[0]


def _may_fetch(address: str) -> bool:
    """Whether an address is https, or http on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    )


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to where one may fetch from, and asks nobody else."""

    def redirect_request(self, *asked: Any) -> urllib.request.Request | None:
        """Return the request for the next address, the last of the arguments."""
        _request, response, *_rest, address = asked
        if not _may_fetch(address):
            response.close()
            raise EngineError(
                _("not fetched, no https address: {address}").format(address=address)
            )
        return super().redirect_request(*asked)


def _open(
    address: str, on_progress: Report | None = None, *, most: int = MOST_BYTES
) -> Iterator[bytes]:
    """Read an address piece by piece to its end; EngineError names the address whatever goes wrong."""
    if not _may_fetch(address):
        raise EngineError(_("not fetched, no https address: {address}").format(address=address))
    request = urllib.request.Request(address, headers={"User-Agent": "l10n-workbench"})  # noqa: S310 - checked above
    received = total = 0
    try:
        with urllib.request.build_opener(_Redirects).open(
            request, timeout=_TIMEOUT
        ) as response:
            length = response.headers.get("Content-Length") or ""
            total = int(length) if re.fullmatch(r"\d{1,15}", length) else 0
            while piece := response.read(1 << 16):
                received += len(piece)
                if received > most:
                    raise EngineError(_("the archive is too large"), path=address)
                if on_progress:
                    on_progress(received, total)
                yield piece
    except IncompleteRead as error:
        raise _broken_off(address, received, total) from error
    except (OSError, ValueError, HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise EngineError(
            _("{address} cannot be fetched: {reason}").format(
                address=address, reason=" ".join(str(reason).split()) or type(error).__name__
            ),
            hint="l10n engines install FILE.argosmodel",
        ) from error
    if received < total:
        raise _broken_off(address, received, total)


def _broken_off(address: str, received: int, total: int) -> EngineError:
    if total:
        text = _("the download broke off ({received} of {total} bytes)")
    else:
        text = _("the download broke off")
    return EngineError(
        text.format(received=received, total=total),
        path=address,
        hint=_("type it again, or: {command}").format(
            command="l10n engines install FILE.argosmodel"
        ),
    )
