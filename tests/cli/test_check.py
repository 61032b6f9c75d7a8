"""`caresim check`."""

from __future__ import annotations

import json
from pathlib import Path

from caresim.config.vocabulary import POOLS
from tests.cli.calls import BASELINE, Call


def test_a_right_config_is_said_to_be_right(caresim: Call) -> None:
    assert caresim("check", BASELINE) == (0, "1 file checked: no faults.\n", "")


def test_every_fault_of_every_file_is_listed_with_file_and_line(caresim: Call, tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("name: One\npools:\n  reablement: {capacity: -3}\n  acute_beds: {capcity: 4}\n", encoding="utf-8")
    two.write_text("name: Two\ndischarge:\n  referred_above: 2\n", encoding="utf-8")
    code, out, err = caresim("check", one, two)
    lines = out.splitlines()
    assert (code, err, len(lines)) == (2, "", 3)
    assert "one.yaml:3: pools.reablement.capacity must be" in lines[0]
    assert lines[0].endswith("got -3")
    assert "one.yaml:4: pools.acute_beds" in lines[1]
    assert "did you mean 'capacity'?" in lines[1]
    assert "two.yaml:3: discharge.referred_above" in lines[2]


def test_faults_come_as_json_too(caresim: Call, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("name: One\npools:\n  reablement: {capacity: -3}\n", encoding="utf-8")
    code, out, _ = caresim("check", file, "--json")
    (fault,) = json.loads(out)
    assert code == 2
    assert (fault["line"], fault["path"]) == (3, "pools.reablement.capacity")


def test_a_file_that_is_not_there_is_a_fault_of_one_line(caresim: Call, tmp_path: Path) -> None:
    code, out, err = caresim("check", tmp_path / "none.yaml")
    assert (code, err, len(out.splitlines())) == (2, "", 1)
    assert "none.yaml" in out


def test_check_without_a_file_is_a_wrong_command_line(caresim: Call) -> None:
    code, out, err = caresim("check")
    assert (code, out) == (2, "")
    assert "FILE" in err


def test_what_the_engines_have_no_room_for_is_a_fault_too(caresim: Call, tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    places = ", ".join(f"Place {n}: {{unitary: All, trusts: {{Infirmary: 1}}}}" for n in range(9))
    pools = ", ".join(f"{name}: {{scope: place}}" for name in POOLS)
    file.write_text(f"name: Many\ngeography: {{places: {{{places}}}}}\npools: {{{pools}}}\n", encoding="utf-8")
    assert caresim("check", file) == (
        2, f"{file}:3: pools are 90 in all, one for each member of a scope; at most 64 fit\n", ""
    )  # fmt: skip
