"""What goes to which stream: answers to stdout, progress and complaints to stderr."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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
    """Say once what of some scenarios is never in force, and what their runs cut off."""
    from caresim.config.idle import idle
    from caresim.config.unfinished import unfinished

    notes = (note for scenario in scenarios for say in (idle, unfinished) for note in say(scenario.config))
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
    interrupted = listen()
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: stop_if(interrupted)
        return
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

        def tell(done: int, total: int | None) -> None:
            stop_if(interrupted)
            bar.update(task, completed=done, total=total)

        yield tell


def listen() -> threading.Event:
    """Hear interrupts: raise them at once, as Python does, and remember that there was one."""
    interrupted = threading.Event()

    def hear(signum: int, frame: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, hear)
    return interrupted


def stop_if(interrupted: threading.Event) -> None:
    """Raise an interrupt that was heard."""
    if interrupted.is_set():
        raise KeyboardInterrupt
