"""The preview: the exported site served to this machine alone, and exported anew when something changes."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from l10n.errors import L10nError, UsageError
from l10n.export.front_page import is_ours
from l10n.export.site import FRONT_PAGE
from l10n.interface import gettext as _
from l10n.project import Project

ADDRESS = "127.0.0.1"
_NAMES = frozenset({ADDRESS, "localhost"})


Front = Callable[[], str]
"""Makes the front page, each time it is asked for."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves files to this machine alone: a request under any other host name is refused; logs nothing."""

    def __init__(self, *arguments: Any, front: Front | None = None, **options: Any) -> None:
        self._front = front
        super().__init__(*arguments, **options)

    def send_head(self) -> Any:
        """Refuse a page of elsewhere that points its own name at this machine; the front page is made on demand."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        is_front = self.path.partition("?")[0] == "/"
        if is_front and self._front and is_ours(Path(self.directory, FRONT_PAGE)):
            return self._send_front(self._front)
        return super().send_head()

    def _send_front(self, front: Front) -> io.BytesIO | None:
        try:
            content = front().encode()
        except L10nError as error:
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR, explain=str(error))
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        """Keep nothing in the browser's cache: the next look must show the next export."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Threads end with the program; a browser that goes away in the middle is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave a closed connection alone; anything else is a defect and shows as one."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path, port: int = 0, *, front: Front | None = None) -> Iterator[str]:
    """Serve a folder on this machine while the block runs; gives the address. Port 0 takes any free one.

    `front` makes the front page where the folder has none but the export's own. Raises UsageError when the port is taken.
    """
    handler = partial(_Handler, directory=str(folder), front=front)
    try:
        server = _Server((ADDRESS, port), handler)
    except OSError as error:
        raise UsageError(
            _("port {port} cannot be used: {reason}").format(port=port, reason=error.strerror),
            hint="l10n preview --port 0",
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def watch_project(
    project: Project, rebuild: Callable[[], None], *, stop: threading.Event | None = None
) -> None:
    """Call `rebuild` whenever an article, a catalog, a template or the project file has changed, until stopped."""
    places = {project.file, project.templates, *project.article_folders}
    places |= {project.catalogs_folder(locale) for locale in project.locales}
    stop = stop or threading.Event()
    before = _states(places)
    pause = _PAUSE
    while not stop.wait(pause):
        begin = time.monotonic()
        now = _states(places)
        # A large project is looked at less often, so that a preview left open takes a tenth of a core at most.
        pause = max(_PAUSE, 9 * (time.monotonic() - begin))
        if now != before:
            before = now
            rebuild()


_PAUSE = 0.1
"""Seconds between two looks at the files: a reader who saves and switches windows waits no longer."""


def _states(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return time and size of every file in some folders."""
    states = {}
    for file in (file for place in places for file in _files(place)):
        try:
            state = file.stat()
        except OSError:
            continue  # gone between listing and looking
        states[file] = (state.st_mtime_ns, state.st_size)
    return states


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
    for folder, folders, names in os.walk(place):
        # Editors and atomic writing put a hidden file, or one with a tilde, beside the one they replace.
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            Path(folder, name) for name in names if name[0] != "." and not name.endswith("~")
        )
