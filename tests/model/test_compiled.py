"""From names to numbers: netting of rates, populations, capacities shared out and grown, calendars."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

import caresim
from caresim import CaresimError
from caresim.model.codes import AGES
from caresim.model.compile import Compiled, compile_scenario
from caresim.model.compile.demand import growing, netted, people_on, population
from caresim.model.compile.distributions import ABOVE, BELOW, equilibrium_quantiles
from caresim.model.compile.pools import share_out, users_of, uses_of
from caresim.model.tables import YEARS
from tests.model.one import DAY

TWO = {
    "county": "Shire",
    "places": {"Upton": {"unitary": "North"}, "Downton": {"unitary": "South"}},
}
PEOPLE = {"by_place": {"Upton": {"by_age": {"18-64": 1000, "65-74": 300, "75-84": 200, "85+": 100}},
                       "Downton": {"by_age": {"18-64": 3000, "65-74": 150, "75-84": 100, "85+": 50}}}}  # fmt: skip


def compiled(config: dict[str, Any]) -> Compiled:
    return compile_scenario(caresim.load(config))


def test_published_rates_are_netted_of_people_in_care_and_of_readmissions() -> None:
    """Of 100 emergencies 90 are not from care; 0.2 (0.95 x 90 + 0.98 x 30) = 22.98 of them are readmissions."""
    scenario = caresim.load({
        "demand": {"admissions": {"fall": 20, "other_emergency": 80, "planned": 30, "share_from_care": 0.1}},
        "hospital": {"death_share": 0.05, "death_factor_planned": 0.4},
        "discharge": {"readmitted_within_90_days": 0.2},
    })  # fmt: skip
    fall, other, planned = netted(scenario, "Place", "85+")
    assert [fall.net, other.net, planned.net] == pytest.approx([67.02 * 0.2, 67.02 * 0.8, 30])
    assert [fall.from_care, other.from_care] == pytest.approx([2, 8])
    assert fall.readmissions + other.readmissions == pytest.approx(22.98)
    assert fall.net + fall.from_care + fall.readmissions == pytest.approx(20)
    bare = caresim.load(scenario, {"demand.admissions.netted": False})
    assert [row.net for row in netted(bare, "Place", "85+")] == [20, 80, 30]


def test_a_population_grows_at_a_constant_rate_from_its_date() -> None:
    scenario = caresim.load({
        "calendar": {"starts": "2018-04-01"},
        "demand": {"population": 1000, "population_date": "2017-04-01", "growth_a_year": 0.1},
    })  # fmt: skip
    assert population(scenario, "Place", "85+", datetime.date(2017, 4, 1)) == 1000
    assert population(scenario, "Place", "85+", datetime.date(2021, 4, 1)) == pytest.approx(1464.1, rel=1e-4)
    assert population(scenario, "Place", "85+", datetime.date(2016, 4, 1)) == pytest.approx(1000 / 1.1, rel=1e-4)


def test_a_rate_is_per_head_and_day_times_season_and_weekday() -> None:
    """365.25 a year per 1,000 of 2,000 people are 2 a day; the months and weekdays are scaled to a mean of 1."""
    months = [1.2] * 6 + [0.8] * 6
    made = compiled({
        "calendar": {"starts": "2018-04-01"},
        "demand": {"population": 2000, "community": 365.25,
                   "admissions": {"fall": 365.25, "netted": False, "month_factor": months,
                                  "weekday_factor": [2, 1, 1, 1, 1, 0.5, 0.5]}},
    })  # fmt: skip
    t = made.tables[0]
    mean = (1.2 * 183 + 0.8 * 182.25) / 365.25
    assert t["rate"][0, 3, 0, 0] == pytest.approx(2 * 1.2 / mean)  # falls in April
    assert t["rate"][0, 3, 0, 9] == pytest.approx(2 * 0.8 / mean)  # in January
    assert t["rate"][0, 3, 3, 0] == pytest.approx(2)  # requests know no season
    assert t["weekday"][0].tolist() == [2, 1, 1, 1, 1, 0.5, 0.5]
    assert t["weekday"][3].tolist() == [1] * 7
    assert t["first_weekday"] == 6


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1], [5, 5]),
        (10, [2, 1], [7, 3]),
        (10, [1, 1, 1], [4, 3, 3]),
        (100, [0.125, 0.375, 0.5], [13, 37, 50]),
        (1, [1, 5], [0, 1]),
        (7, [0, 0], [4, 3]),
        (0, [3, 1], [0, 0]),
    ],
)
def test_a_number_is_shared_out_by_largest_remainders(total: int, weights: list[float], shares: list[int]) -> None:
    assert share_out(total, weights) == shares


@pytest.mark.parametrize(
    ("by", "shares"), [("population_65_plus", [20, 10]), ("population", [10, 20])]
)  # 600 and 300 older people; 1,600 and 3,300 adults
def test_a_capacity_is_shared_out_by_the_people_served(by: str, shares: list[int]) -> None:
    made = compiled({
        "geography": TWO, "demand": {"population": PEOPLE},
        "pools": {"reablement": {"scope": "unitary", "capacity": 30, "share_by": by}},
    })  # fmt: skip
    numbers = [i for i, m in enumerate(made.pools) if m.kind == "reablement"]
    assert made.tables[0]["capacity"][numbers].tolist() == shares
    assert [made.pools[i].member for i in numbers] == ["North", "South"]
    served = made.tables[0]["pool_of"][0, 3, :2, 0]
    assert served.tolist() == numbers


def test_capacity_changes_on_its_day() -> None:
    changes = [{"from": "2018-05-11", "capacity": 3}, {"from": "2018-07-01", "capacity": 9}]
    made = compiled(
        {"calendar": {"starts": "2018-04-01"}, "pools": {"reablement": {"capacity": 5, "changes": changes}}}
    )
    t = made.tables[0]
    assert t["steps"] == 2
    assert (t["step_minute"][:2] // DAY).tolist() == [40, 91]
    assert t["step_to"][:2].tolist() == [3, 9]


def test_capacity_grows_with_those_who_use_it() -> None:
    """All ages grow by a tenth a year, so 1,000 slots by 1.1 to the power of the years to the month's middle."""
    made = compiled({
        "calendar": {"starts": "2018-04-01", "years": 2},
        "demand": {"population": 1000, "growth_a_year": 0.1, "admissions": {"other_emergency": 10}},
        "need": {"first": {"fixed": {"hours": 3}}},
        "pools": {"reablement": {"capacity": 1000, "grows_with_population": True}},
    })  # fmt: skip
    t = made.tables[0]
    assert t["capacity"][3] == int(1000 * 1.1 ** (15 / 365.25) + 0.5)
    assert t["steps"] == 23
    assert t["step_to"][22] == int(1000 * 1.1 ** ((365 + 365 - 31 + 15) / 365.25) + 0.5)


