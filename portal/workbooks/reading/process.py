"""Reading a file: which kind it is, and for a workbook the process that reads it."""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from portal.workbooks.reading.cells import Row, Value
from portal.workbooks.reading.limits import LIMITS, Limits
from portal.workbooks.reading.package import check_directory
from portal.workbooks.reading.refusals import Unreadable
from portal.workbooks.reading.separated import read_separated

CHILD = Path(__file__).with_name("child.py")
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ANSWER = 200 * 2**20
"""Bytes of an answer. A million cells of a text as long as a name fit."""
SLOTS = BoundedSemaphore(2)
"""Two files are read at a time in one server; more would take memory from everybody else."""


def read(data: bytes, name: str = "", limits: Limits = LIMITS) -> list[Row]:
    """The rows of all visible sheets that are not empty, in their order. `name` is the file's; what it holds decides.

    A number of a workbook is a Decimal; of a CSV every value is text. Raises Unreadable.
    """
    if len(data) > limits.size:
        raise Unreadable("too_big", limit=limits.size // 2**20)
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(OLD):
        raise Unreadable("old_excel")
    if not data.startswith(ZIP):
        if name.lower().endswith((".xlsx", ".xlsm")):
            raise Unreadable("broken")
        return read_separated(data, limits)
    check_directory(data, limits)
    with SLOTS:
        answer = _ask(data, limits)
    if "code" in answer:
        raise Unreadable(answer["code"], answer["place"], rows=limits.rows, columns=limits.columns)
    return [
        Row(sheet, number, tuple(map(_value, values))) for sheet, rows in answer["sheets"] for number, values in rows
    ]


def _ask(data: bytes, limits: Limits) -> dict[str, Any]:
    """What the child answers. Its life is bounded whatever the file makes it do; a death is an answer, too."""
    bounds = [limits.memory, math.ceil(limits.seconds) + 1, limits.rows, limits.columns, limits.cells]
    command = [sys.executable, "-I", str(CHILD), *map(str, bounds)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(data)
        given.seek(0)
        # No shell, no inherited environment (settings hold secrets), no words of it in our log.
        child = subprocess.Popen(command, stdin=given, stdout=taken, stderr=subprocess.DEVNULL, env={})
        try:
            ended = child.wait(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            raise Unreadable("too_long") from None
        if ended in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Unreadable("too_long" if ended == -signal.SIGXCPU else "too_heavy")
        size = taken.seek(0, 2)
        if ended != 0 or size > ANSWER:
            # Rust aborts (SIGABRT) where it gets no memory.
            raise Unreadable("too_heavy")
        taken.seek(0)
        return json.loads(taken.read())


def _value(said: Any) -> Value:
    if not isinstance(said, dict):
        return said
    [(kind, text)] = said.items()
    if kind == "n":
        return Decimal(text)
    return date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text)
