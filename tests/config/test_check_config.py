# ruff: noqa: E501 (messages are compared whole)
"""What must fit together: calendar, geography, data files, thresholds, pools."""

import pytest

from caresim.config import ConfigError, load
from caresim.model.codes import SHORT_TERM
from caresim.model.compile import registry

from .conftest import Faults, Write

COUNTY = """
    geography:
      county: Shire
      unitaries: [North, South]
      hubs: [One, Two]
      trusts: [General, Royal]
      places:
        Upton: {unitary: South, hub: One, trusts: {General: 1}}
        Downton: {unitary: North, hub: Two, trusts: {General: 0.5, Royal: 0.5}}
"""


CALENDARS = {
    "starts: 2018-04-31": "calendar.starts is not a day of the calendar: 2018-04-31",
    "starts: 1 April": "calendar.starts must be a date such as 2018-04-01, got '1 April'",
    "starts: 2018": "calendar.starts must be a date such as 2018-04-01, got 2018",
    "starts: 1066-10-14": "calendar.starts must be in the years 1990 to 2100, got 1066-10-14",
    "years: 0": "calendar.years must be from 1 to 15, got 0",
    "years: 1.5": "calendar.years must be a whole number, got 1.5",
    "years: true": "calendar.years must be a whole number, got true",
    "years: 16": "calendar.years must be from 1 to 15, got 16",
    "days: -1": "calendar.days must be from 1 to 5479, got -1",
    "years: 15, warm_up_weeks: 53": "calendar runs 5,850 days in all, more than 15 years",
    "starts: 1990-01-01, warm_up_days: 1": "calendar.starts puts the first day simulated, 1989-12-31, outside 1990 to 2100",
    "starts: 2100-06-01, years: 1": "calendar.starts puts the last day simulated, 2101-05-31, outside 1990 to 2100",
    "year_starts: 4-1": "calendar.year_starts must be a month and a day of every year such as 04-01, got '4-1'",
    "year_starts: 02-29": "calendar.year_starts must be a month and a day of every year such as 04-01, got '02-29'",
    "grain_minutes: 0": "calendar.grain_minutes must be from 1 to 1440, got 0",
    "grain_minutes: 7": "calendar.grain_minutes must divide 1440 without a remainder, got 7",
    "grain_minutes: 1.5": "calendar.grain_minutes must be a whole number, got 1.5",
    "warm_up_weeks: 1, warm_up_days: 7": "calendar.warm_up_days cannot be given with warm_up_weeks; give one of them",
}


@pytest.mark.parametrize(("text", "message"), CALENDARS.items())
def test_a_wrong_calendar(faults: Faults, text: str, message: str) -> None:
    assert faults(f"calendar: {{{text}}}") == [f"x.yaml:1: {message}"]


def test_the_days_of_a_calendar(write: Write) -> None:
    calendar = load(write("calendar: {starts: 2018-04-01, years: 5, warm_up_weeks: 52, run_out_weeks: 53}"))
    days = calendar.config.calendar
    assert (str(days.first_day), str(days.ends), days.reported_days) == ("2017-04-02", "2023-04-01", 1826)
    assert (days.warm_up, days.run_out, days.total_days) == (364, 371, 2561)
    assert str(load({"calendar": {"starts": "2020-02-29", "years": 1}}).config.calendar.ends) == "2021-03-01"


def test_the_clock_goes_by_minutes_unless_a_config_says_otherwise() -> None:
    assert load({}).config.calendar.grain_minutes == 1
    assert load({"calendar": {"grain_minutes": 1440}}).config.calendar.grain_minutes == 1440


def test_a_place_belongs_to_members_that_exist(faults: Faults) -> None:
    text = COUNTY.replace("unitary: South", "unitary: Suth").replace("Royal: 0.5}", "Regal: 0.5}")
    assert faults(text.replace("hub: Two", "hub: Three")) == [
        "x.yaml:8: geography.places.Upton.unitary unknown name 'Suth'; did you mean 'South'? allowed: North, South",
        "x.yaml:9: geography.places.Downton.hub unknown name 'Three'; allowed: One, Two",
        "x.yaml:9: geography.places.Downton.trusts.Regal unknown name 'Regal'; did you mean 'Royal'? "
        "allowed: General, Royal",
    ]


def test_shares_of_trusts_add_up_to_one(faults: Faults) -> None:
    assert faults(COUNTY.replace("Royal: 0.5", "Royal: 0.4")) == [
        "x.yaml:9: geography.places.Downton.trusts must add up to 1, got 0.9"
    ]


