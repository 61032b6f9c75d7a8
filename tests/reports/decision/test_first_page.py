"""What the first page tells: the title, the answer, who gains, and what is to be read with care."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from caresim.reports.chart import Chart, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import FIGURES
from caresim.reports.decision.findings import findings
from caresim.reports.decision.readers import health
from caresim.reports.decision.write import write_drawn
from caresim.reports.estimate import Estimate
from caresim.reports.figures import canvas
from tests.reports.decision.conftest import Made


def test_the_answer_has_the_numbers_of_the_tables(full: Decision) -> None:
    found = findings(full)
    saving, drawn = full.saving("reablement"), full.drawn_saving("reablement")
    for value in (saving.mean, saving.p05, saving.p95, drawn.p05, drawn.p95):
        assert phrases.pounds(value) in found.answer
    assert phrases.pounds(full.worth("reablement").mean) in dict(found.facets)["What it is worth"]
    assert "92%" in dict(found.facets)["When, and how sure"]
    assert "£1.9m" in found.title


def test_chance_is_told_apart_from_chance_and_evidence(full: Decision) -> None:
    answer = findings(full).answer
    assert answer.index("from chance alone") < answer.index("when what the evidence leaves open is counted too")


def test_the_twin_the_contested_and_the_grades_show_on_the_first_page(full: Decision) -> None:
    found = findings(full)
    assert found.options is not None
    rows = {row[0]: row for row in found.options.rows}
    order = [row[0] for row in found.options.rows]
    assert order.index("Falls prevention, no effect") == order.index("Falls prevention") + 1
    assert rows["Falls prevention, no effect"][-1] == "assumes no effect"
    assert rows["Falls prevention"][-1] == "grade C\ncontested"
    assert any("PreFIT" in text for _, text in found.against)
    assert len(found.rests_on) == 3
    assert all(basis.grade[:1] in "ABC" for basis in found.rests_on)
    assert any("no twin was run" in item for item in found.not_looked_at)


def test_an_option_that_may_save_nothing_says_so_in_the_title(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    drawn = tables["drawn_differences"]
    wide = {**tables, "drawn_differences": drawn.assign(p05=-drawn["mean"].abs(), p95=drawn["mean"].abs())}
    assert "or nothing at all" in findings(Decision(wide, manifest, assumptions)).title


def with_changes(given: dict[str, Made], key: str, **changes: float) -> Made:
    """Move the mean and the ends of an option's differences, the same in every area and year."""
    tables, manifest, assumptions = given["full"]
    moved = tables["differences"].copy()
    for measure, mean in changes.items():
        here = moved["scenario"].eq(key) & moved["measure"].eq(measure)
        moved.loc[here, ["mean", "low", "high"]] = [mean, mean - 0.1 * abs(mean), mean + 0.1 * abs(mean)]
    return {**tables, "differences": moved}, manifest, assumptions


def test_a_saving_of_people_who_are_stuck_in_hospital_says_so_in_title_page_paper_and_workbook(
    given: dict[str, Made], tmp_path: Path
) -> None:
    lead = Decision(*given["full"]).lead
    assert lead is not None
    made = Decision(*with_changes(given, lead.key, delayed_beds=40.0))
    found = findings(made)
    assert found.title.endswith("of 2022-23 while 40 more people a day are stuck in hospital")
    care = dict(found.facets)["Read with care"]
    assert "40 more people (95% interval 36 to 44) are stuck in hospital" in care
    write_drawn(tmp_path, made, [])
    page = re.sub(r"<[^>]+>", "", (tmp_path / "report.html").read_text(encoding="utf-8"))
    paper = " ".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "report.docx")).paragraphs)
    cover = openpyxl.load_workbook(tmp_path / "report.xlsx")["Cover"]
    assert care in page
    assert care in paper
    assert any(cell.value == care for cell in cover["B"])


def test_the_figure_of_savings_says_where_most_is_saved_by_people_stuck_in_hospital(given: dict[str, Made]) -> None:
    chart = FIGURES["savings"](Decision(*with_changes(given, "portfolio", delayed_beds=40.0)))
    assert isinstance(chart, Chart)
    assert chart.title.startswith("The three together saves most, ")
    assert chart.title.endswith(", while 40 more people a day are stuck in hospital")


def test_days_at_home_judge_no_option_under_which_deaths_change(given: dict[str, Made]) -> None:
    made = Decision(*with_changes(given, "reablement", deaths=-12.0))
    (before, after) = (FIGURES["plane"](Decision(*given["full"])), FIGURES["plane"](made))
    assert isinstance(before, Chart)
    assert isinstance(after, Chart)
    assert "Reablement growth" in before.title
    assert before.notes == ()
    assert "Reablement growth" not in after.title
    assert after.notes[0].startswith("Not to be judged by days at home, since deaths change: Reablement growth.")


