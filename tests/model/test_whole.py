"""The kernel is compiled as one program: what reaches below numba's public interface is seen to be at work."""

from __future__ import annotations

from typing import Any

import numba
import pytest

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
