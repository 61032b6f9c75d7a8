"""What cannot be read is refused in one clear line, and never with a traceback."""

import json
from pathlib import Path

import pytest

from caresim.config import ConfigError, check, load
from caresim.config.reading import scalar

from .conftest import Faults, Write


def test_a_missing_file_is_named(write: Write) -> None:
    write("", "other.yaml")
    assert list(map(str, check("no.yaml"))) == ["no.yaml: does not exist"]


def test_a_directory_is_refused(write: Write) -> None:
    write("", "folder/other.yaml")
    assert list(map(str, check("folder"))) == ["folder: is a directory; give the file"]


@pytest.mark.parametrize("content", ["", "\n\n", "  \n"])
def test_an_empty_file_is_refused(faults: Faults, content: str) -> None:
    assert faults(content) == ["x.yaml: is empty"]


def test_a_file_of_comments_only_is_empty(faults: Faults) -> None:
    assert faults("# nothing\n") == ["x.yaml: is empty"]


def test_an_encoding_other_than_utf8_is_refused_with_its_line(faults: Faults) -> None:
    assert faults("caresim: 1\nname: caf\xe9\n".encode("latin-1")) == ["x.yaml:2: is not UTF-8; save it as UTF-8"]
    assert faults("caresim: 1".encode("utf-16")) == ["x.yaml:1: is not UTF-8; save it as UTF-8"]


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert load(write("caresim: 1\nname: A\n".encode("utf-8-sig"))).name == "A"


def test_a_config_above_one_megabyte_is_refused(faults: Faults) -> None:
    assert faults("# " + "x" * 1_000_000) == ["x.yaml: is larger than 1 MB"]


def test_a_duplicate_name_is_refused_with_both_lines(faults: Faults) -> None:
    assert faults("name: a\nneed: {}\nname: b\n") == ["x.yaml:3: has the name 'name' twice; the first is on line 1"]
    found = faults("calendar: {years: 1, warm_up_days: 2, years: 3}")
    assert found == ["x.yaml:1: has the name 'years' twice; the first is on line 1"]


def test_a_duplicate_name_and_a_missing_parent_hide_no_other_fault(faults: Faults) -> None:
    found = faults("name: a\nname: b\npols: {}\nprices: {home_care: -3}\n")
    assert [text.split(" ")[0] for text in found] == ["x.yaml:2:", "x.yaml:3:", "x.yaml:4:"]
    found = faults("extends: nope.yaml\npols: {}\nprices: {home_care: -3}\n")
    assert found[0] == "x.yaml:1: nope.yaml does not exist"
    assert [text.split(" ")[0] for text in found] == ["x.yaml:1:", "x.yaml:2:", "x.yaml:3:"]


def test_what_a_missing_parent_may_have_given_is_not_missed(faults: Faults) -> None:
    """Places, trusts and pools may be there, and a name from there may be right."""
    found = faults(
        "extends: nope.yaml\ndemand: {population: {by_place: {Corby: 100}}}\npools: {home_care: {scope: unitary}}\n"
    )
    assert found == ["x.yaml:1: nope.yaml does not exist"]


def test_a_syntax_error_has_its_line(faults: Faults) -> None:
    assert faults("name: a\nneed: {first: [1\n") == [
        "x.yaml:3: is not YAML: expected ',' or ']', but got '<stream end>'"
    ]
    assert faults("name: 'a\n") == ["x.yaml:2: is not YAML: found unexpected end of stream"]


def test_a_tab_is_named(faults: Faults) -> None:
    assert faults("need:\n\tfirst: 1\n") == ["x.yaml:2: has a tab; indent with spaces"]


def test_a_control_character_is_refused(faults: Faults) -> None:
    (found,) = faults(b"name: a\n\x00: b\n")
    assert found.startswith("x.yaml:2: is not YAML: ")


def test_tags_execute_nothing(faults: Faults) -> None:
    assert faults("name: !!python/object/apply:os.system [echo]\n") == [
        "x.yaml:1: has a tag, tag:yaml.org,2002:python/object/apply:os, which a config may not have"
    ]
    assert faults("name: !anything b\n") == ["x.yaml:1: has a tag, !anything, which a config may not have"]


def test_aliases_that_multiply_are_refused(faults: Faults) -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert faults("\n".join(lines)) == ["x.yaml:5: has more than 100,000 values once its aliases are written out"]


def test_faults_beyond_two_hundred_are_counted(faults: Faults) -> None:
    found = faults("\n".join(f"k{i}: 1" for i in range(1000)))
    assert len(found) == 201
    assert found[-1] == "x.yaml: has 800 more faults"


def test_an_alias_to_nothing_or_to_itself_is_refused(faults: Faults) -> None:
    says = "refers to an anchor, &a, that is not complete before it"
    assert faults("name: *a\n") == [f"x.yaml:1: *a {says}"]
    assert faults("need: &a {first: *a}\n") == [f"x.yaml:1: *a {says}"]


