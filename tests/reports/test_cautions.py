"""A cost that falls because people wait or die is not told as a saving alone."""

from __future__ import annotations

import pytest

from caresim.reports.decision.cautions import Difference, cautions, waits_more
from caresim.reports.estimate import Estimate

FALLS, RISES, SAME = Estimate(-2e5, -3e5, -1e5), Estimate(2e5, 1e5, 3e5), Estimate(0.0, -1e5, 1e5)


def differences(**known: Estimate) -> Difference:
    return lambda measure: known.get(measure, Estimate(0.0, 0.0, 0.0))


def test_a_headline_that_falls_while_people_are_stuck_in_hospital_is_care_put_off() -> None:
    found = differences(hospital_driven_cost=FALLS, delayed_beds=Estimate(346.9, 323.1, 370.7))
    (said,) = cautions(found, "in 2022-23")
    assert said.startswith(
        "The hospital-driven cost falls while 347 more people (95% interval 323 to 371) are stuck in hospital on an "
        "average day in 2022-23: "
    )
    assert said.endswith("at least part of the fall is care put off, not care saved.")
    assert waits_more(found)


@pytest.mark.parametrize(
    ("cost", "delayed"),
    [
        (FALLS, Estimate(-9.5, -9.8, -9.3)),  # better discharge
        (FALLS, Estimate(0.4, -0.2, 1.0)),  # chance
        (FALLS, Estimate(0.02, 0.01, 0.03)),  # too little to be written
        (SAME, Estimate(5.0, 4.0, 6.0)),  # nothing that looks like a saving
        (Estimate(-2e5), Estimate(5.0)),  # one pair: nothing is known of chance
    ],
)
def test_where_nobody_waits_more_or_nothing_is_saved_there_is_no_caution(cost: Estimate, delayed: Estimate) -> None:
    found = differences(hospital_driven_cost=cost, delayed_beds=delayed)
    assert cautions(found, "in 2022-23") == ()
    assert not waits_more(found)


def test_a_saving_with_more_deaths_or_longer_queues_says_so() -> None:
    found = differences(
        council_net_cost=FALLS, deaths=Estimate(101.3, 64.6, 138.0), waiting_for_reablement=Estimate(3.14, 2.0, 4.3)
    )
    queue, deaths = cautions(found, "in 2022-23")
    assert queue.startswith("The council's net cost falls while 3.1 more people (95% interval 2.0 to 4.3) wait for ")
    assert "101 more people (95% interval 65 to 138) die in 2022-23: who has died needs no care" in deaths


@pytest.mark.parametrize(
    ("deaths", "fewer"),
    [
        ((-9.1, -11.0, -7.2), "9 fewer people (95% interval 7 to 11)"),
        ((-1.2, -1.6, -0.8), "1 fewer person (95% interval 1 to 2)"),
    ],
)
def test_a_cost_that_comes_from_longer_lives_says_so(deaths: tuple[float, ...], fewer: str) -> None:
    (said,) = cautions(differences(council_net_cost=RISES, deaths=Estimate(*deaths)), "in 2022-23")
    assert f"{fewer} die in 2022-23" in said
    assert said.endswith("part of what it costs is the care of people who live longer.")


def test_a_saving_with_fewer_deaths_needs_no_caution() -> None:
    assert cautions(differences(hospital_driven_cost=FALLS, deaths=Estimate(-9.1, -11.0, -7.2)), "in 2022-23") == ()
