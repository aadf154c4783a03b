"""Status updates for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress.actions import report_status
from portal.progress.models import StatusUpdate
from portal.sources.actions import Support
from tests.factories import changing


def update(s: Session, of: Record, held_on: str, backed: Support | None = None, **values) -> StatusUpdate:
    """A status update for a day (EDTF); what it says in `values`."""
    with changing(s):
        return report_status(s, SYSTEM, of, {"held_on": When(held_on), **values}, backed or Support())
