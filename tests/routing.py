"""How an address is built from a rule, compiled once for all applications of a run: applications are many, their rules the same.

Compiling is nine tenths of making an application. The portal in production makes one; here every test has one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compile = Rule._compile_builder
_kept: dict[tuple[Any, ...], Callable] = {}


def _compiled(rule: Rule, append_unknown: bool = True) -> Callable:
    """What the rule would compile: it depends on its text, what the text was read as, and its defaults alone."""
    defaults = tuple(sorted((rule.defaults or {}).items()))
    converters = tuple((name, type(converter)) for name, converter in rule._converters.items())
    key = (rule.rule, tuple(rule._trace), defaults, converters, append_unknown)
    if key not in _kept:
        _kept[key] = _compile(rule, append_unknown)
    return _kept[key]


Rule._compile_builder = _compiled