def test_unlimited_pools_have_no_queue_and_markets_only_if_they_bind() -> None:
    made = compiled({"pools": {"reablement": {"capacity": 0}, "residential": {"capacity": 5},
                               "nursing": {"capacity": 5, "binding": True}}})  # fmt: skip
    queues = dict(zip([m.kind for m in made.pools], made.tables[0]["queues"].tolist(), strict=False))
    assert [kind for kind, has_queue in queues.items() if has_queue] == ["reablement", "nursing"]


def test_people_at_the_start_are_shared_out_by_population() -> None:
    stock = {"by_setting": {"home_care": {"by_age": {"18-64": 40, "65-74": 0, "75-84": 9, "85+": 0}}}}
    made = compiled({"geography": TWO, "demand": {"population": PEOPLE}, "at_start": {"people": stock}})
    t = made.tables[0]
    rows = {(int(t["start_place"][i]), int(t["start_age"][i])): int(t["start_people"][i]) for i in range(t["starters"])}
    upton, downton = (made.places.index(name) for name in ("Upton", "Downton"))
    assert rows == {(upton, 0): 10, (downton, 0): 30, (upton, 2): 6, (downton, 2): 3}


def test_more_people_at_the_start_than_can_be_told_apart_are_refused() -> None:
    def with_stock(people: int) -> Compiled:
        stock = {"by_setting": {"nursing": {"by_age": {**dict.fromkeys(AGES, 0), "85+": people}}}}
        return compiled({"demand": {"population": 90_000}, "at_start": {"people": stock}})

    assert with_stock(32_768).tables[0]["starters"] == 1
    with pytest.raises(
        CaresimError, match=r"^at_start\.people\.by_setting\.nursing: has 32,769 people for Place, 85\+"
    ):
        with_stock(32_769)


def test_more_people_in_a_queue_at_the_start_than_can_be_told_apart_are_refused() -> None:
    beds = {"at_start": {"waiting": 32_769}, "capacity": 5}
    with pytest.raises(CaresimError, match=r"^pools\.acute_beds\.at_start\.waiting: has 32,769 people for County"):
        compiled({"demand": {"population": 90_000}, "pools": {"acute_beds": beds}})


