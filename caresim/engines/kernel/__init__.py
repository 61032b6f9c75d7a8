"""The kernel: a world of clocks, pools and queues, compiled; begin with loop.py, and way.py for where people wait.

`simulate.py` is what Python calls. `quiet.py` tells of those who meet nobody; `sharing.py` keeps what scenarios have in
common.
"""
