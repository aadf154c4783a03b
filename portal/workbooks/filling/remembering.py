"""What was filled a moment ago: pages show it, hand it over and register it without a process for each time."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from portal.workbooks.filling.filled import Block, Filled
from portal.workbooks.filling.process import as_told, fill_apart
from portal.workbooks.filling.values import Day, Value
from portal.workbooks.reading.cells import Place

MOST = 32 * 2**20
"""Bytes of workbooks that one server remembers."""
_filled: OrderedDict[str, Filled] = OrderedDict()
_lock = Lock()


def fill_once(template: bytes, values: Mapping[Place, Value | Day], rows: Sequence[Block] = ()) -> Filled:
    """As `fill_apart`. The same template and the same values are filled once; the same input gives the same bytes. A refusal is
    not remembered: it may be due to how busy the machine was."""
    key = _key(template, values, rows)
    with _lock:
        if key in _filled:
            _filled.move_to_end(key)
            return _filled[key]
    done = fill_apart(template, values, rows)
    with _lock:
        _filled[key] = done
        while len(_filled) > 1 and sum(len(one.data) for one in _filled.values()) > MOST:
            _filled.popitem(last=False)
    return done


def _key(template: bytes, values: Mapping[Place, Value | Day], rows: Sequence[Block]) -> str:
    told = [
        [(p.sheet, p.row, p.column, as_told(value)) for p, value in values.items()],
        [
            (one.sheet, one.first, one.last, [*one.columns], [[*map(as_told, line)] for line in one.lines])
            for one in rows
        ],
    ]
    return hashlib.sha256(hashlib.sha256(template).digest() + json.dumps(told).encode()).hexdigest()
