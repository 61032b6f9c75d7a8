"""Tasks side by side in threads, with progress, and an interrupt that is heard at once.

The threads and whoever waits for them share two queues and nothing that is locked in Python: an interrupt may come at
any instruction of the waiting thread, and one between taking a lock and remembering it would stop all threads for ever
(`concurrent.futures.wait` locks every task that is still to come).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from caresim.studies.machine_code import must_compile

Progress = Callable[[int, int], None]  # done, of how many
T = TypeVar("T")
A_MOMENT = 0.5  # seconds after which progress is told again, and a swallowed interrupt heard


def side_by_side(
    tasks: Sequence[Callable[[], T]], engine: str, workers: int, progress: Progress | None, before: int, of: int,
    meanwhile: Callable[[], object] | None = None, events: bool = False,
) -> Iterator[T]:  # fmt: skip
    """Do tasks that use an engine and give their results in the order of the tasks.

    `before` of the `of` tasks that progress speaks of have been done already. `meanwhile` is done in this thread, which
    has nothing else to do. `events`: the tasks keep event logs. The reference engine is plain Python, which threads
    make no faster: it gets one.
    """
    tasks = list(tasks)
    if tasks and must_compile(engine, events):  # in this thread, where an interrupt is heard at once
        yield tasks.pop(0)()
        before += 1
    crew: Crew[T] = Crew(tasks, 1 if engine == "reference" else min(workers, len(tasks)))
    try:
        crew.start()
        if meanwhile is not None:
            meanwhile()
        while len(crew.results) < len(tasks):
            crew.gather()
            if progress is not None:
                progress(before + len(crew.results), of)
    finally:
        crew.stop()
    for number in range(len(tasks)):
        yield crew.results.pop(number)


class Crew(Generic[T]):
    """Threads that do tasks, the first task first; what a task gives or raises comes back by a queue."""

    def __init__(self, tasks: Sequence[Callable[[], T]], threads: int) -> None:
        self.tasks = tasks
        self.results: dict[int, T] = {}
        self._to_do: SimpleQueue[int] = SimpleQueue()
        self._done: SimpleQueue[tuple[int, Any, BaseException | None]] = SimpleQueue()
        self._stopping = False
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(threads)]
        for number in range(len(tasks)):
            self._to_do.put(number)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def gather(self) -> None:
        """Wait a moment for what is done, or raise what a task raised."""
        try:
            number, result, error = self._done.get(timeout=A_MOMENT)
        except Empty:
            return
        if error is not None:
            raise error
        self.results[number] = result

    def stop(self) -> None:
        """Begin no further task, and wait for those begun."""
        self._stopping = True
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _work(self) -> None:
        while not self._stopping:
            try:
                number = self._to_do.get_nowait()
            except Empty:
                return
            try:
                self._done.put((number, self.tasks[number](), None))
            except BaseException as error:
                self._done.put((number, None, error))
                return
