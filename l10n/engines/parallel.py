"""Several questions to a service at once, their answers in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


def ask_at_once(
    ask: Callable[[Question], Answer], questions: Sequence[Question], most: int
) -> list[Answer]:
    """Return an answer to each question, at most so many of them on the way at a time.

    The first failure is raised, and no further question begun. An interrupt ends it at once: threads of a pool would
    hold the program until the service has answered.
    """
    if most < 2 or len(questions) < 2:
        return [ask(question) for question in questions]
    waiting: SimpleQueue[tuple[int, Question]] = SimpleQueue()
    for place in enumerate(questions):
        waiting.put(place)
    answers: dict[int, Answer] = {}
    failures: list[Exception] = []
    finished: SimpleQueue[None] = SimpleQueue()

    def work() -> None:
        try:
            while not failures:
                number, question = waiting.get_nowait()
                answers[number] = ask(question)
        except Empty:
            pass
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            failures.append(error)
        finally:
            finished.put(None)

    workers = min(most, len(questions))
    for _worker in range(workers):
        threading.Thread(target=work, daemon=True).start()
    for _worker in range(workers):
        finished.get()
    if failures:
        raise failures[0]
    return [answers[number] for number in range(len(questions))]
