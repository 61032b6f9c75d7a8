"""What happens to a person, once, for both engines; `compile` makes the tables that these rules read.

The files follow the way of a person: arrival, hospital and stay, need, discharge, waiting, episode, package, review,
support. What is counted of it stands in record, levels and services; begin with hospital.py. All of it is compiled, so
that the kernel pays nothing for sharing its rules with the reference engine.
"""
