"""Look-ups in another process: the memory and the engines never share the screen's interpreter.

The process can be killed, may crash or run out of memory, and answers one question at a time; of the
questions of one kind, only the newest is answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.interface import language

_LINE_LIMIT = 1 << 24


@dataclass(frozen=True, slots=True)
class LookUpContext:
    """What the process needs to know before the first question."""

    memory: str = ""
    """Path of the memory; empty when there is none."""
    project: str = ""
    """Path of the project file; empty without a project."""
    catalog: str = ""
    """Absolute path of the catalog under review."""
    source: str = ""
    target: str = ""


class Lookup:
    """One helper process, started at the first question and again after it died."""

    def __init__(self, context: LookUpContext, *, timeout: float, grace: float = 3.0) -> None:
        self.context = context
        self.timeout = timeout
        """Seconds after which the process is killed and the question given up."""
        self.grace = grace
        """Seconds the answer to a question given up may still take before the process is killed for it."""
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._newest: dict[str, int] = {}
        self._abandoned = False
        self._is_over = False

    async def ask(self, operation: str, **fields: Any) -> Mapping[str, Any] | None:
        """Return the answer; None when a newer question of its kind overtook it. EngineError when it fails."""
        number = self._newest[operation] = self._newest.get(operation, 0) + 1
        async with self._turn:
            # While it waited for its turn the cursor went on: nobody looks at this answer any more.
            if number != self._newest[operation]:
                return None
            answer = await self._exchange({"op": operation, **fields})
        if number != self._newest[operation]:
            return None
        if "error" in answer:
            raise EngineError(str(answer["error"]), hint=str(answer.get("hint", "")))
        return answer

    async def close(self) -> None:
        """End the process at once, for good: what is asked from now on fails."""
        self._is_over = True
        await self._kill()

    async def _kill(self) -> None:
        """End the process; the next question starts another."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def _exchange(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._abandoned:
            await self._drain()
        process = await self._running()
        try:
            async with asyncio.timeout(self.timeout):
                await _send(process, question)
                return await _receive(process)
        except TimeoutError as error:
            await self._kill()
            raise EngineError(
                _("no answer within {seconds} seconds").format(seconds=round(self.timeout))
            ) from error
        except (OSError, ValueError) as error:
            await self._kill()
            raise EngineError(_("the look-up process ended")) from error
        except asyncio.CancelledError:
            # The process goes on with it: the next question has to read this answer away first.
            self._abandoned = True
            raise

    async def _drain(self) -> None:
        """Wait a moment for the answer that nobody wants any more; then end the process."""
        try:
            if self._process is not None and self._process.returncode is None:
                async with asyncio.timeout(self.grace):
                    await _receive(self._process)
        except (TimeoutError, OSError, ValueError):
            await self._kill()
        self._abandoned = False

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        if self._is_over:  # whoever leaves a desk while something is asked waits for no answer
            raise EngineError(_("the look-up process ended"))
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "l10n.review.lookup_server",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LINE_LIMIT,
                env={**os.environ, "L10N_LANG": language()},
                start_new_session=True,  # Ctrl+C at the terminal is not for it
            )
            setup = {
                "memory": self.context.memory,
                "project": self.context.project,
                "catalog": self.context.catalog,
                "source": self.context.source,
                "target": self.context.target,
            }
            await _send(self._process, setup)
        except OSError as error:
            raise EngineError(_("the look-up process does not start")) from error
        return self._process


async def _receive(process: asyncio.subprocess.Process) -> Mapping[str, Any]:
    """Return the next answer; ValueError when the process ended instead."""
    if process.stdout is None:
        raise ValueError
    answer = json.loads(await process.stdout.readline())
    if not isinstance(answer, dict):
        raise ValueError  # noqa: TRY004 - one kind of damage among others
    return answer


async def _send(process: asyncio.subprocess.Process, message: Mapping[str, Any]) -> None:
    if process.stdin is None:
        raise ValueError
    process.stdin.write(json.dumps(message).encode() + b"\n")
    await process.stdin.drain()
