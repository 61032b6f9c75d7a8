"""Small arithmetic over names of numbers, such as `100 * falls.bed_days.county.all / baseline.bed_days.county.all`.

A name has at least one dot: `scenario.measure.area.year`, and what `source.py` says. An expression is read by Python's
own parser and may have names, numbers, + - * /, comparisons, and, or, not, abs, min and max; nothing else is evaluated.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

NAME = re.compile(r"[a-z_][a-z0-9_~]*(?:\.[a-z0-9_~]+)+")
ARITHMETIC: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max}


class WrongExpressionError(Exception):
    """An expression cannot be read."""


def names_in(text: str) -> list[str]:
    """List the names of an expression, each once."""
    return list(dict.fromkeys(NAME.findall(text)))


def evaluate(text: str, value_of: Callable[[str], Any]) -> Any:
    """Work an expression out.

    Raises
    ------
    WrongExpressionError
        It is not an expression of the kind that is allowed here.
    """
    names = names_in(text)
    stand_in = {name: f"_{i}" for i, name in enumerate(names)}
    written = NAME.sub(lambda found: stand_in[found.group()], text.strip())
    values = {stand_in[name]: value_of(name) for name in names}
    try:
        tree = ast.parse(written, mode="eval")
    except SyntaxError:
        raise WrongExpressionError(f"cannot be read: {text.strip()}") from None
    return worked_out(tree.body, values, text.strip())


def worked_out(node: ast.AST, values: Mapping[str, Any], text: str) -> Any:
    """Work a part of an expression out."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return ARITHMETIC[type(op)](worked_out(left, values, text), worked_out(right, values, text))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in ARITHMETIC:
            return ARITHMETIC[type(op)](worked_out(operand, values, text))
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [worked_out(side, values, text) for side in (left, *others)]
            return all(ARITHMETIC[type(op)](a, b) for op, a, b in zip(ops, sides, sides[1:], strict=False))
        case ast.BoolOp(op=op, values=parts):
            held = [bool(worked_out(part, values, text)) for part in parts]
            return all(held) if isinstance(op, ast.And) else any(held)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*(worked_out(arg, values, text) for arg in args))
    raise WrongExpressionError(f"has something that is not allowed here: {text}")
