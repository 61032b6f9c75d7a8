"""Have the processor fetch lines of a person's record before they are looked at; that changes no result."""

from __future__ import annotations

from typing import Any

from llvmlite.ir import Constant, FunctionType, IntType, PointerType, VoidType
from numba import config
from numba.core.types import void
from numba.extending import intrinsic

LINE = 64  # bytes that the processor fetches at once
READ, KEEP, DATA = 0, 3, 1  # how LLVM is told what is fetched


def fetching(*lines: int) -> Any:
    """Make a compiled function that has some lines of a record fetched, and goes on at once."""

    def fetch(typing: Any, record: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            start = builder.bitcast(given[0], PointerType(IntType(8)))
            number = IntType(32)
            kind = FunctionType(VoidType(), [start.type, number, number, number])
            prefetch = builder.module.declare_intrinsic("llvm.prefetch", [start.type], kind)
            for line in lines:
                where = builder.gep(start, [Constant(IntType(64), line * LINE)])
                builder.call(prefetch, [where, number(READ), number(KEEP), number(DATA)])
            return context.get_dummy_value()

        return void(record), code

    return intrinsic(fetch)


def nothing(record: object) -> None:
    """Fetch nothing, where nothing is compiled."""


fetch_first = nothing if config.DISABLE_JIT else fetching(0, 1)  # clocks, and what is counted of somebody who leaves
fetch_others = nothing if config.DISABLE_JIT else fetching(2, 3, 4)
