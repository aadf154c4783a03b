"""The blueprint of the desk, and the record its addresses name."""

from __future__ import annotations

from flask import Blueprint, g

from portal.desk import queries
from portal.kernel.errors import NotFound
from portal.kernel.record import Record
from portal.web import page
from portal.web.links import record_url

bp = Blueprint("desk", __name__)


def colleagues(record_id: int | None) -> list[queries.Colleague]:
    """Everybody with an account, asked once a request and record."""
    known = g.setdefault("colleagues", {})
    if record_id not in known:
        known[record_id] = queries.colleagues_for(page.live_session(), record_id)
    return known[record_id]


def record_of(record_id: int) -> Record:
    """A record the person sees that has a page of its own; NotFound for any other."""
    found = queries.record(page.session(), page.actor(), record_id)
    if found is None or record_url(found) is None:
        raise NotFound("record", id=record_id)
    return found
