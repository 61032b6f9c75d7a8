"""What goes to which stream: answers to stdout, progress and complaints to stderr."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from caresim.config import Scenario

Tell = Callable[[int, int], None]
"""Told how many replications are done and of how many."""


def answer(text: str) -> None:
    """Print what was asked for."""
    typer.echo(text)


def answer_json(value: Any) -> None:
    """Print what was asked for as JSON that any reader takes: no NaN, nothing but UTF-8."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False, default=str))


def complain(text: str) -> None:
    """Print what is wrong."""
    typer.echo(text, err=True)


def remark(scenarios: Iterable[Scenario]) -> None:
    """Say once what of some scenarios is never in force, and what their runs leave out."""
    from caresim.config.idle import idle
    from caresim.config.unfinished import unfinished, unstarted

    notes = (note for scenario in scenarios for say in (idle, unfinished, unstarted) for note in say(scenario.config))
    for note in dict.fromkeys(notes):
        complain(f"Note: {note}")


def answer_table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> None:
    """Print a table as wide as it needs on paper and in a pipe, folded to the window on a screen.

    `numbers` names the columns that stand to the right.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if sys.stdout.isatty():
        Console().print(table)
        return
    console = Console(width=10_000, no_color=True)
    with console.capture() as capture:
        console.print(table)
    typer.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


@contextmanager
def progress(doing: str, quiet: bool) -> Iterator[Tell]:
    """Show on stderr how far something is and how long it will take; hand back whom to tell.

    An interrupt that a library swallows while the engine is compiled is raised again at the next word of progress.
    """
    shown = not quiet and sys.stderr.isatty()
    bar: AbstractContextManager[Tell | None] = progress_bar(doing) if shown else nullcontext()
    with listening() as interrupted, bar as tell:

        def tell_or_stop(done: int, total: int) -> None:
            if interrupted.is_set():
                raise KeyboardInterrupt
            if tell is not None:
                tell(done, total)

        yield tell_or_stop


@contextmanager
def progress_bar(doing: str) -> Iterator[Tell]:
    """Show a bar on stderr; hand back whom to tell how far something is."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("replications,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def listening() -> Iterator[threading.Event]:
    """Hear interrupts: raise them at once, as Python does, and remember that there was one; afterwards as before."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # no other thread may say who hears
        yield interrupted
        return

    def hear(signum: int, frame: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
