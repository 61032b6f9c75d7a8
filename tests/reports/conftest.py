"""Reports of made-up runs, written once for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from caresim.reports.chart import Chart, Missing
from caresim.reports.facts import Run
from caresim.reports.figures import draw_all
from caresim.reports.write import write_drawn
from tests.reports import synthetic

Made = tuple[Mapping[str, pd.DataFrame], dict[str, Any], list[dict[str, Any]]]


def county(replications: int, years: int) -> Made:
    return (
        synthetic.tables(replications, years),
        synthetic.manifest(replications, years=years),
        synthetic.assumptions(),
    )


def in_folders(
    factory: pytest.TempPathFactory, kinds: Iterable[str], write: Callable[[str, Path], None]
) -> dict[str, Path]:
    """Write something of every kind into a folder of its own."""
    folders = {kind: factory.mktemp(kind.replace(" ", "_")) for kind in kinds}
    for kind, out in folders.items():
        write(kind, out)
    return folders


@pytest.fixture(scope="session")
def runs() -> dict[str, Made]:
    """A county, a county simulated once, a textbook queue, one unitary, and nothing at all."""
    full, once = county(3, 2), county(1, 1)
    tables, manifest, assumptions = full
    one = {**manifest, "unitaries": [synthetic.UNITARIES[0]]}
    nothing = {name: table.iloc[:0] for name, table in tables.items()}
    return {
        "county": full,
        "once": once,
        "textbook": synthetic.textbook(),
        "one unitary": (tables, one, assumptions),
        "no rows": (nothing, manifest, []),
        "no tables": ({}, {}, []),
    }


KINDS = ("county", "once", "textbook", "one unitary", "no rows", "no tables")


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def run(runs: dict[str, Made], kind: str) -> Run:
    return Run(*runs[kind])


@pytest.fixture(scope="session")
def county_run(runs: dict[str, Made]) -> Run:
    return Run(*runs["county"])


@pytest.fixture(scope="session")
def drawn(runs: dict[str, Made]) -> dict[str, list[Chart | Missing]]:
    """Draw every kind of run once."""
    return {kind: draw_all(Run(*made)) for kind, made in runs.items()}


@pytest.fixture(scope="session")
def folders(
    runs: dict[str, Made], drawn: dict[str, list[Chart | Missing]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Write every kind of run once."""
    return in_folders(tmp_path_factory, runs, lambda kind, out: write_drawn(out, Run(*runs[kind]), drawn[kind]))


@pytest.fixture(scope="session")
def folder(folders: dict[str, Path], kind: str) -> Path:
    return folders[kind]
