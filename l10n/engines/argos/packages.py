"""Argos packages: finding the installed ones, unpacking archives safely, fetching from the index."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import urlsplit

from l10n.engines import Pair
from l10n.errors import EngineError
from l10n.foreign import load_json
from l10n.interface import gettext as _

_LOCALES = {"pb": "pt-BR", "zt": "zh-Hant"}
"""Argos codes that are no language tags."""

_MEMBERS = 5_000
_BYTES = 4 << 30
_RATIO = 100
"""Limits of an archive: files, bytes unpacked, and their ratio to the bytes packed."""

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_NAME = re.compile(r"[\w.+-]{1,100}")
_TIMEOUT = 30.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_WORKING = {("es", "en", "1.9"): "1.0"}
"""Published versions that answer nonsense (argos-translate issues 504 and 522), and what works instead."""


class Tokenizer(Protocol):
    """Cuts a sentence into the pieces of a model and joins them again."""

    def encode(self, sentence: str) -> list[str]: ...  # noqa: D102

    def decode(self, tokens: list[str]) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Installed:
    """One unpacked package."""

    path: Path
    source: str
    target: str
    version: str
    target_prefix: str = ""

    @property
    def pair(self) -> Pair:
        """Source and target as BCP 47 tags."""
        return (_LOCALES.get(self.source, self.source), _LOCALES.get(self.target, self.target))

    @property
    def name(self) -> str:
        """`translate-es_en-1.0`."""
        return f"translate-{self.source}_{self.target}-{self.version}"

    def tokenizer(self) -> Tokenizer:
        """Return argostranslate's own tokenizer for the package."""
        try:
            from argostranslate import tokenizer  # noqa: PLC0415 - loads SentencePiece
        except ImportError as error:
            raise missing_module(error) from error
        pieces = self.path / "sentencepiece.model"
        made: Tokenizer = (
            tokenizer.SentencePieceTokenizer(pieces)
            if pieces.exists()
            else tokenizer.BPETokenizer(self.path / "bpe.model", self.source, self.target)
        )
        return made

    def fingerprint(self) -> str:
        """Return one model file from another without reading it."""
        model = (self.path / "model" / "model.bin").stat()
        text = f"{self.path.resolve()}\0{model.st_size}\0{model.st_mtime_ns}"
        return hashlib.sha256(text.encode()).hexdigest()

    def better_version(self) -> str:
        """Return the command that installs a version known to work, if one is known."""
        working = _WORKING.get((self.source, self.target, self.version))
        if not working:
            return ""
        return f"l10n engines install {self.source} {self.target} --version {working}"


Try = Callable[[Installed], str | None]
"""Runs a package; gives why it cannot be trusted."""


def package_folders() -> list[Path]:
    """Return argostranslate's folders of packages; the first is where new ones go."""
    if folder := os.environ.get("ARGOS_PACKAGES_DIR"):
        return [Path(folder)]
    return [Path(folder) for folder in _argos().settings.package_dirs]


def installed_packages(
    on_broken: Callable[[EngineError], None] | None = None,
) -> list[Installed]:
    """Return every usable translation package of argostranslate's folders; `on_broken` hears of the others."""
    packages = []
    for folder in package_folders():
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_dir())
        except OSError:
            continue
        for path in paths:
            try:
                if package := read_package(path):
                    packages.append(package)
            except EngineError as error:
                if on_broken:
                    on_broken(error)
    return packages


def best_installed() -> dict[Pair, Installed]:
    """Return the newest package of each pair, leaving versions known to be broken for last."""
    best: dict[Pair, Installed] = {}
    for package in sorted(installed_packages(), key=_preference):
        best[package.pair] = package
    return best


