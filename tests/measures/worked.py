"""A world so small that every measure can be worked out by hand: three people, every duration fixed.

Nobody arrives: three people of 85 and over wait for a bed when the run begins and get one in its first minute, two from
Northby (unitary North) and one from Southby (unitary South). Days are counted from 1 April 2020, 00:00; S is the day on
which somebody leaves hospital.

* 0: in bed. 10.5: ready, with a need of 8 hours that the stay of more than 7 days has doubled to 16.
* 11.5: referred, one day later. There is one social worker and an assessment takes two days, so the three are assessed
  until 13.5, 15.5 and 17.5, in the order of their numbers: North, South, North.
* One day of arrangement, and a place in reablement is free: S = 14.5 (North), 16.5 (South), 18.5 (North).
* S + 20: reablement is completed, need is halved to 8 hours. Home care is found two days later, at S + 22, and the
  place is held until then. Visits: 10 hours a week for 5 days, 4 hours a week for the other 17: 118 day-hours / 7.
  The first two weeks are free: for the last eight days, of 4 hours a week, people pay a part, as for home care.
* S + 22 to S + 422: home care of 8 hours a week, paid by the council; then nobody is left in the model.

The year 2020-21 is days 0 to 365, 2021-22 is days 365 to 730. A chain begins at S; its first 52 weeks end at S + 364.
"""

from __future__ import annotations

import datetime
from typing import Any

FIRST, SECOND = "2020-21", "2021-22"
COUNTY, NORTH, SOUTH = "County", "North", "South"
LEAVES = {NORTH: (14.5, 18.5), SOUTH: (16.5,), COUNTY: (14.5, 16.5, 18.5)}
WEEK = 7.0
HOME_CARE, REABLEMENT, BED, ASSESSMENT, SHARE = 20.0, 50.0, 300.0, 100.0, 0.1  # pounds, and the part the person pays

VISITS = (5 * 10 + 17 * 4) / WEEK * REABLEMENT  # 118 / 7 hours at 50 pounds: 842.86
PAID_FOR_VISITS = 8 * 4 / WEEK * REABLEMENT * 0.25  # by the person
DAY_OF_CARE = 8 / WEEK * HOME_CARE  # 22.86 pounds


def config() -> dict[str, Any]:
    """Give the config of the world."""
    return {
        "name": "Three people",
        "calendar": {"starts": "2020-04-01", "days": 730},
        "geography": {
            "county": COUNTY,
            "places": {
                "Northby": {"unitary": NORTH, "trusts": {"North Infirmary": 1}},
                "Southby": {"unitary": SOUTH, "trusts": {"South Infirmary": 1}},
            },
        },
        "demand": {"population": {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 1000}}},
        "hospital": {"stay": {"emergency": {"fixed": {"days": 10.5}}}},
        "need": {
            "first": {"fixed": {"hours": 8}},
            "deconditioning": {"rule": "step", "after_days": 7, "factor": 2},
        },
        "discharge": {
            "referral_threshold_hours": 4,
            "referred_above": 1,
            "pathway_1_hours": 4,
            "reablement_offered": 1,
        },
        "waiting": {
            "referral": {"fixed": {"days": 1}},
            "assessment": {"fixed": {"days": 2}},
            "arrangement": {"fixed": {"days": 1}},
            "responsible": {"by_reason": {
                "referral": {"nhs": 1}, "assessment": {"social_care": 1}, "adaptation": {"social_care": 1},
                "arrangement": {"social_care": 0.5, "nhs": 0.5}, "capacity": {"social_care": 1}}},
        },
        "reablement": {
            "planned": {"fixed": {"days": 20}},
            "outcomes": {"smaller": 1},
            "smaller_factor": 0.5,
            "free_weeks": 2,
            "visits": {"intensive_days": 5, "hours_a_week_first": 10, "hours_a_week_after": 4},
        },
        "packages": {
            "lifetime": {"home_care": {"fixed": {"days": 400}}},
            "sourcing": {"fixed": {"days": 2}},
        },
        "pools": {
            "acute_beds": {
                "scope": "trust",
                "capacity": {"North Infirmary": 10, "South Infirmary": 10},
                "at_start": {"waiting": {"North Infirmary": 2, "South Infirmary": 1}},
            },
            "assessment": {"capacity": 1},
            "reablement": {"scope": "unitary", "capacity": {NORTH: 10, SOUTH: 10}},
        },
        "prices": {
            "home_care": HOME_CARE,
            "reablement": REABLEMENT,
            "acute_bed_day": BED,
            "assessment": ASSESSMENT,
            "contribution_share": {"by_service": {"home_care": SHARE, "reablement": 0.25}},
        },
    }  # fmt: skip


