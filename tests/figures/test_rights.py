"""A confidential record is absent from figures for those not named for it, also where it only lends a name."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Coverage, Scope
from portal.funding.actions import edit_flow, edit_instrument
from portal.funding.models import Flow
from portal.kernel.asof import as_of
from portal.kernel.permission import SYSTEM
from portal.kernel.record import RecordReader
from portal.kernel.transaction import change, unit
from portal.partners.actions import edit_organisation
from portal.partners.models import Organisation
from portal.projects.actions import edit_project
from tests.factories import accounts, changing, funding
from tests.factories.funding import eur
from tests.figures.scene import targeted_initiative

TOTAL, PUBLIC = FIGURES["known_funding"], Scope(certainty="public")


def seen(s: Session, actor, scope=PUBLIC):
    sums = TOTAL.value(s, actor, scope).sums
    return sums["EUR"].total if sums else None


def test_money_from_a_confidential_provider_is_absent(s: Session) -> None:
    scene = targeted_initiative(s)
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        edit_organisation(s, SYSTEM, scene.commission, {"confidential": True})
    assert seen(s, viewer) == eur(3000000)
    assert seen(s, viewer, Scope()) is None
    assert [r.flow.id for r in TOTAL.records(s, viewer, PUBLIC)] == [scene.tig.id, scene.eris_flow.id]
    assert TOTAL.coverage(s, viewer, PUBLIC) == Coverage(known=1, unknown=11)
    s.add(RecordReader(record_id=scene.commission.id, person_id=viewer.person_id))
    s.flush()
    assert seen(s, viewer) == eur(6600000)


def test_a_confidential_umbrella_takes_its_parts_and_their_money_along(s: Session) -> None:
    scene = targeted_initiative(s)
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        edit_project(s, SYSTEM, scene.initiative, {"confidential": True})
    assert seen(s, viewer) == eur(3000000)
    assert TOTAL.coverage(s, viewer, PUBLIC) == Coverage(known=1, unknown=3)
    assert FIGURES["projects"].value(s, viewer, PUBLIC).number == 4
    assert FIGURES["projects"].value(s, SYSTEM, PUBLIC).number == 12


def test_a_confidential_sum_does_not_hide_what_is_included_in_it(s: Session) -> None:
    scene = targeted_initiative(s)
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        edit_flow(s, SYSTEM, scene.whole, {"confidential": True})
    assert seen(s, viewer) == eur(3600000)  # 600,000 that no visible sum includes, and 3,000,000 for Georgia
    assert seen(s, SYSTEM) == eur(6600000)


def test_a_confidential_instrument_is_no_group_of_a_breakdown(s: Session) -> None:
    scene = targeted_initiative(s)
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        edit_instrument(s, SYSTEM, scene.programme, {"confidential": True})
    by_instrument = FIGURES["known_funding_by_instrument"]
    assert [g.key for g in by_instrument.value(s, viewer, PUBLIC).groups] == ["none"]
    assert len(by_instrument.value(s, SYSTEM, PUBLIC).groups) == 2


def test_a_past_sum_does_not_tell_of_a_donor_who_is_confidential_today(engine: Engine) -> None:
    with unit(engine) as s, change(s, None, "seed") as first:
        scene = targeted_initiative(s)
        donor, flow_id, whole_id = funding.organisation(s, "Tajný dárce").id, scene.tig.id, scene.whole.id
        edit_flow(s, SYSTEM, scene.tig, {"provider": donor})
    with unit(engine) as s, change(s, None, "form"):
        edit_flow(s, SYSTEM, s.get(Flow, flow_id), {"provider": None})
        edit_organisation(s, SYSTEM, s.get(Organisation, donor), {"confidential": True})
    with unit(engine) as s:
        viewer = accounts.actor(s, "viewer")
        assert seen(s, viewer) == eur(6600000)  # today nothing ties it to the donor
    with as_of(engine, first.id) as s:
        assert seen(s, viewer) == eur(3600000)
        assert [r.flow.id for r in TOTAL.records(s, viewer, PUBLIC) if r.reason is None] == [whole_id]
