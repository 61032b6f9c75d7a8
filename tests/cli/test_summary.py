"""What the terminal shows of a run."""

from __future__ import annotations

from math import nan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from caresim.cli.summary import GROUPS, lines, print_summary

ROW = {"unit": "pounds", "area": "County", "year": "2018-19", "mean": 21.6e6, "low": 20.3e6, "high": 22.9e6,
       "p05": 20.8e6, "p95": 22.6e6, "replications": 4}  # fmt: skip
DOZEN = [measure for measures in GROUPS.values() for measure in measures]


def a_row(measure: str, **changes: Any) -> dict[str, Any]:
    return {**ROW, "measure": measure, **changes}


@pytest.mark.parametrize(
    ("folder", "where"), [(None, "with --out DIR or --json"), (Path("out/a"), "report.xlsx and tables/ in out/a")]
)
def test_a_dozen_measures_stand_in_groups_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str], folder: Path | None, where: str
) -> None:
    more = [f"measure_{i}" for i in range(40)]
    print_summary(pd.DataFrame([a_row(measure) for measure in (*more, *reversed(DOZEN))]), folder)
    out = capsys.readouterr().out.splitlines()
    assert len(DOZEN) == 12
    assert out[0].split() == ["County,", "2018-19", "mean", "95", "%", "interval", "5", "to", "95", "%", "of", "runs"]
    assert [line for line in out if line in GROUPS] == list(GROUPS)
    assert out[3].split("  ")[1] == "Hospital-driven cost, first 52 weeks"
    assert not any("easure 1" in line for line in out)
    assert out[-1] == f"40 more measures, the other years and areas: {where}."


def test_numbers_are_written_as_in_the_report() -> None:
    rows = {
        "hospital_driven_cost": a_row("hospital_driven_cost"),
        "stays_over_7_days_share": a_row(
            "stays_over_7_days_share", unit="share", mean=0.3506, low=0.3504, high=0.3508, p05=0.34, p95=0.36
        ),
    }
    assert [line for line in lines(rows) if line[1]] == [
        ("  Hospital-driven cost, first 52 weeks", "£21.6m", "£20.3m to £22.9m", "£20.8m to £22.6m"),
        ("  Emergency stays over 7 days", "35.1%", "35.0% to 35.1%", "34.0% to 36.0%"),
    ]


def test_what_did_not_happen_is_left_out_with_its_group() -> None:
    nothing = {"mean": 0.0, "low": 0.0, "high": 0.0, "p05": 0.0, "p95": 0.0}
    rows = {
        "nhs_cost": a_row("nhs_cost", **nothing),
        "hospital_share_of_new_demand": a_row("hospital_share_of_new_demand", **dict.fromkeys(nothing, nan)),
        "delayed_beds": a_row("delayed_beds", unit="beds", mean=92.4, low=87.3, high=97.4, p05=88.9, p95=95.5),
    }
    assert [line[0] for line in lines(rows)] == ["In hospital", "  People delayed a day"]


def test_one_replication_has_no_interval_and_a_narrow_one_does_not_look_like_a_point() -> None:
    (_, once) = lines({"nhs_cost": a_row("nhs_cost", low=nan, high=nan)})
    (_, narrow) = lines({"nhs_cost": a_row("nhs_cost", low=21.58e6, high=21.62e6)})
    assert once[2] == "none"
    assert narrow[2] == "to within £0.1m"