def test_what_is_to_be_read_with_care_of_another_option_stands_on_the_first_page_too(given: dict[str, Made]) -> None:
    made = Decision(*with_changes(given, "seven_day", deaths=12.0))
    assert made.lead is not None
    assert made.lead.key != "seven_day"
    facets = dict(findings(made).facets)
    assert "Read with care" not in facets
    assert facets["Other options, with care"].startswith("Seven-day discharge: The hospital-driven cost falls while 12")


def test_an_option_on_which_nothing_is_spent_is_not_said_to_fail_to_pay_back(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    appraisal, money = tables["appraisal"].copy(), tables["money_differences"]
    appraisal.loc[appraisal["measure"].eq("investment"), ["mean", "low", "high"]] = 0.0
    appraisal.loc[appraisal["measure"].eq("payback_month"), ["mean", "low", "high"]] = float("nan")
    found = Decision({**tables, "appraisal": appraisal, "money_differences": money}, manifest, assumptions)
    title = findings(found).title
    assert title.endswith("in 5 years; nothing is spent on it")
    assert "pay back" not in title


def spending(given: dict[str, Made], *keys: str) -> Decision:
    """Money is spent on these options alone, and every option loses in cash."""
    tables, manifest, assumptions = given["full"]
    worth = tables["appraisal"]
    free = worth["measure"].eq("investment") & ~worth["scenario"].isin(keys)
    mean = worth["mean"].mask(free, 0.0).mask(worth["measure"].eq("net_present_value_cashable"), -1e6)
    unpaid = worth["measure"].str.startswith(("payback_month", "probability_of_payback")) & ~worth["scenario"].isin(
        keys
    )
    return Decision({**tables, "appraisal": worth.assign(mean=mean.mask(unpaid))}, manifest, assumptions)


def test_options_on_which_nothing_is_spent_are_not_among_those_of_which_none_pays_for_itself(
    given: dict[str, Made],
) -> None:
    every = spending(given, *(option.key for option in Decision(*given["full"]).options))
    assert dict(findings(every).facets)["In cash alone"].startswith("No option pays for itself; ")
    some = dict(findings(spending(given, "falls", "reablement")).facets)["In cash alone"]
    assert some.startswith("None of the 2 options on which money is spent pays for itself; the least is lost with ")
    one = dict(findings(spending(given, "falls")).facets)["In cash alone"]
    assert one.startswith("Falls prevention, the one option on which money is spent, does not pay for itself: ")


def test_one_option_that_costs_something_is_named_where_it_does_not_pay_back(given: dict[str, Made]) -> None:
    made = losing(given, "reablement")
    worth = made.table("appraisal")
    unpaid = worth["measure"].str.startswith("payback_month")
    tables = {**made.given, "appraisal": worth.assign(mean=worth["mean"].mask(unpaid))}
    with canvas.style():
        chart = FIGURES["payback"](Decision(tables, made.manifest, made.assumptions))
    assert isinstance(chart, Chart)
    assert chart.title == "Reablement growth does not pay back within 5 years"


def test_an_option_of_one_part_is_not_taken_apart(given: dict[str, Made]) -> None:
    tables, *rest = given["full"]
    parts = tables["bridge"]
    alone = parts[parts["part"].isin(["Reablement growth", "interaction", "total"])]
    with canvas.style():
        assert isinstance(FIGURES["bridge"](Decision({**tables, "bridge": alone}, *rest)), Missing)


def test_a_run_that_ends_too_early_says_so_on_the_first_page(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    early = Decision(tables, {**manifest, "cut_off_years": ["2022-23"]}, assumptions)
    said = "The run ends before the first 52 weeks of support begun in 2022-23 are over"
    assert any(said in text for text in findings(early).not_looked_at)
    assert not any(said in text for text in findings(Decision(*given["full"])).not_looked_at)


def test_worth_is_told_with_and_without_cash_and_what_optimism_takes_off(full: Decision) -> None:
    key = full.lead.key if full.lead else ""
    told = dict(findings(full).facets)["What it is worth"]
    for corrected in (False, True):
        for cash in (False, True):
            assert phrases.pounds(full.worth(key, corrected=corrected, cash=cash).mean) in told
    assert told.index("after optimism bias") < told.index("taken out of a budget") < told.rindex("after optimism bias")


def test_a_title_says_where_payback_hangs_on_optimism(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    weighed = tables["appraisal"]
    worth = weighed["measure"].eq("net_present_value") & weighed["corrected"].astype(bool)
    hopeful = weighed.assign(mean=weighed["mean"].where(~worth, -1e6))
    title = findings(Decision({**tables, "appraisal": hopeful}, manifest, assumptions)).title
    assert "nothing is taken off for optimism" in title
    assert "optimism" not in findings(Decision(*given["full"])).title


def test_who_gains_is_told_with_its_range_and_what_of_it_is_cash(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    net = tables["appraisal"][tables["appraisal"]["measure"].eq("net_saving")]
    cash = net.assign(measure="net_cashable_saving", mean=net["mean"] * 0.4)
    full = Decision({**tables, "appraisal": pd.concat([tables["appraisal"], cash])}, manifest, assumptions)
    assert full.lead is not None
    told = dict(findings(full).facets)["Who gains"]
    net_of, drawn = full.net(full.lead.key, "council"), full.drawn_net(full.lead.key, "council")
    ends = phrases.between(drawn.p05, drawn.p95, net_of.mean)
    assert f"council {phrases.gain(net_of.mean)} ({ends}; in cash {phrases.gain(0.4 * net_of.mean)})" in told


def test_value_that_is_not_cash_is_not_called_payback_in_the_title(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    weighed = tables["appraisal"]
    poor = weighed.assign(mean=weighed["mean"].where(weighed["measure"].ne("net_present_value_cashable"), -1e6))
    found = findings(Decision({**tables, "appraisal": poor}, manifest, assumptions))
    assert found.title.endswith("but pays back only if freed capacity counts as money")
    assert found.options is not None
    assert found.options.rows[0][4].startswith("\N{MINUS SIGN}£1.0m")


def losing(given: dict[str, Made], *keep: str) -> Decision:
    """Every option adds to the headline and loses money, reablement least."""
    tables, manifest, assumptions = given["full"]
    worth, saved = tables["appraisal"], tables["differences"]
    value = worth["measure"].eq("net_present_value") & worth["scenario"].ne("reablement")
    lost = worth["mean"].where(~worth["measure"].eq("net_present_value"), -2.5e6).where(~value, -4e6)
    more = saved["mean"].where(saved["measure"].ne("hospital_driven_cost"), 0.3e6)
    chosen = [item for item in manifest["scenarios"] if not keep or item["key"] in keep]
    made = {**tables, "appraisal": worth.assign(mean=lost), "differences": saved.assign(mean=more)}
    if keep:
        made = {name: t[t["scenario"].isin(("baseline", *keep))] if "scenario" in t else t for name, t in made.items()}
    return Decision(made, {**manifest, "scenarios": chosen}, assumptions)


def test_where_every_option_loses_the_title_names_the_one_that_loses_least(given: dict[str, Made]) -> None:
    title = findings(losing(given)).title
    assert title == "No option pays for itself; Reablement growth loses least, £2.5m in 5 years"


def test_one_option_alone_is_not_said_to_lose_least(given: dict[str, Made]) -> None:
    title = findings(losing(given, "reablement")).title
    assert title == "Reablement growth adds £300,000 to the hospital-driven cost of 2022-23"


def test_what_cannot_be_told_from_chance_ranks_nothing(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    blurred = Decision({**tables, "tornado": tables["tornado"].assign(error=1e8)}, manifest, assumptions)
    found = findings(blurred)
    assert "judgement" in found.ranked_by
    assert isinstance(FIGURES["tornado"](blurred), Missing)


def test_a_way_of_paying_alone_is_told_by_who_gains(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    same = tables["differences"].assign(mean=0.0, low=0.0, high=0.0, p05=0.0, p95=0.0)
    weighed = tables["appraisal"]
    free = weighed.assign(mean=weighed["mean"].where(weighed["measure"].ne("investment"), 0.0))
    found = findings(Decision({"differences": same, "appraisal": free}, manifest, assumptions))
    assert "leaves care as it is and moves" in found.title


def test_an_option_with_a_way_of_paying_is_told_against_the_baseline_paid_alike(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    way = {"name": "Block contract", "payment": {"name": "Block contract"}}
    changed = {"falls_no_effect": [way], "falls": [*manifest["scenarios"][1]["changes"], way]}
    items = [{**item, "changes": changed.get(item["key"], item["changes"])} for item in manifest["scenarios"]]
    money = tables["money_differences"]
    alike = money[money["scenario"].isin(["falls", "falls_no_effect"])].assign(mean=lambda t: t["mean"] * 3)
    found = Decision({**tables, "paid_alike": alike}, {**manifest, "scenarios": items}, assumptions)
    assert found.told_alike == {"falls"}
    here = alike[alike["unitary"].eq(found.county) & alike["year"].eq("all years")]
    here = here[here["service"].eq("all services") & here["partner"].eq("icb")]
    assert found.net("falls", "icb").mean == -here[here["scenario"].eq("falls")]["mean"].item()
    bare = Decision(tables, {**manifest, "scenarios": items}, assumptions)
    for key in ("falls_no_effect", "reablement"):  # one pays otherwise and no more, the other pays as the baseline does
        assert found.net(key, "icb") == bare.net(key, "icb")
    assert found.is_told_against(found.option("falls_no_effect"))
    assert not found.is_told_against(found.option("reablement"))
    under = findings(found).under_options
    assert "the baseline paid in the same way" in under
    assert "changes only how partners pay" in under
    assert any("to the baseline paid in the same way" in table.caption for table in health(found).tables)
    assert "paid in the same way" not in findings(bare).under_options


def test_a_chance_is_told_with_its_interval_where_few_draws_leave_it_open() -> None:
    """None of 20 draws leaves a chance of up to 16 per cent open: that is not under 1%."""
    assert phrases.chance(Estimate(0.0, 0.0, 0.161)) == "0% (0% to 16%)"
    assert phrases.chance(Estimate(0.3, 0.145, 0.519)) == "30% (14% to 52%)"
    assert phrases.chance(Estimate(0.0, 0.0, 0.0038)) == "under 1%"


def test_options_that_all_change_deaths_are_not_set_beside_each_other_by_days_at_home(given: dict[str, Made]) -> None:
    made = given["full"]
    for option in Decision(*made).options:
        made = with_changes({"full": made}, option.key, deaths=-12.0)
    assert isinstance(FIGURES["plane"](Decision(*made)), Missing)


def test_a_chance_of_paying_back_stands_in_the_title_of_an_option_that_is_not_expected_to(
    given: dict[str, Made],
) -> None:
    tables, manifest, assumptions = given["full"]
    weighed = tables["drawn_appraisal"]
    poor = tables["appraisal"]
    poor = poor.assign(mean=poor["mean"].where(poor["measure"].ne("net_present_value"), -1e6))
    for chance, ends in (
        (0.3, "with a 30% chance of paying back in 5 years"),
        (0.0, "but does not pay back in 5 years"),
    ):
        here = weighed["measure"].str.startswith("probability_of_payback")
        drawn = weighed.assign(mean=weighed["mean"].mask(here, chance))
        made = {**tables, "appraisal": poor, "drawn_appraisal": drawn}
        assert findings(Decision(made, manifest, assumptions)).title.endswith(ends)


def test_options_that_would_be_drawn_alike_share_a_mark(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    table = tables["differences"]
    twice = pd.concat([table, table[table["scenario"].eq("falls")].assign(scenario="again")])
    with canvas.style():
        chart = FIGURES["savings"](Decision({"differences": twice}, manifest, assumptions))
    assert isinstance(chart, Chart)
    assert "2 alike: Falls" in chart.svg


def test_one_pair_claims_no_range(given: dict[str, Made]) -> None:
    found = findings(Decision(*given["once"]))
    assert "no range" in found.answer
    assert "there are no ranges" in found.sure


def test_what_was_not_drawn_or_appraised_is_said(given: dict[str, Made]) -> None:
    found = findings(Decision(*given["compared only"]))
    assert "the true range is wider" in found.answer
    assert any("payback and net present value" in item for item in found.not_looked_at)
    assert found.options is not None
    assert {row[3] for row in found.options.rows} == {"not appraised"}


@pytest.mark.parametrize(
    ("rule", "words_of"),
    [("none", "days in hospital do not change the need"), ("ramp", "every day in hospital after 7 days adds"),
     ("step", "a stay of more than 7 days multiplies the need for care by 2")],
)  # fmt: skip
def test_what_a_long_stay_does_is_told_under_the_rule_in_force(
    given: dict[str, Made], rule: str, words_of: str
) -> None:
    tables, manifest, assumptions = given["full"]
    found = findings(Decision(tables, {**manifest, "deconditioning": rule}, assumptions))
    assert words_of in " ".join(found.not_looked_at)


def test_a_long_text_keeps_whole_sentences_and_is_cut_at_a_word_only_where_the_first_does_not_fit() -> None:
    text = "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %. It reaches none."
    assert phrases.cut(text, 72) == text
    assert phrases.cut(text, 71) == "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %."
    assert phrases.cut(text, 55) == "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %."
    assert phrases.cut(text, 54) == phrases.cut(text, 31) == "No fall was seen (rate 1.2, A)."
    assert phrases.cut(text, 30) == "No fall was seen (rate 1.2\N{HORIZONTAL ELLIPSIS}"
