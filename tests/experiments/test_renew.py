"""Renewing findings: numbers between markers, tables, claims. On made-up samples; no engine runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
sys.path.insert(0, str(EXPERIMENTS))

import renew  # noqa: E402
from renewing.compared import Compared  # noqa: E402
from renewing.expression import WrongExpressionError, evaluate, names_in  # noqa: E402
from renewing.figures import draw_all, figure_numbers  # noqa: E402
from renewing.findings import UnknownNameError, asked_for, renewed  # noqa: E402
from renewing.gather import of_costs  # noqa: E402
from renewing.number import Number, Samples, number_of, read_numbers, write_numbers  # noqa: E402
from renewing.source import Kept, Numbers, pick, slug  # noqa: E402
from renewing.weighed import asked  # noqa: E402
from renewing.words import written  # noqa: E402

VALUES = {
    "falls.cost.county.all": Samples("pounds", np.array([-3e6, -4e6, -5e6])),
    "baseline.cost.county.all": Samples("pounds", np.array([20e6, 20e6, 20e6])),
    "falls.beds.county.2019_20": Samples("beds", np.array([1.25, 1.25])),
}


class Made:
    """A source of samples that are made up."""

    def samples(self, parts: Sequence[str]) -> Samples:
        return VALUES[pick(".".join(parts), list(VALUES), "number")]


@pytest.fixture
def numbers() -> Numbers:
    return Numbers({"": Made()})


def after(text: str, numbers: Numbers, **labels: str) -> str:
    new, troubles = renewed(text, numbers, labels)
    assert troubles == []
    return new


def messages(text: str, numbers: Numbers) -> list[str]:
    return [f"{trouble.line}: {trouble.message}" for trouble in renewed(text, numbers, {})[1]]


def test_a_marker_is_filled_with_mean_and_interval(numbers: Numbers) -> None:
    text = "It falls by <!-- n: -falls.cost.county.all -->?<!-- /n --> in all."
    written_out = "It falls by <!-- n: -falls.cost.county.all -->£4.0m (£1.5m to £6.5m)<!-- /n --> in all."
    assert after(text, numbers) == written_out


def test_a_marker_may_ask_for_another_form(numbers: Numbers) -> None:
    text = "<!-- n: 0 - falls.cost.county.all / baseline.cost.county.all; mean share --><!-- /n -->"
    assert ">20.0 %<" in after(text, numbers)


def test_renewing_twice_changes_nothing(numbers: Numbers) -> None:
    text = (
        "<!-- n: falls.cost.county.all --><!-- /n -->\n<!-- table\nrows: falls\n"
        "Cost: {s}.cost.county.all; mean\n-->\n<!-- /table -->\n"
    )
    once = after(text, numbers, falls="Falls prevention")
    assert after(once, numbers, falls="Falls prevention") == once
    assert "| Falls prevention | −£4.0m |" in once


def test_an_unknown_name_is_named_with_its_line_and_the_nearest(numbers: Numbers) -> None:
    text = "words\n<!-- n: falls.csot.county.all -->old<!-- /n -->"
    assert messages(text, numbers) == [
        "2: there is no number 'falls.csot.county.all'; did you mean 'falls.cost.county.all'?"
    ]
    assert renewed(text, numbers, {})[0] == text  # what cannot be renewed stays


def test_a_claim_that_holds_is_silent_and_one_that_does_not_is_told(numbers: Numbers) -> None:
    assert messages("<!-- claim: falls.cost.county.all < 0 and falls.cost.county.all.high < -1e6 -->", numbers) == []
    found = messages("\n\n<!-- claim: falls.cost.county.all.mean > -1e6 -->", numbers)
    assert found == ["3: the words say falls.cost.county.all.mean > -1e6, but falls.cost.county.all.mean is -4e+06"]


def test_a_claim_with_an_unknown_name_is_told(numbers: Numbers) -> None:
    assert "did you mean 'falls.cost.county.all'" in messages("<!-- claim: falls.cost.couty.all < 0 -->", numbers)[0]


def test_a_marker_that_is_not_closed_is_told(numbers: Numbers) -> None:
    assert "not closed" in messages("<!-- n: falls.cost.county.all -->", numbers)[0]


def test_expressions_do_arithmetic_and_nothing_else() -> None:
    values = {"a.b": 6.0, "a.c": 3.0}
    assert evaluate("100 * a.b / a.c", values.__getitem__) == 200
    assert evaluate("a.b > a.c and not a.b < 1", values.__getitem__) is True
    assert names_in("a.b + a.b - a.2019_20") == ["a.b", "a.2019_20"]
    for wrong in ("__import__('os')", "a.b if 1 else 2", "a.b +", "[a.b]", "open('x')", "'text'"):
        with pytest.raises(WrongExpressionError):
            evaluate(wrong, values.__getitem__)


def test_samples_are_worked_out_replication_by_replication(numbers: Numbers) -> None:
    ratio = numbers("falls.cost.county.all / baseline.cost.county.all")
    assert ratio.unit == ""
    assert ratio.mean == pytest.approx(-0.2)
    assert ratio.p05 == pytest.approx(-0.245)


def test_samples_of_different_length_give_a_mean_without_interval(numbers: Numbers) -> None:
    mixed = numbers("falls.cost.county.all * falls.beds.county.2019_20")
    assert mixed.mean == pytest.approx(-5e6)
    assert np.isnan(mixed.low)


LEVELS = {"baseline": 20.0, "all/": 20.0, "all/Falls": 17.0, "all/Carers' support": 19.0, "all": 15.0}


class Bridged(Compared):
    """A comparison whose levels are made up: a part by its name, the whole by its key."""

    def difference(self, pair: Any, measure: str, area: str, year: str, drawn: bool = False) -> Samples:
        return Samples("pounds", np.full(2, LEVELS[pair[0]] - LEVELS[pair[1]]))


def test_parts_of_a_bridge_and_their_interaction_add_up_to_the_total() -> None:
    parts: dict[str, None] = {"": None, "Falls": None, "Carers' support": None}
    made: Any = SimpleNamespace(parts={"all": parts})
    found = Numbers({"": Bridged(made)})
    names = ("falls", "carers_support", "interaction", "total")
    assert [found(f"bridge.all.{name}.cost.county.all").mean for name in names] == [-3.0, -1.0, -1.0, -5.0]
    with pytest.raises(UnknownNameError, match="did you mean 'falls'"):
        found("bridge.all.fall.cost.county.all")


def test_costs_by_place_add_up_to_unitaries_and_to_the_county() -> None:
    unitary = {"Corby": SimpleNamespace(unitary="North"), "Town": SimpleNamespace(unitary="West")}
    scenario = SimpleNamespace(config=SimpleNamespace(geography=SimpleNamespace(places=unitary)))
    compiled = SimpleNamespace(unitaries=("North", "West"), places=("Corby", "Town"))
    one_year = {"council_net_cost": [10.0, 20.0], "nhs_cost": [3.0, 4.0], "investment_cost": [0.5, 0.0]}
    costs = {name: np.array([[by_place]]) for name, by_place in one_year.items()}
    result: Any = SimpleNamespace(runs=SimpleNamespace(scenario=scenario, compiled=compiled), costs=costs)
    found = of_costs(result, "public_cost")
    assert found.areas == ("county", "north", "west", "corby", "town")
    assert found.values[0, :, 0].tolist() == [37.5, 13.5, 24.0, 13.5, 24.0]


def test_the_interval_is_students() -> None:
    number = number_of(Samples("days", np.array([1.0, 2.0, 3.0, np.nan])))
    assert (number.mean, number.replications) == (2.0, 3)
    assert number.high - number.mean == pytest.approx(4.302653 / np.sqrt(3))


def test_numbers_are_kept_and_read_again(tmp_path: Path, numbers: Numbers) -> None:
    write_numbers(tmp_path / "n.csv", {"falls.cost.county.all": numbers("falls.cost.county.all")})
    read = read_numbers(tmp_path / "n.csv")
    assert written(Kept(read)("falls.cost.county.all")) == "−£4.0m (−£6.5m to −£1.5m)"
    assert written(Kept(read)("-falls.cost.county.all")) == "£4.0m (£1.5m to £6.5m)"
    with pytest.raises(UnknownNameError, match=r"did you mean 'falls\.cost\.county\.all'"):
        Kept(read)("falls.cost.county.al")


def test_all_that_findings_use_is_asked_for() -> None:
    text = (
        "<!-- n: -a.b.c.d; mean -->x<!-- /n --><!-- claim: a.e.c.d.high < abs(a.f.c.d) -->"
        "<!-- table\nrows: p, q = Q\nBeds: {s}.beds.county.all; one\n-->\n<!-- /table -->"
        "<!-- figure: net\nrows: p\nvalue: {s}.net.county.{y}\nyears: 2018_19, 2019_20\n-->"
    )
    assert asked_for(text) == ["-a.b.c.d", "p.beds.county.all", "q.beds.county.all", "a.e.c.d", "a.f.c.d"]
    assert figure_numbers(text) == ["p.net.county.2018_19", "p.net.county.2019_20"]


def test_pounds_each_are_written_to_two_or_three_figures_and_their_ends_alike() -> None:
    assert written(Number("pounds each", 40_939.9, 40_296.1, 41_583.8)) == "£40,900 (£40,300 to £41,600)"
    assert written(Number("pounds each", 1234.6, 1200.4, 1268.8)) == "£1,230 (£1,200 to £1,270)"
    assert written(Number("pounds each", -130.4, -189.2, -70.1)) == "−£130 (−£190 to −£70)"
    assert written(Number("pounds each", 56.1, 6.4, 106.2)) == "£56 (£6 to £106)"
    assert written(Number("pounds each", -0.2), "mean") == "£0"


def test_thousands_of_pounds_may_be_asked_for_where_the_unit_is_not_known() -> None:
    assert written(Number("", 310_182.4, 299_900, 320_400), "k") == "£310,000 (£300,000 to £320,000)"
    assert written(Number("", -1_310_182.4), "mean m") == "−£1.3m"


def test_numbers_are_written_as_a_reader_wants_them() -> None:
    assert written(Number("pounds", 37_400, 20_100, 54_000)) == "£37,000 (£20,000 to £54,000)"
    assert written(Number("pounds", -1.24e6, -1.5e6, 0.01e6)) == "−£1.2m (−£1.5m to £0.0m)"
    assert written(Number("share", 0.2514, 0.2414, 0.2614)) == "25.1 % (24.1 % to 26.1 %)"
    assert written(Number("people", 1234.4, 1200, 1260), "mean") == "1,234"
    assert written(Number("beds", -4.46, -5, -4), "mean one") == "−4.5"
    assert written(Number("pounds", 1e6, p05=-2e6, p95=3e6), "evidence m") == "−£2.0m to £3.0m"
    assert written(Number("pounds", 5.0, 5.0, 5.0)) == "£0"
    assert written(Number("pounds", float("nan"))) == "not known"
    with pytest.raises(ValueError, match="unknown form 'wide'"):
        written(Number("pounds", 1.0), "wide")


def test_a_narrow_interval_does_not_look_like_a_point() -> None:
    assert written(Number("pounds", -3.272e6, -3.279e6, -3.265e6)) == "−£3.3m (to within £0.1m)"
    assert written(Number("pounds", 9e5, p05=3.26e6, p95=3.27e6), "evidence") == "about £3.3m"
    assert written(Number("beds", 0.02, 0.01, 0.03), "one") == "0.0 (to within 0.1)"
    assert written(Number("pounds", -820_400, -820_450, -820_350)) == "−£820,000 (to within £1,000)"


def test_names_of_appraisals_are_read() -> None:
    found = asked("present_corrected_net_council_and_funds")
    assert found is not None
    assert (found.what, found.whom, found.basis, found.corrected) == ("net", "council_and_funds", "present", True)
    assert asked("net_home_care") is not None
    assert asked("hospital_driven_cost") is None
    assert asked("paid_back_all").what == "paid_back"  # type: ignore[union-attr]


def test_slugs_are_plain() -> None:
    assert slug("South Northamptonshire") == "south_northamptonshire"
    assert slug("2019-20") == "2019_20"


def test_figures_are_drawn_from_numbers(tmp_path: Path, numbers: Numbers) -> None:
    text = (
        "<!-- figure: dots\ntitle: Falls cost {{-falls.cost.county.all; mean}} less\n"
        "rows: falls = Falls & more\nvalue: {s}.cost.county.all\n"
        "evidence: {s}.cost.county.all\naxis: £m\n-->\n"
        "<!-- figure: wrong\nrows: fall\nvalue: {s}.cost.county.all\n-->"
    )
    troubles = draw_all(tmp_path, text, numbers, {})
    svg = (tmp_path / "figures" / "dots.svg").read_text(encoding="utf-8")
    assert "Falls cost £4.0m less" in svg
    assert "3 replications" in svg
    assert "nine in ten of 3 draws" in svg
    assert "Falls &amp; more" in svg
    assert [trouble.line for trouble in troubles] == [8]
    draw_all(tmp_path, text, numbers, {})
    assert (tmp_path / "figures" / "dots.svg").read_text(encoding="utf-8") == svg


def test_lines_are_held_against_marks(tmp_path: Path) -> None:
    head = "<!-- figure: lines\nrows: a = Model\nvalue: {s}.saving.county.{y}\nyears: 2018_19, 2019_20\n"
    known = {f"a.saving.county.{y}": Number("pounds", 2e6, 1e6, 3e6, replications=4) for y in ("2018_19", "2019_20")}
    for marks, seen in (("marks: 4.5 = Others report\n", True), ("", False)):
        assert draw_all(tmp_path, f"{head}{marks}-->", Kept(known), {}) == []
        svg = (tmp_path / "figures" / "lines.svg").read_text(encoding="utf-8")
        assert ("Others report" in svg) == seen
        assert "Model" in svg


def test_bands_of_lines_are_chance_or_the_evidence_and_say_which(tmp_path: Path) -> None:
    head = "<!-- figure: lines\nrows: a = Fund\nvalue: {s}.left_{y}\nyears: 2019_20, 2020_21\n"
    known = {f"a.left_{y}": Number("pounds", 2e6, 1e6, 3e6, 0.5e6, 9e6, replications=4) for y in ("2019_20", "2020_21")}
    svgs = []
    for evidence, said in (
        ("", "95 % intervals from chance alone"),
        ("evidence: {s}.left_{y}\n", "4 draws of the evi"),
    ):
        assert draw_all(tmp_path, f"{head}{evidence}-->", Kept(known), {}) == []
        svgs.append((tmp_path / "figures" / "lines.svg").read_text(encoding="utf-8"))
        assert said in svgs[-1]
    assert "chance alone" not in svgs[1]
    assert figure_numbers(f"{head}evidence: {{s}}.wide_{{y}}\n-->")[-1] == "a.wide_2020_21"


@pytest.mark.parametrize("folder", renew.chosen([]), ids=lambda folder: folder.name)
def test_every_experiment_has_its_question_and_what_was_expected(folder: Path) -> None:
    for name in ("question.md", "expected.md"):
        assert (folder / name).is_file(), f"{folder.name} has no {name}"


def test_a_saving_before_its_cost_is_drawn_beside_its_cost_and_written_net(tmp_path: Path) -> None:
    text = "<!-- figure: dots\nrows: a\nvalue: {s}.saving.county.all\ncost: {s}.spent.county.all\n-->"
    assert figure_numbers(text) == ["a.saving.county.all", "a.spent.county.all"]
    known = {
        "a.saving.county.all": Number("pounds", 2.1e6, 2.0e6, 2.2e6, replications=40),
        "a.spent.county.all": Number("pounds", 2.7e6, 2.7e6, 2.7e6, replications=40),
    }
    assert draw_all(tmp_path, text, Kept(known), {}) == []
    svg = (tmp_path / "figures" / "dots.svg").read_text(encoding="utf-8")
    assert "£2.1m less £2.7m: −£600,000" in svg
    assert "diamonds what it costs" in svg


def test_findings_and_figures_are_rewritten_from_the_numbers_kept(tmp_path: Path) -> None:
    text = (
        "<!-- n: falls.cost.county.all; mean -->£1<!-- /n -->\n"
        "<!-- figure: dots\nrows: falls\nvalue: {s}.cost.county.all\n-->"
    )
    (tmp_path / "findings.md").write_text(text, encoding="utf-8")
    write_numbers(tmp_path / "numbers.csv", {"falls.cost.county.all": Number("pounds", 4e6, 3e6, 5e6)})
    assert renew.rewrite(tmp_path) == []
    assert ">£4.0m<" in (tmp_path / "findings.md").read_text(encoding="utf-8")
    assert (tmp_path / "figures" / "dots.svg").is_file()


def test_no_experiment_begins_like_that() -> None:
    with pytest.raises(SystemExit, match="no experiment begins with 'xy'; there are: 01_prevention"):
        renew.chosen(["xy"])
