"""In the hospital: stay, need, discharge, waiting."""

from __future__ import annotations

from typing import Annotated

from caresim.config.distributions import DistributionOf
from caresim.config.kinds import SHARE, Number, Word
from caresim.config.schema.base import Amount, Days, Hours, Positive, Probability, Section, Stage, said
from caresim.config.spreads import KeyedOf, QuantityOf, SharesOf
from caresim.config.values import Keyed, Quantity, Shares, Stages
from caresim.config.vocabulary import BODIES, DECONDITIONING, PATHWAYS, REASONS, SETTINGS, WORK

FollowUp = Annotated[Quantity, QuantityOf(Number(least=1, most=365, whole=True))]
DAYS_OR_NONE = DistributionOf("days", skippable=True)


class Stay(Section):
    """Days in hospital until ready to leave."""

    emergency: Days = said("days", "Emergency admissions other than falls")
    fall: Days = said("days", "Admissions caused by a fall")
    planned: Days = said("days", "Planned admissions")


class Hospital(Section):
    """The acute stay."""

    stay: Stay = said(None, "Until ready, without the delay")
    zero_share_from_care: Probability = said("share", "Same-day stays of people admitted from care")
    death_share: Probability = said("per admission", "Emergency admissions that end in death")
    death_factor_home_care: Amount = said("factor", "On death_share, for people with a package at home")
    death_share_care_home: Probability = said("per admission", "For residents of a care home")
    death_factor_planned: Amount = said("factor", "On death_share, for planned admissions")
    death_factor_long_stay: Amount = said("factor", "On death_share, for stays over 7 days")
    death_while_waiting: Amount = said("per year of waiting", "Rate of death while ready and waiting in a bed")
    follow_up_days: FollowUp = said("days", "How long after a discharge a readmission is counted as one")


class Deconditioning(Section):
    """How need grows with days in hospital."""

    rule: Annotated[str, Word(DECONDITIONING)] = said(None, "step (a factor after a threshold), ramp (per day) or none")
    after_days: Amount = said("days", "The threshold")
    factor: Amount = said("factor", "On need, by the rule step")
    per_day: Amount = said("per day after the threshold", "On need, by the rule ramp")
    cap_hours: Amount = said("hours a week", "Need does not grow beyond this")
    recovery_share: Probability = said("share", "Share of what was added that is recovered at home")
    recovery_half_life_days: Positive = said("days", "Half of it is recovered after this time")


class Need(Section):
    """Hours a week that a person needs."""

    first: Hours = said("hours a week", "Need of somebody without support")
    on_request: Hours = said("hours a week", "Need of somebody who asks from the community")
    deconditioning: Deconditioning = said(None, "How need grows with days in hospital")


class Discharge(Section):
    """Who is referred, on which pathway they leave, and what follows."""

    referral_threshold_hours: Amount = said("hours a week", "Need above which a referral is right")
    referred_above: Probability = said("share", "Referred with need above the threshold")
    referred_below: Probability = said("share", "Referred with need below the threshold")
    pathway_1_hours: Amount = said("hours a week", "Need from which a person leaves on pathway 1")
    pathway_2_hours: Amount = said("hours a week", "Need from which a person leaves on pathway 2")
    pathway_3_hours: Amount = said("hours a week", "Need from which a person leaves on pathway 3")
    over_prescribed_in_bed: Probability = said("share", "One pathway too intense, assessed in the bed")
    over_prescribed_at_home: Probability = said("share", "One pathway too intense, assessed at home")
    to_assess: Annotated[Keyed[Quantity], KeyedOf("by_pathway", PATHWAYS, QuantityOf(SHARE))] = said(
        "share assessed after discharge", "Discharge to assess"
    )
    restart_factor: Positive = said("times the package held", "Need up to this restarts the package held before")
    grown_to_care_home: Probability = said("share", "Of those who need more than a restart")
    grown_offered_reablement: Probability = said("share", "Of those who need more than a restart")
    reablement_offered: Probability = said("share of pathway 1", "The others go straight to home care")
    wrap_around_share: Probability = said("share", "Discharges with wrap-around support")
    readmitted_within_90_days: Probability = said("share of live discharges", "Readmitted within the follow-up")
    readmission_after: Days = said("days", "Time to readmission, cut at the end of the follow-up")
    readmission_factor_support_missing: Amount = said("factor", "On readmission, support that was needed is missing")
    readmission_factor_wrap_around: Amount = said("factor", "On readmission, with wrap-around support")
    death_within_91_days: Probability = said("share of live discharges", "Pathway 0 and restarts")
    death_within_91_days_supported: Probability = said("share of live discharges", "Pathways 1 to 3")
    death_factor_pathway_2: Amount = said("factor", "On death within 91 days")


class Waiting(Section):
    """The stages between being ready and leaving."""

    referral: Stage = said("days", "From being ready to the request for an assessment; none skips the stage")
    assessment: Annotated[Keyed[Stages], KeyedOf("by_work", WORK, DAYS_OR_NONE)] = said(
        "days", "Working time of one assessment"
    )
    assessment_factor_pathway_3: Positive = said("factor", "On the time of an assessment that leads to pathway 3")
    adaptation_share: Annotated[Keyed[Quantity], KeyedOf("by_pathway", PATHWAYS, QuantityOf(SHARE))] = said(
        "share", "Who needs equipment or an adaptation before going home"
    )
    adaptation: Stage = said("days", "Time of one installation; none skips the stage")
    arrangement: Annotated[Keyed[Stages], KeyedOf("by_pathway", PATHWAYS, DAYS_OR_NONE)] = said(
        "days", "Brokerage and family choice: a time, not a capacity"
    )
    restart: Annotated[Keyed[Stages], KeyedOf("by_setting", SETTINGS, DAYS_OR_NONE)] = said(
        "days", "Until the package held before goes on"
    )
    responsible: Annotated[Keyed[Shares], KeyedOf("by_reason", REASONS, SharesOf(BODIES))] = said(
        "share of days", "Which body each reason's days are counted to"
    )
