"""Making a file by a layout of the portal."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.funding.models import Contract
from portal.kernel import asof
from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.layouts.order import Choices, Order
from portal.layouts.places import Made
from portal.layouts.registry import LAYOUTS
from portal.obligations.queries import report
from portal.web.i18n import speaking
from portal.workbooks.sending import SLOTS


def place(s: Session, actor: Actor, due_report_id: int) -> tuple[object, Record]:
    """(report, the framework or project it is of; of a contract, what that is for, and where nobody knows that, the contract).
    NotFound where the report is not there or may not be seen."""
    found = report(s, actor, due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    of = found.obligation.of
    if isinstance(of, Contract):
        of = s.scalar(select(Record).where(Record.id == of.for_id, open_to(actor))) or of
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
