"""The application: screens, themes, keymap, language, and what happens when it has to end."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, SystemCommand
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.screen import ModalScreen

from l10n.errors import L10nError
from l10n.interface import LANGUAGES, language, set_language
from l10n.interface import gettext as _
from l10n.person import state_folder
from l10n.review import statistics
from l10n.review.effort import keep_effort
from l10n.review.filter import OPEN
from l10n.review.opening import Place, look_up_context, open_session
from l10n.review.queue import Queue
from l10n.review.sampling import Sample
from l10n.review.stops import remember_stop
from tui import themes
from tui.advice import Adviser
from tui.chooser import ChooserScreen
from tui.clock import Clock, RealTime
from tui.commands import COMMANDS, keymap, shown_keys
from tui.desk.screen import Desk
from tui.frame import Frame
from tui.parting import Left
from tui.signs import PlainSigns, wants_ascii

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.filter import LineFilter
    from textual.message_pump import MessagePump
    from textual.screen import Screen

    from l10n.project import Project
    from l10n.review.session import Session
    from l10n.review.statistics import Summary

_BREATH = 0.005
"""Seconds between two looks whether a window is there."""
_PATIENCE = 3.0
"""Seconds a key may wait for the keys before it."""
_DEATH = 3.0
"""Seconds the program may take to end once everything is saved and its terminal is gone."""


class ReviewCommands(Provider):
    """Every command of the table, for the palette, in the interface language."""

    async def discover(self) -> Hits:
        """Yield all commands before anything is typed."""
        for label, help_text, run in self._commands():
            yield DiscoveryHit(label, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit."""
        matcher = self.matcher(query)
        for label, help_text, run in self._commands():
            score = max(matcher.match(label), matcher.match(help_text) * 0.7)
            if score > 0:
                yield Hit(score, matcher.highlight(label), run, help=help_text)

    def _commands(self) -> Iterable[tuple[str, str, Callable[[], object]]]:
        screen = self.screen
        if not isinstance(screen, Desk):
            return
        for command in COMMANDS:
            if command.id == "command_palette":
                continue
            keys = shown_keys(command.keys or command.list_keys)
            label = f"{_(command.label)}  {keys}" if keys else _(command.label)
            yield label, _(command.help), partial(screen.action_command, command.id)
        for theme in themes.THEMES:
            label = _("Colours: {name}").format(name=theme.name.removeprefix("l10n-"))
            yield label, _("Use these colours."), partial(self.app.use_theme, theme.name)  # type: ignore[attr-defined]


