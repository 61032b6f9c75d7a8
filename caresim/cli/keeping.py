"""Replications kept in DIR.partial until all is written, so that what was interrupted can go on."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from caresim.cli.screen import complain
from caresim.config.faults import CaresimError
from caresim.config.wording import count
from caresim.reports import destination

ENDING = ".partial"  # of the folder that replications are kept in
Resume = Annotated[bool, typer.Option("--resume", help="Continue from what was interrupted and left in DIR.partial.")]


@contextmanager
def kept_until_written(out: Path | None, resume: bool) -> Iterator[Path | None]:
    """Give the folder that replications are kept in, none without --out; remove it once all is done.

    What is interrupted or fails leaves it, and says how to go on.
    """
    store = partial_of(out, resume)
    try:
        yield store
    except BaseException:
        leave(store)
        raise
    if store is not None:
        discard(store)


def partial_of(out: Path | None, resume: bool) -> Path | None:
    """Give the folder that replications are kept in until all is written; refuse to lose or to mix what is there."""
    if out is None:
        if resume:
            raise typer.BadParameter("needs --out DIR: it continues from DIR.partial", param_hint="--resume")
        return None
    refuse_unsuitable(out, ENDING)
    partial = out.with_name(out.name + ENDING)
    if partial.exists() and not partial.is_dir():
        raise typer.BadParameter(f"{partial} is in the way", param_hint="--out")
    from caresim.studies.store import kept_in

    kept = kept_in(partial)
    if kept and not resume:
        held = f"{partial} has {count(kept, 'replication')} of what was interrupted"
        raise typer.BadParameter(f"{held}: continue with --resume, or delete it", param_hint="--out")
    return partial


def refuse_unsuitable(out: Path, ending: str = "") -> None:
    """Say before a long run, not after it, that its results cannot go there."""
    try:
        destination.refuse_unsuitable(out, ending)
    except CaresimError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from None


def leave(store: Path | None) -> None:
    """Say what is kept and how to go on, or remove a folder in which nothing is kept."""
    if store is None:
        return
    from caresim.studies.store import kept_in

    kept = kept_in(store)
    if not kept:
        discard(store)
    else:
        words = [word for word in sys.argv[1:] if word != "--resume"]
        kept_there = f"{count(kept, 'replication')} {'is' if kept == 1 else 'are'} kept in {store}"
        complain(f"\n{kept_there}. Continue with:\n  {command([*words, '--resume'])}")


def discard(store: Path) -> None:
    """Remove what was kept."""
    from caresim.studies.store import remove

    remove(store)


def command(words: list[str]) -> str:
    """Write the command as it was called."""
    return shlex.join(["caresim", *words])
