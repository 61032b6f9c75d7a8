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

CHAIN_DAYS = 364  # the first 52 weeks of support: what the headline counts

SETTINGS, SHORT_TERM = SERVICES[:6], SERVICES[6:]
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

# Who bears costs and pays. The last is nobody that a rule of payment can name.
PARTNERS = ("council", "icb", "acute_trust", "community_trust", "person")
PAYERS = PARTNERS[:4]

# Names of sums that tables show beside places and partners.
SUMS = ("all places", "all partners", "everybody", "public")

# What the ledger's costs are costs of; the last is the cost of the changes themselves.
COST_SERVICES = (*SERVICES, "acute_beds", "assessment", "adaptations", "investment")
# What a line of a budget may hold: the same, and what partners pay each other.
BUDGETED = (*COST_SERVICES, "payment")
# The costs, with dearer substitutes apart: buying one fewer saves cash whatever it stands in for.
COST_LINES = (*COST_SERVICES, "spot_purchase")

# What is counted of people, in the order of the flow table.
COUNTED = (
    "admitted_emergency", "admitted_planned", "readmitted", "readmitted_within_30_days", "died_in_hospital",
    "died_elsewhere", "assessment_asked", "referred", "discharged_pathway_0", "discharged_pathway_1",
    "discharged_pathway_1_home_care", "discharged_pathway_2", "discharged_pathway_3", "discharged_restart",
    "reablement_started", "intermediate_care_started", "temporary_placement_started",
    "reablement_independent", "reablement_smaller", "reablement_same", "reablement_care_home",
    "intermediate_care_independent", "intermediate_care_smaller", "intermediate_care_same",
    "intermediate_care_care_home", "temporary_placement_independent", "temporary_placement_smaller",
    "temporary_placement_same", "temporary_placement_care_home",
    "started_home_care", "started_direct_payment", "started_supported_living", "started_extra_care",
    "started_residential", "started_nursing", "new_support", "new_care_home_council", "day_91_at_home",
    "day_91_not_at_home", "review_done", "overflowed", "lapsed", "money_ran_out", "package_death",
    "package_recovery", "left", "assessed", "adapted", "emergency_discharges",
    "review_more", "review_same", "review_fewer", "home_without_support",
)  # fmt: skip
# What a review finds, beside the hours held: to be given, to be left, to be given back.
REVIEW_RESULTS = ("more", "same", "fewer")
# What may be paid for by the piece: any of these, days in hospital, and what people receive.
RECEIVED = (
    "home_care_hour", "direct_payment_hour", "supported_living_week", "extra_care_week", "residential_week",
    "nursing_week", "reablement_hour", "intermediate_care_day", "temporary_placement_week",
)  # fmt: skip
ACTIVITIES = (*COUNTED, "bed_day", "delayed_day", "head_65_plus", *RECEIVED)

RULES_OF_PAYMENT = (
    "activity_tariff",
    "marginal_rate",
    "blended",
    "block",
    "capitation",
    "pooled_fund",
    "risk_share",
    "gain_share",
)

# What the summary measures, in its order; a target may be of any of them.
MEASURES = (
    "admissions", "emergency_admissions_65_plus", "bed_days", "delayed_days", "delayed_beds",
    "stays_over_7_days_share", "stays_over_14_days_share", "stays_over_21_days_share", "hospital_referrals",
    "hospital_share_of_new_demand", "people_supported", "people_supported_in_year", "people_65_plus_share",
    "reablement_starts", "reablement_independent_share", "home_at_91_days_share",
    "new_residential_and_nursing_65_plus", "home_care_hours_a_week", "readmitted_30_days_share", "days_at_home",
    "deaths", "dtoc_days", "dtoc_beds", "hospital_share_of_new_support", "people_supported_long_term",
    "people_supported_long_term_in_year", "hospital_driven_cost", "hospital_driven_cost_in_year",
    "new_demand_cost_in_year", "hospital_driven_cost_net", "council_gross_cost", "council_net_cost", "nhs_cost",
    "investment_cost", "waiting_for_assessment", "assessment_wait_days", "waiting_for_reablement",
    "waiting_for_intermediate_care", "reviews_done", "new_residents_per_100_000_65_plus", "acute_beds_in_use",
    "acute_beds_95th_percentile", "waiting_for_hospital_assessment", "hospital_assessment_wait_days",
    "waiting_for_community_assessment", "community_assessment_wait_days", "waiting_for_safeguarding",
    "safeguarding_wait_days", "waiting_for_review", "review_wait_days", "reviews_with_more_share",
    "reviews_with_less_share", "review_hours_added_a_week", "review_hours_removed_a_week",
    "review_hours_change_a_week", "cost_per_discharge_pathway_1", "cost_per_discharge_pathway_1_home_care",
    "cost_per_discharge_pathway_2", "cost_per_discharge_pathway_3", "waiting_at_home_for_support",
    "hours_of_care_missing_a_week", "discharged_without_support",
)  # fmt: skip
ROLES_OF_TARGETS = ("fitted", "held_out")

# A change to a scenario, and by what its effects may be narrowed down.
CHANGES = ("intervention", "structure", "ico", "council_model")
WHERE = ("place", "unitary", "hub", "trust", "age", "cause", "setting", "pathway", "work", "service", "pool", "reason")
