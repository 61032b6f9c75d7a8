"""The command `caresim`: its verbs, and what every verb does with an error.

Exit codes: 0 done; 1 the run failed; 2 the config or the command line is wrong; 130 interrupted. Typer itself answers a
wrong command line, an interrupt and a closed pipe; `exit_code` answers the rest. No user ever sees a traceback unless
they ask for it with `--debug`.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from caresim.cli import check, compare, explain, report, run, schema, trace
from caresim.cli.screen import complain

DEBUG = "--debug"
FAILED, WRONG = 1, 2

app = typer.Typer(
    name="caresim",
    help="Simulate how hospital demand becomes social care demand, what it costs and who pays.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("run")(run.run)
app.command("compare")(compare.compare)
app.command("explain")(explain.explain)
app.command("trace")(trace.trace)
app.command("report")(report.report)
app.command("schema")(schema.schema)


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"caresim {version('caresim')}")
        except PackageNotFoundError:
            typer.echo("caresim, not installed: run from its source")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show the traceback of an error; anywhere on the line.")] = False,
) -> None:
    """Simulate how hospital demand becomes social care demand, what it costs and who pays."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code."""
    atexit.register(gc.freeze)  # the process ends here: looking for garbage among all that is loaded takes 0.3 s
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    refuse_unreadable(given)
    try:
        app(args=[word for word in given if word != DEBUG], prog_name="caresim")
    except Exception as error:
        if debug:
            raise
        sys.exit(exit_code(error))
    sys.exit(0)


def refuse_unreadable(words: Sequence[str]) -> None:
    """Refuse what is no text, such as the name of a file in another encoding: no report could hold it."""
    for word in words:
        try:
            word.encode("utf-8")
        except UnicodeEncodeError:
            complain(f"caresim: {word!a} is not in UTF-8: give the file another name, or set PYTHONUTF8=1")
            sys.exit(WRONG)


def exit_code(error: Exception) -> int:
    """Say on stderr what went wrong, in the user's words; return the exit code."""
    from caresim import CaresimError, ConfigError

    if isinstance(error, ConfigError):
        complain(str(error))
        return WRONG
    if isinstance(error, CaresimError):
        complain(f"caresim: {error}")
        return FAILED
    if isinstance(error, OSError | MemoryError):
        complain(f"caresim: {str(error) or 'not enough memory'}")
        return FAILED
    complain(f"caresim: a fault of the program: {type(error).__name__}: {error}\nShow where with {DEBUG}.")
    return FAILED
