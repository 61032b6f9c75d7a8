"""Run: one scenario many times, several with the same luck, one person's journey.

Begin with `run.py`, then `compare.py`. `study.py` simulates what they ask for, each thing once; `result.py` and
`comparison.py` are what they hand back.
"""
