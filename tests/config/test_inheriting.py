"""A config is laid over what it extends: sections merge, values are replaced whole."""

import pytest

from caresim.config import load

from .conftest import Faults, Write

PARENT = """
    name: parent
    hospital:
      death_share: {by_age: {18-64: 0.1, 65-74: 0.2, 75-84: 0.3, 85+: 0.4}, grade: B, source: book}
      stay:
        emergency: {by_age: {18-64: {fixed: {days: 1}}, 65-74: {fixed: {days: 2}}, 75-84: {fixed: {days: 3}}, 85+: {fixed: {days: 4}}}}
    packages:
      held_open_days: {by_setting: {home_care: 14, nursing: 42}, unit: days, grade: C, source: contract}
      pressure: {normal_occupancy: 0.95, elasticity: 2, floor: 0.5, cap: 4, grade: C, source: assumption}
    pools:
      reablement: {capacity: 300, grade: C, source: fitted, unit: slots, grows_with_population: true}
      nursing: {scope: county, capacity: {County: 5}}
    calendar: {years: 5, warm_up_weeks: 3}
"""  # noqa: E501


def test_sections_merge_and_a_scalar_replaces_a_spread_value(write: Write) -> None:
    write(PARENT, "p.yaml")
    scenario = load(write("extends: p.yaml\nhospital:\n  death_share: 0.05\n"))
    assert scenario.config.hospital.death_share.at("x", "85+") == 0.05
    assert scenario.config.hospital.stay.emergency.at("x", "85+").mean == 4
    assert scenario.name == "parent"


def test_a_replaced_value_does_not_keep_the_source_of_its_parent(write: Write) -> None:
    write(PARENT, "p.yaml")
    scenario = load(write("extends: p.yaml\nhospital:\n  death_share: 0.05\n"))
    source = scenario.source_of("hospital.death_share")
    assert (source.file, source.line, source.source, source.grade) == ("x.yaml", 3, None, None)


def test_ages_replace_ages_entirely(faults: Faults, write: Write) -> None:
    write(PARENT, "p.yaml")
    assert faults("extends: p.yaml\nhospital: {death_share: {by_age: {85+: 0.1}}}") == [
        "x.yaml:2: hospital.death_share.by_age has no value for 18-64, 65-74, 75-84; give all of 18-64, 65-74, 75-84, "
        "85+"
    ]


def test_keyed_values_merge_key_by_key_and_keep_their_own_sources(write: Write) -> None:
    write(PARENT, "p.yaml")
    child = "extends: p.yaml\npackages:\n  held_open_days: {by_setting: {nursing: 7, residential: 3}, source: survey}\n"
    scenario = load(write(child))
    held = scenario.config.packages.held_open_days
    assert [held.at(name).value for name in ("home_care", "nursing", "residential", "extra_care")] == [14, 7, 3, 0]
    at = "packages.held_open_days.by_setting"
    assert scenario.source_of(f"{at}.home_care")[:5] == ("p.yaml", 8, "days", "contract", "C")
    assert scenario.source_of(f"{at}.nursing")[:5] == ("x.yaml", 3, "days", "survey", None)
    assert scenario.source_of(f"{at}.extra_care")[:5] == ("default", 0, "days", None, None)


def test_a_bare_keyed_value_is_replaced_for_every_key(write: Write) -> None:
    write(PARENT, "p.yaml")
    held = load(write("extends: p.yaml\npackages: {held_open_days: 5}")).config.packages.held_open_days
    assert {held.at(key).value for key in held} == {5}


def test_keys_laid_over_a_bare_value_leave_it_to_the_others(write: Write) -> None:
    write("packages: {held_open_days: {value: 5, source: guess}}", "p.yaml")
    scenario = load(write("extends: p.yaml\npackages: {held_open_days: {by_setting: {nursing: 7}}}"))
    held = scenario.config.packages.held_open_days
    assert (held.at("nursing").value, held.at("home_care").value) == (7, 5)
    assert scenario.source_of("packages.held_open_days.by_setting.home_care").source == "guess"
    assert scenario.source_of("packages.held_open_days.by_setting.nursing").source is None


def test_a_pool_merges_but_its_capacity_is_replaced_with_its_source(write: Write) -> None:
    write(PARENT, "p.yaml")
    scenario = load(write("extends: p.yaml\npools: {reablement: {capacity: 60}, nursing: {capacity: 7}}"))
    pools = scenario.config.pools
    assert (pools.reablement.capacity.single, pools.reablement.grows_with_population) == (60, True)
    assert (pools.nursing.capacity.single, pools.nursing.capacity.members) == (7, None)
    assert scenario.source_of("pools.reablement.capacity")[2:5] == ("slots", None, None)


