"""Waiting, teams that rest, markets under pressure, packages: rules against cases worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from caresim.engines.reference import decisions
from caresim.model import chance
from caresim.model.codes import WORK_COMMUNITY, WORK_HOSPITAL
from caresim.model.package import REQUEST_CARE_HOME, REQUEST_NOTHING, REQUEST_PACKAGE, REQUEST_REABLEMENT
from caresim.model.waiting import NO_LIMIT
from tests.model.one import DAY, One
from tests.model.test_rules import HOME_CARE, RESIDENTIAL, THRESHOLDS, each, numbers


def test_work_rests_at_the_weekend() -> None:
    """The first day is Sunday 1 April 2018; Friday is day 5."""
    one = One({"pools": {"assessment": {"working_days": 5}}})
    pool = next(i for i, m in enumerate(one.compiled.pools) if m.kind == "assessment")

    def done(begin: int, work: int) -> int:
        return int(one.decide(decisions.after_working, begin, pool, work))

    friday = 5 * DAY
    assert done(friday + 600, 100) == friday + 700
    assert done(friday + 600, 840) == 6 * DAY, "just done at midnight"
    assert done(friday + 600, 841) == 8 * DAY + 1, "the rest on Monday"
    assert done(6 * DAY + 77, 60) == 8 * DAY + 60, "begun on Saturday"
    assert done(0, 1) == DAY + 1, "begun on Sunday"
    assert done(friday, 6 * DAY) == 13 * DAY, "Friday and the five days of the next week"
    assert done(friday, 6 * DAY + 5) == 15 * DAY + 5


def test_an_assessment_takes_longer_where_a_care_home_is_in_question() -> None:
    config = {
        "discharge": THRESHOLDS,
        "waiting": {"assessment": {"fixed": {"days": 1.5}}, "assessment_factor_pathway_3": 2},
    }
    one = One(config, n0=25.0)
    assert one.decide(decisions.assessment_minutes, 0, WORK_HOSPITAL) == 3 * DAY
    assert one.decide(decisions.assessment_minutes, 0, WORK_COMMUNITY) == 1.5 * DAY
    assert one.set(n0=19.0).decide(decisions.assessment_minutes, 0, WORK_HOSPITAL) == 1.5 * DAY


def test_a_stage_that_is_left_out_is_skipped() -> None:
    one = One({})
    for rule in (decisions.referral_minutes, decisions.arrangement_minutes):
        assert one.decide(rule) == -1
    assert One({"waiting": {"referral": {"fixed": {"days": 2}}}}).decide(decisions.referral_minutes) == 2 * DAY


@pytest.mark.parametrize(
    ("in_use", "capacity", "days"),
    [
        (160, 200, 10),
        (180, 200, 10 * (0.9 / 0.8) ** 2),
        (40, 200, 5),
        (400, 200, 40),
        (50, 0, 40),
        (0, 0, 40),
        (50, NO_LIMIT, 10),
    ],
)
def test_sourcing_takes_longer_the_fuller_the_market(in_use: int, capacity: int, days: float) -> None:
    """(occupancy / 0.8) squared, at least 0.5 and at most 4; a closed market is full, without a limit there is none."""
    config = {"sourcing": {"fixed": {"days": 10}},
              "pressure": {"normal_occupancy": 0.8, "elasticity": 2, "floor": 0.5, "cap": 4}}  # fmt: skip
    got = One({"packages": config}).decide(decisions.sourcing_minutes, 0, HOME_CARE, in_use, capacity)
    assert got == round(days * DAY)


def test_a_market_with_a_cap_starts_so_many_a_week() -> None:
    one = One({"pools": {"home_care": {"capacity": 500, "starts_a_week": 2}}})
    pool = next(i for i, m in enumerate(one.compiled.pools) if m.kind == "home_care")
    last, booked, starts = -1, 0, []
    for asked in (3, 3, 3, 3, 3, 4, 9, 9):
        last, booked = decisions.week_with_room(one.T, pool, asked, last, booked)
        starts.append(last)
    assert starts == [3, 3, 4, 4, 5, 5, 9, 9]


def test_an_answer_to_a_request_has_its_shares() -> None:
    shares = {"reablement": 0.2, "package": 0.3, "care_home": 0.1}
    answers = each(One({"requests": {"community": shares}}, origin=1), decisions.request_leads_to)
    u = numbers(chance.D_REQUEST)
    expected = np.select(
        [u < 0.2, u < 0.5, u < 0.6], [REQUEST_REABLEMENT, REQUEST_PACKAGE, REQUEST_CARE_HOME], REQUEST_NOTHING
    )
    assert np.array_equal(answers, expected)


def spell_of_hazard(rates: dict[str, float], **known: Any) -> One:
    ages = {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 0} | rates
    config = {
        "calendar": {"years": 4},
        "packages": {"admissions_a_year": {"at_home": {"by_age": ages}, "in_care_home": 1}},
    }
    return One(config, **{"setting": HOME_CARE, **known})


def test_the_hazard_of_admission_is_spent_and_the_rest_lasts_as_the_age_changes() -> None:
    """At 2 a year, 91.25 days spend a half of 1; at 4 a year the other half lasts 45.625 days, in a care home 182.5."""
    one = spell_of_hazard({"75-84": 2, "85+": 4}, age=2, hazard_left=1.0, hazard_from=0)
    assert one.decide(decisions.admission_minute) == pytest.approx(182.5 * DAY, abs=2)
    change = round(91.25 * DAY)
    one.decide(decisions.spend_hazard, change)
    assert one.p["hazard_left"] == pytest.approx(0.5)
    assert one.set(age=3).decide(decisions.admission_minute) == pytest.approx((91.25 + 45.625) * DAY, abs=2)
    assert one.set(setting=RESIDENTIAL).decide(decisions.admission_minute) == pytest.approx(
        (91.25 + 182.5) * DAY, abs=2
    )
    one.decide(decisions.spend_hazard, change)
    assert one.p["hazard_left"] == pytest.approx(0.5), "the same minute is spent once"


def test_a_hazard_that_changes_by_the_month_is_inverted_in_its_month() -> None:
    """A hazard of 0.1 in April, 0.4 in May and 0.2 in June: 0.3 is spent halfway through May."""
    one = spell_of_hazard({"85+": 0}, hazard_left=0.3, hazard_from=0)
    months = int(one.T[0]["months"])
    one.T[0]["hazard"][HOME_CARE, 0, 3, : months + 1] = np.cumsum([0.0, 0.1, 0.4, 0.2] + [0.0] * (months - 3))
    assert one.decide(decisions.admission_minute) == pytest.approx(45.5 * DAY, abs=2)
    assert one.set(hazard_left=0.6).decide(decisions.admission_minute) == pytest.approx(76 * DAY, abs=2)
    assert one.set(hazard_from=15 * DAY).decide(decisions.admission_minute) == pytest.approx(83.5 * DAY, abs=2)
    assert one.set(hazard_left=0.7).decide(decisions.admission_minute) == chance.NEVER


def test_a_hazard_that_outlasts_the_run_never_comes() -> None:
    one = spell_of_hazard({"85+": 2}, hazard_left=8.1, hazard_from=0)
    assert one.decide(decisions.admission_minute) == chance.NEVER
    assert one.set(hazard_left=7.9).decide(decisions.admission_minute) == pytest.approx(7.9 / 2 * 365 * DAY, abs=2)


def test_a_hazard_is_a_unit_exponential() -> None:
    one = spell_of_hazard({"85+": 2})
    minutes = each(one, decisions.start_hazard, 77)
    left = -np.log(numbers(chance.D_HAZARD))
    comes = left / 2 * 365 < 4 * 365
    assert minutes[comes] == pytest.approx(77 + left[comes] / 2 * 365 * DAY, abs=3)


def test_a_review_finds_a_share_of_need_and_is_due_each_year() -> None:
    packages = {"review_every_days": 364, "review_factor": {"fixed": {"value": 0.8}},
                "grows_every": {"fixed": {"days": 30}}, "growth_factor": 1.1}  # fmt: skip
    one = One({"packages": packages}, n0=10.0, decondition=2.0)
    assert one.decide(decisions.review_wait) == 364 * DAY
    assert one.decide(decisions.growth_wait) == 30 * DAY
    one.decide(decisions.review_need)
    assert (one.p["n0"], one.p["decondition"]) == (pytest.approx(16), 1)
    one.decide(decisions.grow)
    assert one.p["n0"] == pytest.approx(17.6)
    spread = each(one.set(residual_first=1), decisions.review_wait)
    assert spread == pytest.approx(364 * DAY * numbers(chance.D_FIRST_REVIEW), abs=1), "at the start: any time of it"
