"""A pool that a change of scope opens is in the tables like any other."""

from __future__ import annotations

from typing import Any

import caresim

BASE: dict[str, Any] = {
    "geography": {"places": {"Ash": {"unitary": "North"}, "Elm": {"unitary": "South"}}},
    "calendar": {"starts": "2020-01-01", "years": 1},
    "demand": {"population": 900, "admissions": {"other_emergency": 100}},
    "hospital": {"stay": {"emergency": {"exponential": {"mean_days": 5}}}},
    "pools": {"reablement": {"scope": "unitary", "capacity": {"North": 10, "South": 20}}},
}
JOINED = {"name": "Joined", "effects": [{"on": "pools.reablement.scope", "becomes": "county", "from": "2020-07"}]}


def test_pools_that_join_have_the_capacity_of_both() -> None:
    scenario = caresim.load({**BASE, "interventions": [JOINED]})
    table = caresim.run(scenario, engine="reference", replications=1, seed=1).table("pools")
    table = table[table["pool"] == "reablement"].pivot(index="month", columns="member", values="capacity")
    assert table.loc["2020-06-01"].to_dict() == {"North": 10, "South": 20, "County": 0}
    assert table.loc["2020-08-01"].to_dict() == {"North": 0, "South": 0, "County": 30}
