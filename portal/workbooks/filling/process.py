"""Looking through and filling a workbook in a process of its own: the file is a stranger's, and computing takes scipy with it.

Both check the file's directory and walk its parts first (`portal.workbooks.reading.read`), so a caller need not.
"""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from portal.workbooks.filling.calculating import Lost
from portal.workbooks.filling.filled import LEFT, Block, Filled, Left
from portal.workbooks.filling.looking import Look
from portal.workbooks.filling.pivots import Shown
from portal.workbooks.filling.refusals import Obstacle, Unfillable
from portal.workbooks.filling.values import Day, Value
from portal.workbooks.reading import Unreadable, read
from portal.workbooks.reading.cells import Place

CHILD = Path(__file__).with_name("child.py")
MEMORY, SECONDS = 3 * 2**30, 60
"""Bytes of address space (scipy alone maps one gigabyte), and seconds of the clock."""
ALONE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment of the child: each thread of the arithmetic library would take address space of its own."""
SLOTS = BoundedSemaphore(2)
"""Two workbooks at a time in one server."""


def look_apart(data: bytes, name: str) -> Look:
    """What stands in an uploaded workbook. Raises Unreadable (none, damaged, too large), Unfillable (unclear, too much)."""
    if not data.startswith(b"PK\x03\x04"):
        read(data, name)  # says what is wrong with most other files
        raise Unreadable("no_workbook")
    read(data, name)
    _told, found = _ask({"do": "look"}, data)
    return Look.of(found.decode())


def fill_apart(template: bytes, values: Mapping[Place, Value | Day], rows: Sequence[Block] = ()) -> Filled:
    """As `filling.fill`. Raises Unfillable, also where the process is stopped."""
    asked = {
        "do": "fill",
        "values": [((p.sheet, p.row, p.column), as_told(value)) for p, value in values.items()],
        "rows": [
            (one.sheet, one.first, one.last, list(one.columns), [[as_told(v) for v in line] for line in one.lines])
            for one in rows
        ],
    }
    told, data = _ask(asked, template)
    return Filled(
        data,
        tuple(Place(*spot) for spot in told["written"]),
        tuple(Place(*spot) for spot in told["computed"]),
        tuple(Lost((spot[0], (spot[1], spot[2])), reason) for spot, reason in told["lost"]),
        tuple(told["parts"]),
        {Place(*spot): value_of(value) for spot, value in told["values"]},
        tuple(Shown(Place(*spot), name, state) for spot, name, state in told["pivots"]),
        tuple(Place(*spot) for spot in told["in_words"]),
        {Place(*spot): tuple(Place(*one) for one in added) for spot, added in told["adds"]},
    )


def value_of(told: Any) -> Any:
    """A value as `as_told` sends it to the process."""
    if not isinstance(told, dict):
        return told
    if "words" in told:
        return Day(date.fromisoformat(told["d"]), told["words"])
    [(kind, text)] = told.items()
    if kind == "left":
        return LEFT
    return Decimal(text) if kind == "n" else date.fromisoformat(text)


def as_told(value: Any) -> Any:
    """A value as JSON takes it. Computed numbers are floats, those of arithmetic libraries too."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Left):
        return {"left": ""}
    if isinstance(value, Day):
        return {"d": value.on.isoformat(), "words": value.words}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return {"n": str(value) if isinstance(value, Decimal) else repr(float(value))}


def _ask(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child answers. Its life is bounded whatever the file makes it do; a death is an answer, too."""
    command = [sys.executable, "-I", str(CHILD), str(MEMORY), str(math.ceil(SECONDS) + 1)]
    with SLOTS, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(json.dumps(asked).encode() + b"\n" + data)
        given.seek(0)
        # No shell, no inherited environment (settings hold secrets), no words of it in our log.
        child = subprocess.Popen(command, stdin=given, stdout=taken, stderr=subprocess.DEVNULL, env=ALONE)
        try:
            ended = child.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            raise Unfillable([Obstacle("too_slow")]) from None
        if ended != 0:
            raise Unfillable([Obstacle("too_slow" if ended == -signal.SIGXCPU else "too_heavy")])
        taken.seek(0)
        told = json.loads(taken.readline())
        if "obstacles" in told:
            raise Unfillable([Obstacle(code, p and Place(*p), params) for code, p, params in told["obstacles"]])
        return told, taken.read()