def test_a_pool_keeps_the_source_when_something_else_changes(write: Write) -> None:
    write(PARENT, "p.yaml")
    scenario = load(write("extends: p.yaml\npools: {reablement: {working_days: 5}}"))
    assert scenario.source_of("pools.reablement.capacity").source == "fitted"
    assert scenario.source_of("pools.reablement.working_days").source is None


def test_notes_of_a_section_stay_with_the_numbers_they_were_written_for(write: Write) -> None:
    write(PARENT, "p.yaml")
    scenario = load(write("extends: p.yaml\npackages: {pressure: {cap: 3}}"))
    assert scenario.source_of("packages.pressure.floor").source == "assumption"
    assert scenario.source_of("packages.pressure.cap").source is None


def test_priorities_merge_by_class(write: Write) -> None:
    write("pools: {assessment: {priority: {hospital: 1, review: 4}}}", "p.yaml")
    scenario = load(write("extends: p.yaml\npools: {assessment: {priority: {review: 2}}}"))
    priority = scenario.config.pools.assessment.priority
    assert (priority["hospital"], priority["review"], priority["community"]) == (1, 2, 0)


def test_places_are_replaced_whole(write: Write) -> None:
    write("geography: {unitaries: [U], places: {A: {}, B: {}}}", "p.yaml")
    assert tuple(load(write("extends: p.yaml\ngeography: {places: {C: {}}}")).config.geography.places) == ("C",)


def test_days_take_the_place_of_years(write: Write) -> None:
    write(PARENT, "p.yaml")
    calendar = load(write("extends: p.yaml\ncalendar: {days: 181, warm_up_days: 0}")).config.calendar
    assert (calendar.years, calendar.days, calendar.warm_up_weeks, calendar.warm_up) == (None, 181, None, 0)


def test_both_in_one_file_is_a_fault(faults: Faults) -> None:
    assert faults("calendar: {years: 1, days: 3}") == [
        "x.yaml:1: calendar.days cannot be given with years; give one of them"
    ]


def test_a_path_is_relative_to_the_file_that_says_it(write: Write) -> None:
    write("name: top\ndemand: {population: {file: p.csv, column: n}}", "a/top.yaml")
    write("place,age,n\nPlace,18-64,1\nPlace,65-74,2\nPlace,75-84,3\nPlace,85+,4\n", "a/p.csv")
    write("extends: ../a/top.yaml", "b/middle.yaml")
    scenario = load(write("extends: b/middle.yaml"))
    assert scenario.config.demand.population.at("Place", "85+") == 4
    assert list(scenario.inputs) == ["x.yaml", "b/middle.yaml", "a/top.yaml", "a/p.csv"]
    source = scenario.source_of("demand.population.by_place.Place.by_age.85+")
    assert (source.file, source.line, source.unit) == ("a/p.csv", 5, "people")


def test_a_circle_is_refused(faults: Faults, write: Write) -> None:
    write("extends: x.yaml", "y.yaml")
    assert faults("name: a\nextends: y.yaml\n") == [
        "y.yaml:1: extends goes round in a circle: x.yaml -> y.yaml -> x.yaml"
    ]
    assert faults("extends: x.yaml") == ["x.yaml:1: extends goes round in a circle: x.yaml -> x.yaml"]


def test_a_chain_that_is_too_long_is_refused(faults: Faults, write: Write) -> None:
    for i in range(30):
        write(f"extends: f{i + 1}.yaml", f"f{i}.yaml")
    assert faults("extends: f0.yaml") == ["f18.yaml:1: extends is more than 20 files deep"]


def test_a_parent_that_is_missing_is_named_where_it_is_asked_for(faults: Faults) -> None:
    assert faults("name: a\nextends: no.yaml\n") == ["x.yaml:2: no.yaml does not exist"]


@pytest.mark.parametrize(("value", "got"), [("3", "3"), ("[a]", "a list"), ("", "nothing"), ("' '", "' '")])
def test_extends_is_a_path(faults: Faults, value: str, got: str) -> None:
    assert faults(f"extends: {value}") == [f"x.yaml:1: extends must be the path of a config, got {got}"]


def test_a_fault_in_a_parent_names_the_parent(faults: Faults, write: Write) -> None:
    write("name: p\nneed:\n  first: 3\n", "p.yaml")
    assert faults("extends: p.yaml") == [
        "p.yaml:3: need.first must be a distribution, such as {exponential: {mean_hours: 2}}, got 3"
    ]


def test_the_name_is_that_of_the_file_where_none_is_given(write: Write) -> None:
    assert load(write("caresim: 1", "my_county.yaml")).name == "my_county"
