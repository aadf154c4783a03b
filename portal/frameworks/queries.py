"""Reading frameworks: the tree, one framework, what lies below."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.frameworks.models import Framework, Phase
from portal.kernel.permission import Actor, open_to, visible_to

STEP = "\u2003"
"""One step into the tree, where frameworks are offered in a select."""


@dataclass
class Branch:
    """One framework in the tree with the branches below it, in Czech (or English) order."""

    framework: Framework
    depth: int = 0
    children: list[Branch] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def descendant_ids(s: Session, framework_id: int) -> set[int]:
    """Ids of a framework and all below it (one recursive query)."""
    below = (
        select(Framework.__table__.c.id).where(Framework.__table__.c.id == framework_id).cte("below", recursive=True)
    )
    below = below.union(select(Framework.__table__.c.id).where(Framework.__table__.c.parent_id == below.c.id))
    return set(s.scalars(select(below.c.id)))


def asks_approval(s: Session, framework_ids: Collection[int]) -> bool:
    """Whether one of the frameworks, or one above them, has its reports approved. One recursive query, whoever asks: the
    rule holds also where a framework above is hidden from them."""
    table = Framework.__table__
    above = (
        select(table.c.id, table.c.parent_id, table.c.asks_approval)
        .where(table.c.id.in_(framework_ids))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(table.c.id, table.c.parent_id, table.c.asks_approval).join(above, above.c.parent_id == table.c.id)
    )
    return s.scalar(select(above.c.id).where(above.c.asks_approval.is_(True)).limit(1)) is not None


def subtree(actor: Actor, framework_id: int) -> Select:
    """SELECT of the ids of a framework and all below it that the actor may see, for `IN` in a filter."""
    table = Framework.__table__
    below = select(table.c.id).where(table.c.id == framework_id).cte(recursive=True)
    below = below.union(select(table.c.id).where(table.c.parent_id == below.c.id))
    return select(below.c.id).where(visible_to(actor, below.c.id))


def framework(s: Session, actor: Actor, framework_id: int) -> Framework | None:
    """One visible framework."""
    return s.scalar(select(Framework).where(Framework.id == framework_id, open_to(actor, Framework)))


def frameworks(actor: Actor):
    """SELECT of all visible frameworks."""
    return select(Framework).where(visible_to(actor, Framework))


def tree(s: Session, actor: Actor, lang: str) -> list[Branch]:
    """The visible frameworks as a forest, siblings in the order of the language."""
    order = Framework.order_cs if lang == "cs" else Framework.order_en
    branches = {f.id: Branch(f) for f in s.scalars(frameworks(actor).order_by(order, Framework.id))}
    roots = []
    for branch in branches.values():
        above = branches.get(branch.framework.parent_id)
        (above.children if above else roots).append(branch)
    stack = [(root, 0) for root in roots]
    while stack:
        branch, depth = stack.pop()
        branch.depth = depth
        stack += [(child, depth + 1) for child in branch.children]
    return roots


def indented(s: Session, actor: Actor, lang: str) -> list[tuple[int, str]]:
    """(id, name) of the visible frameworks to choose from, the tree shown by indents."""
    branches = (branch for root in tree(s, actor, lang) for branch in root.walk())
    return [(b.framework.id, STEP * b.depth + b.framework.name(lang)) for b in branches]


def ancestors(s: Session, actor: Actor, framework: Framework) -> list[Framework]:
    """The frameworks above one, from the top, for the bread crumbs."""
    chain = []
    seen = {framework.id}
    while framework.parent_id and framework.parent_id not in seen:
        seen.add(framework.parent_id)
        framework = s.scalar(select(Framework).where(Framework.id == framework.parent_id, visible_to(actor, Framework)))
        if framework is None:
            break
        chain.append(framework)
    return chain[::-1]


def phases(actor: Actor, sees=visible_to) -> Select:
    """SELECT of the visible phases of visible programmes. `sees`: `open_to` adds withdrawn ones."""
    seen = (sees(actor, Phase), sees(actor, Phase.framework_id))
    return select(Phase).where(*seen).options(joinedload(Phase.framework))


def phase(s: Session, actor: Actor, phase_id: int) -> Phase | None:
    """One visible phase."""
    return s.scalar(phases(actor, open_to).where(Phase.id == phase_id))


def phases_of(s: Session, actor: Actor, framework_id: int) -> list[Phase]:
    """The phases of a programme in their order; those without a place in it last."""
    asked = phases(actor).where(Phase.framework_id == framework_id)
    return list(s.scalars(asked.order_by(Phase.position.is_(None), Phase.position, Phase.id)))
