"""How these pages are built: sphinx-build -W -b html docs docs/_build."""

from importlib.metadata import version as installed

project = "caresim"
author = "The caresim authors"
project_copyright = "The caresim authors"
release = version = installed("caresim")

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "caresim"
html_static_path: list[str] = []
suppress_warnings: list[str] = []
