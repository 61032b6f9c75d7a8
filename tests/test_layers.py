"""Imports go one way, and the command starts without the heavy libraries."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("config", "model", "engines", "measures", "money", "studies", "reports", "cli")
HEAVY = ("numba", "pandas", "scipy", "matplotlib")
FILES = sorted((ROOT / "caresim").rglob("*.py"))


def layer(parts: tuple[str, ...]) -> int | None:
    """Return the place of caresim.<layer>... in the chain; None for what stands beside it."""
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else None


def imported(file: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield line and dotted name of all that a file imports from caresim, inside functions too."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = base + tuple((node.module or "").split(".")) if node.module else base
            names = [(*module, alias.name) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name[0] == "caresim")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_layer_imports_one_that_stands_to_its_right(file: Path) -> None:
    own = layer(file.relative_to(ROOT).with_suffix("").parts)
    if own is None:
        return
    faults = [
        f"{file.relative_to(ROOT)}:{line}: {LAYERS[own]} imports {'.'.join(name)}"
        for line, name in imported(file)
        if (other := layer(name)) is not None and other > own
    ]
    assert faults == []


def test_the_check_of_layers_sees_an_import_inside_a_function() -> None:
    file = ROOT / "caresim" / "cli" / "run.py"
    assert any(name[:3] == ("caresim", "reports", "folder") for _, name in imported(file))


@pytest.mark.parametrize(
    "statement",
    [
        "import caresim",
        "from caresim.cli.app import main; main(['--help'])",
        "from caresim.cli.app import main; main(['run', '--help'])",
    ],
)
def test_nothing_heavy_is_imported_for_a_first_look(statement: str) -> None:
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(HEAVY).isdisjoint(done.stderr.split())
    assert "caresim" in done.stderr.split()


def test_only_reports_know_matplotlib() -> None:
    users = {
        file.relative_to(ROOT / "caresim").parts[0]
        for file in FILES
        if "matplotlib"
        in {name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for name in top(node)}
    }
    assert users <= {"reports"}


def top(node: ast.AST) -> list[str]:
    """Return the first word of every module that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module.split(".")[0]]
    return []
