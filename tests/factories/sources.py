"""Documents and what rests on them, for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.sources import actions
from portal.sources.actions import Quotation, Support
from portal.sources.models import Document, Statement
from tests.factories import changing
from tests.factories.serial import letters

_serial = letters()


def document(s: Session, title: str | None = None, origin: str = "ministry", **values) -> Document:
    """A document; of the ministry unless said otherwise."""
    with changing(s):
        return actions.register_document(
            s, SYSTEM, title_cs=title or f"Dokument {next(_serial)}", origin=origin, **values
        )


def support(s: Session, origin: str = "ministry", quotation: str = "", *, unsure: bool = False, **values) -> Support:
    """What a fact rests on: a new document of this origin, quoted."""
    certainty = "unsure" if unsure else "document" if origin == "ministry" else "public"
    return Support(certainty, (Quotation(document(s, origin=origin).id, "s. 1", quotation),), **values)


def statement(s: Session, record: Record, field: str, value: object, backed: Support | None = None, **how) -> Statement:
    """A statement of a fact; it leads unless `lead=False`."""
    with changing(s):
        return actions.state(s, SYSTEM, record, field, value, backed or Support(), **how)
