"""What is counted, against lives worked by hand: chains of support in both windows, stock, delayed days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from caresim.engines.reference import facts
from caresim.model.codes import (
    ASSESSMENT,
    AWAITS_ASSESSMENT,
    AWAITS_REFERRAL,
    FROM_COMMUNITY,
    FROM_HOSPITAL,
    INTERMEDIATE_CARE,
    PATHWAY_1,
    PATHWAY_2,
    PATHWAY_3,
    REABLEMENT,
    REABLEMENT_SLOTS,
    REVIEW_RESULTS,
    TEMPORARY,
    WORK_COMMUNITY,
    WORK_REVIEW,
    WORK_SAFEGUARDING,
)  # fmt: skip
from caresim.model.package import REQUEST_NOTHING, REQUEST_PACKAGE
from caresim.model.tables import YEARS, F
from tests.model.one import DAY, One

HOME_CARE, DIRECT_PAYMENT, RESIDENTIAL = 0, 1, 4
COUNCIL = 0
IN_YEAR, FIRST_52_WEEKS = 0, 1
LONG_RUN = {"calendar": {"starts": "2018-04-01", "years": 1, "run_out_days": 800}}
VISITS = {"reablement": {"visits": {"intensive_days": 7, "hours_a_week_first": 9, "hours_a_week_after": 5}}}


def somebody(config: dict[str, Any] | None = None, **known: Any) -> One:
    """Make somebody without support; day 0 is 1 April, so the financial year ends on day 365."""
    return One({**LONG_RUN, **(config or {})}, **known)


def package(one: One, day: float, setting: int, hours: int) -> None:
    one.tell(facts.package_starts, round(day * DAY), setting, hours, keyed=True)


def ends(one: One, day: float) -> None:
    one.tell(facts.package_ends, round(day * DAY))


def chain(one: One, year: int = 0, origin: int = FROM_HOSPITAL) -> dict[tuple[int, int], tuple[float, float]]:
    """Give (person-days, hours a week x days) by service and window, where there are any."""
    areas = one.C[0]["chain"][year, 0, origin] / DAY
    return {
        (int(s), int(w)): (float(areas[s, w, 0]), float(areas[s, w, 1]))
        for s, w in zip(*np.nonzero(areas.any(axis=-1)), strict=True)
    }


def test_new_support_within_the_year_counts_whole_in_both_windows() -> None:
    one = somebody(in_bed=1)
    package(one, 100, HOME_CARE, 10)
    ends(one, 300)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (200, 2000), (HOME_CARE, FIRST_52_WEEKS): (200, 2000)}


def test_the_year_cuts_one_window_and_52_weeks_the_other() -> None:
    one = somebody(in_bed=1)
    package(one, 300, HOME_CARE, 10)
    ends(one, 900)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (65, 650), (HOME_CARE, FIRST_52_WEEKS): (364, 3640)}
    assert chain(one, year=1) == {}, "a chain belongs to the year in which it began"


def test_support_that_goes_on_when_the_run_ends_counts_up_to_then() -> None:
    """The run ends on day 500, and nobody knows what comes after it."""
    one = somebody({"calendar": {"starts": "2018-04-01", "years": 1, "run_out_days": 135}}, in_bed=1)
    package(one, 300, HOME_CARE, 10)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (65, 650), (HOME_CARE, FIRST_52_WEEKS): (200, 2000)}
    assert by_pathway(one) == {(one.p["pathway"], HOME_CARE): [200, 2000]}


def test_an_increment_that_goes_on_when_the_run_ends_counts_up_to_then() -> None:
    """Hours fall from 16 to 12 on day 440, 10 were held before; the year ends on day 365, the run on day 500."""
    one = somebody({"calendar": {"starts": "2018-04-01", "years": 1, "run_out_days": 135}}, n0=10.0)
    one.tell(facts.stocked, 0, HOME_CARE, keyed=True)
    one.set(in_bed=1)
    package(one, 300, HOME_CARE, 16)
    one.tell(facts.hours_change, 440 * DAY, 12)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (0, 65 * 6), (HOME_CARE, FIRST_52_WEEKS): (0, 140 * 6 + 60 * 2)}


PART_OF_A_YEAR = {"calendar": {"starts": "2018-10-01", "days": 100, "warm_up_days": 183, "run_out_days": 400}}
BEFORE, REPORTED, AFTER, NEXT = range(4)  # days 0 to 183, to 283, to 365, and the next financial year


@pytest.mark.parametrize(("begins", "year", "within"), [(100, BEFORE, 83), (200, REPORTED, 83), (300, AFTER, 65)])
def test_a_part_of_a_year_has_the_chains_that_begin_in_it(begins: int, year: int, within: int) -> None:
    one = somebody(PART_OF_A_YEAR, in_bed=1)
    package(one, begins, HOME_CARE, 1)
    assert chain(one, year) == {(HOME_CARE, IN_YEAR): (within, within), (HOME_CARE, FIRST_52_WEEKS): (364, 364)}
    assert one.C[0]["chain"].sum(axis=(1, 2, 3, 4, 5)).astype(bool).tolist() == [y == year for y in range(YEARS)]


@pytest.mark.parametrize(
    ("begins", "until", "years"),
    [(100, 150, [BEFORE]), (150, 200, [BEFORE, REPORTED]), (283, 300, [AFTER]), (200, 400, [REPORTED, AFTER, NEXT])],
)
def test_a_part_of_a_year_has_the_people_who_are_supported_in_it(begins: int, until: int, years: list[int]) -> None:
    one = somebody(PART_OF_A_YEAR, in_bed=1, counted_year=-1, counted_year_long=-1)
    package(one, begins, HOME_CARE, 1)
    one.tell(facts.recount, begins * DAY)
    ends(one, until)
    one.tell(facts.recount, until * DAY)
    assert np.flatnonzero(one.C[0]["distinct"][:, 0, 3, 0]).tolist() == years
    assert one.C[0]["distinct"].max() == 1


@pytest.mark.parametrize(("day", "year", "lost"), [(100, BEFORE, 83), (200, REPORTED, 83), (283, AFTER, 82)])
def test_a_part_of_a_year_has_the_deaths_and_stays_that_end_in_it(day: int, year: int, lost: int) -> None:
    one = somebody(PART_OF_A_YEAR, came=(day - 9) * DAY, in_bed=1, check_at=-1)
    one.tell(facts.died, day * DAY)
    one.tell(facts.bed_left, day * DAY)
    assert np.argwhere(one.C[0]["at_home_lost"]).tolist() == [[year, 0, 3]]
    assert one.C[0]["at_home_lost"][year, 0, 3] == lost * DAY
    assert np.argwhere(one.C[0]["stays"]).tolist() == [[year, 0, 3, 9]]


def test_a_package_that_grew_counts_only_by_its_increment() -> None:
    one = somebody(n0=10.0)
    one.tell(facts.stocked, 0, HOME_CARE, keyed=True)
    one.set(in_bed=1)
    package(one, 50, HOME_CARE, 16)
    one.set(in_bed=0)
    ends(one, 150)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (0, 600), (HOME_CARE, FIRST_52_WEEKS): (0, 600)}


def test_a_move_to_a_care_home_counts_the_home_less_the_package_before() -> None:
    one = somebody(n0=10.0)
    one.tell(facts.stocked, 0, HOME_CARE, keyed=True)
    one.set(in_bed=1)
    package(one, 50, RESIDENTIAL, 1)
    one.set(in_bed=0)
    ends(one, 150)
    assert chain(one) == {
        (HOME_CARE, IN_YEAR): (-100, -1000), (HOME_CARE, FIRST_52_WEEKS): (-100, -1000),
        (RESIDENTIAL, IN_YEAR): (100, 100), (RESIDENTIAL, FIRST_52_WEEKS): (100, 100),
    }  # fmt: skip


def test_what_follows_reablement_belongs_to_the_same_chain() -> None:
    """Reablement of 30 days, 7 of them with 9 hours a week and then 5; home care from day 130 to day 200."""
    one = somebody(VISITS, in_bed=1)
    one.tell(facts.episode_starts, 100 * DAY, REABLEMENT)
    one.set(in_bed=0)
    package(one, 130, HOME_CARE, 8)
    one.tell(facts.episode_ends, 130 * DAY)
    one.tell(facts.hours_change, 180 * DAY, 6)
    ends(one, 200)
    hours = 7 * 9 + 23 * 5
    assert chain(one) == {
        (HOME_CARE, IN_YEAR): (70, 50 * 8 + 20 * 6), (HOME_CARE, FIRST_52_WEEKS): (70, 50 * 8 + 20 * 6),
        (REABLEMENT, IN_YEAR): (30, hours), (REABLEMENT, FIRST_52_WEEKS): (30, hours),
    }  # fmt: skip


def test_a_second_discharge_within_52_weeks_begins_no_second_chain() -> None:
    one = somebody(in_bed=1)
    package(one, 10, HOME_CARE, 8)
    package(one, 110, HOME_CARE, 12)  # grown after another stay
    ends(one, 210)
    both = (200, 100 * 8 + 100 * 12)
    assert chain(one) == {(HOME_CARE, IN_YEAR): both, (HOME_CARE, FIRST_52_WEEKS): both}


def test_after_52_weeks_a_larger_package_begins_a_chain_of_its_increment() -> None:
    one = somebody(in_bed=1)
    package(one, 10, HOME_CARE, 8)
    package(one, 400, HOME_CARE, 12)
    ends(one, 500)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (355, 355 * 8), (HOME_CARE, FIRST_52_WEEKS): (364, 364 * 8)}
    assert chain(one, year=1) == {(HOME_CARE, IN_YEAR): (0, 400), (HOME_CARE, FIRST_52_WEEKS): (0, 400)}


def test_support_that_was_asked_for_at_home_is_no_hospital_chain() -> None:
    one = somebody(origin=FROM_COMMUNITY)
    package(one, 100, DIRECT_PAYMENT, 10)
    ends(one, 120)
    assert chain(one) == {}
    assert chain(one, origin=FROM_COMMUNITY)[DIRECT_PAYMENT, IN_YEAR] == (20, 200)


def test_only_what_the_council_pays_for_is_in_a_chain() -> None:
    one = somebody({"packages": {"funding_at_home": {"self": 1}}}, in_bed=1)
    package(one, 100, HOME_CARE, 10)
    one.tell(facts.money_runs_out, 160 * DAY)
    ends(one, 200)
    assert chain(one) == {(HOME_CARE, IN_YEAR): (40, 400), (HOME_CARE, FIRST_52_WEEKS): (40, 400)}


def test_money_that_runs_out_after_the_package_has_lapsed_leaves_no_more_in_the_chain_than_was_given() -> None:
    """Home care of 10 hours at own cost; out to reablement on day 400, the package lapses on day 420, the money runs
    out on day 430.

    From then on the council would have paid for what was held before, so that is taken off as for others (ten days of
    ten hours), and given back when support ends on day 440: afterwards there is nothing.
    """
    one = somebody({"packages": {"funding_at_home": {"self": 1}}}, n0=10.0, in_bed=1)
    package(one, 10, HOME_CARE, 10)
    one.tell(facts.episode_starts, 400 * DAY, REABLEMENT)
    one.tell(facts.package_lapses, 420 * DAY)
    one.tell(facts.money_runs_out, 430 * DAY)
    one.tell(facts.episode_ends, 440 * DAY)
    assert chain(one, year=1)[HOME_CARE, FIRST_52_WEEKS] == (-10, -100)
    assert chain(one, year=1)[HOME_CARE, IN_YEAR] == (-10, -100)


def by_pathway(one: One, year: int = 0) -> dict[tuple[int, int], list[float]]:
    """Give (person-days, hours a week x days) by pathway and service, where there are any."""
    areas = one.C[0]["pathway_chain"][year, 0] / DAY
    return {(int(w), int(s)): areas[w, s].tolist() for w, s in zip(*np.nonzero(areas.any(axis=-1)), strict=True)}


def test_a_chain_is_counted_to_the_pathway_of_the_discharge_it_began_at() -> None:
    """Out on pathway 2 on day 100; home care from day 130; another discharge, on pathway 1, adds to the same chain."""
    one = somebody(in_bed=1, pathway=PATHWAY_2)
    one.tell(facts.episode_starts, 100 * DAY, INTERMEDIATE_CARE)
    one.set(in_bed=0)
    package(one, 130, HOME_CARE, 8)
    one.tell(facts.episode_ends, 130 * DAY)
    one.set(in_bed=1, pathway=PATHWAY_1)
    package(one, 200, HOME_CARE, 12)
    one.set(in_bed=0)
    ends(one, 300)
    assert by_pathway(one) == {
        (PATHWAY_2, INTERMEDIATE_CARE): [30, 0],
        (PATHWAY_2, HOME_CARE): [170, 70 * 8 + 100 * 12],
    }


def test_a_new_chain_after_52_weeks_has_the_pathway_of_its_own_discharge() -> None:
    one = somebody(in_bed=1, pathway=PATHWAY_1)
    package(one, 10, HOME_CARE, 8)
    one.set(pathway=PATHWAY_3)
    package(one, 400, RESIDENTIAL, 1)
    ends(one, 500)
    assert by_pathway(one) == {(PATHWAY_1, HOME_CARE): [364, 364 * 8]}
    assert by_pathway(one, year=1) == {(PATHWAY_3, HOME_CARE): [-100, -800], (PATHWAY_3, RESIDENTIAL): [100, 100]}


def test_a_chain_that_began_at_home_has_no_pathway() -> None:
    one = somebody(origin=FROM_COMMUNITY, pathway=PATHWAY_1)
    package(one, 100, DIRECT_PAYMENT, 10)
    ends(one, 120)
    assert by_pathway(one) == {}


def charged(one: One) -> dict[int, list[float]]:
    """Give (person-days, hours a week x days) in April that people contribute to, by service, where there are any."""
    cells = one.C[0]["charged"][0, 0, :, FROM_HOSPITAL] / DAY
    return {REABLEMENT + int(s): cells[s, :, 0].tolist() for s in np.flatnonzero(cells.any(axis=(1, 2)))}


@pytest.mark.parametrize(
    ("weeks", "until", "days", "hours"),
    [(0, 24, 20, 7 * 9 + 13 * 5), (1, 24, 13, 13 * 5), (2, 24, 6, 6 * 5), (0.5, 24, 16.5, 3.5 * 9 + 13 * 5),
     (3, 24, 0, 0), (2, 10, 0, 0)],
)  # fmt: skip
def test_people_contribute_to_reablement_after_the_weeks_that_are_free(
    weeks: float, until: int, days: float, hours: float
) -> None:
    """From day 4 on, with 9 hours a week in the first 7 days and then 5."""
    one = somebody({"reablement": {**VISITS["reablement"], "free_weeks": weeks}}, in_bed=1)
    one.tell(facts.episode_starts, 4 * DAY, REABLEMENT)
    one.set(in_bed=0)
    one.tell(facts.episode_ends, until * DAY)
    assert charged(one) == ({REABLEMENT: [days, hours]} if days else {})
    assert one.C[0]["charged_chain"][0, 0, FROM_HOSPITAL, 0, :, :].tolist() == [[days * DAY, hours * DAY]] * 2


def test_a_temporary_placement_is_paid_for_from_its_first_day_and_intermediate_care_is_not() -> None:
    one = somebody({"intermediate_care": {"free_weeks": 1}}, in_bed=1)
    for begins, service in ((2, INTERMEDIATE_CARE), (15, TEMPORARY)):
        one.tell(facts.episode_starts, begins * DAY, service)
        one.tell(facts.episode_ends, (begins + 10) * DAY)
    assert charged(one) == {INTERMEDIATE_CARE: [3, 0], TEMPORARY: [10, 0]}


def unmet(one: One) -> tuple[list[float], list[float]]:
    """Give the days without support, and the hours a week missing x days, in April and in May."""
    cells = one.C[0]["unmet"][:2, 0].astype(float)
    within, lasting = cells[..., 0] / DAY, cells[..., 1]
    people, hours = (within + np.array([[0, 0], lasting[0] * 31])).T.tolist()
    return people, hours


def test_who_was_found_to_need_support_at_home_lacks_it_until_it_is_there() -> None:
    one = somebody(origin=FROM_COMMUNITY)
    one.tell(facts.answered, 20 * DAY, REQUEST_PACKAGE)
    package(one, 45, HOME_CARE, 10)
    assert unmet(one) == ([10, 15], [0, 0])


def test_whoever_is_given_advice_lacks_nothing() -> None:
    one = somebody(origin=FROM_COMMUNITY)
    one.tell(facts.answered, 20 * DAY, REQUEST_NOTHING)
    assert not one.C[0]["unmet"].any()


@pytest.mark.parametrize("fact", [facts.died, facts.gone, facts.bed_taken])
def test_need_at_home_ends_with_an_admission_or_a_life(fact: Any) -> None:
    one = somebody(origin=FROM_COMMUNITY)
    one.tell(facts.answered, 20 * DAY, REQUEST_PACKAGE)
    one.tell(fact, 25 * DAY)
    one.tell(facts.recount, 25 * DAY)
    assert unmet(one) == ([5, 0], [0, 0])


def test_hours_are_missing_from_being_found_until_they_are_given() -> None:
    """10 hours are held; on day 20 need is found to be 13, and on day 45 they are there."""
    one = somebody(setting=HOME_CARE, hours=10, n0=12.6, funding=COUNCIL)
    one.tell(facts.hours_asked, 20 * DAY)
    one.tell(facts.hours_change, 45 * DAY, 13)
    assert unmet(one) == ([0, 0], [30, 45])


def test_hours_are_not_missing_in_hospital_in_a_care_home_or_where_too_many_are_held() -> None:
    one = somebody(setting=HOME_CARE, hours=10, n0=12.6, funding=COUNCIL)
    one.tell(facts.hours_asked, 20 * DAY)
    one.tell(facts.bed_taken, 25 * DAY)
    assert unmet(one) == ([0, 0], [15, 0])
    for setting, need in ((RESIDENTIAL, 30.0), (HOME_CARE, 5.0)):
        one = somebody(setting=setting, hours=10, n0=need, funding=COUNCIL)
        one.tell(facts.hours_asked, 20 * DAY)
        assert not one.C[0]["unmet"].any()


@pytest.mark.parametrize(("need", "pathway", "without"), [(12.0, 0, 1), (12.0, PATHWAY_1, 0), (3.0, 0, 0)])
def test_who_goes_home_with_need_and_without_support_is_counted(need: float, pathway: int, without: int) -> None:
    one = somebody({"discharge": {"pathway_1_hours": 8}}, n0=need, in_bed=1)
    one.tell(facts.discharged, 4 * DAY, pathway)
    assert one.C[0]["flow"][..., F["home_without_support"]].sum() == without


def test_stock_is_people_and_hours_over_time() -> None:
    """Home care of 10 hours from day 20 to day 45: 10 days of April and 15 of May."""
    one = somebody(in_bed=1)
    package(one, 20, HOME_CARE, 10)
    ends(one, 45)
    cell = one.C[0]["stock"][:, 0, HOME_CARE, FROM_HOSPITAL, COUNCIL] / DAY
    assert cell[0].tolist() == [[10, 1 / DAY], [100, 10 / DAY]]  # to the end of the month; and the step that lasts
    assert cell[1, 0, 0] == -16  # taken off again on day 45, for the 16 days left of May
    assert 31 * cell[0, 0, 1] * DAY + cell[1, 0, 0] == 15
    assert cell[:3, :, 1].sum(axis=0).tolist() == [0, 0]


def delayed(ready: int, asked: int, left: int) -> One:
    """Have somebody be ready, asked for and discharged at three minutes."""
    one = somebody()
    one.tell(facts.admitted, 0)
    one.tell(facts.bed_taken, 0)
    one.tell(facts.ready, ready)
    one.tell(facts.assessment_asked, asked)
    one.tell(facts.discharged, left, PATHWAY_1)
    return one


@pytest.mark.parametrize(
    ("ready", "asked", "left", "days", "dtoc"),
    [
        (3 * DAY + 1380, 3 * DAY + 1380, 3 * DAY + 1430, 0, 0),  # half an hour in the evening
        (3 * DAY + 1380, 3 * DAY + 1380, 4 * DAY + 30, 1, 1),  # an hour over midnight
        (3 * DAY + 60, 3 * DAY + 60, 4 * DAY - 1, 0, 0),  # all day
        (3 * DAY + 1380, 4 * DAY + 600, 6 * DAY + 60, 3, 2),
        (3 * DAY, 3 * DAY, 4 * DAY, 1, 1),  # from midnight to midnight
    ],
)
def test_delayed_days_are_midnights(ready: int, asked: int, left: int, days: int, dtoc: int) -> None:
    one = delayed(ready, asked, left)
    levels = np.cumsum(one.C[0]["delayed"][:, 0], axis=0)
    assert levels.sum(axis=0).tolist() == [days, dtoc]
    assert np.flatnonzero(levels[:, 0]).tolist() == list(range(ready // DAY + 1, left // DAY + 1)), (
        "the days they begin"
    )
    waits = one.C[0]["waits"][0, 0, PATHWAY_1]
    assert waits[:, 2].tolist()[:2] == [days - dtoc, dtoc]
    assert waits[AWAITS_REFERRAL, 1] == asked - ready
    assert waits[AWAITS_ASSESSMENT, 1] == left - asked
    assert one.C[0]["stays"][0, 0, 3, left // DAY] == 1


def waiting(one: One, work: int) -> tuple[list[int], int]:
    """Give the days waited for a class of work within April and May, and how many wait on from there."""
    within, lasting = one.C[0]["work"][:2, 0, work, 0], one.C[0]["work"][:2, 0, work, 1]
    may = within[1] + lasting[0] * 31 * DAY
    return [int(within[0] // DAY), int(may // DAY)], int(lasting.sum())


def test_a_queue_for_social_workers_is_counted_by_class_of_work() -> None:
    """A safeguarding enquiry waits from day 20 to day 35; a review from day 10 on, until it is withdrawn on day 25."""
    one = somebody()
    pool = team(one, ASSESSMENT)
    one.set(ask_work=WORK_SAFEGUARDING)
    one.tell(facts.asks, 20 * DAY, pool, 1)
    one.tell(facts.stops_waiting, 35 * DAY, pool)
    one.tell(facts.starts, 35 * DAY, pool, 1, 15 * DAY)
    one.set(ask_work=WORK_REVIEW)
    one.tell(facts.asks, 10 * DAY, pool, 1)
    one.tell(facts.withdraws, 25 * DAY, pool, 1)
    assert waiting(one, WORK_SAFEGUARDING) == ([10, 5], 0)
    assert waiting(one, WORK_REVIEW) == ([15, 0], 0)
    counted = one.C[0]["work"][:, 0, :, 2:]
    assert counted[:2, WORK_SAFEGUARDING].tolist() == [[1, 0, 0], [0, 1, 15 * DAY]]
    assert counted[:2, WORK_REVIEW].tolist() == [[1, 0, 0], [0, 0, 0]]


def test_whoever_takes_the_substitute_waits_no_longer_and_was_not_served() -> None:
    one = somebody()
    one.set(ask_work=WORK_COMMUNITY)
    one.tell(facts.asks, 0, team(one, ASSESSMENT), 1)
    one.tell(facts.overflows, 4 * DAY, team(one, ASSESSMENT), 1)
    assert waiting(one, WORK_COMMUNITY) == ([4, 0], 0)
    assert one.C[0]["work"][0, 0, WORK_COMMUNITY, 2:].tolist() == [1, 0, 0]


def test_who_is_handed_over_waits_on_in_the_queue_of_the_same_work() -> None:
    one = somebody()
    one.set(ask_work=WORK_COMMUNITY)
    one.tell(facts.asks, 0, team(one, ASSESSMENT), 1)
    one.tell(facts.moves, 3 * DAY, 1, team(one, ASSESSMENT), team(one, REABLEMENT_SLOTS), 1)  # any other will do
    assert waiting(one, WORK_COMMUNITY) == ([30, 31], 1)


def test_other_queues_are_no_work_of_social_workers_and_work_without_a_queue_waits_for_nothing() -> None:
    one = somebody()
    one.tell(facts.asks, 0, team(one, REABLEMENT_SLOTS), 1)
    assert not one.C[0]["work"].any()
    one.set(ask_work=WORK_COMMUNITY)
    one.tell(facts.starts_at_once, 0, team(one, ASSESSMENT), 1)
    assert one.C[0]["work"][0, 0, WORK_COMMUNITY].tolist() == [0, 0, 1, 1, 0]


def team(one: One, kind: int) -> int:
    """Give the number of the first pool of a kind."""
    return int(np.flatnonzero(one.T[0]["pool_kind"] == kind)[0])


def reviewed(setting: int, hours: int, need: float, **known: int) -> tuple[str, list[int]]:
    """Review somebody who holds some hours and needs others; gives what was counted of it: result, people and hours."""
    one = somebody(setting=setting, hours=hours, n0=need, funding=COUNCIL, **known)
    one.tell(facts.reviewed, 40 * DAY)
    counts, flow = one.C[0]["reviews"], one.C[0]["flow"]
    ((month, place, funding, result),) = np.argwhere(counts[..., 0]).tolist()
    assert (month, place, funding) == (1, 0, COUNCIL)
    name = REVIEW_RESULTS[result]
    assert flow[..., F[f"review_{name}"]].sum() == flow[..., F["review_done"]].sum() == 1
    assert sum(flow[..., F[f"review_{other}"]].sum() for other in REVIEW_RESULTS) == 1
    return name, counts[month, place, funding, result].tolist()


@pytest.mark.parametrize(
    ("setting", "need", "found"),
    [
        (HOME_CARE, 12.6, ("more", [1, 3])),  # 13 hours are needed
        (HOME_CARE, 10.4, ("same", [1, 0])),
        (DIRECT_PAYMENT, 6.5, ("fewer", [1, 3])),  # 7 hours are needed
        (RESIDENTIAL, 30.0, ("same", [1, 0])),  # care homes are not counted in hours
    ],
)
def test_a_review_counts_the_hours_needed_beside_those_held(
    setting: int, need: float, found: tuple[str, list[int]]
) -> None:
    assert reviewed(setting, 10, need) == found


def test_a_review_of_somebody_who_is_about_to_move_changes_no_hours() -> None:
    assert reviewed(HOME_CARE, 10, 20.0, moving=1) == ("same", [1, 0])
