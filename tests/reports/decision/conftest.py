"""Reports of made-up comparisons, written once for all tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from caresim.reports.chart import Chart, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import draw_all
from caresim.reports.decision.write import write_drawn
from tests.reports import synthetic_decision as synthetic
from tests.reports.conftest import in_folders
from tests.reports.page import Page

Made = tuple[dict[str, pd.DataFrame], dict[str, Any], dict[str, list[dict[str, Any]]]]
KINDS = ("full", "once", "compared only", "no tables")


@pytest.fixture(scope="session")
def given() -> dict[str, Made]:
    """A comparison with everything, one of a single pair, one that nobody appraised or drew, and nothing at all."""
    full = synthetic.tables()
    bare = ("summary", "differences", "differences_by_place", "money_differences")
    facts = synthetic.manifest(draws=0)
    facts["scenarios"] = [{k: v for k, v in item.items() if k != "changes"} for item in facts["scenarios"]]
    return {
        "full": (full, synthetic.manifest(), synthetic.assumptions()),
        "once": (synthetic.tables(1, 0), synthetic.manifest(1, 0), synthetic.assumptions()),
        "compared only": ({name: full[name] for name in bare}, facts, {}),
        "no tables": ({}, {}, {}),
    }


@pytest.fixture(scope="session")
def drawn(given: dict[str, Made]) -> dict[str, list[Chart | Missing]]:
    return {kind: draw_all(Decision(*made)) for kind, made in given.items()}


@pytest.fixture(scope="session")
def folders(
    given: dict[str, Made], drawn: dict[str, list[Chart | Missing]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    return in_folders(tmp_path_factory, given, lambda kind, out: write_drawn(out, Decision(*given[kind]), drawn[kind]))


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def page(folders: dict[str, Path], kind: str) -> Page:
    return Page((folders[kind] / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def full(given: dict[str, Made]) -> Decision:
    return Decision(*given["full"])
