"""Reports for a decision: true to their tables, readable by everybody, honest about what is missing."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest

from caresim.reports import decision, pressure, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision, turned
from caresim.reports.decision.figures import FIGURES, draw_all
from caresim.reports.decision.finance import downside
from caresim.reports.decision.findings import findings
from caresim.reports.decision.html import page as page_of
from caresim.reports.decision.places import where_it_pays
from caresim.reports.decision.readers import Section, director, finance, health, researcher
from caresim.reports.decision.risks import ended, risks
from caresim.reports.decision.tables import COLUMNS
from caresim.reports.decision.word import clean, references
from caresim.reports.decision.word_table import in_lines, letters_in, points_of, widths_of
from caresim.reports.decision.write import write_drawn
from caresim.reports.estimate import Estimate
from caresim.reports.figures import canvas
from caresim.reports.sources import Cited
from tests.reports import synthetic_decision as synthetic
from tests.reports.conftest import in_folders
from tests.reports.page import Page, plurals_of_one

Made = tuple[dict[str, pd.DataFrame], dict[str, Any], dict[str, list[dict[str, Any]]]]
KINDS = ("full", "once", "compared only", "no tables")
HOSTILE = "<script>alert(1)</script> & =1+1 $x^2$ \x07"


@pytest.fixture(scope="session")
def given() -> dict[str, Made]:
    """A comparison with everything, one of a single pair, one that nobody appraised or drew, and nothing at all."""
    full = synthetic.tables()
    bare = ("summary", "differences", "differences_by_place", "money_differences")
    facts = synthetic.manifest(draws=0)
    facts["scenarios"] = [{k: v for k, v in item.items() if k != "changes"} for item in facts["scenarios"]]
    return {
        "full": (full, synthetic.manifest(), synthetic.assumptions()),
        "once": (synthetic.tables(1, 0), synthetic.manifest(1, 0), synthetic.assumptions()),
        "compared only": ({name: full[name] for name in bare}, facts, {}),
        "no tables": ({}, {}, {}),
    }


@pytest.fixture(scope="session")
def drawn(given: dict[str, Made]) -> dict[str, list[Chart | Missing]]:
    return {kind: draw_all(Decision(*made)) for kind, made in given.items()}


@pytest.fixture(scope="session")
def folders(
    given: dict[str, Made], drawn: dict[str, list[Chart | Missing]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    return in_folders(tmp_path_factory, given, lambda kind, out: write_drawn(out, Decision(*given[kind]), drawn[kind]))


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def page(folders: dict[str, Path], kind: str) -> Page:
    return Page((folders[kind] / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def full(given: dict[str, Made]) -> Decision:
    return Decision(*given["full"])


# ---- the page


def test_the_page_is_well_formed_with_headings_in_order(page: Page) -> None:
    assert page.faults == []
    levels = [int(element.tag[1]) for element in page.order if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [element.attributes["id"] for element in page.order if "id" in element.attributes]
    assert len(names) == len(set(names))


def test_one_is_not_written_as_several(folders: dict[str, Path], kind: str) -> None:
    assert plurals_of_one(folders[kind]) == []


def test_it_needs_no_script_and_nothing_from_elsewhere(page: Page) -> None:
    assert not page.root.all("script")
    assert not page.root.all("link")
    assert not any("src" in element.attributes for element in page.order)


def test_every_table_has_headers_with_scope(page: Page) -> None:
    for table in page.root.all("table"):
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.all("th"))
        assert len({len(row.children) for row in table.all("tr")}) == 1


def test_every_line_of_a_cell_stands_on_the_page(folders: dict[str, Path], full: Decision) -> None:
    written = re.sub(r"<[^>]+>", "", (folders["full"] / "report.html").read_text(encoding="utf-8"))
    cells = [cell for table in finance(full).tables for row in table.rows for cell in row]
    assert any(cell.count("\n") > 1 for cell in cells)
    for cell in cells:
        for line in cell.split("\n"):
            assert line in html.unescape(written)


def test_nothing_unsayable_reaches_the_reader(page: Page) -> None:
    assert not re.search(r"\b(nan|inf|None|NaT|Estimate|DataFrame)\b", page.root.words())


def test_every_figure_states_its_finding_in_words_too(drawn: dict[str, list[Chart | Missing]], kind: str) -> None:
    charts = [chart for chart in drawn[kind] if isinstance(chart, Chart)]
    assert len([chart for chart in charts if chart.key != "pressure"]) <= 7  # that one is the finance officer's
    for chart in charts:
        assert re.search(r"\d|None", chart.title)
        assert chart.alt.startswith(chart.title)
        assert chart.png.startswith(b"\x89PNG")
        assert chart.table.rows


def test_a_full_comparison_has_all_figures_and_a_section_a_reader(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    assert len(page.root.all("figure")) == len(FIGURES)
    titles = {heading.words() for heading in page.root.all("h2")}
    assert {f"For the {name}" for name in ("director of adult services", "finance officer", "researcher")} <= titles


def test_the_readers_tables_lie_across_the_paper(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    lying = [s.all("h2")[0].words() for s in page.root.all("section") if "wide-print" in s.attributes.get("class", "")]
    assert len(lying) == 4
    assert all(title.startswith("For the ") for title in lying)


def test_a_sign_stays_with_its_amount_under_a_mean_too(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    below = [span for span in page.root.all("span") if span.attributes.get("class") == "range"]
    signed = [span for span in below if f"{phrases.MINUS}£" in span.words()]
    assert signed
    assert all(f"{phrases.MINUS}£" not in span.text for span in signed)


FIGURE_OF = {"bridge": "bridge", "tornado": "tornado", "cumulative": "payback", "differences_by_place": "places",
             "pressure": "pressure"}  # fmt: skip


@pytest.mark.parametrize("name", list(FIGURE_OF))
def test_a_missing_table_leaves_its_figure_out_and_names_it(name: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    found = Decision({key: table for key, table in tables.items() if key != name}, manifest, assumptions)
    missing = FIGURES[FIGURE_OF[name]](found)
    assert isinstance(missing, Missing)
    assert any(missing.subject.lower() in item for item in findings(found, [missing]).not_looked_at)


@pytest.mark.parametrize("name", list(COLUMNS))
def test_no_missing_table_breaks_the_page(name: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    found = Decision({key: table for key, table in tables.items() if key != name}, manifest, assumptions)
    words = Page(page_of(found, [])).root.words()
    assert not re.search(r"\b(nan|None)\b", words)


@pytest.mark.parametrize("figure", ["partners", "payback"])
def test_names_of_a_usual_length_are_written_out_over_lines(figure: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    name = "Reablement, discharge to assess and falls prevention"
    items = [{**item, "name": name} if item["key"] == "falls" else item for item in manifest["scenarios"]]
    with canvas.style():
        chart = FIGURES[figure](Decision(tables, {**manifest, "scenarios": items}, assumptions))
    assert isinstance(chart, Chart)
    drawn = chart.svg.split("</title>")[1]
    assert "\N{HORIZONTAL ELLIPSIS}" not in drawn
    lines = [line.strip() for line in re.findall(r">([^<>]+)</text>", drawn)]
    assert "and falls prevention" in lines
    if figure == "partners":
        head = lines.index("Integrated")
        assert lines[head : head + 3] == ["Integrated", "care board", "(ICB)"]


# ---- the first page


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


def test_the_80th_percentile_of_cost_is_the_20th_of_worth_and_tells_chance_from_evidence(full: Decision) -> None:
    table = downside(full, full.ranked)
    assert table is not None
    rows = dict(zip((row[0] for row in table.rows), table.rows, strict=True))
    lead = table.columns.index("Reablement growth")
    chance, drawn = full.worth("reablement"), full.worth("reablement", drawn=True)
    assert rows["Freed capacity counted: 80th percentile, chance alone"][lead] == phrases.pounds(chance.p20)
    assert rows["Freed capacity counted: 80th percentile, chance and evidence"][lead] == phrases.pounds(drawn.p20)
    assert drawn.p05 < drawn.p20 < chance.p20 < chance.mean
    assert len(rows) == 10


def test_a_saving_s_80th_percentile_is_the_20th_of_the_difference() -> None:
    assert (turned(Estimate(1.0, p20=-3.0, p80=2.0)).p20, turned(Estimate(1.0, p20=-3.0, p80=2.0)).p80) == (-2.0, 3.0)


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


# ---- readers


def rows_of(section: Section, caption: str) -> dict[str, dict[str, str]]:
    """Find a table of a section: its rows by their first cell, cells by the heading of their column."""
    table = next(table for table in section.tables if caption in table.caption)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_a_budget_stands_beside_spend_and_variance_for_the_baseline_and_every_option(full: Decision) -> None:
    table = next(table for table in finance(full).tables if "Budget against simulated spend" in table.caption)
    assert [row[1] for row in table.rows] == list(synthetic.YEARS)
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    assert row["Budget line"] == f"Home care, {synthetic.COUNTY}"
    assert row["Budget"] == "£20.0m\ngrade A"
    assert row["Baseline: variance"] == "+£1.0m"
    assert row["Reablement growth"] == phrases.gain(21e6 - 1.9e6 - 20e6)


def test_an_overspend_without_a_budget_is_told_and_no_budget_is_made_up(full: Decision) -> None:
    section = finance(full)
    row = rows_of(section, "Known overspend")[f"All care, {synthetic.COUNTY}"]
    assert (row["Budget"], row["Spent above it"]) == ("not known", f"£14.0m in {synthetic.YEARS[0]}\ngrade A")
    open_to = f"evidence\n{phrases.gain(-1.9e6 - 1.64e5)} to {phrases.gain(-1.9e6 + 1.64e5)}"
    assert row["Reablement growth"] == f"{phrases.gain(-1.9e6)}\n{words.percent(-1.9 / 14)} of it\n{open_to}"
    assert "the budget of All care" in section.missing
    assert "budgets by line (none is in the config)" in finance(Decision({}, {}, {})).missing


def test_a_line_of_an_agreement_shows_what_is_charged_to_it_and_on_what_evidence(full: Decision) -> None:
    section = health(full)
    found = rows_of(section, "Lines of agreements")
    assert "grade C: assumption: all of it" in found["Better Care Fund: Reablement"]["Simulated costs charged to it"]
    assert found["Section 75: The plan"]["What is known to be in it"].startswith("£107.0m")
    assert found["Section 75: The plan"]["Reablement growth"] == "not simulated"
    assert not any("section 75" in item for item in section.missing)


def test_a_difference_is_split_into_demand_stay_delay_intensity_and_price(
    full: Decision, given: dict[str, Made]
) -> None:
    pounds = dict.fromkeys(pressure.PARTS, 0.0) | {"demand": -1.2e6, "delay": -3.4e6, "total": -4.6e6}
    rows = [(o.key, full.county, full.last_year, part, "pounds", mean, mean - 1e5, mean + 1e5, 20)
            for o in full.options for part, mean in pounds.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS["pressure"]))
    shown = Decision({**given["full"][0], "pressure": table}, *given["full"][1:])
    (found,) = [t for t in finance(shown).tables if t.columns[0] == "What of the difference"]
    cells = {row[0]: row[1] for row in found.rows}
    assert list(cells) == list(pressure.PARTS.values())
    assert cells["Delay: days waiting to leave"].startswith("\N{MINUS SIGN}£3.4m\n")
    assert cells["All together"].startswith("\N{MINUS SIGN}£4.6m\n")
    bare = Decision(*given["compared only"])
    assert not [t for t in finance(bare).tables if t.columns[0] == "What of the difference"]


def test_savings_and_costs_stand_by_place(full: Decision, given: dict[str, Made]) -> None:
    table = where_it_pays(full)
    assert table is not None
    assert full.lead is not None
    assert [row[0] for row in table.rows] == [*full.manifest["places"], "All places"]
    by_place = full.table("differences_by_place")
    here = by_place[by_place["scenario"].eq(full.lead.key) & by_place["year"].eq("all years")]
    row = here[here["place"].eq("Corby") & here["measure"].eq("public_cost")].iloc[0]
    cells = dict(zip(table.columns, next(r for r in table.rows if r[0] == "Corby"), strict=True))
    saved = cells["Saved by council and health service, less that cost"]
    assert saved.startswith(phrases.gain(-row["mean"]))
    assert cells["Cost of the changes"].startswith("£")
    without = {**given["full"][0], "differences_by_place": by_place[by_place["unit"].ne("pounds")]}
    bare = Decision(without, *given["full"][1:])
    assert where_it_pays(bare) is None
    assert "savings and costs by place" in director(bare).missing


def test_nursing_contribution_and_continuing_care_have_a_line_each(full: Decision) -> None:
    found = rows_of(health(full), "Nursing contribution and continuing care")
    assert {row["Baseline"] for row in found.values()} == {"£9.0m", "£20.0m"}


def test_beds_that_can_close_are_whole_and_never_below_nothing(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    busy = tables["differences"].query("measure == 'bed_days'").assign(measure="acute_beds_95th_percentile")
    busy = busy.assign(mean=-7.9, low=-11.0, high=2.0)
    table = pd.concat([tables["differences"], busy])
    notes = " ".join(health(Decision({**tables, "differences": table}, manifest, assumptions)).notes)
    assert "Reablement growth 7 (0 at the lower end" in notes


def test_what_was_fitted_is_told_from_what_was_held_out(full: Decision) -> None:
    found = rows_of(researcher(full), "Held out")
    fitted, held = (row for row in found.values())
    assert (fitted["Role"], fitted["Residual"], fitted["Met"]) == ("fitted", "+10", "met\nwithin 50")
    assert (held["Role"], held["Met"]) == ("held out\nweak", "missed\nwithin 50")


def test_a_level_that_had_not_settled_is_said_to_differ(full: Decision, given: dict[str, Made]) -> None:
    found = rows_of(researcher(full), "Warm-up of 364 days")
    assert [row["Settled"] for row in found.values()] == ["differs", "no sign of it"]
    once = rows_of(researcher(Decision(*given["once"])), "Warm-up of 364 days")
    assert {row["Settled"] for row in once.values()} == {"one run: not known"}
    assert any("warm-up" in item for item in researcher(Decision({}, {}, {})).missing)


# ---- workbook


@pytest.fixture(scope="session")
def cached(folders: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folders["full"] / "report.xlsx", data_only=True)


@pytest.fixture(scope="session")
def formulas(folders: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folders["full"] / "report.xlsx")


def test_the_workbook_opens_whatever_there_is(folders: dict[str, Path], kind: str) -> None:
    book = openpyxl.load_workbook(folders[kind] / "report.xlsx")
    assert book.sheetnames[:2] == ["Cover", "Contents"]


def test_lines_are_what_their_formulas_say(formulas: openpyxl.Workbook, cached: openpyxl.Workbook) -> None:
    sheet, values, inputs = formulas["Lines"], cached["Lines"], cached["Inputs"]
    rate, inflation, growth, uplift, haircut = (inputs[f"B{row}"].value for row in (4, 5, 6, 7, 8))
    assert growth == pytest.approx(0.0)
    assert (inflation, uplift, haircut) == (0, 0, 0)
    assert rate == 0.035
    for row in range(5, sheet.max_row + 1):
        kind, ahead, saving = (values[f"{column}{row}"].value for column in "FGH")
        if kind == "care":
            at = int(re.fullmatch(r"=Inputs!\$B\$(\d+)/Inputs!\$C\$\1", sheet[f"I{row}"].value).group(1))
            assert inputs[f"A{at}"].value == values[f"E{row}"].value
            assert values[f"I{row}"].value == inputs[f"B{at}"].value / inputs[f"C{at}"].value
            grown = (1 + inputs[f"H{at}"].value) ** ahead
            assert sheet[f"N{row}"].value == f"=(1+Inputs!$H${at})^(G{row}+0)"
            assert values[f"N{row}"].value == pytest.approx(grown)
            saving *= grown
            assert values[f"K{row}"].value == pytest.approx(saving * inputs[f"E{at}"].value)
        assert values[f"J{row}"].value == pytest.approx(saving)
        assert values[f"M{row}"].value == pytest.approx(saving / (1 + rate) ** ahead)


def test_the_budget_book_adds_up_the_chosen_option(formulas: openpyxl.Workbook, cached: openpyxl.Workbook) -> None:
    book, lines = cached["Budget book"], list(cached["Lines"].iter_rows(min_row=5, values_only=True))
    chosen = book["B4"].value
    assert formulas.defined_names["Chosen"].attr_text == "'Budget book'!$B$4"
    rows = [row for row in book.iter_rows(min_row=7, max_col=10, values_only=True) if row[1]]
    assert len(rows) == 5 * 2 * 6
    for year, area, partner, care, spent, moved, net, cash, factor, present in rows:
        mine = [line for line in lines if line[:4] == (chosen, year, area, partner)]
        sums = {kind: sum(line[9] for line in mine if line[5] == kind) for kind in ("care", "investment", "payment")}
        assert (care, spent, moved) == pytest.approx(tuple(sums.values()))
        assert net == pytest.approx(sum(sums.values()))
        assert cash == pytest.approx(sum(line[10] for line in mine))
        assert present == pytest.approx(net * factor)
    assert "Chosen" in formulas["Budget book"]["D7"].value


def test_the_value_at_your_inputs_is_that_of_the_public_lines(cached: openpyxl.Workbook, full: Decision) -> None:
    lines = list(cached["Lines"].iter_rows(min_row=5, values_only=True))
    for row in cached["Options"].iter_rows(min_row=5, values_only=True):
        assert row[14] == pytest.approx(sum(line[12] for line in lines if line[0] == row[0] and line[11] == "yes"))
        key = next(option.key for option in full.options if option.name == row[0])
        assert row[9] == pytest.approx(full.worth(key).mean)
        assert row[21] == pytest.approx(row[14] - row[9], abs=1e-6)
        assert row[1] == pytest.approx(full.saving(key).mean)


def test_every_assumption_stands_with_its_grade(cached: openpyxl.Workbook) -> None:
    rows = list(cached["Assumptions"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(synthetic.assumptions()["baseline"])
    assert all(row[3] for row in rows)
    assert cached["Effects"]["I5"].value == "C: assumption, to be varied"


def test_no_path_of_a_config_stands_where_a_commissioner_reads(
    folders: dict[str, Path], cached: openpyxl.Workbook
) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    printed = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    page = (folders["full"] / "report.html").read_text(encoding="utf-8")
    assert "demand.admissions.fall" not in page + "".join(printed)
    assert any(text.startswith("Emergency admissions for falls\n") for text in printed)
    assert "multiplied by 0.88 (0.7 to 1)" in printed
    assert "multiplied by 0.88 (0.7 to 1)" in page
    row = [cell.value for cell in cached["Effects"][5]]
    assert row[2:4] == ["Emergency admissions for falls", "multiplied by 0.88 (0.7 to 1)"]
    assert row[-1] == "demand.admissions.fall"


# ---- committee paper


def test_what_it_is_held_against_stands_in_the_workbook(cached: openpyxl.Workbook, full: Decision) -> None:
    for sheet, table in (("Budgets", "budgets"), ("Targets", "targets"), ("Settled", "warm_up")):
        rows = list(cached[sheet].iter_rows(min_row=4, values_only=True))
        assert len(rows) == 1 + len(full.table(table))
    heads = [cell.value for cell in cached["Budgets"][4]]
    first = dict(zip(heads, (cell.value for cell in cached["Budgets"][5]), strict=True))
    assert (first["Line"], first["Budget"], first["Overspent"]) == ("Home care", 20e6, "")


def test_the_paper_opens_with_sections_tables_and_pictures_in_words(folders: dict[str, Path], kind: str) -> None:
    paper = docx.Document(str(folders[kind] / "report.docx"))
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert [text.split(". ", 1)[1] for text in headings] == [
        *("Summary", "Options", "What was found", "Money", "Risks", "Assumptions"),
        *("What was not looked at", "References", "How this was made"),
    ]
    pictures = paper.element.xpath("//wp:docPr")
    assert all(len(picture.get("descr")) > 40 for picture in pictures)
    assert len(pictures) == (len(FIGURES) if kind == "full" else len(pictures))


def test_the_paper_says_what_the_page_says(folders: dict[str, Path], full: Decision) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    found = findings(full)
    assert found.answer in text
    assert "PreFIT" in text
    options = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert options[1][0] == "Reablement growth"
    assert "Grade C" in text
    assert "evidence: falls_exercise" in text


def test_the_paper_s_tables_keep_their_widths_and_their_rows_whole(folders: dict[str, Path]) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    assert len(paper.tables) >= 5
    for table in paper.tables:
        assert not table.autofit
        assert sum(column.width.cm for column in table.columns) == pytest.approx(17.0, abs=0.1)
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    narrow = widths_of(DataTable("", ("Option", "Evidence"), (("a long name of an option " * 9, "contested"),)))
    assert narrow[1] > 0.17 * len("contested")
    footer = paper.sections[0].footer.paragraphs[0]
    assert footer._p.xpath(".//w:instrText")[0].text == "PAGE"


def test_a_table_of_the_paper_breaks_no_word_and_no_number() -> None:
    """A word processor breaks a line after a minus sign, and a word where its column is too narrow."""
    columns = ("Lines", "Budget", *(f"Enhanced prevention {i}" for i in range(6)))
    wide = DataTable("", columns, (("All care, Northamptonshire", "not known", *["£390,000"] * 6),))
    points = points_of(wide)
    assert 6.0 <= points < points_of(DataTable("", columns[:3], tuple(row[:3] for row in wide.rows))) == 8.0
    for width, column in zip(widths_of(wide, points), columns, strict=True):
        assert letters_in(width, points) >= max(map(len, column.split()))
    assert sum(widths_of(wide, points)) == pytest.approx(17.0)
    assert in_lines("−£1.3m\n−£2.0m to −£650,000", 12) == "−£1.3m\n−£2.0m\nto −£650,000"
    assert in_lines("−£2.0m to −£650,000", 20) == "−£2.0m to −£650,000"


def test_a_sign_in_the_paper_stays_on_the_line_of_its_amount(folders: dict[str, Path]) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "−\ufeff£" in text
    assert not re.search("[−+]£", text)
    assert "a − b" in clean("a − b")


def test_the_paper_shows_money_and_leaves_the_choice_to_officers(folders: dict[str, Path], full: Decision) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "Recommendation. For officers to write" in text
    cells = {cell.text for table in paper.tables for cell in table.columns[0].cells}
    assert "Freed capacity counted: 80th percentile, chance alone" in cells
    assert f"All care, {synthetic.COUNTY}" in cells


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


def test_an_assumption_is_no_reference(full: Decision) -> None:
    found = references(full, Cited())
    assert "evidence: falls_exercise" in found
    assert not any(text.startswith("assumption") for text in found)


def test_a_long_text_keeps_whole_sentences_and_is_cut_at_a_word_only_where_the_first_does_not_fit() -> None:
    text = "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %. It reaches none."
    assert phrases.cut(text, 72) == text
    assert phrases.cut(text, 71) == "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %."
    assert phrases.cut(text, 55) == "No fall was seen (rate 1.2, A). The size is 0.5 to 4 %."
    assert phrases.cut(text, 54) == phrases.cut(text, 31) == "No fall was seen (rate 1.2, A)."
    assert phrases.cut(text, 30) == "No fall was seen (rate 1.2\N{HORIZONTAL ELLIPSIS}"


def test_evidence_against_is_quoted_in_whole_sentences_on_page_and_paper(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    first = f"One trial found none{' at all' * 20}."
    against = synthetic.change("Falls prevention", f"Against: {first} The size is half of it{' and less' * 20}.")
    items = [
        {**item, "changes": [against]} if item["key"] == "falls" else {**item, "changes": []}
        for item in manifest["scenarios"]
    ]
    found = Decision(tables, {**manifest, "scenarios": items}, assumptions)
    assert findings(found).against == (("Falls prevention", first),)
    assert dict(risks(found, findings(found)))["Evidence against"] == f"Falls prevention: {first}"


def test_a_text_that_was_cut_has_no_stop_behind_its_dots() -> None:
    cut = "So\N{HORIZONTAL ELLIPSIS}"
    assert [ended(text) for text in ("So", "So.", cut)] == ["So.", "So.", cut]


# ---- oddities


def test_hostile_names_are_only_text(given: dict[str, Made], tmp_path: Path) -> None:
    tables, manifest, assumptions = given["full"]
    items = [{**item, "name": f"{HOSTILE}{number}"} for number, item in enumerate(manifest["scenarios"])]
    decision.write(tmp_path, tables, {**manifest, "name": HOSTILE, "scenarios": items}, assumptions)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.faults == []
    assert not page.root.all("script")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book["Options"]["A5"].data_type == "s"
    docx.Document(str(tmp_path / "report.docx"))


def test_the_same_tables_give_the_same_bytes(given: dict[str, Made], drawn: dict[str, Any], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_drawn(tmp_path / name, Decision(*given["compared only"]), drawn["compared only"])
    for file in ("report.html", "report.xlsx", "report.docx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_reports_are_rebuilt_from_what_is_on_disk(given: dict[str, Made], tmp_path: Path) -> None:
    import json

    tables, manifest, assumptions = given["full"]
    (tmp_path / "tables").mkdir()
    for name, table in tables.items():
        table.to_parquet(tmp_path / "tables" / f"{name}.parquet", index=False)
    items = [{k: v for k, v in item.items() if k != "changes"} for item in manifest["scenarios"]]
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "scenarios": items}))
    for key, rows in assumptions.items():
        (tmp_path / "scenarios" / key).mkdir(parents=True)
        (tmp_path / "scenarios" / key / "assumptions.json").write_text(json.dumps(rows))
    config = (
        "demand: {a: 1}\ninterventions:\n- name: Falls prevention\n  evidence: 'Against: PreFIT found none.'\nneed: 2\n"
    )
    (tmp_path / "scenarios" / "falls" / "config.resolved.yaml").write_text(config)
    decision.rebuild(tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "PreFIT found none." in text
    assert (tmp_path / "report.docx").is_file()
