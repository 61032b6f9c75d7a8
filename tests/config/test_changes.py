"""Changes: what effects do to a config month by month, how they combine, and what is refused."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import caresim
from caresim.config.effects import strength_in
from caresim.config.idle import idle
from caresim.config.scenario import Scenario
from caresim.config.sizes import drawn

PLACES = {
    "Ash": {"unitary": "North", "hub": "Hill"},
    "Elm": {"unitary": "South", "hub": "Hill"},
    "Oak": {"unitary": "South", "hub": "Vale"},
}
BASE: dict[str, Any] = {
    "geography": {"places": PLACES},
    "demand": {"population": {"by_age": {"18-64": 900, "65-74": 200, "75-84": 100, "85+": 50}},
               "admissions": {"fall": 20, "other_emergency": 100, "planned": 10}},
    "reablement": {"outcomes": {"independent": 0.5, "smaller": 0.2, "same": 0.2, "care_home": 0.1}},
    "discharge": {"reablement_offered": 0.6},
    "pools": {"reablement": {"capacity": 30, "share_by": "population"}},
}  # fmt: skip
AGES = ("18-64", "65-74", "75-84", "85+")
LATER = datetime.date(2025, 1, 1)


def changed(*effects: dict[str, Any], **more: Any) -> Scenario:
    return caresim.load({**BASE, "interventions": [{"name": "A change", "effects": list(effects), **more}]})


def refused(*effects: dict[str, Any], **more: Any) -> str:
    with pytest.raises(caresim.ConfigError) as caught:
        changed(*effects, **more)
    return str(caught.value)


def test_a_factor_reaches_whom_it_names_and_nobody_else() -> None:
    on = {"on": "demand.admissions.fall", "where": {"place": "Ash", "age": ["85+"]}, "times": 0.5, "reach": 0.4}
    now = changed(on).changes.at(LATER).demand.admissions.fall
    assert now.at("Ash", "85+") == pytest.approx(20 * (1 + 0.4 * (0.5 - 1)))
    others = [(p, a) for p in PLACES for a in ("18-64", "65-74", "75-84", "85+") if (p, a) != ("Ash", "85+")]
    assert all(now.at(p, a) == 20 for p, a in others)


@pytest.mark.parametrize(
    ("where", "places"),
    [({"unitary": "South"}, {"Elm", "Oak"}), ({"hub": "Hill"}, {"Ash", "Elm"}),
     ({"unitary": "South", "hub": "Hill"}, {"Elm"})],
)  # fmt: skip
def test_a_unitary_or_a_hub_stands_for_its_places(where: dict[str, str], places: set[str]) -> None:
    now = changed({"on": "discharge.reablement_offered", "where": where, "plus": 0.1}).changes.at(LATER)
    assert {p for p in PLACES if now.discharge.reablement_offered.at(p, "85+") > 0.65} == places


def test_the_alias_of_admissions_takes_a_cause() -> None:
    now = changed({"on": "admissions.rate", "where": {"cause": "fall"}, "times": 0.5}).changes.at(LATER)
    assert now.demand.admissions.fall.at("Ash", "85+") == 10
    assert now.demand.admissions.planned.at("Ash", "85+") == 10  # as it was
    assert now.demand.admissions.other_emergency.at("Ash", "85+") == 100


def test_two_words_for_one_cause_change_it_once() -> None:
    where = {"cause": ["emergency", "other_emergency"]}
    for on, path in (("admissions.rate", "demand"), ("hospital.stay", "hospital")):
        now = changed({"on": on, "where": where, "times": 0.5}).changes.at(LATER)
        once = changed({"on": on, "where": {"cause": "emergency"}, "times": 0.5}).changes.at(LATER)
        assert getattr(now, path) == getattr(once, path)


@given(st.permutations([
    {"on": "discharge.reablement_offered", "times": 1.1},
    {"on": "discharge.reablement_offered", "times": 1.3, "reach": 0.7},
    {"on": "discharge.reablement_offered", "plus": -0.03},
    {"on": "discharge.reablement_offered", "becomes": 0.5},
]))  # fmt: skip
def test_effects_combine_whatever_their_order(effects: list[dict[str, Any]]) -> None:
    now = changed(*effects).changes.at(LATER).discharge.reablement_offered.value
    assert now == changed(*sorted(effects, key=repr)).changes.at(LATER).discharge.reablement_offered.value
    assert now == pytest.approx(0.5 * 1.1 * (1 + 0.7 * 0.3) - 0.03)


@given(st.floats(0, 2), st.sampled_from(["independent", "smaller", "same", "care_home"]))
def test_shares_still_add_up_and_the_others_keep_their_proportions(times: float, name: str) -> None:
    before = {"independent": 0.5, "smaller": 0.2, "same": 0.2, "care_home": 0.1}
    now = changed({"on": f"reablement.outcomes.{name}", "times": times}).changes.at(LATER).reablement.outcomes.at()
    assert sum(now.values()) == pytest.approx(1)
    assert now[name] == pytest.approx(min(1, before[name] * times))
    for one, other in itertools.combinations([n for n in before if n != name], 2):
        assert now[one] * before[other] == pytest.approx(now[other] * before[one])


def outcomes(*effects: dict[str, Any]) -> dict[str, float]:
    return dict(changed(*effects).changes.at(LATER).reablement.outcomes.at())


@given(st.permutations([
    {"on": "reablement.outcomes.independent", "times": 1.2},
    {"on": "reablement.outcomes.care_home", "plus": -0.05, "reach": 0.5},
    {"on": "reablement.outcomes.smaller", "plus": 0.04},
    {"on": "reablement.outcomes.independent", "plus": -0.01},
]))  # fmt: skip
def test_changes_of_several_shares_combine_whatever_their_order(effects: list[dict[str, Any]]) -> None:
    assert outcomes(*effects) == outcomes(*sorted(effects, key=repr))


def test_each_of_several_changed_shares_leaves_its_part_to_the_others() -> None:
    now = outcomes(
        {"on": "reablement.outcomes.independent", "plus": 0.1},  # leaves four fifths of what each of the others was
        {"on": "reablement.outcomes.care_home", "times": 0.1},  # leaves a tenth more
    )
    parts = {"independent": 0.6 * 1.1, "smaller": 0.2 * 0.8 * 1.1, "same": 0.2 * 0.8 * 1.1, "care_home": 0.01 * 0.8}
    assert now == pytest.approx({name: part / 1.02 for name, part in parts.items()})


@given(st.floats(0, 2), st.sampled_from(["independent", "smaller", "same", "care_home"]))
def test_a_change_of_a_share_by_nothing_alters_no_bit_beside_another(times: float, name: str) -> None:
    one, null = {"on": "reablement.outcomes.same", "times": times}, {"on": f"reablement.outcomes.{name}", "times": 1}
    assert outcomes(one, null) == outcomes(null, one) == outcomes(one)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_shares_that_are_replaced_by_anything_still_add_up(sizes: list[float]) -> None:
    names = ("independent", "smaller", "same")
    now = outcomes(*({"on": f"reablement.outcomes.{n}", "becomes": x} for n, x in zip(names, sizes, strict=True)))
    assert min(now.values()) >= 0
    assert sum(now.values()) == pytest.approx(1)


def test_changes_that_leave_nothing_of_a_set_are_refused() -> None:
    nothing = [{"on": f"reablement.outcomes.{n}", "times": 0} for n in ("independent", "smaller", "same", "care_home")]
    with pytest.raises(caresim.CaresimError, match=r"^reablement\.outcomes: is left without any share by the changes"):
        outcomes(*nothing)


def test_a_distribution_is_stretched_as_a_whole() -> None:
    base = {
        **BASE,
        "hospital": {"stay": {"fall": {"lognormal": {"mean_days": 9, "median_days": 6}, "zero_share": 0.2}}},
    }
    on = {"on": "hospital.stay", "where": {"cause": "fall"}, "times": 0.5}
    now = caresim.load({**base, "interventions": [{"name": "x", "effects": [on]}]}).changes.at(LATER).hospital.stay.fall
    assert (now.at().mean, now.at().median, now.at().zero_share) == (4.5, 3.0, 0.2)
    assert now.at().log_sd == caresim.load(base).config.hospital.stay.fall.at().log_sd


def test_words_and_days_are_replaced_from_their_month_on() -> None:
    s = changed(
        {"on": "pools.assessment.working_days", "becomes": 5, "from": "2020-03"},
        {"on": "pools.reablement.scope", "becomes": "unitary", "from": "2020-03", "until": "2020-05"},
    )
    scopes = [s.changes.at(datetime.date(2020, m, 1)).pools.reablement.scope for m in (2, 3, 4, 5)]
    assert scopes == ["county", "unitary", "unitary", "county"]
    assert len(s.changes.at(datetime.date(2020, 3, 1)).pools.assessment.working_days) == 5
    assert s.changes.at(datetime.date(2020, 2, 1)) is s.config


def day(month: int) -> datetime.date:
    """Number months from January 2020."""
    return datetime.date(2020 + month // 12, month % 12 + 1, 1)


def test_it_ramps_up_holds_and_fades() -> None:
    course = [strength_in(day(m), day(2), day(8), 4, 2) for m in range(12)]
    assert course == [0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1, 0.75, 0.25, 0, 0]
    assert strength_in(day(0), None, None, None) == 1
    assert [strength_in(day(m), day(1), day(2), None, None) for m in range(4)] == [0, 1, 0, 0]


def test_what_does_not_change_stays_the_same_object() -> None:
    s = changed({"on": "discharge.reablement_offered", "times": 1.1, "from": "2020-03"})
    one, other = (s.changes.at(datetime.date(y, 6, 1)) for y in (2020, 2023))
    assert one is other
    assert one.hospital is s.config.hospital
    assert one.discharge.referred_above is s.config.discharge.referred_above


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ({"on": "demand.admisions.fall", "times": 1}, "did you mean demand.admissions?"),
        ({"on": "hospital.stay", "where": {"cause": "fal"}, "times": 0.9}, "did you mean 'fall'?"),
        ({"on": "discharge.reablement_offered", "times": 3}, "makes discharge.reablement_offered 1.8"),
        ({"on": "discharge.reablement_offered", "times": {"value": 1, "high": 2}}, "at its high size; it must be"),
        ({"on": "discharge.reablement_offered"}, "must have exactly one of times, plus, becomes"),
        ({"on": "calendar.years", "becomes": 3}, "change it with set"),
        ({"on": "pools.assessment.working_days", "becomes": 6}, "must be 5, 7 or a list of weekdays"),
        ({"on": "pools.reablement.scope", "becomes": "village"}, "unknown name 'village'"),
        ({"on": "pools.acute_beds.scope", "becomes": "county"}, "cannot change over time"),
        ({"on": "pools.assessment.capacity", "times": 2}, "is unlimited"),
        ({"on": "pools.reablement.capacity", "plus": -31}, "takes away more than there is, 30"),
        ({"on": "pools.reablement.capacity", "plus": {"value": -9, "low": -31}}, "more than there is, 30, at its low"),
        ({"on": "pools.reablement.capacity", "plus": {"value": -9, "low": -80}, "reach": 0.5}, "there is, 30, at its"),
        ({"on": "reablement.outcomes", "times": 1.1}, "is a set of shares; name one"),
        ({"on": "packages.pressure.cap", "times": 1.1, "where": {"place": "Ash"}}, "the same for every place"),
        ({"on": "pools.reablement.scope", "becomes": "unitary", "where": {"unitary": "South"}}, "the same for every"),
        ({"on": "need.deconditioning.rule", "becomes": "none", "where": {"place": "Ash"}}, "the same for every place"),
        ({"on": "pools.reablement.capacity", "plus": 1, "where": {"pool": "home_care"}}, "has no meaning for pools."),
        ({"on": "prices.home_care", "times": 1.1, "where": {"age": "85+"}}, "has no meaning for prices.home_care"),
        ({"on": "payment.name", "becomes": "other"}, "a change may bring a payment of its own"),
        ({"on": "name", "becomes": "other"}, "name is not simulated, so an effect cannot change it"),
        ({"on": "need.first", "times": 1, "where": {"place": "Ash", "unitary": "South"}}, "where matches no place"),
        ({"on": "need.first", "times": {"value": 0.9, "low": 0.95, "high": 1}}, "low must be the number, 0.9, or less"),
        ({"on": "need.first", "times": 1, "reach": {"value": 0.9, "high": 0.5}}, "high must be the number, 0.9"),
        ({"on": "discharge.reablement_offered", "times": 1, "where": {"setting": "nursing"}}, "has no meaning"),
        ({"on": "need.first", "plus": 2}, "cannot apply to need.first, which is not a number"),
        ({"on": "hospital.stay.fall", "times": 0}, "must be above 0 for a distribution"),
        ({"on": "hospital.stay.fall", "times": 1e-17}, "above 0 for a distribution, and at least 1e-06, got 1e-17"),
        ({"on": "hospital.stay.fall", "times": {"value": 0.5, "low": 0}}, "at least 1e-06, got 0 at its low size"),
        ({"on": "packages.sourcing.by_setting.home_care", "times": 2, "where": {"setting": "nursing"}}, "no meaning"),
        ({"on": "discharge.reablement_offered", "becomes": 0.5, "reach": 0.2}, "has no meaning with becomes"),
        ({"on": "need.first", "times": 1, "from": "2020-05", "until": "2020-05"}, "must be after from"),
        ({"on": "need.first", "times": 1, "from": "May 2020"}, "must be a month such as"),
        ({"on": "need.first", "times": 1, "fade_months": 3}, "has no meaning without until"),
    ],
)  # fmt: skip
def test_meaningless_effects_are_refused(effect: dict[str, Any], words: str) -> None:
    assert words in refused(effect)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ({"times": 0.5}, "times makes reablement.outcomes.independent 0.5, and the other shares, smaller, same"),
        ({"times": {"value": 1, "low": 0.8, "high": 1}}, "independent 0.8 at its low size, and the other"),
        ({"becomes": 0.7}, "becomes makes reablement.outcomes.independent 0.7, and the other"),
        ({"becomes": "none"}, "becomes must be a number, got 'none'"),
        ({"becomes": ["Saturday"]}, "becomes must be a number, got"),
        ({"plus": -0.1, "where": {"place": "Ash", "age": "85+"}}, "independent 0.9 for Ash, 85+, and the other"),
    ],
)  # fmt: skip
def test_nothing_can_be_taken_from_a_share_that_is_the_whole(size: dict[str, Any], words: str) -> None:
    part = {"independent": 0.5, "same": 0.5}
    by_place = {"Ash": {"by_age": {age: {"independent": 1} for age in AGES}}, "Elm": part, "Oak": part}
    outcomes = {"by_place": by_place} if "where" in size else {"independent": 1}
    base = {**BASE, "reablement": {"outcomes": outcomes}}
    effect = {"on": "reablement.outcomes.independent", **size}
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**base, "interventions": [{"name": "x", "effects": [effect]}]})
    assert "interventions.0.effects.0." in str(caught.value)
    assert words in str(caught.value)


def test_a_whole_share_may_stay_and_gives_to_another_that_grows() -> None:
    base = {**BASE, "reablement": {"outcomes": {"independent": 1}}}
    stays = {"on": "reablement.outcomes.independent", "times": 1}
    grows = {"on": "reablement.outcomes.same", "plus": 0.2}
    now = caresim.load({**base, "interventions": [{"name": "x", "effects": [stays, grows]}]}).changes.at(LATER)
    assert dict(now.reablement.outcomes.at()) == {"independent": 0.8, "smaller": 0, "same": 0.2, "care_home": 0}


CATCHMENT = {"Ash": {"Royal": 1}, "Elm": {"Royal": 0.4, "Infirmary": 0.6}, "Oak": {"Infirmary": 1}}
BEDS = {"acute_beds": {"scope": "trust", "capacity": {"Royal": 50, "Infirmary": 90}}}


def of_a_trust(effect: dict[str, Any], **more: Any) -> Scenario:
    """Load a county whose places use two trusts, with an effect."""
    places = {place: {**PLACES[place], "trusts": CATCHMENT[place]} for place in PLACES}
    change = {"name": "A change", "effects": [effect], **more}
    return caresim.load({**BASE, "geography": {"places": places}, "pools": BEDS, "interventions": [change]})


@pytest.mark.parametrize("on", [
    {"on": "hospital.stay", "times": 0.5},
    {"on": "discharge.reablement_offered", "plus": 0.1, "where": {"age": "85+"}},
    {"on": "prices.acute_bed_day", "times": 0.5},
    {"on": "pools.reablement.capacity", "times": 2},
])  # fmt: skip
def test_an_effect_for_a_trust_on_what_goes_by_place_is_refused(on: dict[str, Any]) -> None:
    with pytest.raises(caresim.ConfigError) as caught:
        of_a_trust({**on, "where": {**on.get("where", {}), "trust": "Royal"}})
    assert (
        f"interventions.0.effects.0.where.trust cannot narrow down {on['on']}, which goes by place: "
        "Elm uses other trusts as well; name places or unitaries instead"
    ) in str(caught.value)


def test_an_effect_for_a_trust_holds_where_nobody_uses_another() -> None:
    on = {"on": "discharge.reablement_offered", "plus": 0.1}
    both, one = {"trust": ["Royal", "Infirmary"]}, {"trust": "Royal", "unitary": "North"}
    for where, places in ((both, set(PLACES)), (one, {"Ash"})):
        now = of_a_trust({**on, "where": where}).changes.at(LATER).discharge.reablement_offered
        assert {p for p in PLACES if now.at(p, "85+") > 0.65} == places


def test_the_beds_of_a_trust_and_costs_for_it_may_be_named() -> None:
    royal = {"where": {"trust": "Royal"}}
    effect = {"on": "pools.acute_beds.capacity", "plus": 5, **royal}
    assert of_a_trust(effect, costs=[{"payer": "acute_trust", "revenue_a_year": 9, **royal}])


def test_two_effects_may_not_replace_one_value() -> None:
    one = {"on": "pools.reablement.scope", "becomes": "unitary"}
    assert "which another effect already replaces" in refused(one, {**one, "becomes": "hub"})


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ({"on": "packages.pressure.floor", "times": 20}, "2020-04: packages.pressure.cap must be at least floor, 20"),
        ({"on": "discharge.pathway_1_hours", "plus": 15, "from": "2020-06", "ramp_months": 3},
         "2020-08: discharge.pathway_2_hours must be at least pathway_1_hours, 14.5, got 14"),
        ({"on": "requests.safeguarding.package", "becomes": 0.9, "where": {"age": "85+"}, "from": "2020-07"},
         "2020-07: requests.safeguarding must have reablement, package and care_home add up to at most 1, got 1.2 for"),
    ],
)  # fmt: skip
def test_what_has_to_fit_together_does_so_in_every_month(effect: dict[str, Any], words: str) -> None:
    base = {
        **BASE, "calendar": {"starts": "2020-04-01", "years": 1},
        "requests": {"safeguarding": {"reablement": 0.2, "package": 0.3, "care_home": 0.1}},
        "discharge": {"pathway_1_hours": 2, "pathway_2_hours": 14, "pathway_3_hours": 20},
        "packages": {"pressure": {"normal_occupancy": 0.9, "elasticity": 1, "floor": 1, "cap": 4}},
    }  # fmt: skip
    other = {"on": "discharge.pathway_3_hours", "times": 1.1}
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**base, "interventions": [{"name": "x", "effects": [other, effect, {**other, "times": 1}]}]})
    at = 2 if effect["on"].startswith("discharge") else 1
    assert f"interventions.0.effects.{at} does not fit in {words}" in str(caught.value)
    assert len(caught.value.faults) == 1


def test_two_effects_may_replace_a_value_only_where_nobody_is_meant_by_both() -> None:
    on = {"on": "discharge.reablement_offered"}
    south, old = {"where": {"unitary": "South"}}, {"where": {"place": ["Ash", "Elm"], "age": ["85+"]}}
    first, second = {**on, **south, "becomes": 0.1}, {**on, **old, "becomes": 0.9}
    for effects in ((first, second), (second, first), (first, {**on, "becomes": 0.9})):
        assert "which another effect already replaces" in refused(*effects)
    young = {**second, "where": {"place": ["Ash", "Elm"], "age": ["18-64"]}}
    now = changed(second, young, {**on, "where": {"place": "Oak"}, "becomes": 0.1}).changes.at(LATER)
    assert [now.discharge.reablement_offered.at(p, "85+") for p in PLACES] == [0.9, 0.9, 0.1]


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        ({"payer": "council"}, "must have exactly one of revenue_a_year, capital, one_off, pounds"),
        ({"payer": "council", "capital": 5}, "no on, the month in which it is spent"),
        ({"payer": "council", "pounds": 5}, "has no per"),
        ({"payer": "council", "revenue_a_year": 5, "on": "2020-01"}, "write from"),
        ({"payer": "council", "revenue_a_year": 5, "where": {"place": "Ahs"}}, "did you mean 'Ash'?"),
        ({"payer": "council", "revenue_a_year": 5, "where": {"hub": "Vale", "place": "Ash"}}, "where matches no place"),
        ({"payer": "council", "revenue_a_year": 5, "where": {"age": "85+"}}, "where.age has no meaning for a cost"),
        ({"payer": "council", "revenue_a_year": {"value": 5, "low": 6}}, "low must be the number, 5, or less, got 6"),
    ],
)
def test_costs_that_say_too_little_are_refused(cost: dict[str, Any], words: str) -> None:
    assert words in refused({"on": "need.first", "times": 1}, costs=[cost])


def test_a_change_in_a_file_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "change.yaml").write_text(
        "name: Too much\neffects:\n  - on: discharge.reablement_offered\n    times: 9\n"
    )
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**BASE, "interventions": [str(tmp_path / "change.yaml")]})
    assert f"{tmp_path / 'change.yaml'}:4: interventions.0.effects.0.times" in str(caught.value)


def test_drawn_sizes_follow_their_range_and_their_own_name() -> None:
    size = {"value": 0.8, "low": 0.6, "high": 1.2}
    one = {"name": "One", "effects": [{"on": "need.first", "times": size}]}
    two = {"name": "Two", "effects": [{"on": "need.first", "times": size}]}
    alone, both = ({**BASE, "interventions": listed} for listed in ([one], [two, one]))
    first, second = caresim.load(alone), caresim.load(both)
    sizes = [drawn(first, 7, k).config.interventions[0].effects[0].times.value for k in range(400)]  # type: ignore[union-attr]
    assert sizes == [drawn(second, 7, k).config.interventions[1].effects[0].times.value for k in range(400)]  # type: ignore[union-attr]
    assert sum(0.6 <= x <= 1.2 for x in sizes) / 400 == pytest.approx(0.95, abs=0.04)
    assert sum(x < 0.8 for x in sizes) / 400 == pytest.approx(0.5, abs=0.08)
    assert drawn(first, 7, 0).digest != first.digest


def test_what_is_certain_is_not_drawn() -> None:
    s = changed({"on": "need.first", "times": 0.5})
    assert drawn(s, 1, 3) is s


def test_what_is_never_in_force_is_noted_and_what_ever_is_is_not() -> None:
    calendar = {"calendar": {"starts": "2020-04-01", "years": 1, "warm_up_days": 31, "run_out_days": 30}}
    on, cost = {"on": "demand.admissions.fall", "times": 0.9}, {"payer": "council", "revenue_a_year": 5}
    effects = [
        *({**on, "from": "2021-05"}, {**on, "until": "2020-03"}),  # run out and before the warm-up
        *({**on, "from": "2021-04"}, {**on, "until": "2020-04"}, on),
    ]
    spent = [{"payer": "icb", "one_off": 5, "on": month} for month in ("2020-03", "2020-04", "2021-03", "2021-04")]
    costs = [{**cost, "from": "2021-04"}, {**cost, "until": "2020-04"}, {**cost, "from": "2021-03"}, *spent]
    rules = [
        {"name": name, "rule": "block", "payer": "icb", "payee": "council", "pounds_a_year": 5, **when}
        for name, when in (("Early", {"until": "2020-04"}), ("Late", {"from": "2021-03"}))
    ]
    change = {"name": "A change", "effects": effects, "costs": costs, "payment": {"name": "Blocks", "rules": rules}}
    scenario = caresim.load({**BASE, **calendar, "interventions": [change]})
    assert list(idle(scenario.config)) == [
        *["A change: its effect on demand.admissions.fall is not in force in any month simulated"] * 2,
        *["A change: a cost to council does not fall in any month reported"] * 2,
        *["A change: a cost to icb does not fall in any month reported"] * 2,
        "Early: the rule of payment is not in force in any month reported",
    ]
