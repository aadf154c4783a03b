"""Reading legal instruments: lists, one, what is laid down in one, who adopted which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.queries import names
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.legal.models import LegalInstrument
from portal.partners.models import Organisation
from portal.partners.queries import grounding, links_of


@dataclass
class Line:
    """A legal instrument with who answers for it and the records that rest on it, by the links the actor may see."""

    record: LegalInstrument
    responsible: str | None = None
    grounds: list[Record] = field(default_factory=list)


def legal_instrument(s: Session, actor: Actor, legal_instrument_id: int) -> LegalInstrument | None:
    """One legal instrument that the actor may read, be it withdrawn."""
    return s.scalar(_named(actor).where(open_to(actor, LegalInstrument), LegalInstrument.id == legal_instrument_id))


def legal_instruments(actor: Actor) -> Select:
    """SELECT of visible legal instruments with who adopted them and what they are laid down in, if those are visible; else the
    two are as good as not stated."""
    return _named(actor).where(visible_to(actor, LegalInstrument))


def _named(actor: Actor) -> Select:
    named = (
        joinedload(LegalInstrument.adopted_by.and_(visible_to(actor, Organisation.id))),
        joinedload(LegalInstrument.laid_down_in.and_(visible_to(actor, LegalInstrument.id))),
    )
    return select(LegalInstrument).options(*named)


def laid_down(s: Session, actor: Actor, legal_instrument_id: int, lang: str) -> list[LegalInstrument]:
    """The visible ones that are laid down in one, in the order of the language."""
    return _listed(s, actor, LegalInstrument.laid_down_in_id == legal_instrument_id, lang)


def adopted_by(s: Session, actor: Actor, organisation_id: int, lang: str) -> list[LegalInstrument]:
    """The visible ones that an organisation adopted, in the order of the language."""
    return _listed(s, actor, LegalInstrument.adopted_by_id == organisation_id, lang)


def laid_down_above(s: Session, legal_instrument_id: int) -> set[int]:
    """Ids of a legal instrument and of all it is laid down in, directly or not."""
    table = LegalInstrument.__table__
    above = select(table.c.id, table.c.laid_down_in_id).where(table.c.id == legal_instrument_id)
    above = above.cte("above", recursive=True)
    above = above.union(select(table.c.id, table.c.laid_down_in_id).join(above, table.c.id == above.c.laid_down_in_id))
    return set(s.scalars(select(above.c.id)))


def lines(s: Session, actor: Actor, rows: Sequence[LegalInstrument], lang: str) -> list[Line]:
    """The lines of legal instruments, in their order; what rests on each in the order of the language."""
    people = names(s, [row.responsible_id for row in rows])
    ids = [row.id for row in rows]
    resting: dict[int, dict[int, Record]] = defaultdict(dict)
    for link in links_of(s, actor, ids) if ids else ():
        if pair := grounding(*link):
            resting[pair[0].id][pair[1].id] = pair[1]
    below = LegalInstrument.laid_down_in_id.in_(ids)
    for one in s.scalars(select(LegalInstrument).where(below, visible_to(actor, LegalInstrument))) if ids else ():
        if one.laid_down_in_id is not None:
            resting[one.laid_down_in_id][one.id] = one
    return [Line(row, people.get(row.responsible_id), _ordered(resting[row.id].values(), lang)) for row in rows]


def _listed(s: Session, actor: Actor, condition, lang: str) -> list[LegalInstrument]:
    order = LegalInstrument.order_cs if lang == "cs" else LegalInstrument.order_en
    asked = select(LegalInstrument).where(condition, visible_to(actor, LegalInstrument))
    return list(s.scalars(asked.order_by(order, LegalInstrument.id)))


def _ordered(records, lang: str) -> list[Record]:
    return sorted(records, key=lambda r: (bytes(r.order_cs if lang == "cs" else r.order_en), r.id))
