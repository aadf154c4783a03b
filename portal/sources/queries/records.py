"""Reading records of any kind: by id, what they are about, and how they stood when a person opened them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, inspect, select
from sqlalchemy.orm import Session

from portal.kernel.asof import row_at_version, version_change
from portal.kernel.money import Money
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record, RecordCover
from portal.kernel.transaction import Change
from portal.kernel.when import When


def record(s: Session, actor: Actor, record_id: int) -> Record | None:
    """One visible record of any kind, as its own class. In the past it is absent too where it lay under a record that is
    hidden today: veils know only what it lies under now."""
    found = s.scalar(select(Record).where(Record.id == record_id, open_to(actor)))
    above = found.covers() if found is not None else set()
    if above and len(above) != s.scalar(select(func.count(Record.id)).where(Record.id.in_(above), open_to(actor))):
        return None
    return found


def records(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, Record]:
    """Visible records of any kind by id."""
    if not record_ids:
        return {}
    return {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(record_ids), open_to(actor)))}


def kinds_of(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, str]:
    """Kind of each record the actor may see; the others are missing."""
    rows = s.execute(select(Record.id, Record.kind).where(Record.id.in_(record_ids), open_to(actor)))
    return dict(rows.all())


def hosts(s: Session, actor: Actor, record_ids: Collection[int]) -> dict[int, list[Record]]:
    """The visible records that each record lies under: what a participation or a link, which has no name, is about."""
    found: dict[int, list[Record]] = {}
    if not record_ids:
        return found
    rows = s.execute(
        select(RecordCover.record_id, Record)
        .join(Record, Record.id == RecordCover.cover_id)
        .where(RecordCover.record_id.in_(record_ids), open_to(actor))
        .order_by(RecordCover.record_id, Record.kind.desc(), Record.order_cs)
    )
    for record_id, host in rows:
        found.setdefault(record_id, []).append(host)
    return found


def names_of_kinds(s: Session, actor: Actor, lang: str, kinds: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """(id, name, kind) of every visible record of these kinds, kind by kind as asked, in the order of the language."""
    order = Record.order_cs if lang == "cs" else Record.order_en
    rows = s.execute(
        select(Record.id, Record.name_cs, Record.name_en, Record.kind)
        .where(Record.kind.in_(kinds), visible_to(actor))
        .order_by(case({kind: place for place, kind in enumerate(kinds)}, value=Record.kind), order, Record.id)
    )
    return [(i, (cs or en) if lang == "cs" else (en or cs), kind) for i, cs, en, kind in rows]


@dataclass(frozen=True)
class Standing:
    """How a record stood at one version: its values by unit, and the change that brought it there."""

    values: dict[str, object]
    change_id: int


def values_now(record: Record) -> dict[str, object]:
    """What a record holds, by unit: dates as When, amounts as Money, references as ids (`framework`, not `framework_id`)."""
    return _by_unit({c.key: getattr(record, c.key) for c in inspect(type(record)).columns})


def values_then(s: Session, record: Record, version: int) -> Standing | None:
    """The same as the record stood when it came to `version`, from its history; None if it never rested there."""
    tables = inspect(type(record)).tables
    change_id = version_change(s, tables[0], record.id, version)
    if change_id is None:
        return None
    return Standing(_by_unit(row_at_version(s, tables, record.id, version)), change_id)


def changed_last(s: Session, record: Record) -> tuple[str, datetime] | None:
    """(name, instant) of who wrote the record as it stands; None where history does not say."""
    change_id = version_change(s, Record.__table__, record.id, record.version)
    row = s.execute(select(Change.actor_name, Change.at).where(Change.id == change_id)).one_or_none()
    return (row.actor_name, row.at) if row else None


def _by_unit(row: dict[str, object]) -> dict[str, object]:
    values = dict(row)
    for name, value in row.items():
        if name.endswith("_edtf"):
            values[name.removesuffix("_edtf")] = When(value) if value else None
        elif name.endswith("_minor"):
            unit = name.removesuffix("_minor")
            values[unit] = None if value is None else Money(value, row[f"{unit}_currency"])
        elif name.endswith("_id"):
            values[name.removesuffix("_id")] = value
    return values
