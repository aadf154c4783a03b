"""Whether two records may be merged at all."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput, NotFound
from portal.kernel.permission import Actor, holds, need, sees
from portal.kernel.record import Record
from portal.kernel.standing import MERGED, WITHDRAWN
from portal.merging import policy as policy  # declares the permissions
from portal.merging.queries import below, hidden_by
from portal.merging.rules import KINDS
from portal.partners.models import Organisation
from portal.projects.models import Project

ABOVE = {"project": Project.umbrella_id, "organisation": Organisation.parent_id}
"""By kind the column that names the record above."""


def allow(s: Session, actor: Actor, kept: Record, absorbed: Record) -> None:
    """Raise where the two may not be merged by this actor: NotFound for a record they do not see, Forbidden without the
    right to edit both, InvalidInput {"": code} where the records themselves do not allow it."""
    for record in (kept, absorbed):
        if not sees(s, actor, record.id):
            raise NotFound("record", id=record.id)
        if not holds(actor, f"{record.kind}.edit", record):
            raise Forbidden(f"{record.kind}.edit")
    problem = obstacle(s, kept, absorbed)
    if problem:
        raise InvalidInput({"": problem})
    for record in (kept, absorbed):
        need(actor, f"{record.kind}.edit", record)


def obstacle(s: Session, kept: Record, absorbed: Record) -> str | None:
    """Why two records cannot be merged, as a code: merge_itself, merge_other_kind, merge_kind, merge_merged, merge_withdrawn,
    merge_below, merge_secrecy; None where they can."""
    if kept.id == absorbed.id:
        return "merge_itself"
    if kept.kind != absorbed.kind:
        return "merge_other_kind"
    if kept.kind not in KINDS:
        return "merge_kind"
    if MERGED in (kept.standing, absorbed.standing):
        return "merge_merged"
    if WITHDRAWN in (kept.standing, absorbed.standing):
        return "merge_withdrawn"
    column = ABOVE[kept.kind]
    if absorbed.id in below(s, kept, column) or kept.id in below(s, absorbed, column):
        return "merge_below"
    return "merge_secrecy" if hidden_by(s, kept) != hidden_by(s, absorbed) else None