class ReviewApp(App[object], inherit_bindings=False):
    """Shows the chooser or one catalog."""

    CSS_PATH = "review.tcss"
    COMMANDS = {ReviewCommands}  # noqa: RUF012 - Textual declares the type
    ENABLE_COMMAND_PALETTE = True
    TITLE = "l10n review"

    def __init__(
        self,
        places: tuple[Place, ...],
        project: Project | None,
        *,
        reviewer: str,
        query: str = "",
        sample: Sample | None = None,
        settings: Mapping[str, object] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or RealTime()
        self._settings = dict(settings or {})
        # Before Textual's own set-up, which asks for the filters.
        self._signs = [PlainSigns()] if wants_ascii(self._settings) else []
        super().__init__()
        self._frame = Frame()
        self.queue = Queue(places, project, reviewer, sample)
        self._project = project
        self._reviewer = reviewer
        self._query = query
        self.summaries: list[Summary] = []
        """What was done, one for each catalog that was left."""
        self.worked_on: dict[Path, None] = {}
        """The files in which something was done, in their order."""
        self.unsaved: dict[Path, None] = {}
        self.left: Left | None = None
        """Where the person stopped; None when no catalog was opened."""
        self.problem: L10nError | None = None
        """Why nothing could be shown at all."""
        self.touched = 0.0
        self.typed_early = False
        """Whether something was typed before there was anything to see: nobody can have meant what it would do."""
        self._is_drawn = False
        self._ahead: deque[events.Key | events.Paste] = deque()
        """Keys that wait for a window to come up or to be closed."""
        self._due: events.Event | None = None
        self._feeder: asyncio.Task[None] | None = None
        """When the last key came, by the clock."""
        self.crash = ""
        """Where the traceback of an error of ours was written."""
        self.keys: Mapping[str, str] = {}
        """The person's own keys, by command."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.animation_level = "none"

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through before it is drawn."""
        return [*super().get_line_filters(), *self._signs]

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what changed on the terminal, not what was drawn."""
        if isinstance(renderable, CompositorUpdate) and not self.is_inline:
            renderable = self._frame.thin(renderable, self.size)
        super()._display(screen, renderable)
        if not self._is_drawn and isinstance(screen, Desk | ChooserScreen | ModalScreen):
            self._is_drawn = True
            self.call_later(self._tell_typed_early)

    def _tell_typed_early(self) -> None:
        if self.typed_early:
            message = _("What was typed before the screen was there did nothing.")
            desk = next(
                (screen for screen in self.screen_stack if isinstance(screen, Desk)), None
            )
            if desk is not None:
                desk.say(message, severity="warning")
            else:
                self.notify(message, severity="warning", markup=False)

    @property
    def begins_in_list(self) -> bool:
        """Whether a catalog opens with the keys in its list, as the person's settings may want."""
        return self._settings.get("begin_in") == "list"

    @property
    def asks_engine(self) -> bool:
        """Whether the engine is asked about every open unit one rests at."""
        return self._settings.get("engine_ahead") is not False

    @property
    def completes(self) -> bool:
        """Whether the rest of words is offered while one types."""
        return self._settings.get("complete") is not False

    @property
    def edits_like_vi(self) -> bool:
        """Whether the editor has the keys of vi."""
        return self._settings.get("editor") == "vi"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our colours for themes that are not ours."""
        return dict(themes.VARIABLES)

    def on_mount(self) -> None:
        """Choose theme and keys, then show the first screen."""
        theme = str(self._settings.get("theme", themes.DEFAULT))
        self.theme = theme if theme in self.available_themes else themes.DEFAULT
        self.keys = keymap(self._settings.get("keys"))
        self.set_keymap(self.keys)
        self._listen_for_the_end()
        # One catalog was asked for by name: whoever did that does not want to choose.
        if len(self.queue.places) == 1:
            self.open_place(self.queue.places[0])
        else:
            self.show_chooser()

    async def on_event(self, event: events.Event) -> None:
        """Let the focused widget finish what was typed before it is handed the next key.

        Textual looks at keys that work everywhere before the widget has read the keys in front of
        them: without this, a text typed fast and F2 would be approved without its last letters.
        """
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if event is not self._due:
                if not self._is_drawn:
                    self.typed_early = True
                    return
                self.touched = self.clock.now()
                if self._waits_for_window:
                    self._ahead.append(event)
                    if self._feeder is None:
                        self._feeder = asyncio.create_task(self._feed())
                    return
            if isinstance(self.screen, Desk):
                self.screen.session.sitting.keys += 1
            await self._finish_typing()
        await super().on_event(event)

    @property
    def _is_opening(self) -> bool:
        return isinstance(self.screen, Desk) and any(
            worker.group == "window" and not worker.is_finished for worker in self.workers
        )

    @property
    def _waits_for_window(self) -> bool:
        has_window = not isinstance(self.screen, Desk) or self.screen.focused is None
        return has_window or self._feeder is not None or self._is_opening

    async def _feed(self) -> None:
        """Hand on the keys typed ahead of a window, each when all the one before it does is done.

        A key nobody has taken comes back to the application behind those that were typed meanwhile:
        `3 Enter End` would be read as `3 End Enter`, and what follows a command would be read by the
        desk while the window it opens is on its way.
        """
        try:
            while self._ahead:
                await self._come_to_rest()
                self._due = self._ahead.popleft()
                self.post_message(self._due)
                await self._come_to_rest()
        finally:
            self._feeder = self._due = None

    @property
    def _way_of_keys(self) -> Sequence[MessagePump]:
        return [
            node
            for node in (self.focused or self.screen).ancestors_with_self
            if node is not self
        ]

    async def _come_to_rest(self) -> None:
        """Wait until what the last key has set off is done, at most as long as a key may wait."""
        end = self.clock.now() + _PATIENCE
        # Once for the key itself, once for the message of the widget that has taken it.
        for _turn in range(2):
            for pump in (self, *self._way_of_keys):
                await self._finish(pump)
            await self._finish(self)
            while (  # noqa: ASYNC110 - no event tells of a window that is up or of work that is over
                self._is_opening and self.clock.now() < end
            ):
                await asyncio.sleep(_BREATH)
        await self._finish(self.screen)

    async def _finish_typing(self) -> None:
        if self.focused is not None:
            await self._finish(self.focused)

    async def _finish(self, pump: MessagePump) -> None:
        is_read = asyncio.Event()
        if pump.call_later(is_read.set):
            try:
                await asyncio.wait_for(is_read.wait(), _PATIENCE)
            except TimeoutError:  # better a key too early than a screen that does not answer
                self.log.warning("a widget is busy")

    def open_place(self, place: Place, at: str = "") -> None:
        """Open a catalog, at the unit whose source holds a text; when that fails, say why."""
        try:
            session = open_session(
                place,
                self._project,
                self._reviewer,
                at_once=True,
                sample=self.queue.sample,
            )
            session.fills_repeats &= self._settings.get("fill_repeats") is not False
        except L10nError as error:
            if len(self.queue.places) > 1:
                self.show_chooser()
                self.notify(str(error), severity="error", timeout=10, markup=False)
            else:
                self.problem = error
                self.exit(return_code=2)
            return
        if isinstance(self.screen, Desk):
            self.pop_screen()
        adviser = Adviser(look_up_context(session, self._project))
        query, self._query = self._query, ""
        if self.queue.sample is not None and not at:
            query = f"state:{OPEN}"
        self.push_screen(Desk(session, adviser, self._project, self, query=query, at=at))

    def show_chooser(self) -> None:
        """Show the list of catalogs."""
        if isinstance(self.screen, Desk):
            self.pop_screen()
        if not isinstance(self.screen, ChooserScreen):
            self.push_screen(ChooserScreen(self.queue, self.open_place))

    def keep_statistics(self, session: Session) -> None:
        """Put what was done, and where one stops, into the person's record."""
        summary = session.sitting.summary()
        self.left = Left.of(session)
        try:
            if session.entries:
                remember_stop(session.keeper.path, session.entry.key)
            if summary.units:
                statistics.keep(session.sitting.works.values())
                keep_effort(session)
        except (OSError, L10nError) as error:
            self.log.warning(str(error))
        if summary.units:
            self.summaries.append(summary)
        if session.keeper.has_written:
            self.worked_on[session.keeper.path] = None
        self.worked_on.update(dict.fromkeys(session.also_changed))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return none: every command of ours is in the table."""
        del screen
        return ()

    def action_command_palette(self) -> None:
        """Open the palette, in the interface language."""
        if not CommandPalette.is_open(self):
            self.push_screen(
                CommandPalette(placeholder=_("Search for a command…"), id="--command-palette")
            )

    def action_help_quit(self) -> None:
        """Say how to leave."""
        self.notify(_("Ctrl+Q saves everything and leaves."), markup=False)

    def action_switch_language(self) -> None:
        """Take the next interface language, at once and everywhere."""
        following = LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)]
        set_language(following)
        for screen in self.screen_stack:
            if isinstance(screen, Desk | ChooserScreen):
                screen.retranslate()

    def action_contrast(self) -> None:
        """Switch high contrast on or off."""
        self.use_theme(themes.DEFAULT if self.theme == themes.CONTRAST else themes.CONTRAST)

    def use_theme(self, name: str) -> None:
        """Use some colours."""
        self.theme = name

    def action_leave(self) -> None:
        """Leave from the chooser."""
        self.exit()

    def _listen_for_the_end(self) -> None:
        """Save when the terminal goes away or the system ends the program."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, self._end, number)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # not in the main thread: a test drives us

    def _end(self, number: signal.Signals) -> None:
        code = 128 + number
        for screen in self.screen_stack:
            if isinstance(screen, Desk):
                self.keep_statistics(screen.session)
                screen.safety.flush()
                if screen.session.keeper.is_dirty:
                    self.unsaved[screen.session.keeper.path] = None
        # Not on the loop: Textual waits for ever for a terminal that is gone to take what it wrote.
        death = threading.Timer(_DEATH, os._exit, (code,))
        death.daemon = True  # a program that ended by itself is not kept for it
        death.start()
        self.exit(return_code=code)

    def _handle_exception(self, error: Exception) -> None:
        """Write an error of ours to a file instead of over the screen; the journal has the work."""
        self.crash = _write_crash(error)
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Print nothing: `launch` says where the traceback is."""


def _write_crash(error: Exception) -> str:
    """Return the path of the traceback; the traceback itself where nothing can be written."""
    text = "".join(traceback.format_exception(error))
    path = state_folder() / f"crash-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        return text
    return str(path)
