"""Tasks side by side in threads, with progress, and an interrupt that is heard at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from caresim.studies.machine_code import must_compile

Progress = Callable[[int, int], None]  # done, of how many
T = TypeVar("T")


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
    threads = 1 if engine == "reference" else max(1, min(workers, len(tasks)))
    with ThreadPoolExecutor(threads) as pool:
        try:
            jobs = [pool.submit(task) for task in tasks]
            if meanwhile is not None:
                meanwhile()
            tell(jobs, progress, before, of)
            for job in jobs:
                yield job.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def tell(jobs: list[Future[Any]], progress: Progress | None, before: int, of: int) -> None:
    """Report progress until all jobs are done or one has failed."""
    left = set(jobs)
    while left:
        done, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
        for job in done:
            job.result()
        if progress is not None:
            progress(before + len(jobs) - len(left), of)
