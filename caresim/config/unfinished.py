"""What a run does not simulate: the end of support that begins late, and what support began before it."""

from __future__ import annotations

from collections.abc import Iterator

from caresim.config.check_plausible import people_in
from caresim.config.schema.root import Config
from caresim.config.vocabulary import CHAIN_DAYS, SERVICES


def unfinished(config: Config) -> Iterator[str]:
    """Say whose first 52 weeks the run cuts off, where the hospital-driven cost counts them."""
    late = days_cut_off(config)
    if late:
        yield (
            "the end of the run cuts off the first 52 weeks of those who leave hospital in the last "
            f"{late} days reported, and the hospital-driven cost counts only what is simulated of them: set "
            f"calendar.run_out_weeks to {CHAIN_DAYS // 7}, or calendar.run_out_days to {CHAIN_DAYS}"
        )


def unstarted(config: Config) -> Iterator[str]:
    """Say where nobody is in care when the run begins, and support would be counted that has begun since."""
    there = any(people > 0 for setting in config.at_start.people.values.values() for people in setting)
    if has_hospital_driven_cost(config) and not there:
        yield (
            "nobody is in care when the run begins (at_start.people): people supported and their cost count "
            "only support begun since, so they are far too low at first and rise every year"
        )


def days_cut_off(config: Config) -> int:
    """Count the last days reported from which on the first 52 weeks of support go beyond the end of the run."""
    late = min(CHAIN_DAYS - config.calendar.run_out, config.calendar.reported_days)
    return late if late > 0 and has_hospital_driven_cost(config) else 0


def has_hospital_driven_cost(config: Config) -> bool:
    """Tell whether anybody is in hospital, and support has a price."""
    admissions, beds = config.demand.admissions, config.pools.acute_beds.at_start
    causes = (admissions.fall, admissions.other_emergency, admissions.planned)
    admitted = any(rate > 0 for rates in causes for rate in rates)
    there = people_in(beds.in_use) + people_in(beds.waiting) > 0
    priced = any(price > 0 for name in SERVICES for price in getattr(config.prices, name))
    return (admitted or there) and priced
