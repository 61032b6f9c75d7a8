"""Each rule of the way out of hospital against a case worked by hand.

Where a rule draws, its decision is compared with the drawn number itself, person by person: no statistics.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from caresim.config import UnfitError
from caresim.engines.reference import decisions, facts
from caresim.model import chance
from caresim.model.codes import (
    FALL,
    INDEPENDENT,
    OTHER_EMERGENCY,
    PATHWAY_0,
    PATHWAY_1,
    PATHWAY_1_HOME_CARE,
    PATHWAY_2,
    PATHWAY_3,
    PLANNED,
    REABLEMENT,
    SAME,
    SMALLER,
)  # fmt: skip
from tests.model import compiled
from tests.model.one import DAY, KEY, One

HOME_CARE, RESIDENTIAL = 0, 4
PEOPLE = 400


def numbers(purpose: int, occurrence: int = 0) -> Any:
    """Give the numbers drawn for a purpose by people 0 to PEOPLE - 1."""
    return compiled.uniforms(KEY, purpose, occurrence, PEOPLE)


def each(one: One, rule: Callable[..., Any], minute: int = 0, *more: Any) -> Any:
    """Let people 0 to PEOPLE - 1, alike but for their number, decide."""
    return np.asarray([one.set(number=i).decide(rule, minute, *more) for i in range(PEOPLE)])


# ---- need


def deconditioned(days: float, n0: float = 8.0, **rule: Any) -> float:
    """Give need after so many days in hospital."""
    one = One({"need": {"deconditioning": {"after_days": 7, **rule}}}, n0=n0, came=0, in_bed=1)
    minute = round(days * DAY)
    one.decide(decisions.harden, minute)
    return float(one.decide(decisions.need_now, minute))


def test_a_step_doubles_need_after_more_than_seven_days() -> None:
    assert deconditioned(7, rule="step", factor=2) == 8
    assert deconditioned(7 + 1 / DAY, rule="step", factor=2) == 16
    assert deconditioned(40, rule="step", factor=2) == 16


def test_a_ramp_adds_a_share_for_each_day_beyond() -> None:
    assert deconditioned(7, rule="ramp", per_day=0.1) == 8
    assert deconditioned(12, rule="ramp", per_day=0.1) == pytest.approx(8 * 1.5)
    assert deconditioned(9.5, rule="ramp", per_day=0.1) == pytest.approx(8 * 1.25)


def test_without_a_rule_need_stays() -> None:
    assert deconditioned(40, rule="none", factor=2, per_day=1) == 8


def test_the_cap_stops_growth_but_takes_nothing_from_a_need_above_it() -> None:
    assert deconditioned(9, rule="step", factor=2, cap_hours=14) == 14
    assert deconditioned(9, n0=20, rule="step", factor=2, cap_hours=14) == 20


def test_half_of_what_recovers_has_recovered_after_the_half_life() -> None:
    rule = {"rule": "step", "factor": 2, "recovery_share": 0.6, "recovery_half_life_days": 10}
    one = One({"need": {"deconditioning": rule}}, n0=8.0, came=0, in_bed=1)
    one.decide(decisions.harden, 9 * DAY)
    assert one.decide(decisions.need_now, 9 * DAY) == 16
    assert one.decide(decisions.need_now, 19 * DAY) == 16, "nothing recovers in a bed"
    one.set(in_bed=0)
    assert one.decide(decisions.need_now, 19 * DAY) == pytest.approx(8 * (1 + 1 - 0.6 / 2))
    assert one.decide(decisions.need_now, 29 * DAY) == pytest.approx(8 * (1 + 1 - 0.6 * 0.75))
    assert one.decide(decisions.need_now, 300 * DAY) == pytest.approx(8 * 1.4, rel=1e-6)


@pytest.mark.parametrize(("need", "hours"), [(0.0, 1), (1.4, 1), (1.5, 2), (9.49, 9), (9.5, 10)])
def test_a_package_has_whole_hours(need: float, hours: int) -> None:
    assert One({}, n0=need).decide(decisions.whole_hours_now) == hours


def test_no_package_is_larger_than_the_cap_on_need() -> None:
    one = One({"need": {"deconditioning": {"cap_hours": 24}}}, n0=40.0)
    assert one.decide(decisions.whole_hours_now) == 24
    assert one.set(n0=23.6).decide(decisions.whole_hours_now) == 24
    assert one.set(n0=23.4).decide(decisions.whole_hours_now) == 23


@pytest.mark.parametrize(("result", "need"), [(INDEPENDENT, 10), (SMALLER, 12), (SAME, 20)])
def test_an_episode_leaves_the_need_that_its_outcome_says(result: int, need: float) -> None:
    """Need 10, doubled by the stay: a smaller need is 0.6 of what it was, whoever is independent loses the doubling."""
    one = One({"reablement": {"smaller_factor": 0.6}}, n0=10.0, decondition=2.0, service=REABLEMENT)
    one.tell(facts.episode_completed, DAY, result)
    assert one.decide(decisions.need_now, DAY) == pytest.approx(need)


# ---- referral and pathway

THRESHOLDS = {"pathway_1_hours": 4, "pathway_2_hours": 10, "pathway_3_hours": 20, "reablement_offered": 1}


def prescribed(need: float, in_bed: bool = True, **discharge: Any) -> int:
    one = One({"discharge": {**THRESHOLDS, **discharge}})
    return int(one.decide(decisions.prescribed_pathway, 0, need, in_bed))


@pytest.mark.parametrize(
    ("need", "pathway"),
    [(0, PATHWAY_0), (4, PATHWAY_0), (4.1, PATHWAY_1), (10, PATHWAY_1), (10.1, PATHWAY_2), (20.1, PATHWAY_3)],
)
def test_a_pathway_begins_above_its_threshold(need: float, pathway: int) -> None:
    assert prescribed(need) == pathway


@pytest.mark.parametrize(("need", "pathway"), [(1, PATHWAY_1), (5, PATHWAY_2), (11, PATHWAY_3), (30, PATHWAY_3)])
def test_over_prescription_is_one_step_and_depends_on_where_the_assessment_is(need: float, pathway: int) -> None:
    assert prescribed(need, True, over_prescribed_in_bed=1) == pathway
    assert prescribed(need, False, over_prescribed_in_bed=1) == prescribed(need)
    assert prescribed(need, False, over_prescribed_at_home=1) == pathway


def test_over_prescription_happens_as_often_as_its_share() -> None:
    one = One({"discharge": {**THRESHOLDS, "over_prescribed_in_bed": 0.3}})
    got = each(one, decisions.prescribed_pathway, 0, 5.0, True)
    assert np.array_equal(got, np.where(numbers(chance.D_PRESCRIBED) < 0.3, PATHWAY_2, PATHWAY_1))


def test_who_is_not_offered_reablement_goes_to_home_care() -> None:
    assert prescribed(5, reablement_offered=0) == PATHWAY_1_HOME_CARE
    assert prescribed(15, reablement_offered=0) == PATHWAY_2


@pytest.mark.parametrize(
    ("need", "to_home", "offered", "pathway"),
    [(5, 0, 1, PATHWAY_1), (5, 0, 0, PATHWAY_1_HOME_CARE), (15, 1, 1, PATHWAY_2), (15, 1, 0, PATHWAY_1_HOME_CARE),
     (25, 1, 0, PATHWAY_3), (25, 0, 1, PATHWAY_2), (25, 0, 0, PATHWAY_1_HOME_CARE)],
)  # fmt: skip
def test_a_package_that_became_too_small_has_pathways_of_its_own(
    need: float, to_home: float, offered: float, pathway: int
) -> None:
    rules = {**THRESHOLDS, "grown_to_care_home": to_home, "grown_offered_reablement": offered,
             "over_prescribed_in_bed": 1}  # fmt: skip
    one = One({"discharge": rules}, grown=1, setting=HOME_CARE, hours=3)
    assert one.decide(decisions.prescribed_pathway, 0, float(need), True) == pathway


def test_a_restart_needs_no_more_than_a_quarter_above_the_package_held() -> None:
    one = One({"discharge": {"restart_factor": 1.25}}, setting=HOME_CARE, hours=8)
    assert one.decide(decisions.goes_back_as_before, 0, 10.0)
    assert not one.decide(decisions.goes_back_as_before, 0, 10.01)
    assert one.set(setting=RESIDENTIAL).decide(decisions.goes_back_as_before, 0, 60.0), "residents always go back"


def test_referral_is_likely_above_the_threshold_and_possible_below() -> None:
    one = One({"discharge": {"referral_threshold_hours": 4, "referred_above": 0.9, "referred_below": 0.2}})
    drawn = numbers(chance.D_REFERRED)
    assert np.array_equal(each(one, decisions.is_referred, 0, 4.0), drawn < 0.2)
    assert np.array_equal(each(one, decisions.is_referred, 0, 4.5), drawn < 0.9)
    assert np.array_equal(each(one.set(spell=1), decisions.is_referred, 0, 4.5), numbers(chance.D_REFERRED, 1) < 0.9)


def test_discharge_to_assess_goes_by_the_pathway_that_need_asks_for() -> None:
    none = dict.fromkeys(("pathway_0", "pathway_1_home_care", "pathway_3", "restart"), 0)
    shares = {"by_pathway": {**none, "pathway_1": 0.6, "pathway_2": 1}}
    one = One({"discharge": {**THRESHOLDS, "to_assess": shares}})
    assert np.array_equal(each(one, decisions.is_assessed_at_home, 0, 5.0), numbers(chance.D_TO_ASSESS) < 0.6)
    assert one.decide(decisions.is_assessed_at_home, 0, 15.0)
    assert not one.decide(decisions.is_assessed_at_home, 0, 25.0)


# ---- stay, death, readmission


@pytest.mark.parametrize(
    ("known", "days", "share"),
    [
        ({}, 3, 0.05),
        ({}, 7, 0.05),
        ({}, 8, 0.05 * 3),
        ({"setting": HOME_CARE}, 3, 0.05 * 2),
        ({"setting": RESIDENTIAL}, 3, 0.4),
        ({"cause": PLANNED}, 3, 0.05 * 0.5),
        ({"setting": HOME_CARE, "cause": PLANNED}, 8, 0.05 * 2 * 0.5 * 3),
    ],
)
def test_death_in_hospital_goes_by_support_cause_and_stay(known: dict[str, int], days: int, share: float) -> None:
    config = {"death_share": 0.05, "death_factor_home_care": 2, "death_share_care_home": 0.4,
              "death_factor_planned": 0.5, "death_factor_long_stay": 3}  # fmt: skip
    one = One({"hospital": config}, **{"cause": OTHER_EMERGENCY, **known})
    assert np.array_equal(each(one, decisions.dies_in_hospital, days * DAY), numbers(chance.D_DEATH) < share)


def test_same_day_stays_of_people_from_care_have_their_own_share() -> None:
    config = {"stay": {"emergency": {"fixed": {"days": 9}, "zero_share": 0.4}}, "zero_share_from_care": 0.1}
    drawn = numbers(chance.D_STAY)
    one = One({"hospital": config})
    assert np.array_equal(each(one, decisions.stay_minutes) <= DAY, drawn < 0.4)
    assert np.array_equal(each(one.set(setting=HOME_CARE), decisions.stay_minutes) <= DAY, drawn < 0.1)
    assert set(each(one, decisions.stay_minutes)[drawn >= 0.1]) == {9 * DAY}


def test_death_while_waiting_has_a_constant_hazard() -> None:
    one = One({"hospital": {"death_while_waiting": 2}})
    expected = 100 + np.maximum(1, np.floor(-np.log(numbers(chance.D_DEATH_WAITING)) * 365 / 2 * DAY + 0.5))
    assert np.array_equal(each(one, decisions.death_while_waiting, 100), expected)


def test_readmission_is_within_ninety_days_and_follows_its_distribution_cut_off_there() -> None:
    rules = {"readmitted_within_90_days": 0.5, "readmission_after": {"exponential": {"mean_days": 40}}}
    minutes = each(One({"discharge": rules}), decisions.readmission_minute, 1000)
    came = minutes < chance.NEVER
    assert np.array_equal(came, numbers(chance.D_READMITTED) < 0.5)
    u = numbers(chance.D_READMITTED_WHEN)[came]
    days = -40 * np.log(1 - u * (1 - np.exp(-90 / 40)))
    assert (minutes[came] - 1000) / DAY == pytest.approx(days, abs=1 / DAY)
    assert 80 < days.max() <= 90


@pytest.mark.parametrize(
    ("after", "at_most"),
    [
        ({"lognormal": {"mean_days": 40, "median_days": 20}},
         lambda x: stats.lognorm(np.sqrt(2 * np.log(2)), 0, 20).cdf(x)),
        ({"gamma": {"mean_days": 40, "sd_days": 60}}, lambda x: stats.gamma(4 / 9, 0, 90).cdf(x)),
        ({"weibull": {"shape": 1.5, "scale_days": 60}}, lambda x: stats.weibull_min(1.5, 0, 60).cdf(x)),
        ({"exponential": {"mean_days": 40}, "zero_share": 0.3},
         lambda x: 0.3 * np.minimum(x, 1) + 0.7 * stats.expon(0, 40).cdf(x)),
    ],
)  # fmt: skip
def test_times_to_readmission_are_cut_off_at_the_end_of_the_follow_up(
    after: dict[str, Any], at_most: Callable[[Any], Any]
) -> None:
    """Cut off, not wrapped round: P(X <= x | X <= 30 days) is that of the distribution, divided."""
    one = One({"discharge": {"readmitted_within_90_days": 1, "readmission_after": after},
               "hospital": {"follow_up_days": 30}})  # fmt: skip
    days = each(one, decisions.readmission_minute) / DAY
    assert days.max() <= 30
    assert stats.kstest(days, lambda x: at_most(x) / at_most(np.asarray(30.0))).pvalue > 0.001


def test_times_to_readmission_that_are_fixed_or_a_sample_are_kept_where_they_are_in_time(tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text("days\n5\n29\n30\n31\n")
    sample = {"empirical": {"file": str(tmp_path / "times.csv"), "column": "days"}}
    for after, kept in (({"fixed": {"days": 30}}, {30}), ({"fixed": {"days": 29}}, {29}), (sample, {5, 29, 30})):
        rules = {"readmitted_within_90_days": 1, "readmission_after": after}
        one = One({"discharge": rules, "hospital": {"follow_up_days": 30}})
        assert set(each(one, decisions.readmission_minute) / DAY) == kept


def test_times_to_readmission_that_are_all_too_late_are_refused() -> None:
    rules = {"readmitted_within_90_days": 0.1, "readmission_after": {"fixed": {"days": 31}}}
    with pytest.raises(UnfitError, match=r"is never within hospital\.follow_up_days for "):
        One({"discharge": rules, "hospital": {"follow_up_days": 30}})


@pytest.mark.parametrize(
    ("lacking", "wrapped", "share"), [(0, 0, 0.2), (1, 0, 0.2 * 1.5), (0, 1, 0.2 * 0.7), (1, 1, 0.2 * 1.5 * 0.7)]
)
def test_readmission_rises_without_support_and_falls_with_wrap_around(lacking: int, wrapped: int, share: float) -> None:
    rules = {"readmitted_within_90_days": 0.2, "readmission_factor_support_missing": 1.5,
             "wrap_around_share": wrapped, "readmission_factor_wrap_around": 0.7}  # fmt: skip
    minutes = each(One({"discharge": rules}, support_missing=lacking), decisions.readmission_minute)
    assert np.array_equal(minutes < chance.NEVER, numbers(chance.D_READMITTED) < share)


@pytest.mark.parametrize(("pathway", "share"), [(PATHWAY_0, 0.1), (PATHWAY_1, 0.2), (PATHWAY_2, 0.3), (5, 0.1)])
def test_death_after_discharge_goes_by_pathway_and_is_spread_over_91_days(pathway: int, share: float) -> None:
    rules = {"death_within_91_days": 0.1, "death_within_91_days_supported": 0.2, "death_factor_pathway_2": 1.5}
    minutes = each(One({"discharge": rules}), decisions.death_minute, 0, pathway)
    dies = numbers(chance.D_DIES) < share
    assert np.array_equal(minutes < chance.NEVER, dies)
    assert minutes[dies] / DAY == pytest.approx(91 * numbers(chance.D_DIES_WHEN)[dies], abs=1 / DAY)


def test_the_cause_of_an_admission_from_care_is_a_fall_as_often_as_stated() -> None:
    causes = each(One({"packages": {"fall_share_from_care": 0.3}}), decisions.readmission_cause)
    assert np.array_equal(causes, np.where(numbers(chance.D_CAUSE) < 0.3, FALL, OTHER_EMERGENCY))