def test_months_and_years_are_cut_where_reporting_begins_and_ends() -> None:
    """Run from 27 March; the new year is on 1 April, reporting from 16 April until 5 May, the end on 10 May."""
    made = compiled({"calendar": {"starts": "2018-04-16", "days": 20, "warm_up_days": 20, "run_out_days": 5}})
    days = np.asarray([made.time.minute(day) for day in made.time.month_starts]) // DAY
    assert days.tolist() == [0, 5, 20, 35, 40, 45]
    assert made.time.reported_months == [2, 3]
    assert made.tables[0]["year_of_month"][:5].tolist() == [0, 1, 2, 2, 3]
    assert (made.tables[0]["year_start"][:5] // DAY).tolist() == [0, 5, 20, 40, 45]
    assert made.time.reported_years == [2]
    assert [made.time.year_name(y) for y in range(4)] == ["2017-18", "2018-19", "2018-19", "2018-19"]
    assert not any(made.time.is_whole(y) for y in range(4))


def test_years_that_are_reported_from_new_year_to_new_year_are_not_cut() -> None:
    made = compiled({"calendar": {"starts": "2018-04-01", "years": 2, "warm_up_days": 20, "run_out_days": 5}})
    assert (made.tables[0]["year_start"][:5] // DAY).tolist() == [0, 20, 385, 751, 756]  # 2020 is a leap year
    assert made.time.reported_years == [1, 2]
    assert [made.time.is_whole(y) for y in range(4)] == [False, True, True, False]


def test_the_longest_run_has_room_for_the_years_that_reporting_cuts() -> None:
    """Fifteen years from 1 January touch sixteen financial years, of which two are cut on 1 July."""
    made = compiled({"calendar": {"starts": "2018-07-01", "years": 14, "warm_up_days": 181, "run_out_days": 184}})
    time = made.time
    assert (time.first.isoformat(), time.report_to.isoformat(), time.end.isoformat()) == (
        "2018-01-01", "2032-07-01", "2033-01-01"
    )  # fmt: skip
    assert len(time.years) == YEARS
    assert [time.year_name(y) for y in time.reported_years] == [f"{2018 + i}-{19 + i}" for i in range(15)]


def test_too_many_people_for_the_tables_is_said_and_not_cut_off() -> None:
    with pytest.raises(CaresimError, match="people a day; at most 512 fit"):
        compiled({"demand": {"population": 1_000_000, "admissions": {"other_emergency": 400}}})


def test_tables_are_the_same_whatever_was_compiled_before() -> None:
    remembered = (people_on, growing, users_of, uses_of, equilibrium_quantiles)
    base = {"geography": TWO, "need": {"first": {"fixed": {"hours": 3}}},
            "demand": {"population": PEOPLE, "growth_a_year": 0.02, "admissions": {"other_emergency": 10}},
            "pools": {"reablement": {"capacity": 500, "grows_with_population": True}}}  # fmt: skip
    others = [
        caresim.load(base, {"demand.growth_a_year": 0.2}),
        caresim.load(base, {"demand.population": 700}),
        caresim.load(base, {"packages.lifetime.nursing": {"weibull": {"scale_days": 700, "shape": 0.9}}}),
        caresim.load(base),
    ]
    one_after_another = [compile_scenario(scenario).tables.tobytes() for scenario in others]
    for scenario, tables in zip(others, one_after_another, strict=True):
        for function in remembered:
            function.cache_clear()
        assert compile_scenario(scenario).tables.tobytes() == tables
    assert len(set(one_after_another)) == len(others)


def test_what_is_left_of_a_weibull_of_shape_1_is_exponential_and_found_once() -> None:
    def lasting(days: int) -> Any:
        config = caresim.load(
            {"packages": {"lifetime": {"nursing": {"weibull": {"scale_days": days, "shape": 1}}}}}
        ).config
        return equilibrium_quantiles(config.packages.lifetime.nursing.at("Place", "85+"))

    upper = ABOVE < 0.5
    assert lasting(700)[upper] == pytest.approx(-700 * np.log(ABOVE[upper]), rel=1e-12)
    assert lasting(700)[~upper] == pytest.approx(-700 * np.log1p(-BELOW[~upper]), rel=1e-9)
    assert lasting(700) is lasting(700)
    with pytest.raises(ValueError, match="read-only"):
        lasting(700)[0] = 1
