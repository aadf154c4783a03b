"""Making a file for a due report, as the portal stood after a change; and what it was made with."""

from __future__ import annotations

import platform
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.funding.models import Contract
from portal.kernel import asof
from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.layouts.order import Choices, Order
from portal.layouts.registry import LAYOUTS
from portal.layouts.writing import Made
from portal.obligations.queries import report
from portal.web.i18n import speaking
from portal.workbooks.sending import SLOTS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("portal/**/*.py", "portal/translations/cs/*.po", "seed_data/code_lists/*.json")


@cache
def made_with() -> dict[str, str]:
    """What makes a file, by name and version: the portal by a hash of its program, words and code lists; the libraries."""
    program = sha256()
    for pattern in PROGRAM:
        for path in sorted(ROOT.glob(pattern)):
            program.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "portal": program.hexdigest()[:16], "openpyxl": version("openpyxl"), "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }  # fmt: skip


def seen_by(actor: Actor, unseen: Iterable[int]) -> Actor:
    """The actor as somebody from whom exactly these records are hidden, whatever becomes of rights."""
    return replace(actor, unseen=frozenset(unseen))


def place(s: Session, actor: Actor, due_report_id: int) -> tuple[object, Record]:
    """(report, the framework or project it is of; of a contract, what that is for). NotFound where either is not there or may not
    be seen."""
    found = report(s, actor, due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    of = found.obligation.of
    if isinstance(of, Contract):
        above = s.scalar(select(Record).where(Record.id == of.for_id, open_to(actor)))
        if above is None:
            raise NotFound("record", id=of.for_id)
        of = above
    return found, of


def make(engine: Engine, actor: Actor, change_id: int, due_report_id: int, choices: Choices) -> Made:
    """The file as of a change, as an actor `seen_by` sees it. Always read as the past is, today's too: one way gives one file.
    NotFound, and InvalidInput {field: code} of the layout."""
    if choices.layout not in LAYOUTS:
        raise NotFound("layout", key=choices.layout)
    with asof.as_of(engine, change_id) as s, speaking(choices.lang), SLOTS:
        at = asof.moment(s, change_id)
        if at is None:
            raise NotFound("change", id=change_id)
        found, of = place(s, actor, due_report_id)
        made = LAYOUTS[choices.layout].make(Order(s, actor, at, found, of, choices))
        drawn = tuple(sorted({*made.drawn, due_report_id, of.id}))
    return replace(made, drawn=drawn)


def stops(engine: Engine, actor: Actor, change_id: int, due_report_id: int, choices: Choices) -> list[str]:
    """Why that file cannot be sent, in the language of whoever asks. NotFound."""
    if not LAYOUTS[choices.layout].money:
        return []
    with asof.as_of(engine, change_id) as s:
        at = asof.moment(s, change_id)
        if at is None:
            raise NotFound("change", id=change_id)
        found, of = place(s, actor, due_report_id)
        return LAYOUTS[choices.layout].stops(Order(s, actor, at, found, of, choices))


def last_change(s: Session) -> int:
    """The change the present stands after. NotFound where nothing was ever recorded."""
    last = asof.last_moment(s)
    if last is None:
        raise NotFound("change")
    return last.id
