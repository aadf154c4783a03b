"""What the figures say of the real portfolio, as the three documents and the public sources have it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Coverage, Scope, frame
from portal.figures.coverage import gaps, twins, units
from portal.figures.funding import by_place
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.projects.models import Project
from tests.factories.funding import eur

DOCUMENTS, PUBLIC = Scope(), Scope(certainty="public")
INITIATIVE = "prague-process-targeted-initiative"


def record(s: Session, key: str) -> Record:
    return s.scalars(select(Record).where(Record.key == key)).one()


def test_the_money_of_the_portfolio(seeded: Session) -> None:
    s, total = seeded, FIGURES["known_funding"]
    by_documents = total.value(s, SYSTEM, DOCUMENTS)
    assert list(by_documents.sums) == ["EUR"]
    assert (by_documents.sums["EUR"].exact, by_documents.sums["EUR"].approximate) == (eur(600000), False)
    [counted] = [r.flow for r in total.records(s, SYSTEM, DOCUMENTS) if r.reason is None]
    initiative = record(s, INITIATIVE)
    assert (counted.key, counted.booked_id) == ("ec-topup-ppti-600k", initiative.id)

    parts = s.scalars(select(Project.id).where(Project.umbrella_id == initiative.id)).all()
    assert len(parts) == 7
    assert by_place(s, SYSTEM, Scope(certainty="all"), parts) == {}
    assert total.coverage(s, SYSTEM, DOCUMENTS) == Coverage(known=1, within=7, unknown=4)
    assert [u.record_id for u in units(s, SYSTEM, DOCUMENTS) if u.state == "known"] == [initiative.id]
    assert {u.record_id for u in units(s, SYSTEM, DOCUMENTS) if u.state == "within"} == set(parts)
    assert {(s.get(Record, u.record_id).key, u.reasons) for u in gaps(s, SYSTEM, DOCUMENTS)} == {
        ("eris", ("not_stated",)), ("georgia-flagship-2010-2013", ()), ("georgia-reintegration-iom", ()),
        ("mp-capacity-projects", ()),
    }  # fmt: skip

    by_public = total.value(s, SYSTEM, PUBLIC)
    assert (by_public.sums["EUR"].total, by_public.sums["EUR"].approximate) == (eur(6600000), True)
    assert by_public.included["EUR"].exact == eur(600000)
    assert by_place(s, SYSTEM, PUBLIC, [initiative.id])[initiative.id].sums["EUR"].total == eur(3600000)
    assert total.coverage(s, SYSTEM, PUBLIC) == Coverage(known=2, within=7, unknown=5)
    [pair] = twins(s, SYSTEM, PUBLIC)
    assert {s.get(Record, t.record_id).key for t in (pair.first, pair.second)} == {
        "georgia-flagship-2010-2013", "georgia-reintegration-iom",
    }  # fmt: skip
    assert not pair.both_carry_money


def test_the_money_by_instrument_and_framework(seeded: Session) -> None:
    s = seeded
    by_instrument = FIGURES["known_funding_by_instrument"].value(s, SYSTEM, DOCUMENTS)
    rows = {s.get(Record, r.record_id).key if r.record_id else r.key: r for r in frame(by_instrument)}
    assert {key: row.amount for key, row in rows.items()} == {
        "thematic-programme-migration-asylum": None, "none": eur(600000),
    }  # fmt: skip
    assert by_instrument.coverage == Coverage(known=0, unknown=1)
    assert [(r.known, r.within, r.unknown) for r in rows.values()] == [(0, 0, 1), (1, 7, 3)]
    by_framework = FIGURES["known_funding_by_framework"].value(s, SYSTEM, DOCUMENTS)
    amounts = {s.get(Record, g.record_id).key if g.record_id else g.key: g for g in by_framework.groups}
    assert amounts["prague-process"].funding.sums["EUR"].total == eur(600000)
    assert amounts["prague-process"].coverage == Coverage(known=1, within=7, unknown=1)
    assert [key for key, group in amounts.items() if group.funding.known] == ["prague-process"]
    assert sum(g.coverage.total for g in by_framework.groups) == 12


def test_the_projects_of_the_portfolio(seeded: Session) -> None:
    s = seeded
    assert FIGURES["projects"].value(s, SYSTEM, DOCUMENTS).number == 12
    assert FIGURES["projects"].value(s, SYSTEM, PUBLIC).number == 14
    assert s.scalar(select(func.count()).select_from(Project)) == 14
    by_status = FIGURES["projects_by_status"]
    assert {g.key: g.number for g in by_status.value(s, SYSTEM, DOCUMENTS).groups} == {
        "1": 3, "2": 1, "4": 2, "ambiguous": 1, "none": 5,
    }  # fmt: skip
    assert {g.key: g.number for g in by_status.value(s, SYSTEM, Scope(certainty="all")).groups} == {
        "1": 3, "2": 1, "4": 3, "4:derived": 6, "ambiguous": 1,
    }  # fmt: skip
