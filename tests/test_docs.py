"""What README and docs tell a reader to type exists."""

from __future__ import annotations

import ast
import builtins
import inspect
import operator
import re
import shlex
from pathlib import Path

import pytest
import typer
from ruamel.yaml import YAML

import caresim
from caresim.cli.app import app
from caresim.config.unfinished import unfinished, unstarted

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:caresim|configs|docs|tests|experiments|benchmarks)/[\w./]*)`")
COMMAND = typer.main.get_command(app)


def blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page in one language, without their indent."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [re.sub(f"^{block[1]}", "", block[3], flags=re.MULTILINE) for block in found if block[2] == language]


def verbs() -> dict[str, set[str]]:
    """Return every verb of the command with its options."""
    return {name: {word for item in verb.params for word in item.opts} for name, verb in COMMAND.commands.items()}


def calls(page: Path) -> list[list[str]]:
    """Return every call of caresim in the shell blocks of a page, split into words."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    words = [shlex.split(part, comments=True) for line in lines for part in line.split(" && ")]
    return [call for call in words if call and Path(call[0]).name == "caresim"]


def of_pages(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_command_on_a_page_exists_with_its_options(page: Path) -> None:
    known = verbs()
    for call in calls(page):
        assert call[1] in known, call
        given = {word.split("=")[0] for word in call[2:] if word.startswith("--")}
        assert given <= known[call[1]], call


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_python_block_on_a_page_is_python_and_names_nothing_that_the_page_does_not_make(page: Path) -> None:
    found = [node for block in blocks(page, "python") for node in ast.walk(ast.parse(block))]
    names = [node for node in found if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in found if isinstance(node, ast.ExceptHandler | ast.FunctionDef) and node.name}
    made |= {node.arg for node in found if isinstance(node, ast.arg)}
    for node in found:
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {item.asname or item.name.split(".")[0] for item in node.names}
    assert {node.id for node in names} - made <= set(dir(builtins))


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_yaml_block_on_a_page_is_yaml(page: Path) -> None:
    for block in blocks(page, "yaml"):
        YAML(typ="safe", pure=True).load(block)


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_link_and_file_on_a_page_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    configs = [word for call in calls(page) for word in call if word.startswith("configs/")]
    assert [t for t in targets if not (page.parent / t).exists()] == []
    assert [c for c in configs if not (ROOT / c).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_file_of_the_project_that_a_page_names_is_there(page: Path) -> None:
    named = FILE.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_commands_reference_names_every_verb_and_every_option_of_run() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in verbs() if f"`caresim {name}" not in page] == []
    assert [option for option in verbs()["run"] if option.startswith("--") and option not in page] == []


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_the_commands_reference_says_which_verbs_have_an_option(option: str) -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{option}` \| (.*?) \|", page, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == {name for name, options in verbs().items() if option in options}


@pytest.mark.parametrize("name", ["load", "run", "compare", "trace", "config.load_experiment"])
def test_the_python_reference_has_every_argument_in_order(name: str) -> None:
    page = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    (given,) = re.findall(rf"^\| `caresim\.{name}\((.*?)\)` \|", page, re.MULTILINE)
    call = inspect.signature(operator.attrgetter(name)(caresim))
    plain = [value.replace(annotation=value.empty) for value in call.parameters.values()]
    assert given.replace('"', "'") == str(call.replace(parameters=plain, return_annotation=call.empty))[1:-1]


@pytest.mark.parametrize("mark", ["run", "test"])
def test_each_of_the_two_commands_of_the_readme_is_one_line_after_its_mark(mark: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(rf"^<!-- command: {mark} -->\n```sh\n(.*)\n```$", text, re.MULTILINE)
    assert len(found) == 1
    assert found[0].startswith("python3 -m venv .venv && ")


def test_the_county_of_the_how_to_page_loads(tmp_path: Path) -> None:
    county, *baseline = blocks(ROOT / "docs" / "how_to" / "own_county.md", "yaml")
    rows = [
        f"{place},{age},1000" for place in ("Market Town", "Hillside") for age in ("18-64", "65-74", "75-84", "85+")
    ]
    (tmp_path / "population.csv").write_text("\n".join(["place,age,people", *rows]) + "\n", encoding="utf-8")
    file = tmp_path / "county.yaml"
    file.write_text(county.replace("../england.yaml", str(ROOT / "configs" / "england.yaml")), encoding="utf-8")
    assert caresim.load(file).name == "My county"
    (tmp_path / "baseline.yaml").write_text("\n".join(baseline), encoding="utf-8")
    mine = caresim.load(tmp_path / "baseline.yaml")
    assert mine.name == "My county, baseline"
    assert list(unfinished(mine.config)) == list(unstarted(mine.config)) == []


def test_the_example_of_the_config_page_loads(tmp_path: Path) -> None:
    (example,) = [block for block in blocks(ROOT / "docs" / "guide" / "own_config.md", "yaml") if "extends:" in block]
    file = tmp_path / "mine.yaml"
    file.write_text(
        example.replace("../northamptonshire", str(ROOT / "configs" / "northamptonshire")), encoding="utf-8"
    )
    assert caresim.load(file).name == "Forty more reablement places"
