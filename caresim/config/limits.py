"""Limits that experiment files, the command line and Python calls share."""

from __future__ import annotations

MOST_REPLICATIONS = 100_000  # of a run or a comparison, and of draws: ten times what a precision may take
MOST_SEED = 2**63 - 1  # the largest integer of 64 bits with a sign
