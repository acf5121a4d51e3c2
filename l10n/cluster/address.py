"""The address of a scheduler: what one looks like, and whether the person lets texts go there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.person import config_path, personal_config
from l10n.project.consent import is_allowed, is_loopback, line_to_add

_ADDRESS = re.compile(
    r"(?P<scheme>tcp|tls)://(?P<host>[\w.-]+|\[[\da-f:.]+\]):(?P<port>\d{1,5})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Tls:
    """Files that show who one is; empty: as Dask's own configuration says."""

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""

    @classmethod
    def of_person(cls) -> Tls:
        """Return what `[cluster]` of the person's own config.toml names: certificates belong to people, not to projects."""
        table = personal_config().get("cluster", {})
        if not isinstance(table, Mapping):
            return cls()
        folder = config_path().parent
        names = ("tls_ca_file", "tls_client_cert", "tls_client_key")
        return cls(
            *(str(folder / value) if (value := table.get(name)) else "" for name in names)
        )


def checked_address(address: str) -> str:
    """Return the address of a scheduler; UsageError for what is none, and for a host that the person has not named.

    Whoever runs a scheduler gets the texts, and what it answers is run here as code: its host counts like an engine's.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match["port"]) < 1 << 16:
        raise UsageError(
            _("no address of a scheduler: {address}").format(address=address),
            hint="tcp://127.0.0.1:8786",
        )
    host = match["host"].strip("[]")
    if not is_loopback(host) and not is_allowed(host, int(match["port"])):
        raise UsageError(
            _("texts would leave this machine for {host}, which you have not allowed").format(
                host=host
            ),
            hint=line_to_add(host),
        )
    return address
