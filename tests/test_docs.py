"""What README and docs tell a reader to type exists."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer

from caresim.cli.app import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
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
def test_every_python_block_on_a_page_is_python(page: Path) -> None:
    for block in blocks(page, "python"):
        ast.parse(block)


@pytest.mark.parametrize("page", PAGES, ids=of_pages)
def test_every_link_and_file_on_a_page_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    configs = [word for call in calls(page) for word in call if word.startswith("configs/")]
    assert [t for t in targets if not (page.parent / t).exists()] == []
    assert [c for c in configs if not (ROOT / c).exists()] == []


def test_the_commands_reference_names_every_verb_and_every_option_of_run() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in verbs() if f"`caresim {name}" not in page] == []
    assert [option for option in verbs()["run"] if option.startswith("--") and option not in page] == []


@pytest.mark.parametrize("mark", ["run", "test"])
def test_each_of_the_two_commands_of_the_readme_is_one_line_after_its_mark(mark: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(rf"^<!-- command: {mark} -->\n```sh\n(.*)\n```$", text, re.MULTILINE)
    assert len(found) == 1
    assert found[0].startswith("python3 -m venv .venv && ")
