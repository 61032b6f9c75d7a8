"""`caresim explain` and `caresim schema`."""

from __future__ import annotations

import json

from tests.cli.calls import BASELINE, Call

HEADLINES = 2


def test_a_number_is_explained_with_its_unit_grade_source_file_and_line(caresim: Call) -> None:
    code, out, err = caresim("explain", BASELINE, "discharge.referred_above")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == HEADLINES + 1
    assert lines[0].split() == ["path", "value", "unit", "grade", "source", "set", "by"]
    for word in ("discharge.referred_above", "0.9", "C", "assumption", "england.yaml:"):
        assert word in lines[2]


def test_an_override_says_that_it_is_one(caresim: Call) -> None:
    code, out, _ = caresim("explain", BASELINE, "pools.reablement.capacity", "--set", "pools.reablement.capacity=60")
    assert code == 0
    assert " 60 " in out
    assert "overrid" in out


def test_explain_answers_in_json(caresim: Call) -> None:
    code, out, _ = caresim("explain", BASELINE, "hospital.stay", "--json")
    rows = json.loads(out)
    assert code == 0
    assert {"path", "value", "unit", "source", "grade", "low", "high", "file", "line"} <= set(rows[0])
    assert all(row["path"].startswith("hospital.stay.") for row in rows)


def test_a_path_that_does_not_exist_is_refused_with_the_nearest(caresim: Call) -> None:
    code, out, err = caresim("explain", BASELINE, "pools.reablment")
    assert (code, out) == (2, "")
    assert "did you mean pools.reablement?" in err
    assert "Traceback" not in err


def test_an_override_without_a_value_is_refused(caresim: Call) -> None:
    code, out, err = caresim("explain", BASELINE, "--set", "pools.reablement.capacity")
    assert (code, out) == (2, "")
    assert "pools.reablement.capacity" in err
    assert "Traceback" not in err


def test_the_schema_is_a_json_schema(caresim: Call) -> None:
    code, out, err = caresim("schema")
    assert (code, err) == (0, "")
    schema = json.loads(out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"calendar", "pools", "prices"} <= set(schema["properties"])