def test_a_member_without_a_place_is_a_fault(faults: Faults) -> None:
    assert faults(COUNTY.replace("[North, South]", "[North, South, East]")) == [
        "x.yaml:4: geography.unitaries.2 names 'East', which no place belongs to"
    ]


def test_a_council_may_not_have_the_name_of_the_county(faults: Faults) -> None:
    assert faults("geography: {county: A, unitaries: [A], places: {P: {}}}") == [
        "x.yaml:1: geography.unitaries.0 has the name of the county, 'A'; give it another"
    ]


def test_a_place_says_where_it_belongs_if_there_is_a_choice(faults: Faults) -> None:
    assert faults(COUNTY.replace("unitary: South, ", "")) == [
        "x.yaml:8: geography.places.Upton has no unitary, which it must have"
    ]


def test_limits_of_the_geography(faults: Faults) -> None:
    places = ", ".join(f"P{i}: {{}}" for i in range(17))
    assert faults(f"geography: {{places: {{{places}}}}}") == ["x.yaml:1: geography.places has more than 16 places: 17"]
    for plural, limit in (("unitaries", 16), ("hubs", 16), ("trusts", 8)):
        names = ", ".join(f"N{i}" for i in range(limit + 1))
        assert f"x.yaml:1: geography.{plural} has more than {limit} names: {limit + 1}" in faults(
            f"geography: {{{plural}: [{names}]}}"
        )


def test_names_differ(faults: Faults) -> None:
    assert "x.yaml:1: geography.hubs.1 has the name 'A' twice" in faults("geography: {hubs: [A, A]}")
    assert faults("geography: {hubs: []}") == ["x.yaml:1: geography.hubs must be a list of names, got an empty list"]
    assert faults("geography: {places: {}}") == ["x.yaml:1: geography.places must have at least one place"]


def test_several_members_need_places(faults: Faults) -> None:
    assert "x.yaml:1: geography has no places, which it must have" in faults("geography: {unitaries: [A, B]}")


def test_without_a_geography_there_is_one_of_each() -> None:
    geography = load({}).config.geography
    assert [geography.members(s) for s in ("county", "unitary", "hub", "trust", "place")] == [
        ("County",), ("Unitary",), ("Hub",), ("Trust",), ("Place",),
    ]  # fmt: skip


def test_the_order_of_places_does_not_depend_on_the_order_they_are_written_in(write: Write) -> None:
    lines = COUNTY.splitlines()
    first, second = load(write(COUNTY)), load(write("\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n", "y.yaml"))
    assert tuple(first.config.geography.places) == tuple(second.config.geography.places) == ("Downton", "Upton")


PEOPLE = "place,age,n\nUpton,18-64,1\nUpton,65-74,1\nUpton,75-84,1\nUpton,85+,1\n"
ASKS = COUNTY + "\n    demand:\n      population: {file: p.csv, column: n}\n"


def test_a_data_file_covers_every_place_and_age_once(faults: Faults, write: Write) -> None:
    write(PEOPLE, "p.csv")
    assert faults(ASKS) == ["p.csv:1: demand.population.by_place has no value for Downton"]
    write(
        PEOPLE.replace("Upton,85+,1\n", "Downton,18-64,2\nDownton,65-74,2\nDownton,75-84,2\nDownton,85+,2\n"), "p.csv"
    )
    assert faults(ASKS) == [
        "p.csv:2: demand.population.by_place.Upton.by_age has no value for 85+; give all of 18-64, 65-74, 75-84, 85+"
    ]


def test_faults_of_a_data_file_have_its_lines(faults: Faults, write: Write) -> None:
    write(PEOPLE + "Upton,85+,3\nUpton,85-,3\n,85+,3\n", "p.csv")
    assert faults(ASKS) == [
        "p.csv:6: has Upton, 85+ twice; the first is on line 5",
        "p.csv:7: age unknown name '85-'; did you mean '85+'? allowed: 18-64, 65-74, 75-84, 85+",
        "p.csv:8: place must be a name, got nothing",
    ]
    write(PEOPLE + "Uptown,18-64,1\nUptown,65-74,1\nUptown,75-84,1\nUptown,85+,x\n", "p.csv")
    assert faults(ASKS) == ["p.csv:9: demand.population.by_place.Uptown.by_age.85+ must be a number, got 'x'"]
    write(PEOPLE + "Uptown,18-64,1\nUptown,65-74,1\nUptown,75-84,1\nUptown,85+,-1\n", "p.csv")
    assert faults(ASKS) == ["p.csv:9: demand.population.by_place.Uptown.by_age.85+ must be 0 or more, got -1"]
    write(PEOPLE + "Uptown,18-64,1\nUptown,65-74,1\nUptown,75-84,1\nUptown,85+,1\n", "p.csv")
    assert faults(ASKS) == [
        "p.csv:1: demand.population.by_place has no value for Downton",
        "p.csv:6: demand.population.by_place.Uptown unknown name 'Uptown'; did you mean 'Upton'? allowed: Downton, Upton",
    ]


