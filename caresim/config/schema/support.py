"""After the hospital: short-term services, requests, long-term packages."""

from __future__ import annotations

from typing import Annotated

from caresim.config.distributions import DistributionOf
from caresim.config.kinds import Number
from caresim.config.schema.base import Amount, Days, Factor, Noted, Positive, Probability, Section, Stage, said
from caresim.config.smallkinds import OrNone
from caresim.config.spreads import KeyedOf, QuantityOf, SharesOf
from caresim.config.values import Keyed, Quantity, Shares, Stages
from caresim.config.vocabulary import ENDINGS, FUNDINGS, OUTCOMES, SETTINGS, SETTINGS_AT_HOME, SETTINGS_IN_CARE_HOME

Outcomes = Annotated[Shares, SharesOf(OUTCOMES)]
Endings = Annotated[Shares, SharesOf(ENDINGS)]
Funding = Annotated[Shares, SharesOf(FUNDINGS)]
Count = Annotated[Quantity, QuantityOf(Number(least=0, most=3650))]


class Episode(Section):
    """A short-term service: how long it is planned for and how it ends when completed."""

    planned: Days = said("days", "Planned duration")
    outcomes: Outcomes = said("share of completed episodes", "How a completed episode ends")
    smaller_factor: Amount = said("factor", "On need, for the outcome smaller")
    free_weeks: Amount = said("weeks", "Free to the person for so long; after that they contribute")


class Visits(Noted):
    """Visits that decline over an episode of reablement."""

    intensive_days: Amount = said("days", "Length of the first phase")
    hours_a_week_first: Amount = said("hours a week", "In the first phase")
    hours_a_week_after: Amount = said("hours a week", "After it")


class Reablement(Episode):
    """Reablement at home."""

    visits: Visits = said(None, "Hours of visits")


class TemporaryPlacement(Episode):
    """A temporary stay in a care home."""

    share: Probability = said("share of pathway 3", "Placements that are temporary at first")


class Request(Section):
    """What an assessment outside hospital leads to; the rest get advice."""

    reablement: Probability = said("share", "Reablement first")
    package: Probability = said("share", "A package at home")
    care_home: Probability = said("share", "A care home")


class Requests(Section):
    """Assessments outside hospital, by class."""

    community: Request = said(None, "Requests from the community")
    safeguarding: Request = said(None, "Safeguarding enquiries")
    coming_of_age: Request = said(None, "Young people turning 18")


class Lifetime(Section):
    """Days in a package, time in hospital left out."""

    home_care: Days = said("days", "Home care")
    direct_payment: Days = said("days", "Direct payment")
    supported_living: Days = said("days", "Supported living")
    extra_care: Days = said("days", "Extra care")
    residential: Days = said("days", "Residential care")
    nursing: Days = said("days", "Nursing care")


class PackageEndings(Section):
    """How packages end."""

    at_home: Endings = said("share of endings", "Packages at home")
    in_care_home: Endings = said("share of endings", "Care homes")


class AdmissionsFromCare(Section):
    """Hazard of admission more than the follow-up after the last discharge."""

    at_home: Amount = said("per person a year", "People with a package at home")
    in_care_home: Amount = said("per person a year", "Residents")


class Pressure(Noted):
    """How the time of sourcing grows with the occupancy of a market."""

    normal_occupancy: Positive = said("share", "Occupancy at which the sourcing time is as given")
    elasticity: Amount = said("power", "Of occupancy over normal occupancy")
    floor: Amount = said("factor", "The factor is never below")
    cap: Amount = said("factor", "The factor is never above")


class Packages(Section):
    """Long-term packages."""

    at_home: Annotated[Shares, SharesOf(SETTINGS_AT_HOME)] = said("share", "Setting of a package at home")
    in_care_home: Annotated[Shares, SharesOf(SETTINGS_IN_CARE_HOME)] = said("share", "Kind of care home")
    funding_at_home: Funding = said("share", "Who pays for a package at home")
    funding_in_care_home: Funding = said("share", "Who pays for a care home")
    money_runs_out: Amount = said("per year of self-funding", "Self-funders who become council-funded")
    lifetime: Lifetime = said(None, "Outside hospital, by setting")
    endings: PackageEndings = said(None, "How packages end")
    admissions_a_year: AdmissionsFromCare = said(None, "Admissions of people in care")
    fall_share_from_care: Probability = said("share", "Admissions from care caused by a fall")
    review_every_days: Annotated[Quantity | None, OrNone(QuantityOf(Number(least=1)))] = said(
        "days", "A review is due this long after the last; none for no reviews"
    )
    review_factor: Factor = said("factor", "What a review does to need")
    grows_every: Stage = said("days", "Time between two growths of need; none for no growth")
    growth_factor: Amount = said("factor", "What a growth does to need")
    held_open_days: Annotated[Keyed[Quantity], KeyedOf("by_setting", SETTINGS, Count.__metadata__[0])] = said(
        "days", "How long a package is kept while its person is in hospital"
    )
    sourcing: Annotated[Keyed[Stages], KeyedOf("by_setting", SETTINGS, DistributionOf("days", skippable=True))] = said(
        "days", "From asking to start, at normal pressure"
    )
    pressure: Pressure = said(None, "How sourcing slows when a market is full")


__all__ = ["Episode", "Packages", "Positive", "Reablement", "Requests", "TemporaryPlacement"]
