"""The preview: the exported site served to this machine alone, and exported anew when something changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import DefaultFilter, watch

from l10n.errors import UsageError
from l10n.language import gettext as _
from l10n.project import Project

ADDRESS = "127.0.0.1"
_NAMES = frozenset({ADDRESS, "localhost"})


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, says nothing on the terminal, and answers no other name than this machine's."""

    def send_head(self) -> object:  # type: ignore[override]
        """Refuse a page of elsewhere that points its own name at this machine."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Keep nothing in the browser's cache: the next look must show the next export."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder on this machine while the block runs; gives the address. Port 0 takes any free one.

    Raises UsageError when the port is taken.
    """
    handler = partial(_Handler, directory=str(folder))
    try:
        server = ThreadingHTTPServer((ADDRESS, port), handler)
    except OSError as error:
        raise UsageError(
            _("port {port} cannot be used: {reason}").format(port=port, reason=error.strerror),
            hint="l10n preview --port 0",
        ) from error
    server.daemon_threads = True
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
    places = {project.file, project.root / "templates"}
    for locale in project.locales:
        places |= {project.articles_folder(locale), project.catalogs_folder(locale)}
    there = [place for place in places if place.exists()]
    for _changes in watch(*there, watch_filter=DefaultFilter(), stop_event=stop):
        rebuild()
