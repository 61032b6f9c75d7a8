"""Changes in the tables that the engines run on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import caresim
from caresim.model.codes import POOLS
from caresim.model.compile import compile_scenario
from caresim.model.tables import HANDS_OVER

PLACES = {
    "Ash": {"unitary": "North", "hub": "Hill"},
    "Elm": {"unitary": "South", "hub": "Hill"},
    "Oak": {"unitary": "South", "hub": "Vale"},
}
BASE: dict[str, Any] = {
    "calendar": {"starts": "2020-01-01", "years": 1},
    "geography": {"places": PLACES},
    "demand": {"population": {"by_age": {"18-64": 900, "65-74": 200, "75-84": 100, "85+": 50}},
               "admissions": {"fall": 20, "other_emergency": 100, "planned": 10}},
    "reablement": {"outcomes": {"independent": 0.5, "smaller": 0.2, "same": 0.2, "care_home": 0.1}},
    "discharge": {"reablement_offered": 0.6, "readmitted_within_90_days": 0.2},
    "packages": {"admissions_a_year": {"at_home": 1, "in_care_home": 2}},
    "pools": {"reablement": {"capacity": 30, "share_by": "population"}, "assessment": {"working_days": 5}},
}  # fmt: skip
REABLEMENT = POOLS.index("reablement")


def tables(*effects: dict[str, Any]) -> Any:
    changes = [{"name": "A change", "effects": list(effects)}] if effects else []
    return compile_scenario(caresim.load({**BASE, "interventions": changes})).tables


@pytest.mark.parametrize("on", [
    {"on": "admissions.rate", "where": {"place": "Ash", "age": "85+"}, "times": 1, "ramp_months": 6},
    {"on": "admissions.rate", "times": {"value": 1, "low": 0.9, "high": 1.1}, "reach": 0.3, "from": "2020-04"},
    {"on": "reablement.outcomes.independent", "times": 1, "from": "2020-02", "until": "2020-06"},
    {"on": "discharge.reablement_offered", "plus": 0},
    {"on": "discharge.reablement_offered", "times": 0.5, "reach": 0},
    {"on": "hospital.stay", "times": 1},
    {"on": "pools.reablement.capacity", "times": 1},
    {"on": "pools.reablement.scope", "becomes": "county"},
    {"on": "packages.admissions_a_year.in_care_home", "times": 1, "where": {"unitary": "South"}},
])  # fmt: skip
def test_a_change_without_effect_changes_no_bit(on: dict[str, Any]) -> None:
    assert tables(on).tobytes() == tables().tobytes()


def test_rates_fall_from_their_month_on_and_netting_stays() -> None:
    before = tables()
    falls = {"cause": "fall", "place": "Elm"}
    after = tables(
        {"on": "admissions.rate", "where": falls, "times": 0.5, "from": "2020-07"},
        {"on": "discharge.readmitted_within_90_days", "times": 0.5},
    )
    ratio = after["rate"][0, :3, :, :3, :12] / before["rate"][0, :3, :, :3, :12]
    expected = np.ones_like(ratio)
    expected[1, :, 0, 6:] = 0.5
    assert np.array_equal(ratio, expected)
    assert after["rules"][0, 0]["readmitted_within_90_days"][0, 0] == 0.1


def test_nobody_can_be_made_to_come_where_nobody_comes() -> None:
    none = {**BASE["demand"]["admissions"], "place_factor": {"by_place": {"Ash": 0, "Elm": 1, "Oak": 1}}}
    effect = {"on": "demand.admissions.place_factor", "plus": 0.5}
    base = {**BASE, "demand": {**BASE["demand"], "admissions": none}}
    with pytest.raises(caresim.CaresimError, match="place_factor: is 0 for Ash, 18-64; a change can only multiply"):
        compile_scenario(caresim.load({**base, "interventions": [{"name": "x", "effects": [effect]}]}))


def test_rules_have_an_epoch_for_each_size_and_share_it() -> None:
    t = tables({"on": "discharge.reablement_offered", "times": 0.5, "from": "2020-03", "until": "2020-06"})
    assert t["epoch"][0, :12].tolist() == [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert [t["rules"][0, e]["reablement_offered"][2, 3] for e in (0, 1)] == [0.6, 0.3]
    assert t["rules"][0, 1]["death_share"].tobytes() == t["rules"][0, 0]["death_share"].tobytes()


def test_the_hazard_of_residents_changes_with_the_month() -> None:
    before = tables()
    after = tables({"on": "packages.admissions_a_year.in_care_home", "times": 0.5, "from": "2020-07"})
    more, fewer = (np.diff(t["hazard"][0, 4, 0, 3, :13]) for t in (before, after))
    assert np.allclose(fewer / more, [1] * 6 + [0.5] * 6)
    assert np.array_equal(after["hazard"][0, 0], before["hazard"][0, 0])


def test_splitting_a_pool_shares_it_out_and_hands_over() -> None:
    made = compile_scenario(caresim.load({**BASE, "interventions": [{"name": "Split", "effects": [
        {"on": "pools.reablement.scope", "becomes": "unitary", "from": "2020-04"},
        {"on": "pools.reablement.capacity", "where": {"unitary": "South"}, "plus": 5, "from": "2020-05"},
    ]}]}))  # fmt: skip
    t = made.tables[0]
    found = {m.member: i for i, m in enumerate(made.pools) if m.kind == "reablement"}
    assert list(found) == ["County", "North", "South"]
    steps = [(int(t["step_minute"][n]) // 1440, made.pools[t["step_pool"][n]].member, int(t["step_to"][n]))
             for n in range(int(t["steps"]))]  # fmt: skip
    assert steps == [(91, "County", HANDS_OVER), (91, "North", 10), (91, "South", 20), (121, "South", 25)]
    serving = [t["pool_of"][t["layout"][m], REABLEMENT, :3, 0].tolist() for m in (2, 3)]
    assert serving == [[found["County"]] * 3, [found["North"], found["South"], found["South"]]]


def test_a_team_works_other_days_from_its_month_on() -> None:
    t = tables({"on": "pools.assessment.working_days", "becomes": 7, "from": "2020-03"})[0]
    assert [int(t["works"][t["layout"][m], 1].sum()) for m in (1, 2)] == [5, 7]


def test_places_without_older_people_get_their_part_of_what_is_added() -> None:
    young = {"by_age": {"18-64": 900, "65-74": 0, "75-84": 0, "85+": 0}}
    pools = {"reablement": {"scope": "unitary", "capacity": {"North": 3, "South": 4}}, "nursing": {"capacity": 9}}
    base = {**BASE, "demand": {"population": young}, "pools": pools}
    for where, held in (({}, [4, 5, 11]), ({"where": {"unitary": "South"}}, [3, 6, 11])):
        effects = [{"on": "pools.reablement.capacity", "plus": 2, **where}, {"on": "pools.nursing.capacity", "plus": 2}]
        made = compile_scenario(caresim.load({**base, "interventions": [{"name": "More", "effects": effects}]}))
        pools = {(m.kind, m.member): int(made.tables[0]["capacity"][i]) for i, m in enumerate(made.pools)}
        assert [n for (kind, _), n in pools.items() if kind in ("reablement", "nursing")] == held


def test_an_effect_on_part_of_what_a_pool_serves_is_refused() -> None:
    with pytest.raises(caresim.CaresimError, match="serves Elm, Oak as well"):
        tables({"on": "pools.reablement.capacity", "where": {"place": "Ash"}, "plus": 5})


def test_a_scope_in_force_from_the_first_day_has_no_other_members() -> None:
    made = compile_scenario(caresim.load({**BASE, "interventions": [
        {"name": "Hubs", "effects": [{"on": "pools.reablement.scope", "becomes": "hub"}]}]}))  # fmt: skip
    found = [(m.member, int(made.tables[0]["capacity"][i])) for i, m in enumerate(made.pools) if m.kind == "reablement"]
    assert found == [("Hill", 20), ("Vale", 10)]


def test_changes_that_take_away_more_than_there_is_name_the_pool_and_the_day() -> None:
    fewer = {"on": "pools.reablement.capacity", "plus": -20, "from": "2020-03"}
    with pytest.raises(caresim.CaresimError, match=r"pools.reablement.capacity: for \w.*: .*on 2020-03-01: 40 of 30"):
        tables(fewer, fewer)


def test_a_capacity_changes_at_its_date_in_the_warm_up_too() -> None:
    """The run begins on 2 December 2019 and is reported from 1 January 2020."""
    changes = [{"from": "2019-11-05", "capacity": 8}, {"from": "2019-12-12", "capacity": 40},
               {"from": "2020-02-03", "capacity": 50}]  # fmt: skip
    calendar = {"starts": "2020-01-01", "years": 1, "warm_up_days": 30}
    for given, expected in ((changes, [(0, 8), (10, 40), (63, 50)]), (changes[1:], [(0, 30), (10, 40), (63, 50)])):
        pools = {"intermediate_care": {"capacity": 30, "changes": given}}
        made = compile_scenario(caresim.load({**BASE, "calendar": calendar, "pools": pools}))
        i = next(i for i, m in enumerate(made.pools) if m.kind == "intermediate_care")
        t = made.tables[0]
        steps = [(int(t["step_minute"][n]) // 1440, int(t["step_to"][n])) for n in range(int(t["steps"]))]
        assert [(0, int(t["capacity"][i])), *steps] == expected


@pytest.mark.parametrize("effect", [
    {"on": "need.deconditioning.cap_hours", "times": 3, "from": "2020-05"},
    {"on": "need.deconditioning.cap_hours", "times": 3, "until": "2020-06", "where": {"place": "Oak"}},
    {"on": "pools.home_care.capacity", "plus": -60, "from": "2020-05"},
])  # fmt: skip
def test_a_package_may_not_become_larger_than_a_market_that_binds(effect: dict[str, Any]) -> None:
    config = {
        **BASE,
        "need": {"deconditioning": {"cap_hours": 42}},
        "pools": {"home_care": {"capacity": 100, "binding": True}},
    }
    compile_scenario(caresim.load(config))
    with pytest.raises(caresim.CaresimError, match=r"less than the largest package .*: somebody would wait for ever"):
        compile_scenario(caresim.load({**config, "interventions": [{"name": "Larger", "effects": [effect]}]}))


def beds_of(*effects: dict[str, Any]) -> dict[str, int]:
    """Give the beds of two trusts that share the people of one of three places, with effects on them."""
    trusts = {"Ash": {"Royal": 1}, "Elm": {"Royal": 0.4, "Infirmary": 0.6}, "Oak": {"Infirmary": 1}}
    places = {place: {**PLACES[place], "trusts": trusts[place]} for place in PLACES}
    beds = {"acute_beds": {"scope": "trust", "capacity": {"Royal": 50, "Infirmary": 90}}}
    config = {**BASE, "geography": {"places": places}, "pools": beds}
    made = compile_scenario(caresim.load({**config, "interventions": [{"name": "Beds", "effects": list(effects)}]}))
    return {m.member: int(made.tables[0]["capacity"][i]) for i, m in enumerate(made.pools) if m.kind == "acute_beds"}


def test_an_effect_on_the_beds_of_a_trust_is_for_that_trust_alone() -> None:
    royal = {"on": "pools.acute_beds.capacity", "where": {"trust": "Royal"}}
    assert beds_of({**royal, "plus": 20}) == {"Royal": 70, "Infirmary": 90}
    assert beds_of({**royal, "times": 1.1}) == {"Royal": 55, "Infirmary": 90}
    assert beds_of({**royal, "where": {"trust": ["Royal", "Infirmary"]}, "times": 2}) == {
        "Royal": 100,
        "Infirmary": 180,
    }


def test_the_beds_of_a_trust_for_some_of_its_places_are_refused() -> None:
    royal = {"on": "pools.acute_beds.capacity", "plus": 5}
    for where in ({"trust": "Royal", "unitary": "North"}, {"place": "Ash"}):
        with pytest.raises(caresim.CaresimError, match="for Royal: it serves Elm as well"):
            beds_of({**royal, "where": where})


def starts_a_week(cap: Any, scope: str, *effects: dict[str, Any], **more: Any) -> dict[str, int]:
    """Give the cap of every member that home care ever has."""
    market = {"scope": scope, "capacity": 900, "share_by": "population_65_plus", "starts_a_week": cap}
    change = {"name": "A change", "effects": list(effects)}
    made = compile_scenario(caresim.load({**BASE, "pools": {"home_care": market}, "interventions": [change], **more}))
    return {
        m.member: int(made.tables[0]["starts_a_week"][i]) for i, m in enumerate(made.pools) if m.kind == "home_care"
    }


def test_a_cap_on_starts_is_by_member_or_shared_out_as_capacity_is() -> None:
    """The three places have as many people each: North has one of them, South two."""
    assert starts_a_week("none", "unitary") == {"North": 0, "South": 0}  # no cap
    assert starts_a_week({"North": 7, "South": 4}, "unitary") == {"North": 7, "South": 4}
    assert starts_a_week(12, "unitary") == {"North": 4, "South": 8}
    assert starts_a_week(12, "county") == {"County": 12}


def test_a_cap_on_starts_is_shared_out_when_its_pool_splits() -> None:
    split = {"on": "pools.home_care.scope", "becomes": "unitary", "from": "2020-04"}
    assert starts_a_week(12, "county", split) == {"County": 12, "North": 4, "South": 8}
    merged = {**split, "becomes": "county"}
    assert starts_a_week({"North": 7, "South": 4}, "unitary", merged) == {"North": 7, "South": 4, "County": 11}


def test_a_member_that_could_never_start_anybody_is_refused() -> None:
    with pytest.raises(caresim.CaresimError, match=r"pools.home_care.starts_a_week: leaves Oak no start a week: 2 in"):
        starts_a_week(2, "place")
