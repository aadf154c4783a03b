"""Who may do what: permissions as data, one evaluator, one SQL predicate of visibility.

A feature's `policy.py` declares `PERMISSIONS: dict[str, AnyOf]` and registers it with `declare`. Rights are always today's,
also when the page looks at the past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, cast

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, select, true
from sqlalchemy.orm import Session

from portal.kernel.errors import N_, Forbidden, Refused
from portal.kernel.portions import portions
from portal.kernel.record import Record, RecordReader, RecordVeil
from portal.kernel.standing import MERGED, in_force, record_id_of

ROLES = ("viewer", "editor", "reporting_officer", "administrator")


@dataclass(frozen=True)
class Actor:
    """Who asks. `framework_ids` are the frameworks this person may write in, descendants included. `unseen`: the records that
    were hidden from whoever a file was made for, where it is made again as they saw it; None: today's rights."""

    person_id: int | None
    name: str
    role: str
    everywhere: bool = False
    framework_ids: frozenset[int] = field(default_factory=frozenset)
    unseen: frozenset[int] | None = None


SYSTEM = Actor(person_id=None, name="system", role="system", everywhere=True)
"""The actor of the command line: it sees and writes all, and history says so."""


class Placed(Protocol):
    """A thing that stands in frameworks."""

    def framework_ids(self) -> Iterable[int]: ...


Predicate = Callable[[Actor, object], bool]


@dataclass(frozen=True)
class AnyOf:
    """True when one of its all-of groups is true as a whole."""

    groups: tuple[tuple[Predicate, ...], ...]

    def __call__(self, actor: Actor, obj: object) -> bool:
        return any(all(p(actor, obj) for p in group) for group in self.groups)


def all_of(*predicates: Predicate) -> tuple[Predicate, ...]:
    return predicates


def any_of(*groups: tuple[Predicate, ...] | Predicate) -> AnyOf:
    return AnyOf(tuple(g if isinstance(g, tuple) else (g,) for g in groups))


def signed_in(actor: Actor, obj: object) -> bool:
    return actor.role in ROLES


def is_administrator(actor: Actor, obj: object) -> bool:
    return actor.role == "administrator"


def may_report(actor: Actor, obj: object) -> bool:
    return actor.role in ("reporting_officer", "administrator")


def may_write(actor: Actor, obj: object) -> bool:
    return actor.role in ("editor", "reporting_officer", "administrator")


def writes_everywhere(actor: Actor, obj: object) -> bool:
    return may_write(actor, obj) and (actor.everywhere or actor.role == "administrator")


def writes_in_its_framework(actor: Actor, obj: object) -> bool:
    """`obj.framework_ids()` names the frameworks a record stands in; no object asks "anywhere at all"."""
    if not may_write(actor, obj):
        return False
    if obj is None:
        return actor.everywhere or bool(actor.framework_ids) or actor.role == "administrator"
    return bool(set(cast(Placed, obj).framework_ids()) & actor.framework_ids)


_TABLE: dict[str, AnyOf] = {}


def declare(permissions: dict[str, AnyOf]) -> dict[str, AnyOf]:
    """Add a feature's permissions to the one table; a name may be declared once."""
    twice = {name for name in permissions if name in _TABLE and _TABLE[name] is not permissions[name]}
    if twice:
        raise ValueError(f"declared twice: {sorted(twice)}")
    _TABLE.update(permissions)
    return permissions


def declared() -> frozenset[str]:
    return frozenset(_TABLE)


MERGED_AWAY = N_("This record was merged into another one, and nothing was saved. Edit that one, or separate the two.")


def permits(actor: Actor, permission: str, obj: object = None) -> bool:
    """Whether `actor` holds `permission` on `obj` (None: in general). KeyError for a name nobody declared. A record that was
    merged into another one is not edited, by whomever: what is written goes to the other one."""
    return actor.role == "system" or (holds(actor, permission, obj) and not _closed(permission, obj))


def holds(actor: Actor, permission: str, obj: object = None) -> bool:
    """The same by the actor's rights alone, of a record that was merged, too: for separating it again."""
    return actor.role == "system" or _TABLE[permission](actor, obj)


def need(actor: Actor, permission: str, obj: object = None) -> None:
    """Raise `Forbidden` unless permitted, `Refused` where only the record's being merged stands in the way. The first line
    of every action."""
    if not permits(actor, permission, obj):
        raise Refused(MERGED_AWAY) if holds(actor, permission, obj) else Forbidden(permission)


def _closed(permission: str, obj: object) -> bool:
    return permission.endswith(".edit") and getattr(obj, "standing", None) == MERGED


_veil = RecordVeil.__table__.alias("veil")
"""Made once: pages ask `visible_to` hundreds of times. Each of its subqueries names the veil anew, so one name serves all."""


def open_to(actor: Actor, model=Record) -> ColumnElement[bool]:
    """SQL predicate: rows of `model` (a Record class or alias, or a column holding a record id) the actor may read, withdrawn
    ones too: for the page of one record, what is said of it, and history."""
    return _open_to_class(actor, model) if isinstance(model, type) else _open_to(actor, model)


def _open_to(actor: Actor, model) -> ColumnElement[bool]:
    if actor.role == "system":
        return true()
    if actor.unseen is not None:
        # Written into the statement: as parameters they would soon be more than a statement takes. A reference that names
        # nothing hides nothing.
        return func.coalesce(record_id_of(model), 0).not_in([literal_column(str(i)) for i in sorted(actor.unseen)])
    named = select(RecordReader.record_id).where(RecordReader.person_id == (actor.person_id or 0))
    of_it = _veil.c.record_id == record_id_of(model)
    return ~exists().where(of_it, _veil.c.veil_id.not_in(named)).correlate_except(_veil)


_open_to_class = lru_cache(maxsize=512)(_open_to)
"""Kept for each person and class; an alias is another one each time."""


def visible_to(actor: Actor, model=Record) -> ColumnElement[bool]:
    """SQL predicate: rows of `model` the actor may read and that are in force: for every list, count, figure, choice and
    file. Withdrawn records are absent from them all."""
    return and_(open_to(actor, model), in_force(model))


def unseen_by(s: Session, actor: Actor) -> frozenset[int]:
    """The records that are hidden from the actor today."""
    if actor.role == "system":
        return frozenset()
    if actor.unseen is not None:
        return actor.unseen
    named = select(RecordReader.record_id).where(RecordReader.person_id == (actor.person_id or 0))
    return frozenset(s.scalars(select(RecordVeil.record_id).where(RecordVeil.veil_id.not_in(named)).distinct()))


def hidden_from_some(s: Session, record_ids: Iterable[int]) -> set[int]:
    """Those of some records that are confidential today, or lie with something that is: not everybody may see them."""
    asked = select(RecordVeil.record_id)
    return {one for some in portions(record_ids) for one in s.scalars(asked.where(RecordVeil.record_id.in_(some)))}


def sees(s: Session, actor: Actor, record_id: int) -> bool:
    """Whether the actor may see one record today, be it withdrawn."""
    return s.scalar(select(Record.id).where(Record.id == record_id, open_to(actor))) is not None
