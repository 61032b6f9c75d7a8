"""Reports for a decision: a page, a workbook and a committee paper about a comparison of scenarios.

Tables taken, by name; columns are in `caresim.reports.decision.tables.COLUMNS`. Any may be missing: what depends on it
is left out and named.

============================  =============================================================================
summary                       levels of every measure, by scenario (the baseline is "baseline"), area, year
differences                   scenario less baseline, pair by pair: chance alone
drawn_differences             the same from pairs that draw sizes of effects: chance and evidence
differences_by_place          the same by place and age
money_differences             pounds by year, unitary, partner and service; the service "investment" is what
                              changes cost
bridge                        what each part of a scenario contributes
appraisal, drawn_appraisal    savings, costs, net present value, payback by partner and area
cumulative, drawn_cumulative  cumulative net benefit by month: its mean and range
cash_by_line                  what each budget line saves and what of it is cash; drawn_cash_by_line
fund_balances                 balance of each fund by year; drawn_fund_balances
tornado                       the answer at both ends of one assumption at a time
============================  =============================================================================
"""

from caresim.reports.decision.write import rebuild, write

__all__ = ["rebuild", "write"]
