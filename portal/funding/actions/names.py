"""What a flow without a name of its own is called; such a name follows the names it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import event, inspect, or_, select
from sqlalchemy.orm import Session

from portal.funding.facts import BOOKED_AT, PARTIES
from portal.funding.models import Flow
from portal.kernel.record import Record
from portal.sources.facts import Pair


def called(s: Session, values: Mapping[str, object], before: Mapping[int, Pair] | None = None) -> Pair:
    """ "Provider → receiver" (or the record booked at), in both languages. `before`: names records had, by their id."""
    provider = s.get(Record, values["provider"]) if values.get("provider") else None
    receiver = s.get(Record, values.get("receiver") or values["booked"])
    made = []
    for lang in ("cs", "en"):
        parties = (_name(record, lang, before or {}) for record in (provider, receiver) if record is not None)
        made.append(" → ".join(parties))
    return Pair(*made)


def _name(record: Record, lang: str, before: Mapping[int, Pair]) -> str:
    if record.id not in before:
        return record.name(lang)
    name = before[record.id]
    return (name.cs or name.en) if lang == "cs" else (name.en or name.cs)


@event.listens_for(Session, "before_flush")
def _follow(s: Session, context, instances) -> None:
    """Flows called by a record that is being renamed are renamed with it, in the same change."""
    before = {
        record.id: Pair(_was(record, "name_cs"), _was(record, "name_en"))
        for record in s.dirty
        if isinstance(record, Record)
        and record.kind in {*PARTIES, *BOOKED_AT}
        and any(inspect(record).attrs[name].history.deleted for name in ("name_cs", "name_en"))
    }
    if before:
        with s.no_autoflush:
            call_anew(s, before)


def call_anew(s: Session, before: Mapping[int, Pair]) -> None:
    """Rename the flows that are called by records as these were named before (by id)."""
    touching = (column.in_(before) for column in (Flow.provider_id, Flow.receiver_id, Flow.booked_id))
    for flow in s.scalars(select(Flow).where(or_(*touching))):
        parties = {"provider": flow.provider_id, "receiver": flow.receiver_id, "booked": flow.booked_id}
        if called(s, parties, before) == Pair(flow.name_cs, flow.name_en):
            name = called(s, parties)
            flow.rename(name.cs, name.en)


def _was(record: Record, column: str) -> str:
    history = inspect(record).attrs[column].history
    return (history.deleted or history.unchanged)[0] or ""
