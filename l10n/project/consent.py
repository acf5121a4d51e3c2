"""Consent: which hosts may receive texts and keys. The person says it, never the project that asks."""

from __future__ import annotations

import os
import re

from l10n.person import config_path, personal_config

VARIABLE = "L10N_ALLOW_HOSTS"
"""Environment variable of host names, with commas or spaces between them."""

_SETTING = "allow_hosts"


def allowed_hosts() -> frozenset[str]:
    """Return the hosts that the person's own config.toml and environment name, in lower case; some with a port."""
    configured = personal_config().get(_SETTING, ())
    names = [configured] if isinstance(configured, str) else configured
    hosts = {str(name) for name in names} if isinstance(names, list | tuple) else set()
    hosts |= set(re.split(r"[\s,]+", os.environ.get(VARIABLE, "")))
    return frozenset(host.strip("[]").lower() for host in hosts if host)


def is_allowed(host: str, port: int | None = None) -> bool:
    """Whether the person has named a host, alone or with this port."""
    hosts = allowed_hosts()
    return host.lower() in hosts or (port is not None and f"{host}:{port}".lower() in hosts)


def is_secret(key: str) -> bool:
    """Whether a key of settings names what opens a service: that has no place in a file of a project."""
    return "key" in key or "token" in key


def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    import ipaddress  # noqa: PLC0415 - loads slowly, and most commands ask no host
    import socket  # noqa: PLC0415 - as above

    if host == "localhost" or host.endswith(".localhost"):
        try:
            addresses = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
        except OSError:
            return host == "localhost"
        return all(
            ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in addresses
        )
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def line_to_add(*hosts: str) -> str:
    """Return what the person writes to allow hosts, and where, with those allowed before."""
    named = ", ".join(f'"{host}"' for host in sorted(allowed_hosts() | set(hosts)))
    return f"{_SETTING} = [{named}]  ({config_path()})"
