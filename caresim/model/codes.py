"""The vocabulary: every name a table may show, and the small integer that stands for it in the engines.

The order of each tuple is part of the format: it fixes array indices, pool numbers and the order of ties.
"""

from caresim.config.vocabulary import (
    AGES as AGES,
    BODIES as BODIES,
    DECONDITIONING as DECONDITIONING,
    ENDINGS as ENDINGS,
    FAMILIES as FAMILIES,
    FUNDINGS as FUNDINGS,
    MARKETS as MARKETS,
    OUTCOMES as OUTCOMES,
    PATHWAYS as PATHWAYS,
    POOLS as POOLS,
    REASONS as REASONS,
    REVIEW_RESULTS as REVIEW_RESULTS,
    SCOPES as SCOPES,
    SERVICES as SERVICES,
    SETTINGS as SETTINGS,
    SHORT_TERM as SHORT_TERM,
    WORK as WORK,
)

# Why somebody enters the model: three kinds of admission, then demand that does not come from hospital.
STREAMS = (
    "fall",
    "other_emergency",
    "planned",
    "community",
    "safeguarding",
    "coming_of_age",
    "self_funded_home_care",
    "self_funded_care_home",
)
(FALL, OTHER_EMERGENCY, PLANNED, COMMUNITY, SAFEGUARDING, COMING_OF_AGE, OWN_HOME_CARE, OWN_CARE_HOME) = range(8)

# Where a demand for support began.
ORIGINS = ("hospital", "community", "safeguarding", "coming_of_age", "self_funder", "at_start")
(FROM_HOSPITAL, FROM_COMMUNITY, FROM_SAFEGUARDING, FROM_COMING_OF_AGE, FROM_SELF_FUNDER, FROM_START) = range(6)

# Services that a person receives and somebody pays for; the first six are the long-term settings.
(
    HOME_CARE, DIRECT_PAYMENT, SUPPORTED_LIVING, EXTRA_CARE, RESIDENTIAL, NURSING, REABLEMENT, INTERMEDIATE_CARE,
    TEMPORARY,
) = range(9)  # fmt: skip
NO_SETTING = -1

(COUNCIL, SELF, NHS) = range(3)

# Queues come first: the number of a pool decides which settles first. Markets have no queue unless they bind.
(ACUTE_BEDS, ASSESSMENT, ADAPTATIONS, REABLEMENT_SLOTS, INTERMEDIATE_BEDS) = range(5)

# What a person can hold, at most one pool a role; also the order in which everything is left at the end.
ROLES = ("bed", "team", "slot", "package")
(BED, TEAM, SLOT, PACKAGE) = range(4)

# Classes of work that compete for an assessment slot.
(WORK_HOSPITAL, WORK_AT_HOME, WORK_COMMUNITY, WORK_SAFEGUARDING, WORK_COMING_OF_AGE, WORK_REVIEW) = range(6)

(PATHWAY_0, PATHWAY_1, PATHWAY_1_HOME_CARE, PATHWAY_2, PATHWAY_3, RESTART) = range(6)

# Reasons for waiting in a bed after being ready, in the order in which they are met.
# "referral" is the time between being ready and the assessment being asked: it is not in the pre-2020 count.
(AWAITS_REFERRAL, AWAITS_ASSESSMENT, AWAITS_ADAPTATION, AWAITS_ARRANGEMENT, AWAITS_CAPACITY) = range(5)

# How an episode of reablement, intermediate care or temporary care ends when it is completed.
(INDEPENDENT, SMALLER, SAME, CARE_HOME) = range(4)
# How a long-term package ends.
(ENDS_BY_DEATH, ENDS_IN_CARE_HOME, ENDS_BY_RECOVERY) = range(3)

# Rows of the event log. "value" is what the comment says.
EVENTS = (
    "arrives",  # stream; 8 for somebody who is there at the start
    "admitted",  # number of the hospital spell, from 0
    "asks",  # units
    "starts",  # units
    "leaves",  # units
    "withdraws",  # units
    "overflows",  # units
    "ready",  # need, tenths of an hour a week
    "referred",  # need, tenths of an hour a week
    "assessed",  # pathway, or -1 outside hospital
    "discharged",  # pathway
    "support_starts",  # service
    "support_changes",  # hours a week
    "support_ends",  # service
    "completed",  # outcome of the episode
    "resumes",  # service
    "lapses",  # service
    "reviewed",  # need, tenths of an hour a week
    "grows",  # need, tenths of an hour a week
    "ages",  # new age band
    "funded",  # funding
    "day_91",  # 1 at home, 0 not
    "dies",  # 1 in hospital, 0 elsewhere
    "exits",  # 0
    "capacity",  # new capacity of the pool
    "handed_over",  # units in use, to the pools that serve from now on
)
(
    ARRIVES, ADMITTED, ASKS, STARTS, LEAVES, WITHDRAWS, OVERFLOWS, READY, REFERRED, ASSESSED, DISCHARGED,
    SUPPORT_STARTS, SUPPORT_CHANGES, SUPPORT_ENDS, COMPLETED, RESUMES, LAPSES, REVIEWED, GROWS, AGES_UP, FUNDED,
    DAY_91, DIES, EXITS, CAPACITY, HANDED_OVER,
) = range(26)  # fmt: skip