def test_an_alias_stands_for_what_it_names(write: Write) -> None:
    text = """
        prices:
          home_care: &price {value: 17, grade: B}
          direct_payment: *price
    """
    scenario = load(write(text))
    assert scenario.number("prices.direct_payment") == 17
    assert scenario.source_of("prices.direct_payment").grade == "B"


def test_merge_keys_are_refused(faults: Faults) -> None:
    assert faults("a: &a {b: 1}\n<<: *a\n") == ["x.yaml:2: has a merge key, <<; write the values out or use extends"]


def test_deep_nesting_is_refused(faults: Faults) -> None:
    assert faults("need: " + "{a: " * 30 + "1" + "}" * 30) == ["x.yaml:1: is nested more than 24 deep"]
    assert faults("[" * 50_000) == ["x.yaml:1: is nested more than 24 deep"]


def test_several_documents_are_refused(faults: Faults) -> None:
    assert faults("name: a\n---\nname: b\n") == ["x.yaml:3: has more than one document; keep one per file"]


def test_a_root_that_is_no_mapping_is_refused(faults: Faults) -> None:
    assert faults("- a\n- b\n") == ["x.yaml:1: must be a mapping (name: value), got a list"]
    assert faults("hello") == ["x.yaml:1: must be a mapping (name: value), got 'hello'"]


def test_names_must_be_plain_text(faults: Faults) -> None:
    assert faults("? [a]\n: b\n") == ["x.yaml:1: has a name that is not plain text"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("true", True),
        ("no", "no"),
        ("on", "on"),
        ("2018-04-01", "2018-04-01"),
        ("18-64", "18-64"),
        ("85+", "85+"),
        ("04-01", "04-01"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("~", None),
        ("12:30", "12:30"),
        ("9" * 400, float("inf")),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    assert scalar(text, quoted=False) == value
    assert type(scalar(text, quoted=False)) is type(value)


def test_quoted_scalars_are_text() -> None:
    assert scalar("1", quoted=True) == "1"


def test_a_null_byte_in_a_path_is_refused(write: Write) -> None:
    with pytest.raises(ConfigError, match="is not the name of a file"):
        load("a\0b")


def test_paths_outside_the_working_directory_are_shown_whole(
    write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("", "here.yaml")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "y.yaml"
    elsewhere.write_text("nam: a\n")
    (fault,) = check(elsewhere)
    assert fault.file == str(elsewhere)


def test_a_data_file_above_its_limit_is_refused(faults: Faults, write: Write) -> None:
    write(b"place,age,people\n" + b"x" * 20_000_000, "p.csv")
    assert faults("demand: {population: {file: p.csv, column: people}}") == ["x.yaml:1: p.csv is larger than 20 MB"]


def test_every_fault_knows_its_file_and_line(faults: Faults, write: Write) -> None:
    fault = check(write("name: a\nnee: {}\n"))[0]
    assert (fault.file, fault.line, fault.path) == ("x.yaml", 2, "nee")
    assert json.dumps([fault.file, fault.line, fault.path, fault.message])


def test_an_unreadable_file_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    path = write("name: a")
    monkeypatch.setattr(Path, "open", refuse)
    assert list(map(str, check(path))) == ["x.yaml: cannot be read: Permission denied"]


@pytest.mark.parametrize(("mark", "said"), [(";", "';'"), ("\t", "'\\t'")])
def test_a_table_with_other_marks_than_commas_says_so(faults: Faults, write: Write, mark: str, said: str) -> None:
    write(f"place{mark}age{mark}people\nHere{mark}85+{mark}5\n", "people.csv")
    assert faults("name: x\ndemand: {population: {file: people.csv, column: people}}\n") == [
        f"people.csv:1: separates its columns with {said}; save it with commas"
    ]


def test_a_sample_of_nothing_but_0_is_refused(faults: Faults) -> None:
    assert faults("name: x\nreablement: {planned: {empirical: {values: [0, 0]}}}\n") == [
        "x.yaml:2: reablement.planned.empirical has no value above 0; if that is meant, write fixed: {days: 0}"
    ]


def test_pools_that_tables_could_not_tell_apart_are_refused(faults: Faults) -> None:
    assert faults("name: x\npools:\n  reablement: {name: adaptations}\n  acute_beds: {name: delayed}\n") == [
        "x.yaml:3: pools.reablement.name is the name of pools.adaptations as well: 'adaptations'",
        "x.yaml:4: pools.acute_beds.name is the name of what tables count beside the pools as well: 'delayed'",
    ]


def test_places_and_funds_may_not_have_the_names_of_sums(faults: Faults) -> None:
    places, funds = "geography: {places: {all places: {}}}", "payment: {funds: {everybody: {opening: 5}}}"
    assert faults(f"name: x\n{places}\n") == [
        "x.yaml:2: geography.places.all places has the name of a sum in the tables, 'all places'; give it another"
    ]
    assert faults(f"name: x\n{funds}\n") == [
        "x.yaml:2: payment.funds.everybody has the name of a sum in the tables, 'everybody'; give it another"
    ]
