"""`caresim schema`: the JSON Schema of a config, for editors."""

from __future__ import annotations

from caresim.cli.screen import answer_json


def schema() -> None:
    """Print the JSON Schema of a config, for completion and checks in an editor."""
    from caresim.config import json_schema

    answer_json(json_schema())
