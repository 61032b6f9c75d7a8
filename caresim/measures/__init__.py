"""Count: from what an engine recorded to tidy tables of activity, by month, place and replication.

Begin with `replication.py`, which cuts an engine's counts down to the reported time; `tables.py` makes tables of them.
Nothing here knows a price, and every table of activity is made here.
"""
