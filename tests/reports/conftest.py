"""Reports of made-up runs, written once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
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
    written = {}
    for kind, made in runs.items():
        written[kind] = tmp_path_factory.mktemp(kind.replace(" ", "_"))
        write_drawn(written[kind], Run(*made), drawn[kind])
    return written


@pytest.fixture(scope="session")
def folder(folders: dict[str, Path], kind: str) -> Path:
    return folders[kind]
