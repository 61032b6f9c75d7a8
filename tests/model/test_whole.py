"""The kernel is compiled as one program: what reaches below numba's public interface is seen to be at work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

import caresim.model.jit as compiling
from caresim.model import whole
from caresim.model.jit import jit


@jit
def helper(x: Any) -> Any:
    return x + 1


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_a_helper_stays_a_draft_until_its_entry_point_is_made() -> None:
    helper.compile((numba.int64,))  # type: ignore[attr-defined]
    libraries = [overload.library for overload in helper.overloads.values()]  # type: ignore[attr-defined]
    assert libraries
    assert all(isinstance(library, whole.Draft) for library in libraries), "numba has changed: compiling is slow again"


@jit
def counts_up(T: Any, C: Any) -> None:  # noqa: N803
    C.x += T.x


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_the_compiler_knows_that_counts_are_not_in_the_tables() -> None:
    record = numba.from_dtype(np.dtype([("x", "i8")]))
    counts_up.compile((record, record))  # type: ignore[attr-defined]
    (library,) = (overload.library for overload in counts_up.overloads.values())  # type: ignore[attr-defined]
    code = str(library.own_module())
    assert all(re.search(rf"noalias[^,]*%arg\.{name}\b", code) for name in "TC"), "numba has changed: runs are slower"


@pytest.mark.parametrize("changed", ["model/chance.py", "engines/contract.py", "config/vocabulary.py"])
def test_machine_code_is_kept_under_a_digest_of_all_that_it_is_made_of(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "caresim"
    shutil.copytree(compiling.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiling, "PACKAGE", package)
    before = compiling.source_digest.__wrapped__()
    assert before == compiling.source_digest.__wrapped__()
    with (package / changed).open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    assert compiling.source_digest.__wrapped__() != before


LOADED = """
import sys
from caresim.model.key import key_of
print(key_of(1, 2), "numba.np.linalg" in sys.modules)
"""


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_kept_machine_code_is_loaded_without_getting_ready_to_compile(tmp_path: Path) -> None:
    """What numba can do with matrices it learns only to compile; the next process has no need of it."""

    def told() -> list[str]:
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        return done.stdout.split()

    compiled, loaded = told(), told()
    assert compiled == [loaded[0], "True"]
    assert loaded[1] == "False", "numba has changed: a start is slower again"
