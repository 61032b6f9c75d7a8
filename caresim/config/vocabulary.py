"""The names a config may use. `caresim.model.codes` gives each the small integer that stands for it in the engines.

The order of each tuple is part of the format: it fixes array indices, pool numbers and the order of ties.
"""

AGES = ("18-64", "65-74", "75-84", "85+")

# Services that a person receives and somebody pays for; the first six are the long-term settings.
SERVICES = (
    "home_care",
    "direct_payment",
    "supported_living",
    "extra_care",
    "residential",
    "nursing",
    "reablement",
    "intermediate_care",
    "temporary_placement",
)
SETTINGS = SERVICES[:6]
SETTINGS_AT_HOME = SETTINGS[:4]
SETTINGS_IN_CARE_HOME = SETTINGS[4:]

FUNDINGS = ("council", "self", "nhs")

# Queues come first: the number of a pool decides which settles first. Markets have no queue unless they bind.
POOLS = (
    "acute_beds",
    "assessment",
    "adaptations",
    "reablement",
    "intermediate_care",
    "home_care",
    "supported_living",
    "extra_care",
    "residential",
    "nursing",
)
QUEUES = POOLS[:5]
MARKETS = POOLS[5:]
SCOPES = ("county", "unitary", "hub", "trust", "place")

# Classes of work that compete for an assessment slot.
WORK = ("hospital", "discharge_to_assess", "community", "safeguarding", "coming_of_age", "review")

PATHWAYS = ("pathway_0", "pathway_1", "pathway_1_home_care", "pathway_2", "pathway_3", "restart")

# Reasons for waiting in a bed after being ready, in the order in which they are met.
REASONS = ("referral", "assessment", "adaptation", "arrangement", "capacity")
BODIES = ("nhs", "social_care", "both")

# How an episode of reablement, intermediate care or temporary care ends when it is completed.
OUTCOMES = ("independent", "smaller", "same", "care_home")
# How a long-term package ends.
ENDINGS = ("death", "care_home", "recovery")

DECONDITIONING = ("none", "step", "ramp")
FAMILIES = ("fixed", "exponential", "lognormal", "weibull", "gamma", "empirical")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHARED_BY = ("population", "population_65_plus")
GRADES = ("A", "B", "C")

# A change to a scenario, and by what its effects may be narrowed down.
CHANGES = ("intervention", "structure", "ico", "council_model")
WHERE = ("place", "unitary", "hub", "trust", "age", "cause", "setting", "pathway", "work", "service", "pool", "reason")
