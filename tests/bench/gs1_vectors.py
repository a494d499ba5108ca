"""What the vectors of both files share: escapes, and values written as Python would show them."""

from __future__ import annotations

import ast
import datetime as dt
import re
from decimal import Decimal
from typing import Any

__all__ = ["Unsuited", "plain", "value_of"]

_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|.)")


class Unsuited(Exception):
    """The file does not hold what this test needs."""


def plain(text: str) -> str:
    """Return *text* without the escapes of C and Python."""
    return _ESCAPE.sub(lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 3 else found[1], text)


def value_of(text: str) -> Any:
    """Return a value from its ``repr``: objects become dicts by field, enum members their name."""
    try:
        return _value(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return text


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand)
        case ast.List() | ast.Tuple():
            return [_value(each) for each in node.elts]
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
        case ast.Call():
            name = ast.unparse(node.func).rpartition(".")[2]
            arguments = [_value(each) for each in node.args]
            if name == "Decimal":
                return Decimal(arguments[0])
            if name in {"date", "datetime"}:
                return getattr(dt, name)(*arguments)
            return {word.arg: _value(word.value) for word in node.keywords} | dict(enumerate(arguments))
        case _:
            raise SyntaxError(ast.unparse(node))
