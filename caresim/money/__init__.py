"""Price what was counted: where cost lands, who pays whom, and what a change is worth. No engine runs for it.

Begin with `ledger.py`: activity times prices, by partner. `payments.py` lays a way of paying over it, its rules are
functions in `rules.py`; `appraisal.py` weighs a scenario against its baseline; `summary.py` has the headline measures.
"""