# Parts of the year in days; how many leave hospital in it, the day-hours of their visits until its end, and how many
# are supported in it. Until day 16 that is North, who left on 14.5: 1.5 intensive days. From day 16 to 36 it is South
# for 19.5 days, five of them intensive, and North for 17.5: 50 + 14.5 x 4 and 50 + 12.5 x 4; the first goes on.
PARTS = (((0, 16), 1, 15, 1), ((16, 36), 2, 108 + 100, 3))


def reported(begins: int, until: int, run_out: int) -> dict[str, Any]:
    """Give the world of which a part of the year is reported, and which is run on for some days."""
    first = datetime.date(2020, 4, 1) + datetime.timedelta(days=begins)
    calendar = {"starts": first.isoformat(), "days": until - begins, "warm_up_days": begins, "run_out_days": run_out}
    return config() | {"calendar": calendar}


def with_reviews() -> dict[str, Any]:
    """Give the same world with a review of home care every 100 days, which finds three quarters of the need.

    A review takes three days of the one social worker, and the next is due 100 days after it is done.

    * Due at 136.5 (North), 138.5 (South) and 140.5 (North): begun at 136.5, 139.5 and 142.5, after 0, 1 and 2 days;
      done three days later each. Need falls from 8 to 6 hours: 2 are given back.
    * Due at 239.5, 242.5 and 245.5, always when the one before is done: nobody waits. 4.5 hours are needed, which is 5:
      1 is given back. Likewise due at 342.5, 345.5 and 348.5: 3.375 are needed, which is 3, and 2 are given back.
    """
    world = config()
    world["packages"] |= {"review_every_days": 100, "review_factor": {"fixed": {"value": 0.75}}}
    world["waiting"]["assessment"] = {"by_work": {"hospital": {"fixed": {"days": 2}}, "review": {"fixed": {"days": 3}}}}
    return world


def reviews_of_first_year(area: str) -> dict[str, float]:
    """Work out what reviews do in 2020-21 for an area."""
    waited = {NORTH: (0, 2), SOUTH: (1,), COUNTY: (0, 1, 2)}[area]
    people = len(waited)
    return {
        "reviews_done": 3 * people,
        "reviews_with_more_share": 0,
        "reviews_with_less_share": 1,
        "review_hours_added_a_week": 0,
        "review_hours_removed_a_week": (2 + 1 + 2) * people,
        "review_hours_change_a_week": -(2 + 1 + 2) * people,
        "waiting_for_review": sum(waited) / 365,
        "review_wait_days": sum(waited) / (3 * people),
    }


def first_year(area: str) -> dict[str, float]:
    """Work out every measure of 2020-21 for an area."""
    leaves = LEAVES[area]
    n = float(len(leaves))
    care = sum(365 - (s + 22) for s in leaves)  # days of home care until 31 March 2021: 979.5 in the county
    bed_days = sum(leaves)  # everybody came at day 0: 49.5 in the county
    net = n * (VISITS - PAID_FOR_VISITS) + care * DAY_OF_CARE * (1 - SHARE) + n * ASSESSMENT
    # ready at 10.5, so the midnights in a delayed bed are 11 to S - 0.5: 4, 6 and 8; referred at 11.5: one fewer each
    delayed, dtoc = sum(s - 10.5 for s in leaves), sum(s - 11.5 for s in leaves)
    unitaries = 2 if area == COUNTY else 1
    return {
        "admissions": n,
        "emergency_admissions_65_plus": n,
        "bed_days": bed_days,
        "delayed_days": delayed,
        "delayed_beds": delayed / 365,
        "dtoc_days": dtoc,
        "dtoc_beds": dtoc / 365,
        "stays_over_7_days_share": 1,  # 14, 16 and 18 whole days
        "stays_over_14_days_share": 1,
        "stays_over_21_days_share": 0,
        "hospital_referrals": n,
        "hospital_share_of_new_demand": 1,
        "hospital_share_of_new_support": 1,
        "readmitted_30_days_share": 0,
        "deaths": 0,
        "people_supported": n,  # at each of the twelve month ends, from 30 April on
        "people_supported_long_term": n * 11 / 12,  # home care begins in May (36.5, 38.5, 40.5)
        "people_supported_in_year": n,
        "people_supported_long_term_in_year": n,
        "people_65_plus_share": 1,
        "reablement_starts": n,
        "reablement_independent_share": 0,  # all need less than before, nobody nothing
        "home_at_91_days_share": 1,
        "new_residential_and_nursing_65_plus": 0,
        "home_care_hours_a_week": care * 8 / 365,
        "days_at_home": 1000 * unitaries * 365 - bed_days,
        "hospital_driven_cost": n * (VISITS + (364 - 22) * DAY_OF_CARE),
        "hospital_driven_cost_net": n * (VISITS - PAID_FOR_VISITS + (364 - 22) * DAY_OF_CARE * (1 - SHARE)),
        "hospital_driven_cost_in_year": n * VISITS + care * DAY_OF_CARE,
        "new_demand_cost_in_year": n * VISITS + care * DAY_OF_CARE,
        "council_net_cost": net,
        "council_gross_cost": net + n * PAID_FOR_VISITS + care * DAY_OF_CARE * SHARE,
        "nhs_cost": bed_days * BED,
        "investment_cost": 0,
        "cost_per_discharge_pathway_1": VISITS + (364 - 22) * DAY_OF_CARE,  # all three leave on it
        "cost_per_discharge_pathway_1_home_care": float("nan"),
        "cost_per_discharge_pathway_2": float("nan"),
        "cost_per_discharge_pathway_3": float("nan"),
        "reviews_done": 0,
        "reviews_with_more_share": float("nan"),  # of no reviews
        "reviews_with_less_share": float("nan"),
        "review_hours_added_a_week": 0,
        "review_hours_removed_a_week": 0,
        "review_hours_change_a_week": 0,
        "new_residents_per_100_000_65_plus": 0,
        "waiting_at_home_for_support": 0,  # who waits for home care is in reablement
        "hours_of_care_missing_a_week": 0,
        "discharged_without_support": 0,
        **queues(area),
        **teams(area),
    }


