"""Compile an entry point and all it calls as one program.

On its own, numba links each function with all that it calls, optimises that, and makes machine code of it; then does
all of it again for the caller, at every level of the call tree. And as anybody may call a helper, its calls stay as
general as they were written. Here a helper stays a draft until the entry point above it is made: then all drafts are
linked once, kept to themselves, and optimised together. For the kernel that takes a third of the time, and the code
is faster by a quarter. It is also told which arguments share no memory, so that it need not read the tables again
after everything that is counted.

This reaches below numba's public interface. Where numba looks different, nothing is changed, and compilation takes
longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite.ir import PointerType
from numba.core.callconv import CPUCallConv
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_lock import global_compiler_lock
from numba.core.types import Record

# Names of arguments that keep to themselves, in every helper: tables, and rules and a distribution in them, which are
# only read; and counts, of which no helper is given a part besides.
APART = ("arg.T", "arg.R", "arg.d", "arg.C")
NEEDED = ("finalize", "add_linking_library", "_get_module_for_linking", "_finalize_dynamic_globals")


class NoEnvironment:
    """A code generator for drafts, which have no place yet to keep the address of a Python environment."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, name: str, environment: Any) -> None:
        """Keep nothing: helpers neither print nor raise."""


class Draft(JITCodeLibrary):  # type: ignore[misc]
    """A helper's code: neither linked nor optimised as a module, and without machine code."""

    def __init__(self, codegen: Any, name: str) -> None:
        super().__init__(codegen, name)
        self.below: dict[Any, None] = {}  # all libraries that this one calls, directly or not

    @property
    def codegen(self) -> Any:
        """Give the code generator that this library was made by."""
        return NoEnvironment(self._codegen)

    def add_linking_library(self, library: Any) -> None:
        """Call what is in another library."""
        library._ensure_finalized()
        self.below[library] = None
        self.below.update(getattr(library, "below", {}))

    def finalize(self) -> None:
        """Take no more code."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Say that there is no machine code."""
        return 0

    def _get_module_for_linking(self) -> Any:
        """Link for somebody who does not know of drafts."""
        module = self.own_module().clone()
        for library in self.below:
            module.link_in(linkable(library), preserve=True)
        return module

    def own_module(self) -> Any:
        """Give this library's own functions, which others may define too."""
        return super()._get_module_for_linking()


class Whole(Draft):
    """An entry point's code, with all that it calls."""

    codegen = JITCodeLibrary.codegen

    def finalize(self) -> None:
        """Link all drafts, hide them from others, optimise everything at once and make machine code."""
        own = {function.name for function in self._final_module.functions if not function.is_declaration}
        for library in self.below:
            self._final_module.link_in(linkable(library), preserve=True)
        for function in self._final_module.functions:
            if not function.is_declaration and function.name not in own:
                function.linkage = "internal"
        JITCodeLibrary.finalize(self)

    def get_pointer_to_function(self, name: str) -> int:
        """Give the address of a function's machine code."""
        return int(JITCodeLibrary.get_pointer_to_function(self, name))

    def _get_module_for_linking(self) -> Any:
        return self.own_module()


def linkable(library: Any) -> Any:
    """Give a library's module, without what is below it where that is known."""
    return library.own_module() if isinstance(library, Draft) else library._get_module_for_linking()


def can_draft(codegen: Any) -> bool:
    """Tell whether this numba is built as this module expects."""
    return hasattr(codegen, "_library_class") and all(hasattr(JITCodeLibrary, name) for name in NEEDED)


declare = CPUCallConv.decorate_function


def declare_apart(convention: Any, function: Any, *given: Any, **options: Any) -> None:
    """Declare a function as numba does, and that some of its arguments share no memory with any other."""
    declare(convention, function, *given, **options)
    for argument in convention.get_arguments(function):
        if argument.name in APART and isinstance(argument.type, PointerType):
            argument.add_attribute("noalias")


@contextmanager
def library_class(dispatcher: Any, kind: type[Draft]) -> Iterator[None]:
    """Let numba make libraries of one kind for a while, know what keeps apart, and write short messages."""
    codegen = dispatcher.targetctx.codegen()
    if not can_draft(codegen):
        yield
        return
    with global_compiler_lock:
        before, written, declared = codegen._library_class, Record.__repr__, CPUCallConv.decorate_function
        codegen._library_class = kind
        Record.__repr__ = short
        CPUCallConv.decorate_function = declare_apart
        try:
            yield
        finally:
            codegen._library_class = before
            Record.__repr__ = written
            CPUCallConv.decorate_function = declared


def short(record: Any) -> str:
    """Write a record's type without its fields: numba does so thousands of times, for messages that nobody sees."""
    return f"Record({record.size} bytes)"
