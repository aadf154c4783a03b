"""The list and tree of frameworks: counts and money beside each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.frameworks.queries import Branch, tree
from portal.kernel.permission import Actor
from portal.kernel.record import may_fall_into
from portal.kernel.standing import ARCHIVED
from portal.partners.models import PARTNER_ROLES
from portal.partners.queries import Part, participations
from portal.projects.queries import counted_by_framework


@dataclass
class FrameworkRow:
    """One framework: its depth in the tree, the partner countries, and how many projects the list shows under it: its own
    and those of the frameworks below, the parts of each, and those that serve it as a further framework."""

    framework: Framework
    depth: int = 0
    projects: int = 0
    partners: list[Part] = field(default_factory=list)


def in_year(year: int) -> ColumnElement[bool]:
    """The framework may have been in effect on some day of the year, as far as its dates say."""
    starts = func.coalesce(Framework.launched_from, Framework.signed_from)
    stated = func.coalesce(Framework.launched_edtf, Framework.signed_edtf, Framework.ended_edtf)
    return may_fall_into(starts, Framework.ended_to, stated, (year, year))


def dress(
    s: Session, actor: Actor, frameworks: Sequence[Framework], depths: dict[int, int] | None = None
) -> list[FrameworkRow]:
    """Rows for the frameworks, in three queries whatever their number."""
    rows = {f.id: FrameworkRow(f, (depths or {}).get(f.id, 0)) for f in frameworks}
    if not rows:
        return []
    for framework_id, number in s.execute(counted_by_framework(actor, list(rows))):
        rows[framework_id].projects = number
    for part in participations(s, actor, within=rows):
        if part.participation.role in PARTNER_ROLES and part.participant.kind == "country":
            rows[part.within.id].partners.append(part)
    return list(rows.values())


def _archived(branch: Branch) -> bool:
    return branch.framework.standing == ARCHIVED


def dressed_tree(s: Session, actor: Actor, lang: str) -> list[FrameworkRow]:
    """The visible tree, each branch after the one it hangs on, archived ones too."""
    return _dressed(s, actor, [b for root in tree(s, actor, lang) for b in root.walk()])


def dressed_in_force(s: Session, actor: Actor, lang: str) -> tuple[list[FrameworkRow], int]:
    """The visible tree without branches of which nothing but archived frameworks is left, and how many frameworks stand in
    those."""
    branches = [b for root in tree(s, actor, lang) for b in root.walk()]
    kept = [b for b in branches if not all(map(_archived, b.walk()))]
    return _dressed(s, actor, kept), len(branches) - len(kept)


def _dressed(s: Session, actor: Actor, branches: list[Branch]) -> list[FrameworkRow]:
    return dress(s, actor, [b.framework for b in branches], {b.framework.id: b.depth for b in branches})
