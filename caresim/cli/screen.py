"""What goes to which stream: answers to stdout, progress and complaints to stderr."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TextIO

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from caresim.config import Scenario

Tell = Callable[[int, int], None]
"""Told how many replications or steps are done and of how many."""


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


def answer_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = (), spared: int = 0
) -> None:
    """Print a table as wide as it needs on paper and in a pipe, folded to the window on a screen.

    `numbers` names the columns that stand to the right; so many of the last columns are `spared` in a window that is
    too narrow for them.
    """
    from rich.console import Console

    table = table_of(headings, rows, numbers)
    if is_terminal(sys.stdout):
        window = Console()
        if spared and window.measure(table, options=window.options.update(width=10_000)).maximum > window.width:
            table = table_of(headings[:-spared], [row[:-spared] for row in rows], numbers)
        window.print(table)
        return
    console = Console(width=10_000, no_color=True)
    with console.capture() as capture:
        console.print(table)
    typer.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def table_of(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> Table:
    """Lay a table out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody looks at a stream; a closed one is none."""
    return stream is not None and stream.isatty()


@contextmanager
def progress(doing: str, quiet: bool, of: str = "replications") -> Iterator[Tell]:
    """Show on stderr how far something is and how long it will take; hand back whom to tell.

    `of` names what is counted.

    An interrupt that a library swallows while the engine is compiled is raised again at the next word of progress.
    """
    shown = not quiet and is_terminal(sys.stderr)
    bar: AbstractContextManager[Tell | None] = progress_bar(doing, of) if shown else nullcontext()
    with listening() as interrupted, bar as tell:

        def tell_or_stop(done: int, total: int) -> None:
            if interrupted.is_set():
                raise KeyboardInterrupt
            if tell is not None:
                tell(done, total)

        yield tell_or_stop


@contextmanager
def progress_bar(doing: str, of: str) -> Iterator[Tell]:
    """Show a bar on stderr; hand back whom to tell how far something is."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
    )
    from rich.text import Text

    class TimeLeft(ProgressColumn):
        """The time left, or the time that has passed where nothing is done yet to tell it from."""

        def render(self, task: Task) -> Text:
            known = task.time_remaining is not None
            seconds = round(task.time_remaining if task.time_remaining is not None else task.elapsed or 0.0)
            return Text(f"{seconds // 60}:{seconds % 60:02d} {'left' if known else 'so far'}")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{of},"),
        TimeLeft(),
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
