"""Reading partners: organisations, countries, who takes part in what, and links between records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, select
from sqlalchemy.orm import Session, aliased

from portal.kernel.asof import values_as_of
from portal.kernel.codes import code_list
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.partners.models import (
    GROUNDS,
    LEGAL_INSTRUMENT,
    RESTS_ON,
    Country,
    Link,
    Organisation,
    Participation,
    RoleHolder,
)
from portal.sources.queries import names_of_kinds

LINKABLE = ("project", "framework", "organisation", "instrument", LEGAL_INSTRUMENT)
"""Kinds of records to which a record of any kind can be linked."""


def told_of(actor: Actor, row) -> ColumnElement[bool]:
    """SQL predicate: the participation or link, and both records it joins, are visible to the actor.

    The ends count by themselves too: one taken away since hides nothing any more when the past is looked at, its ends do.
    """
    columns = ("within_id", "participant_id") if hasattr(row, "within_id") else ("from_id", "to_id")
    return and_(visible_to(actor, row), *(visible_to(actor, getattr(row, column)) for column in columns))


@dataclass(frozen=True)
class Part:
    """A participation with both its ends, as far as the actor may see them (all three, or the row is absent)."""

    participation: Participation
    participant: Record
    within: Record


def organisation(s: Session, actor: Actor, organisation_id: int) -> Organisation | None:
    """One visible organisation."""
    return s.scalar(select(Organisation).where(Organisation.id == organisation_id, open_to(actor, Organisation)))


def country(s: Session, actor: Actor, country_id: int) -> Country | None:
    """One visible country."""
    return s.scalar(select(Country).where(Country.id == country_id, visible_to(actor, Country)))


def role_holder(s: Session, actor: Actor, holder_id: int) -> RoleHolder | None:
    """One visible role holder."""
    return s.scalar(select(RoleHolder).where(RoleHolder.id == holder_id, open_to(actor, RoleHolder)))


def organisations(actor: Actor) -> Select:
    """SELECT of all visible organisations."""
    return select(Organisation).where(visible_to(actor, Organisation))


def countries(actor: Actor) -> Select:
    """SELECT of all visible countries."""
    return select(Country).where(visible_to(actor, Country))


def participations(
    s: Session, actor: Actor, *, within: Collection[int] = (), participant: Collection[int] = ()
) -> list[Part]:
    """Who takes part in the records `within`, or in what the records `participant` take part; by role, as their list
    has them (who leads first), then by the Czech name (see `in_order`)."""
    rank = role_order()
    participant_row, within_row = aliased(Record), aliased(Record)
    query = (
        select(Participation, participant_row, within_row)
        .join(participant_row, participant_row.id == Participation.participant_id)
        .join(within_row, within_row.id == Participation.within_id)
        .where(told_of(actor, Participation))
        .order_by(
            Participation.position, case(rank, value=Participation.role), participant_row.order_cs, Participation.id
        )
    )
    if within:
        query = query.where(Participation.within_id.in_(within))
    if participant:
        query = query.where(Participation.participant_id.in_(participant))
    return [Part(*row) for row in s.execute(query)]


def role_order() -> dict[str, int]:
    """Role → its place in the list of roles."""
    return {code: n for n, code in enumerate(code_list("participation_roles").codes)}


def in_order(parts: Iterable[Part], lang: str) -> list[Part]:
    """The same order, with the names as the language sorts them."""
    rank = role_order()

    def key(part: Part) -> tuple:
        one, who = part.participation, part.participant
        return one.position, rank[one.role], bytes(who.order_cs if lang == "cs" else who.order_en), one.id

    return sorted(parts, key=key)


def takes_part(
    actor: Actor, within, participants: Collection[int] = (), roles: Collection[str] = ()
) -> ColumnElement[bool]:
    """SQL predicate: one of these (or anybody) takes part, in one of `roles` (or in any), in the record in column `within`,
    by a participation the actor may see."""
    part = aliased(Participation)
    conditions = [part.within_id == within, told_of(actor, part)]
    if participants:
        conditions.append(part.participant_id.in_(participants))
    if roles:
        conditions.append(part.role.in_(roles))
    return exists().where(*conditions)


def participation(s: Session, actor: Actor, participation_id: int) -> Participation | None:
    """One visible participation."""
    return s.scalar(select(Participation).where(Participation.id == participation_id, told_of(actor, Participation)))


def words_of(s: Session, participation: Participation, change_id: int | None = None) -> dict[str, str]:
    """The words of the source on a role by the fields of its form: now, or as right after a change."""
    row = {"role_cs": participation.role_cs, "role_en": participation.role_en}
    if change_id is not None:
        row = next(iter(values_as_of(s, change_id, Participation.__table__, id=participation.id)), row)
    return {"words_cs": row["role_cs"], "words_en": row["role_en"]}


def link(s: Session, actor: Actor, link_id: int) -> Link | None:
    """One visible link."""
    return s.scalar(select(Link).where(Link.id == link_id, told_of(actor, Link)))


def links_of(s: Session, actor: Actor, record_ids: Collection[int]) -> list[tuple[Link, Record, Record]]:
    """Links from or to the records, with both ends: (link, from, to)."""
    source, target = aliased(Record), aliased(Record)
    rows = s.execute(
        select(Link, source, target)
        .join(source, source.id == Link.from_id)
        .join(target, target.id == Link.to_id)
        .where(Link.from_id.in_(record_ids) | Link.to_id.in_(record_ids), told_of(actor, Link))
        .order_by(Link.relation, source.order_cs, target.order_cs, Link.id)
    )
    return list(rows)


def grounding(link: Link, source: Record, target: Record) -> tuple[Record, Record] | None:
    """(legal instrument, what rests on it) where the link says so, else None."""
    if link.relation == GROUNDS and source.kind == LEGAL_INSTRUMENT:
        return source, target
    if link.relation in RESTS_ON and target.kind == LEGAL_INSTRUMENT:
        return target, source
    return None


def takes_part_as(s: Session, actor: Actor, lang: str) -> list[tuple[int, str, str]]:
    """(id, name, kind) of whoever may take part, as far as visible: organisations first, in the order of the language."""
    return names_of_kinds(s, actor, lang, ("organisation", "country", "role_holder"))


def linkable(s: Session, actor: Actor, lang: str, source: Record) -> list[tuple[int, str, str]]:
    """(id, name, kind) of the visible records one can be linked to: its own kind, and the kinds of `LINKABLE`."""
    kinds = dict.fromkeys((source.kind, *LINKABLE))
    return [row for row in names_of_kinds(s, actor, lang, tuple(kinds)) if row[0] != source.id]
