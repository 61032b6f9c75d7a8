"""The reference engine: SimPy, one process a person, written to be read; what it does, the kernel must do too."""

from caresim.engines.reference.simulate import simulate

__all__ = ["simulate"]
