"""Same inputs, same bytes; and the words that numbers are put in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from caresim.reports import words
from caresim.reports.facts import Run
from caresim.reports.write import write_reports
from tests.reports.conftest import Made


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("kind", ["once", "textbook"])
def test_writing_twice_gives_the_same_bytes(
    kind: str, runs: dict[str, Made], folders: dict[str, Path], tmp_path: Path
) -> None:
    write_reports(tmp_path, *runs[kind])
    assert _bytes(tmp_path) == _bytes(folders[kind])


def test_the_page_the_workbook_and_the_figures_are_written(folders: dict[str, Path]) -> None:
    assert {"report.html", "report.xlsx", "figures/delayed.svg"} <= set(_bytes(folders["county"]))


def test_importing_caresim_brings_neither_pandas_nor_matplotlib() -> None:
    code = "import sys, caresim; print({'pandas', 'matplotlib', 'xlsxwriter'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (words.pounds(24_512_000), "£24.5m"),
        (words.pounds(1_204_512_000), "£1,204.5m"),
        (words.pounds(12_345), "£12,345"),
        (words.pounds(-2_000_000), "\N{MINUS SIGN}£2.0m"),
        (words.whole(1234.5), "1,234"),
        (words.whole(-0.2), "0"),
        (words.percent(0.55), "55%"),
        (words.percent(0.0712), "7.1%"),
        (words.percent(0), "0%"),
        (words.days(1.0), "1.0 day"),
        (words.days(7.04), "7.0 days"),
        (words.whole(float("nan")), "none"),
        (words.pounds(float("inf")), "none"),
        (words.listed(["a", "b", "c"]), "a, b and c"),
        (words.count(1, "replication"), "1 replication"),
        (words.count(1200, "replication"), "1,200 replications"),
        (words.short("North Northamptonshire", ["Northamptonshire", "West Northamptonshire"]), "North"),
        (words.short("Corby", ["Corby"]), "Corby"),
        (words.short("Unitary number 12 of Somewhere", ["Unitary number 13 of Somewhere"]), "Unitary number 12"),
        (
            words.short("Borough of the Northern Hills", ["Borough of the Southern Hills"]),
            "Borough o\N{HORIZONTAL ELLIPSIS}nHills",
        ),
        (words.duration(61.2), "61 seconds"),
        (words.name("pathway_2"), "intermediate care bed"),
        (words.name("something_new"), "something new"),
        (words.measure("something_new_share").write(0.5), "50%"),
        (words.measure("something_new", "pounds a year").write(5e6), "£5.0m"),
    ],
)
def test_numbers_are_worded_as_directors_read_them(written: str, said: str) -> None:
    assert written == said


def test_years_are_named_as_the_tables_name_them(county_run: Run) -> None:
    import pandas as pd

    dates = pd.Series(pd.to_datetime(["2019-03-31", "2019-04-01", "2099-12-01"]))
    assert list(county_run.year_of(dates)) == ["2018-19", "2019-20", "2099-00"]
    assert county_run.days("2018-19") == 365
