"""When it happens: two engines that follow one written order (contract.py) and call the same rules.

`reference` is SimPy, one process a person, written to be read; `kernel` is compiled. Both give an Outcome.
"""
