"""Membership in what a recursive query finds: the same on both engines, and looked up on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from portal.kernel.among import among
from portal.partners.models import Organisation
from tests.factories import funding

_one = Organisation.__table__


def below(top: int):
    """SELECT of the ids of all below an organisation, however deep."""
    found = select(_one.c.id).where(_one.c.parent_id == top).cte(recursive=True)
    found = found.union(select(_one.c.id).join(found, _one.c.parent_id == found.c.id))
    return select(found.c.id)


def test_it_holds_what_the_query_finds_and_denied_the_rest(s: Session) -> None:
    ministry = funding.organisation(s, "Ministerstvo")
    section = funding.organisation(s, "Sekce", parent=ministry.id)
    office = funding.organisation(s, "Odbor", parent=section.id)
    other = funding.organisation(s, "Jiné ministerstvo")
    everybody = select(_one.c.id).where(_one.c.id.in_([ministry.id, section.id, office.id, other.id]))
    among_them = among(_one.c.id, below(ministry.id))
    assert set(s.scalars(everybody.where(among_them))) == {section.id, office.id}
    assert set(s.scalars(everybody.where(~among_them))) == {ministry.id, other.id}
    assert set(s.scalars(everybody.where(among(_one.c.id, below(other.id))))) == set()
    said = dict(s.execute(select(_one.c.id, among_them).where(_one.c.id.in_([office.id, other.id]))).all())
    assert {one: bool(told) for one, told in said.items()} == {office.id: True, other.id: False}


@pytest.mark.parametrize("asked", ["plainly", "among"])
def test_postgresql_looks_up_where_it_would_compare_all(s: Session, asked: str) -> None:
    """Asked plainly, it goes through the whole list for each row: that is what the predicate is for."""
    many = func.generate_series(1, 20_000).table_valued("n", name="many").render_derived()
    rows, start = many.alias("rows"), select(many.c.n).cte(recursive=True)
    step = func.generate_series(1, 20_000).table_valued("n", name="step").render_derived()
    found = start.union(select(step.c.n).join(start, step.c.n > start.c.n))
    held = rows.c.n.in_(select(found.c.n)) if asked == "plainly" else among(rows.c.n, select(found.c.n))
    asking = str(
        select(case((held, 1))).select_from(rows).compile(s.get_bind(), compile_kwargs={"literal_binds": True})
    )
    if s.get_bind().dialect.name != "postgresql":  # SQLite looks up in either case, and has no arrays
        assert " IN (" in asking and "unnest" not in asking
        return
    plan = "\n".join(s.scalars(text(f"EXPLAIN VERBOSE {asking}")))
    assert ("hashed SubPlan" in plan) is (asked == "among"), plan