DATA_FILES = {
    "": "x.yaml:12: p.csv is empty",
    "place,age,n\n": "p.csv:1: has a header and no rows",
    "place,age,m\na,18-64,1\n": "x.yaml:12: demand.population.column p.csv has no column of that name: unknown name 'n'; "
    "allowed: place, age, m",
    "plac,age,n\na,18-64,1\n": "p.csv:1: has no column 'place'; did you mean 'plac'?",
    ",,\n,,\n": "p.csv: is empty",
    "place,age,n\na,18-64\n": "p.csv:2: has 2 values where the header has 3",
    "place,age,n,n\na,18-64,1,1\n": "p.csv:1: has the column 'n' twice",
    'place,age,n\na,18-64,"1\n': "p.csv:2: is not CSV: unexpected end of data",
}


@pytest.mark.parametrize(("content", "fault"), DATA_FILES.items())
def test_a_wrong_data_file(faults: Faults, write: Write, content: str, fault: str) -> None:
    write(content, "p.csv")
    assert faults(ASKS) == [fault]


def test_a_missing_data_file_is_named_where_it_is_asked_for(faults: Faults) -> None:
    assert faults(ASKS) == ["x.yaml:12: p.csv does not exist"]
    assert faults(ASKS.replace("p.csv", ".")) == ["x.yaml:12: . is a directory; give the file"]
    assert faults(ASKS.replace("p.csv", "3")) == ["x.yaml:12: demand.population.file must be text, got 3"]


def test_rates_need_people(faults: Faults) -> None:
    assert faults("calendar: {years: 1}\ndemand: {community: 3, admissions: {fall: 2}}") == [
        "x.yaml:2: demand.admissions.fall is above 0, but the population is empty; give demand.population",
        "x.yaml:2: demand.community is above 0, but the population is empty; give demand.population",
    ]


def test_defaults_for_others_need_no_people(faults: Faults) -> None:
    assert faults("demand: {community: 3}") == []


def test_thresholds_are_in_order(faults: Faults) -> None:
    assert faults("discharge: {pathway_1_hours: 7, pathway_2_hours: 6, pathway_3_hours: 5}") == [
        "x.yaml:1: discharge.pathway_2_hours must be at least pathway_1_hours, 7, got 6",
        "x.yaml:1: discharge.pathway_3_hours must be at least pathway_2_hours, 6, got 5",
    ]
    by_age = "{by_age: {18-64: 1, 65-74: 1, 75-84: 9, 85+: 9}}"
    assert faults(f"discharge: {{pathway_1_hours: {by_age}, pathway_2_hours: 8}}") == [
        "x.yaml:1: discharge.pathway_2_hours must be at least pathway_1_hours, 9, got 8 for 75-84"
    ]


def test_what_requests_lead_to_adds_up_to_at_most_one(faults: Faults) -> None:
    assert faults("requests: {community: {reablement: 0.5, package: 0.4, care_home: 0.2}}") == [
        "x.yaml:1: requests.community must have reablement, package and care_home add up to at most 1, got 1.1"
    ]


@pytest.mark.parametrize("path", [*registry.SCALARS.values(), *(f"{name}.free_weeks" for name in SHORT_TERM)])
def test_what_the_engines_hold_once_is_one_number(write: Write, path: str) -> None:
    spread = dict.fromkeys(("18-64", "65-74", "75-84", "85+"), 1)
    with pytest.raises(ConfigError) as caught:
        load(write("name: x"), {path: {"by_age": spread}})
    assert f"{path} must be one number, the same for every place and age" in str(caught.value)
    effect = {"on": path, "times": 1, "where": {"age": "85+"}}
    with pytest.raises(ConfigError, match="must not narrow down"):
        load({"interventions": [{"name": "x", "effects": [effect]}]})


def test_the_floor_of_the_pressure_is_not_above_its_cap(faults: Faults) -> None:
    assert faults("packages: {pressure: {floor: 2}}") == [
        "x.yaml:1: packages.pressure.cap must be at least floor, 2, got 1"
    ]


