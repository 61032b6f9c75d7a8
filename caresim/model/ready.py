"""Load kept machine code without getting ready to compile.

Before numba loads a function from its disk cache it learns all that it could compile, which takes a third of a second
and is of no use where nothing is compiled: machine code needs numba's memory management only. Where nothing is kept,
numba learns it when it begins to compile.

This reaches below numba's public interface. Where numba looks different, nothing is changed, and a start takes longer.
"""

from __future__ import annotations

from typing import Any

from numba.core.runtime import rtsys

NEEDED = ("load_overload", "_load_overload", "_guard_against_spurious_io_errors")


def load_at_once(compiled: Any) -> None:
    """Have a function's machine code loaded from the disk as it is."""
    kept: Any = getattr(compiled, "_cache", None)
    if not all(hasattr(kept, name) for name in NEEDED):
        return

    def load(signature: Any, context: Any) -> Any:
        rtsys.initialize(context)
        with kept._guard_against_spurious_io_errors():
            return kept._load_overload(signature, context)

    kept.load_overload = load