def read_package(path: Path) -> Installed | None:
    """Read an unpacked package; None when it is no translation. EngineError when parts are missing."""
    try:
        metadata = load_json((path / "metadata.json").read_bytes())
    except FileNotFoundError:
        raise EngineError(_("the package lacks metadata.json"), path=path) from None
    except (OSError, ValueError) as error:
        raise EngineError(
            _("metadata.json cannot be read: {reason}").format(reason=error), path=path
        ) from error
    if not isinstance(metadata, dict):
        raise EngineError(_("metadata.json holds no table"), path=path)
    if metadata.get("type", "translate") != "translate":
        return None
    codes = [metadata.get("from_code"), metadata.get("to_code")]
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise EngineError(_("the package does not say its languages"), path=path)
    if not (path / "model" / "model.bin").is_file():
        raise EngineError(_("the package lacks its model"), path=path)
    if not any((path / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise EngineError(_("the package lacks its tokenizer"), path=path)
    return Installed(
        path,
        str(codes[0]),
        str(codes[1]),
        str(metadata.get("package_version", "")),
        str(metadata.get("target_prefix") or ""),
    )


def install_file(archive: Path, tried: Try, *, wanted: Pair | None = None) -> Installed:
    """Unpack a `.argosmodel`, try it and put it in its place; EngineError leaves nothing behind."""
    home = package_folders()[0]
    with _unpacked(archive, home.parent) as folder:
        try:
            package = read_package(folder)
        except EngineError as error:
            raise EngineError(error.message, path=archive) from None
        if package is None:
            raise EngineError(_("the package holds no translation model"), path=archive)
        if wanted and package.pair != wanted:
            raise EngineError(
                _("the package translates {pair}, not {wanted}").format(
                    pair="→".join(package.pair), wanted="→".join(wanted)
                ),
                path=archive,
            )
        try:
            reason = tried(package)
        except EngineError as error:
            raise EngineError(error.message, path=archive) from None
        if reason:
            raise EngineError(
                _("refused: {reason}").format(reason=reason),
                path=archive,
                hint=package.better_version(),
            )
        return _put(package, home / folder.name)


def install_pair(
    source: str,
    target: str,
    tried: Try,
    *,
    version: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Installed:
    """Fetch the package of a pair from argostranslate's index and install it."""
    offers = [
        offer for offer in _index() if (offer.from_code, offer.to_code) == (source, target)
    ]
    if not offers:
        raise EngineError(
            _("the index has no package for {source} to {target}").format(
                source=source, target=target
            ),
            hint="l10n engines install FILE.argosmodel",
        )
    offer = max(offers, key=lambda offer: _version(offer.package_version))
    links = [_other_version(link, offer.package_version, version) for link in offer.links]
    with tempfile.TemporaryDirectory(prefix="l10n-argos-") as folder:
        archive = Path(folder) / f"translate-{source}_{target}.argosmodel"
        _download(links, archive, on_progress)
        return install_file(archive, tried, wanted=(source, target))


def missing_module(error: ImportError) -> EngineError:
    """Say which library is not there."""
    return EngineError(
        _("engine argos needs the Python module {module}").format(module=error.name),
        hint="pip install 'l10n-workbench[argos]'",
    )


def _argos() -> Any:
    """Import argostranslate.package, which needs neither stanza nor torch."""
    try:
        from argostranslate import package  # noqa: PLC0415 - loaded when an engine is asked for
    except ImportError as error:
        raise missing_module(error) from error
    except OSError as error:
        # Its settings make folders in the home folder as soon as they are imported.
        raise EngineError(
            _("argostranslate cannot make its folders: {reason}").format(reason=error),
            hint="XDG_DATA_HOME=… XDG_CONFIG_HOME=… XDG_CACHE_HOME=… l10n …",
        ) from error
    return package


def _preference(package: Installed) -> tuple[bool, tuple[int, ...]]:
    broken = (package.source, package.target, package.version) in _WORKING
    return (not broken, _version(package.version))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))


@contextmanager
def _unpacked(archive: Path, beside: Path) -> Iterator[Path]:
    """Unpack into a folder beside the packages: a half-made one among them breaks argostranslate."""
    try:
        beside.mkdir(parents=True, exist_ok=True)
        if not zipfile.is_zipfile(archive):
            if not archive.is_file():
                raise EngineError(_("there is no such file"), path=archive)
            raise EngineError(_("not an Argos package: it is no zip archive"), path=archive)
        with (
            tempfile.TemporaryDirectory(prefix=".l10n-argos-", dir=beside) as folder,
            zipfile.ZipFile(archive) as packed,
        ):
            top = _checked_members(packed, archive)
            packed.extractall(folder)
            yield Path(folder) / top
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise EngineError(
            _("the archive is damaged: {reason}").format(reason=error), path=archive
        ) from error
    except OSError as error:
        raise EngineError(
            _("the package cannot be unpacked: {reason}").format(reason=error), path=archive
        ) from error


def _checked_members(packed: zipfile.ZipFile, archive: Path) -> str:
    """Return the one top folder of an archive; EngineError for anything a package has no use for."""
    members = packed.infolist()
    tops = {PurePosixPath(member.filename).parts[0] for member in members if member.filename}
    unpacked = sum(member.file_size for member in members)
    fault = ""
    if any(_is_hostile(member) for member in members):
        fault = _("the archive holds a path or link that leaves its folder")
    elif len(tops) != 1 or not _NAME.fullmatch(next(iter(tops))):
        fault = _("not an Argos package: it holds no single folder")
    elif len(members) > _MEMBERS or unpacked > _BYTES:
        fault = _("the archive is too large")
    elif unpacked > _RATIO * max(1 << 20, archive.stat().st_size):
        fault = _("the archive unpacks to more than a model can be")
    if fault:
        raise EngineError(fault, path=archive)
    return next(iter(tops))


def _is_hostile(member: zipfile.ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    path = PurePosixPath(name)
    mode = member.external_attr >> 16
    return (
        path.is_absolute()
        or ".." in path.parts
        or ":" in path.parts[0]
        or (
            mode != 0
            and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
            and stat.S_IFMT(mode) != 0
        )
    )


def _put(package: Installed, place: Path) -> Installed:
    """Move an unpacked package to its place, over an older copy of it."""
    old = package.path.parent / f"{place.name}.old"
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.replace(old)
    package.path.replace(place)
    shutil.rmtree(old, ignore_errors=True)
    return Installed(
        place, package.source, package.target, package.version, package.target_prefix
    )


def _index() -> list[Any]:
    """Fetch argostranslate's index of packages."""
    package = _argos()
    address = str(package.settings.remote_package_index)
    raw = b"".join(_open(address))
    try:
        return [package.AvailablePackage(entry) for entry in load_json(raw)]
    except (ValueError, AttributeError, TypeError) as error:
        raise EngineError(
            _("the index at {address} cannot be read").format(address=address)
        ) from error


def _other_version(link: str, offered: str, version: str | None) -> str:
    """Return the address of another version: they are named `translate-es_en-1_9.argosmodel`."""
    if not version:
        return link
    return link.replace(f"-{offered.replace('.', '_')}.", f"-{version.replace('.', '_')}.")


def _download(
    links: list[str], archive: Path, on_progress: Callable[[int, int], None] | None
) -> None:
    problem = EngineError(_("the index gives no address for the package"))
    for link in links:
        try:
            with archive.open("wb") as file:
                for piece in _open(link, on_progress):
                    file.write(piece)
        except EngineError as error:
            problem = error
        else:
            return
    raise problem


def _open(
    address: str, on_progress: Callable[[int, int], None] | None = None
) -> Iterator[bytes]:
    """Read an address piece by piece; https, or http on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise EngineError(_("not fetched, no https address: {address}").format(address=address))
    request = urllib.request.Request(address, headers={"User-Agent": "l10n-workbench"})  # noqa: S310 - checked above
    received = 0
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310 - checked above
            total = int(response.headers.get("Content-Length") or 0)
            while piece := response.read(1 << 16):
                received += len(piece)
                if received > _BYTES:
                    raise EngineError(_("the archive is too large"), path=address)
                if on_progress:
                    on_progress(received, total)
                yield piece
    except (OSError, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise EngineError(
            _("{address} cannot be fetched: {reason}").format(address=address, reason=reason),
            hint="l10n engines install FILE.argosmodel",
        ) from error
