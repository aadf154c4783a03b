"""Separating after later edits: what still stands as the merge left it goes back, what was written since stays; and who may."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.accounts.actions import name_reader
from portal.funding.actions import edit_flow
from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused
from portal.kernel.permission import SYSTEM, visible_to
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.merging.actions import Choices
from portal.merging.actions.allowing import obstacle
from portal.merging.parting import foresee_parting, written_since
from portal.merging.queries import hanging, merger
from portal.merging.rules import Line, alike, joins_itself, state_of, unasked
from portal.partners.actions import edit_organisation
from portal.partners.models import Participation
from portal.projects.actions import edit_project
from portal.results.actions import set_milestone
from portal.sources.actions import Quotation, Support, choose_leading, leader, state_fact
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import accounts, changing, frameworks, funding, partners, progress
from tests.factories.sources import support
from tests.merging.scene import differing, organisations, part, projects, put_together, tables
from tests.merging.test_core import agree


def test_what_differs_and_what_is_taken_unasked() -> None:
    cases = {
        ("a", "a"): "equal", ("a", "b"): "differs", ("a", ""): "only_kept", (None, 0): "only_absorbed",
        (None, ""): "neither", (frozenset(), frozenset({1})): "only_absorbed", (False, None): "neither",
        (True, False): "only_kept",
    }  # fmt: skip
    assert {pair: state_of(*pair) for pair in cases} == cases
    assert [unasked(state) for state in ("equal", "differs", "only_kept", "only_absorbed")] == ["kept"] * 3 + [
        "absorbed"
    ]
    mine = [Line(1, "2", (60, "EUR"), 7), Line(2, "2", None, 7), Line(3, "3", (5, "EUR"), None)]
    theirs = [
        Line(11, "2", (60, "EUR"), None),
        Line(12, "2", (60, "EUR"), 7),
        Line(13, "2", None, 7),
        Line(14, "3", (5, "CZK"), 7),
    ]
    assert alike(mine, theirs) == {11: 1}
    assert alike(mine, [Line(15, "2", (60, "EUR"), 8)]) == {}
    assert joins_itself({"a": 1, "b": 2}, ("a", "b"), 2, 1) and not joins_itself({"a": 1, "b": 3}, ("a", "b"), 2, 1)


def test_what_was_written_since_stays_and_the_rest_goes_back(s) -> None:
    scene = projects(s)
    old = {one.id: (one.name_cs, str(one.planned_start.edtf)) for one in (scene.kept, scene.absorbed)}
    put_together(s, scene, Choices({"name": "absorbed", "planned_start": "absorbed", "cz_role": "absorbed"}))
    with changing(s):
        edit_project(
            s, SYSTEM, scene.kept, {"website": "https://novy.example/", "note": Pair("Poznámka", "")}, support(s)
        )
        edit_flow(s, SYSTEM, scene.more, {"amount": funding.eur(50)}, support(s))
        set_milestone(s, SYSTEM, {"name": Pair("Nový milník", ""), "of": scene.kept.id, "due": None})
        edit_project(s, SYSTEM, scene.part, {"umbrella": scene.other.id}, support(s))
    new = funding.flow(s, scene.kept, 7, provider=scene.giver.id)
    update = progress.update(s, scene.kept, "2016", light="bad", happened="Zdrželo se.")
    change = merger(s, scene.absorbed)
    found = foresee_parting(s, scene.absorbed, change)
    assert set(found.kept_values) == {"website", "light"}
    assert {"name", "planned_start", "cz_role", "reference"} <= set(found.values)
    assert found.changed == ((scene.part.id, "umbrella"),)
    assert {new.id, update.id} < {one.id for one in written_since(s, SYSTEM, scene.kept, change)}
    part(s, scene)
    s.expire_all()
    kept, absorbed = scene.kept, scene.absorbed
    assert {one.id: (one.name_cs, str(one.planned_start.edtf)) for one in (kept, absorbed)} == old
    assert (kept.website, absorbed.website) == ("https://novy.example/", "https://iom.example/")
    assert (kept.light, kept.note_cs, kept.reference) == ("bad", "Poznámka", None)
    assert (absorbed.standing, absorbed.merged_into_id, absorbed.light) == (None, None, "ok")
    assert (new.booked_id, scene.more.booked_id, scene.more.amount) == (kept.id, absorbed.id, funding.eur(50))
    assert new.name_cs == "Evropská komise → Vlajkový projekt"
    assert (scene.update.of_id, update.of_id, scene.part.umbrella_id) == (absorbed.id, kept.id, scene.other.id)
    for one in (kept, absorbed):
        agree(s, one)
    assert leader(s, absorbed.id, "website").certainty == "public"


def test_a_statement_that_was_let_lead_since_goes_back_and_the_kept_record_keeps_a_copy(s) -> None:
    scene = projects(s)
    before = tables(s)
    theirs = leader(s, scene.absorbed.id, "planned_start")
    put_together(s, scene)
    with changing(s):
        choose_leading(s, SYSTEM, s.get_one(Statement, theirs.id), "Dokument je přesnější.")
    part(s, scene)
    s.expire_all()
    copy = leader(s, scene.kept.id, "planned_start")
    assert (theirs.record_id, theirs.leading, copy.id != theirs.id) == (scene.absorbed.id, True, True)
    assert (copy.value, copy.certainty, len(copy.citations)) == (theirs.value, "public", 1)
    assert str(scene.kept.planned_start.edtf) == "2013-02"
    agree(s, scene.kept, scene.absorbed)
    changed = differing(before, tables(s))
    assert set(changed) == {"project", "statement", "citation"}


def test_a_fact_confirmed_since_by_another_source_stays_though_its_value_is_the_same(s) -> None:
    scene = organisations(s)
    put_together(s, scene)
    quoted = Quotation(funding.document(s, "Výroční zpráva").id, "s. 3", "IOM")
    with changing(s):
        state_fact(
            s,
            SYSTEM,
            scene.flow,
            "receiver",
            scene.kept.id,
            Support("document", (quoted,), reason="Ověřeno."),
            lead=True,
        )
        state_fact(
            s, SYSTEM, scene.kept, "seat", "Ženeva", Support("document", (quoted,), reason="Ověřeno."), lead=True
        )
    found = part(s, scene)
    assert (scene.flow.id, "receiver") in found.changed and "seat" in found.kept_values
    s.expire_all()
    assert (scene.flow.receiver_id, scene.kept.seat, scene.absorbed.seat) == (scene.kept.id, "Ženeva", "Ženeva")
    assert scene.contract.coordinator_id == scene.absorbed.id
    agree(s, scene.flow, scene.kept, scene.absorbed, scene.contract)


def test_a_circle_of_bodies_made_since_keeps_them_together(s) -> None:
    scene = organisations(s)
    above = partners.organisation(s, "Nadřízená")
    with changing(s):
        edit_organisation(s, SYSTEM, scene.absorbed, {"parent": above.id})
    put_together(s, scene)
    with changing(s):
        edit_organisation(s, SYSTEM, scene.kept, {"parent": None})
        edit_organisation(s, SYSTEM, above, {"parent": scene.below.id})
    before = tables(s)
    with pytest.raises(InvalidInput) as refused:
        part(s, scene)
    assert refused.value.errors == {"": "part_circle"}
    assert differing(before, tables(s)) == {}


def test_only_whoever_may_edit_both_merges_and_separates(s) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    scene = projects(s)
    kept = funding.project(s, "Můj projekt", framework=mine)
    foreign = funding.project(s, "Cizí projekt", framework=other)
    editor, viewer = accounts.actor(s, "editor", frameworks=[mine.id]), accounts.actor(s, "viewer", everywhere=False)
    whole = accounts.actor(s, "editor", everywhere=True)
    scene.kept, scene.absorbed = kept, foreign
    for actor in (editor, viewer):
        with pytest.raises(Forbidden):
            put_together(s, scene, actor=actor)
    put_together(s, scene, actor=whole)
    for actor, error in ((editor, Forbidden), (viewer, Forbidden)):
        with pytest.raises(error):
            part(s, scene, actor=actor)
    with pytest.raises(Refused) as refused, changing(s):
        edit_project(s, whole, foreign, {"acronym": "X"})
    assert "merged into another one" in str(refused.value.message)
    part(s, scene, actor=whole)
    with pytest.raises(InvalidInput) as missing:
        put_together(s, scene, actor=whole, reason="  ")
    assert missing.value.errors == {"reason": "merge_reason_missing"}


def test_a_merge_shows_nobody_what_they_may_not_see(s) -> None:
    framework = frameworks.framework(s, "Rámec")
    kept, absorbed = (
        funding.project(s, "Otevřený", framework=framework),
        funding.project(s, "Druhý", framework=framework),
    )
    secret = funding.project(s, "Tajný", framework=framework)
    hidden = partners.organisation(s, "Tajný dárce")
    reader = accounts.person(s, "editor", everywhere=True)
    flow = funding.flow(s, absorbed, 90, provider=hidden.id)
    with changing(s):
        for one in (secret, hidden):
            one.confidential = True
            name_reader(s, SYSTEM, one, reader)
            settle(s, [one])
    outsider = accounts.actor(s, "editor", everywhere=True)
    assert obstacle(s, kept, secret) == obstacle(s, secret, kept) == "merge_secrecy"
    scene = projects(s)
    scene.kept, scene.absorbed = kept, secret
    with pytest.raises(NotFound):
        put_together(s, scene, actor=outsider)
    scene.absorbed = absorbed
    assert hanging(s, outsider, (kept.id, absorbed.id)) == []
    put_together(s, scene, actor=outsider)
    s.expire_all()
    assert flow.booked_id == kept.id
    seen = select(func.count()).select_from(Record).where(Record.id == flow.id, visible_to(outsider))
    assert s.scalar(seen) == 0
    with changing(s):
        kept.confidential = True
        name_reader(s, SYSTEM, kept, reader)
        settle(s, [kept])
    assert s.scalar(select(Record.id).where(Record.id == absorbed.id, visible_to(outsider))) is None
    with pytest.raises(NotFound):
        part(s, scene, actor=outsider)


@pytest.mark.parametrize("code", ["merge_below", "merge_withdrawn", "merge_kind"])
def test_what_is_no_second_entry_is_refused(s, code) -> None:
    scene = projects(s)
    if code == "merge_below":
        pair = (scene.absorbed, scene.part)
    elif code == "merge_kind":
        pair = (scene.framework, frameworks.framework(s, "Druhý rámec"))
    else:
        with changing(s):
            scene.other.standing, scene.other.standing_reason = "withdrawn", "Omyl."
        pair = (scene.kept, scene.other)
    assert obstacle(s, *pair) == obstacle(s, *reversed(pair)) == code


def test_the_parts_of_a_part_are_refused_at_the_umbrella(s) -> None:
    scene = projects(s)
    with changing(s):
        edit_project(s, SYSTEM, scene.kept, {"umbrella": scene.other.id})
    before = tables(s)
    with pytest.raises(InvalidInput) as refused:
        put_together(s, scene)
    assert refused.value.errors == {"umbrella": "has_parts_itself"}
    assert differing(before, tables(s)) == {}


def test_the_kept_record_is_as_sure_as_the_surer_one_and_what_is_surer_moves_beside_what_it_has(s) -> None:
    scene = projects(s)
    unsure = funding.project(s, "Domnělý", framework=scene.framework, certainty="public")
    role, own = (partners.role(s, one, scene.doer) for one in (scene.absorbed, unsure))
    donor = partners.role(s, unsure, scene.giver, "donor")
    with changing(s):
        role.certainty, own.certainty, donor.certainty = "document", "uncited", "document"
    before = tables(s)
    scene.kept = unsure
    put_together(s, scene)
    s.expire_all()
    assert (unsure.certainty, scene.absorbed.certainty) == ("document", "document")
    assert (role.within_id, own.within_id, role.certainty, own.certainty) == (unsure.id,) * 2 + ("document", "uncited")
    left = select(Participation.participant_id).where(Participation.within_id == scene.absorbed.id)
    assert list(s.scalars(left)) == [scene.giver.id]
    part(s, scene)
    assert differing(before, tables(s)) == {}
    put_together(s, scene)
    with changing(s):
        edit_project(s, SYSTEM, unsure, {"certainty": "unsure"}, support(s))
    part(s, scene)
    s.expire_all()
    assert (unsure.certainty, scene.absorbed.certainty) == ("unsure", "document")
