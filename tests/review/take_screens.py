"""Take the pictures of the reviewer that the documents show.

    python tests/review/take_screens.py [NAME...]

Works on a copy of the sample newsroom with a made-up past; needs `rsvg-convert` and the font Fira Code.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from l10n.catalog import Catalog
from l10n.interface import set_language
from l10n.review.opening import resolve
from tui.app import ReviewApp
from tui.windows.sides import ConflictScreen

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PICTURES = REPOSITORY / "docs" / "screens"
WIDTH = 1400


async def main_screen(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.press(*["alt+down"] * 10)
    await pilot.pause(4.0)


async def edited(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.press("alt+down", "end")
    for character in " Two  spaces":
        await pilot.press(character if character != " " else "space")
    await pilot.pause(2.0)


async def helped(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.press("f1")
    await pilot.pause(0.5)


async def conflicted(pilot: Pilot[object], app: ReviewApp) -> None:
    session = app.screen.session
    session.type("The bakery that opens at two", 0)
    session.approve(force=True)
    other = Catalog.load(session.keeper.path)
    row = session.position
    other.entries[row].translate("The bakery which opens at night")
    other.save()
    merged = session.adopt(session.keeper.read_disk())
    app.push_screen(ConflictScreen(merged.conflicts, app.clock))
    await pilot.pause(0.5)


async def replaced(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.press("alt+r", *"bread", "tab", *"loaf")
    await pilot.pause(2.0)


async def looked_up(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.press(*["alt+down"] * 4)
    await pilot.pause(1.5)
    await pilot.press("f9", *"puente")
    await pilot.pause(8.0)


async def signed(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.pause(2.0)


async def recovered(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.pause(0.8)


async def chosen(pilot: Pilot[object], app: ReviewApp) -> None:
    await pilot.pause(1.0)


Act = Callable[..., Awaitable[None]]
SHOTS: dict[str, tuple[str | None, tuple[int, int], str, str, Act]] = {
    "main": ("panaderia", (120, 36), "en", "l10n-dark", main_screen),
    "narrow": ("panaderia", (80, 24), "en", "l10n-dark", edited),
    "spanish": ("panaderia", (120, 36), "es", "l10n-dark", edited),
    "spanish-narrow": ("panaderia", (80, 24), "es", "l10n-dark", main_screen),
    "contrast": ("panaderia", (120, 36), "en", "l10n-contrast", edited),
    "light": ("panaderia", (120, 36), "en", "l10n-light", edited),
    "help": ("panaderia", (120, 36), "en", "l10n-dark", helped),
    "conflict": ("panaderia", (120, 36), "en", "l10n-dark", conflicted),
    "replace": ("panaderia", (80, 24), "en", "l10n-dark", replaced),
    "concordance": ("panaderia", (120, 36), "en", "l10n-dark", looked_up),
    "four-eyes": ("panaderia", (120, 36), "en", "l10n-dark", signed),
    "recovery": ("feria", (120, 36), "en", "l10n-dark", recovered),
    "chooser": (None, (120, 36), "en", "l10n-dark", chosen),
}
"""Name → article or None for the list, size, interface language, theme, what to do."""


def prepare(root: Path) -> None:
    """Make the newsroom's copy: drafts from memory and engine, and a sitting that died."""
    shutil.copytree(REPOSITORY / "locales", root / "locales")
    settings = (REPOSITORY / "l10n.toml").read_text("utf-8").partition("# From here on")[0]
    (root / "l10n.toml").write_text(settings, "utf-8")
    for command in (["update"], ["tm", "rebuild"], ["prefill", "en"]):
        subprocess.run([sys.executable, "-m", "l10n", *command], cwd=root, check=True)


def leave_a_crash(path: Path) -> None:
    """Decide a few things in a process that dies."""
    program = (
        "import os, sys; from l10n.review.opening import resolve, open_session\n"
        "project, places = resolve(sys.argv[1]); session = open_session(places[0], project, 'Ana')\n"
        "session.keeper.start('Ana'); session.go_to(6)\n"
        "session.type('The book fair returns to the river with 112 stalls', 0); session.approve(force=True)\n"
        "session.go_to(9); session.type('The mayor said that the b', 0); os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)


def sign_once(path: Path) -> None:
    """Have one person review units of which two have to."""
    project = Path("l10n.toml")
    lines = project.read_text(encoding="utf-8").replace("[check]\n", "[check]\nreviewers = 2\n")
    project.write_text(lines, encoding="utf-8")
    catalog = Catalog.load(path)
    catalog.reviewers = 2
    for entry in catalog.entries[:12]:
        if entry.msgstr:
            entry.approve(by="Luis Gil")
    catalog.save()


async def take(name: str) -> str:
    """Take one picture."""
    article, size, language, theme, act = SHOTS[name]
    shutil.rmtree(os.environ["XDG_STATE_HOME"], ignore_errors=True)  # what the last one left
    set_language(language)
    catalogs = Path.cwd() / "locales/en/LC_MESSAGES"
    if name == "recovery":
        leave_a_crash(catalogs / f"{article}.po")
    if name == "four-eyes":
        sign_once(catalogs / f"{article}.po")
    project, places = resolve(str(catalogs / f"{article}.po") if article else None)
    app = ReviewApp(places, project, reviewer="Ana", settings={"theme": theme})
    async with app.run_test(size=size) as pilot:
        await pilot.pause(1.0)
        await act(pilot, app)
        return app.export_screenshot(title=" ")


def draw(name: str, svg: str) -> None:
    """Turn a picture into PNG."""
    # rsvg knows `white-space: pre` only by its older name.
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    command = ["rsvg-convert", "-w", str(WIDTH), "-o", str(PICTURES / f"{name}.png")]
    subprocess.run(command, input=svg.encode(), check=True)


def main() -> None:
    """Take all pictures, or those named."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "newsroom"
        root.mkdir()
        os.environ.update(XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config")
        os.environ["PYTHONPATH"] = str(REPOSITORY)
        prepare(root)
        os.chdir(root)
        for name in sys.argv[1:] or SHOTS:
            draw(name, asyncio.run(take(name)))


if __name__ == "__main__":
    main()