def teams(area: str) -> dict[str, float]:
    """Work out the queue for the social worker by class of work: all three are in hospital when they ask.

    North, South and North wait 0, 2 and 4 days. The pool is the county's, but where each of them lives is known.
    """
    waited = {NORTH: (0, 4), SOUTH: (2,), COUNTY: (0, 2, 4)}[area]
    nobody, unknown = 0.0, float("nan")
    return {
        "waiting_for_hospital_assessment": sum(waited) / 365,
        "hospital_assessment_wait_days": sum(waited) / len(waited),
        "waiting_for_community_assessment": nobody,
        "community_assessment_wait_days": unknown,
        "waiting_for_safeguarding": nobody,
        "safeguarding_wait_days": unknown,
        "waiting_for_review": nobody,
        "review_wait_days": unknown,
    }


def queues(area: str) -> dict[str, float]:
    """Work out who waits in 2020-21. The second waits two days for the social worker, the third four."""
    nights = sum(int(s) for s in LEAVES[area])  # midnights 1 to 14, 16 and 18: 48 in the county
    county = {  # pools of the county and of trusts: of a unitary nothing is known
        "waiting_for_assessment": (2 + 4) / 365,
        "assessment_wait_days": (0 + 2 + 4) / 3,
        "waiting_for_intermediate_care": 0,
        "acute_beds_in_use": nights / 365,
        "acute_beds_95th_percentile": 0,  # on 18 of 365 days somebody is there: fewer than one in twenty
    }
    known = county if area == COUNTY else dict.fromkeys(county, float("nan"))
    return {**known, "waiting_for_reablement": 0}


def second_year(area: str) -> dict[str, float]:
    """Work out the measures of 2021-22 that are not empty for an area: the rest of the home care, and nothing else."""
    leaves = LEAVES[area]
    n = float(len(leaves))
    care = sum(s + 422 - 365 for s in leaves)  # until 11, 13 and 15 June: 71.5, 73.5 and 75.5 days
    return {
        "admissions": 0,
        "bed_days": 0,
        "delayed_days": 0,
        "people_supported": n * 2 / 12,  # at the ends of April and May
        "people_supported_long_term": n * 2 / 12,
        "people_supported_in_year": n,
        "people_65_plus_share": 1,
        "home_care_hours_a_week": care * 8 / 365,
        "days_at_home": 1000 * (2 if area == COUNTY else 1) * 365,
        "hospital_driven_cost": 0,  # chains belong to the year in which they began
        "hospital_driven_cost_in_year": 0,
        "council_net_cost": care * DAY_OF_CARE * (1 - SHARE),
        "council_gross_cost": care * DAY_OF_CARE,
        "nhs_cost": 0,
        "investment_cost": 0,
        "deaths": 0,
    }
