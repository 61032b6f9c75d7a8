"""How the shared rules and the kernel are compiled: every numba option of the project is here.

numba's disk cache notices an edit of the cached function's own file, not of a file it imports. So the cache folder is
named by a digest of all sources that end up in compiled code.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import config, njit
from numba.core.types import Integer, int64, uint64, unliteral

from caresim.model.ready import load_at_once
from caresim.model.whole import Draft, Whole, library_class

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE = Path(__file__).resolve().parent.parent
COMPILED = ("model", "engines", "engines/kernel")
WORDS = "config/vocabulary.py"  # the order of names is compiled in as numbers


@cache
def source_digest() -> str:
    """Digest the sources of compiled code and the compiler's version."""
    digest = hashlib.sha256(numba.__version__.encode() + (PACKAGE / WORDS).read_bytes())
    for folder in COMPILED:
        for file in sorted((PACKAGE / folder).glob("*.py")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where machine code is kept between runs: NUMBA_CACHE_DIR, or the user's cache folder."""
    base = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(base) if base else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "caresim"
    return root / source_digest()


def jit(function: F) -> F:
    """Compile a helper that is only called from compiled code; it needs no Python wrapper and no cache of its own.

    numba would compile a helper anew for every constant that it is called with, since a constant is a type of its own
    there: that made forty copies of one draw. So constants are plain numbers, and short integers long ones.
    """
    compiled: Any = njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    if hasattr(compiled, "compile"):
        specialize = compiled.compile

        def draft(signature: Any) -> Any:
            with library_class(compiled, Draft):
                return specialize(tuple(widened(kind) for kind in signature))

        compiled.compile = draft
    return cast(F, compiled)


def widened(kind: Any) -> Any:
    """Give the type that stands for a type of an argument: a constant is a number, a short integer a long one."""
    kind = unliteral(kind)
    if not isinstance(kind, Integer):
        return kind
    return int64 if kind.signed else uint64


def entry(function: F) -> F:
    """Compile a function that Python calls; its machine code is kept on disk."""
    before = config.CACHE_DIR
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        config.CACHE_DIR = str(folder)
        compiled: F = njit(nogil=True, error_model="numpy", cache=True)(function)
    except (OSError, RuntimeError):  # no folder to write to: compile anew in every process
        compiled = njit(nogil=True, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before
    if hasattr(compiled, "compile"):
        load_at_once(compiled)
        specialize = compiled.compile

        def finish(signature: Any) -> Any:
            with library_class(compiled, Whole):
                return specialize(signature)

        compiled.compile = finish
    return compiled