NAMED = "unknown name 'Nort'; did you mean 'North'? allowed: North, South"
POOLS = {
    "capacity: -3": "capacity must be 0 or more, got -3",
    "capacity: 2.5": "capacity must be a whole number, got 2.5",
    "capacity: unlimted": "capacity must be a whole number or unlimited, got 'unlimted'",
    "capacity: true": "capacity must be a whole number, unlimited, or a mapping of members to numbers, got true",
    "capacity: '60'": "capacity must be a whole number, got the text '60'; write digits only, without quotes",
    "scope: unitary, capacity: 60": "capacity is one number: give share_by (population or population_65_plus), or a "
    "number for each of the 2 members of the scope unitary",
    "scope: unitary, capacity: {North: 1}": "capacity has no number for South",
    "scope: unitary, capacity: {Nort: 1, North: 1, South: 1}": f"capacity.Nort {NAMED}",
    "scope: ward": "scope unknown name 'ward'; allowed: county, unitary, hub, trust, place",
    "working_days: 6": "working_days must be 5, 7 or a list of weekdays, got 6",
    "working_days: [Mon]": "working_days.0 unknown name 'Mon'; did you mean 'Monday'? allowed: Monday, Tuesday, "
    "Wednesday, Thursday, Friday, Saturday, Sunday",
    "working_days: [Monday, monday]": "working_days.1 has Monday twice",
    "priority: {hospital: 1.5}": "priority.hospital must be a whole number, got 1.5",
    "priority: {hospital: 16}": "priority.hospital must be from 0 to 15, got 16",
    "priority: {hospitl: 1}": "priority.hospitl unknown name 'hospitl'; did you mean 'hospital'? allowed: hospital, "
    "discharge_to_assess, community, safeguarding, coming_of_age, review",
    "changes: 3": "changes must be a list, got 3",
    "changes: [{from: 2019-01-01, capacity: 1}, {from: 2019-01-01, capacity: 2}]": "changes.1.from must be after the "
    "change before it, 2019-01-01, got 2019-01-01",
    "changes: [{from: 2019-13-01, capacity: 1}]": "changes.0.from is not a day of the calendar: 2019-13-01",
    "changes: [{from: 2019-01-01}]": "changes.0 has no capacity, which it must have",
    "at_start: {waiting: 3}": "at_start.waiting must be 0 where the capacity is unlimited",
    "at_start: {in_use: -3}": "at_start.in_use must be 0 or more, got -3",
    "overflow_after_days: soon": "overflow_after_days must be a number, or none, got 'soon'",
    "binding: true": "binding unknown name 'binding'; allowed: scope, capacity, share_by, name, working_days, "
    "grows_with_population, overflow_after_days, changes, at_start, priority, unit, source, grade, low, high, note",
}


@pytest.mark.parametrize(("text", "message"), POOLS.items())
def test_a_wrong_pool(faults: Faults, text: str, message: str) -> None:
    assert faults(f"{COUNTY}\n    pools:\n      assessment: {{{text}}}") == [f"x.yaml:12: pools.assessment.{message}"]


def test_a_pool_may_start_with_more_than_it_holds(faults: Faults) -> None:
    assert faults("pools: {reablement: {capacity: 3, at_start: {in_use: 5, waiting: 2, waited_days: 4}}}") == []


@pytest.mark.parametrize(("cap", "below"), [("0", ""), ("{North: 5, South: 0}", ".South")])
def test_a_cap_of_no_starts_is_refused(faults: Faults, cap: str, below: str) -> None:
    market = f"home_care: {{scope: unitary, share_by: population, capacity: 9, starts_a_week: {cap}}}"
    assert faults(f"""
        geography: {{places: {{Ash: {{unitary: North}}, Elm: {{unitary: South}}}}}}
        pools:
          {market}
        """) == [f"x.yaml:4: pools.home_care.starts_a_week{below} must be 1 or more, got 0"]


def test_everything_a_pool_may_say(write: Write) -> None:
    text = """
        pools:
          assessment: {working_days: [saturday, Monday], priority: {review: 15}, overflow_after_days: 3, name: queue}
          nursing: {capacity: 9, binding: true, starts_a_week: 4, changes: [{from: 2019-01-01, capacity: unlimited}]}
    """
    pools = load(write(text)).config.pools
    assert pools.assessment.working_days == ("Monday", "Saturday")
    assert (pools.assessment.name, pools.assessment.overflow_after_days) == ("queue", 3)
    assert (pools.nursing.binding, pools.nursing.changes[0].capacity.single) == (True, None)
    assert pools.nursing.starts_a_week is not None
    assert pools.nursing.starts_a_week.at("County") == 4
    assert pools.residential.starts_a_week is None
    assert (pools.residential.name, pools.residential.capacity.single) == ("residential", None)


def test_a_market_has_no_position_at_the_start(faults: Faults) -> None:
    found = faults("pools: {home_care: {capacity: 100, at_start: {in_use: 3}}}")
    assert found == [
        "x.yaml:1: pools.home_care.at_start is for queues; people in a market at the start belong under at_start.people"
    ]
