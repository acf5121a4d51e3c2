"""Engines behind an address: this machine's own, or a host that the person has allowed by name."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from l10n.engines import Settings
from l10n.engines.answers import UnreadableAnswerError
from l10n.errors import EngineError
from l10n.foreign import ForeignError, load_json
from l10n.interface import gettext as _
from l10n.project.consent import is_allowed, is_loopback, is_secret, line_to_add

_LARGEST = 64 << 20
"""Bytes of an answer at most."""

_ADDRESS = re.compile(
    r"https?://(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:/[^\s\\]*)?$", re.IGNORECASE
)
"""Scheme, host, port and path; no user name, which `http://localhost@example.org` passes off as a host."""


_OF_THE_TEXT = frozenset({400, 413, 414, 422, 500})
"""Statuses with which services answer a text that is too long or that they break at; others mean every text."""


class Service:
    """A JSON service over HTTP. Settings: `url`, `timeout` (seconds)."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._name = name
        address = settings.get("url")
        if not isinstance(address, str) or not address:
            raise EngineError(
                _("engine {name} is not configured").format(name=name),
                hint=f'[engine.{name}] url = "http://localhost:…"  (l10n.toml)',
            )
        if any(map(is_secret, settings)):
            raise EngineError(
                _("keys of engine {name} come from the environment only").format(name=name),
                hint=f"export {name.upper()}_API_KEY=…",
            )
        self._address = address.rstrip("/")
        self._timeout = _seconds(name, settings)
        self._opener = self._allowed_opener()

    @property
    def host(self) -> str:
        """Host and port, `localhost:5000`."""
        return urlsplit(self._address).netloc.rpartition("@")[2]

    def get(self, path: str, *, key: str = "") -> Any:
        """Fetch JSON; EngineError when the service cannot be reached or answers something else.

        `key` names the variable of a key that goes along, where there is one and the host may have it.
        """
        address = self._address + path
        return self._answer(urllib.request.Request(address, headers=self._bearing(key)))  # noqa: S310 - checked

    def post(self, path: str, question: Mapping[str, Any], *, key: str = "") -> Any:
        """Send JSON and give the JSON answer; `key` as with get."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._answer(
            urllib.request.Request(  # noqa: S310 - scheme and host were checked
                self._address + path,
                json.dumps(question).encode(),
                headers | self._bearing(key),
            )
        )

    def key(self, variable: str) -> str:
        """Return a key of the environment; empty where the person has not said that this host may have it."""
        parts = urlsplit(self._address)
        allowed = is_allowed(parts.hostname or "", parts.port)
        return os.environ.get(variable, "") if allowed else ""

    def _bearing(self, variable: str) -> dict[str, str]:
        key = self.key(variable) if variable else ""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def _allowed_opener(self) -> urllib.request.OpenerDirector:
        host = _host_of(self._address)
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if is_loopback(host):
            # A proxy of the environment must not get to see what stays on this machine.
            handlers.append(urllib.request.ProxyHandler({}))
        elif not is_allowed(host, urlsplit(self._address).port):
            raise EngineError(
                _(
                    "texts would leave this machine for {host}, which you have not allowed"
                ).format(host=host),
                hint=line_to_add(host),
            )
        return urllib.request.build_opener(*handlers)

    def _answer(self, request: urllib.request.Request) -> Any:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                raw = response.read(_LARGEST + 1)
        except urllib.error.HTTPError as error:
            with error:
                reason = _told(error.read(4096)) or f"{error.code} {error.reason}"
            failure = self._failure(reason)
            if error.code in _OF_THE_TEXT:
                raise UnreadableAnswerError(failure.message) from error
            raise failure from error
        except (OSError, HTTPException, ValueError) as error:
            raise self._failure(str(getattr(error, "reason", None) or error)) from error
        if len(raw) > _LARGEST:
            raise UnreadableAnswerError(self._failure(_("the answer is too large")).message)
        try:
            return load_json(raw)
        except ForeignError as error:
            raise UnreadableAnswerError(
                self._failure(_("the answer is no JSON")).message
            ) from error

    def _failure(self, reason: str) -> EngineError:
        return EngineError(
            _("engine {name} at {host}: {reason}").format(
                name=self._name, host=self.host, reason=reason
            )
        )


def _seconds(name: str, settings: Settings) -> float:
    timeout = settings.get("timeout", 120)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0:
        raise EngineError(
            _("engine setting {key} must be a number of seconds").format(key=f"{name}.timeout")
        )
    return float(timeout)


def _host_of(address: str) -> str:
    """Return the host of an address; EngineError for anything that another reader could take for another host."""
    parts = urlsplit(address)
    try:
        is_plain = parts.port is None or parts.port > 0
    except ValueError:
        is_plain = False
    if not is_plain or not _ADDRESS.match(address) or not parts.hostname:
        raise EngineError(_("no http address: {address}").format(address=address))
    return parts.hostname


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A service that sends us elsewhere could send our texts anywhere."""

    def redirect_request(self, *_request: Any) -> None:
        """Follow none: the redirect is answered as an error."""


def _told(raw: bytes) -> str:
    """Return the reason that a service states in JSON."""
    try:
        answer = load_json(raw)
    except ForeignError:
        return ""
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""
