"""Merging and separating: what is moved, what stays, what counts, and that separating gives everything back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.kernel.asof import as_of
from portal.kernel.db import Base
from portal.kernel.errors import InvalidInput, Stale
from portal.kernel.permission import SYSTEM, visible_to
from portal.kernel.record import Record
from portal.kernel.search import SearchWord
from portal.kernel.transaction import Change, change, unit
from portal.merging.actions import Choices, merge, promise
from portal.merging.prospect import foresee
from portal.merging.queries import booked, merger
from portal.merging.references import ONE_BY_ONE, STAYS, moved, places
from portal.sources.actions import leader
from portal.sources.facts import decode, kinds_in_sets
from portal.sources.facts import facts_of_kind as facts
from portal.sources.facts import read as held
from portal.sources.models import Statement
from portal.standing.queries import frameworks_of, sums
from tests.factories import changing, partners
from tests.merging.scene import SCENES, differing, organisations, part, projects, put_together, tables


def agree(s, *records: Record) -> None:
    """Every fact of the records says what leads of it."""
    for record in records:
        for f in facts(record.kind).values():
            lead = leader(s, record.id, f.field)
            if lead is not None:
                said = decode(f, lead.value, lead.value_cs, lead.value_en)
                assert held(record, f) == (said or None), (record.kind, f.field)


@pytest.mark.parametrize("of", list(SCENES))
@pytest.mark.parametrize("whose", ["unasked", "absorbed", "both"])
def test_a_merge_that_is_separated_leaves_every_table_as_it_was(s, of, whose) -> None:
    scene = SCENES[of](s)
    before = tables(s)
    units = ("name", "planned_start", "status", "countries", "website", "reference", "ref", "seat", "abbreviation")
    put_together(s, scene, Choices({} if whose == "unasked" else dict.fromkeys(units, whose)))
    after = tables(s)
    assert differing(before, after)["record"]
    assert {
        name: len(rows) for name, rows in after.items() if name not in ("statement", "project_country", "search_word")
    }["citation"] == len(before["citation"])
    agree(s, scene.kept)
    part(s, scene)
    assert differing(before, tables(s)) == {}
    agree(s, scene.kept, scene.absorbed)


@pytest.mark.parametrize("of", list(SCENES))
def test_every_reference_to_a_record_is_moved_or_named_with_a_reason(s, of) -> None:
    scene = SCENES[of](s)
    there = {one.name: one for one in places(Base.metadata, of)}
    for one in moved(Base.metadata, of):
        assert one.table.info.get("versioned"), one.name
        assert [key.name for key in one.table.primary_key.columns] == ["id"], one.name
    known = {one.name for kind in SCENES for one in places(Base.metadata, kind)}
    assert {*ONE_BY_ONE, *STAYS} <= known
    assert kinds_in_sets() & set(SCENES) == {"organisation"}
    hanging = {
        name for name, one in there.items() if s.scalar(select(one.column).where(one.column == scene.absorbed.id))
    }
    stays = {name for name, _key in foresee(s, scene.kept, scene.absorbed).stays}
    put_together(s, scene)
    for one in moved(Base.metadata, of):
        left = s.scalars(select(one.table.c.id).where(one.column == scene.absorbed.id)).all()
        assert not left or one.table.name in stays, one.name
        moved_to = s.scalar(select(func.count()).where(one.column == scene.kept.id))
        assert moved_to or one.name not in hanging or one.table.name in stays, one.name
    assert len(hanging & {one.name for one in moved(Base.metadata, of)}) >= (14 if of == "project" else 7)


def test_what_collides_stays_with_the_absorbed_record_and_counts_nowhere(s) -> None:
    scene = projects(s)
    rows = {name: len(found) for name, found in tables(s).items()}
    put_together(s, scene)
    s.expire_all()
    assert (scene.same.from_id, scene.same.to_id) == (scene.kept.id, scene.absorbed.id)
    assert scene.role.within_id == scene.kept.id
    assert scene.part.umbrella_id == scene.kept.id
    now = {name: len(found) for name, found in tables(s).items()}
    assert all(
        now[name] == rows[name] for name in ("record", "participation", "link", "flow", "citation", "comment", "follow")
    )
    twice = select(func.count()).where(visible_to(SYSTEM))
    for kind, number in (("participation", 2), ("link", 2)):
        assert s.scalar(twice.select_from(Record).where(Record.kind == kind)) == number
    assert scene.mine.name_cs == "Evropská komise → IOM"
    assert scene.twice.name_cs == "Evropská komise → Vlajkový projekt"


def test_a_flow_between_the_two_stays_and_organisations_keep_the_rest_together(s) -> None:
    scene = organisations(s)
    put_together(s, scene)
    s.expire_all()
    assert (scene.between.provider_id, scene.between.receiver_id) == (scene.kept.id, scene.absorbed.id)
    assert scene.flow.receiver_id == scene.kept.id and scene.flow.name_cs == "Evropská komise → IOM"
    assert leader(s, scene.flow.id, "receiver").value == f"#{scene.kept.id}"
    assert [one.parent_id for one in (scene.below,)] == [scene.kept.id]
    assert (scene.instrument.owner_id, scene.act.adopted_by_id, scene.holder.organisation_id) == (scene.kept.id,) * 3
    assert (scene.kept.ref, scene.kept.seat) == ("XM-DAC-47066", "Ženeva")
    agree(s, scene.flow, scene.contract, scene.kept)


def test_nothing_becomes_more_certain_and_values_keep_their_sources(s) -> None:
    scene = projects(s)
    before = dict(s.execute(select(Statement.id, Statement.certainty)).all())
    source = [c.document_id for c in leader(s, scene.absorbed.id, "website").citations]
    put_together(s, scene, Choices({"countries": "both", "planned_start": "absorbed"}))
    now = dict(s.execute(select(Statement.id, Statement.certainty)).all())
    assert {i: now[i] for i in before} == before
    assert {now[i] for i in now.keys() - before.keys()} == {"uncited"}
    lead = leader(s, scene.kept.id, "website")
    assert (lead.certainty, [c.document_id for c in lead.citations]) == ("public", source)
    assert (scene.kept.certainty, str(scene.kept.planned_start.edtf)) == ("document", "2013-02")
    assert leader(s, scene.kept.id, "countries").certainty == "uncited"


def test_totals_after_the_merge_are_those_that_were_promised(s) -> None:
    scene = projects(s)
    found = booked(s, SYSTEM, scene.kept, scene.absorbed)
    assert {one.flow.id: one.moves for one in found} == {scene.twice.id: False, scene.more.id: True}
    chosen = Choices(left=frozenset({scene.twice.id}))
    frameworks = frameworks_of(s, SYSTEM, scene.kept, scene.absorbed)
    before, rows = sums(s, SYSTEM, frameworks), tables(s)
    moving, promised = promise(
        s, SYSTEM, scene.kept, scene.absorbed, chosen, "Zkouška.", lambda s: sums(s, SYSTEM, frameworks)
    )
    assert differing(rows, tables(s)) == {} and sums(s, SYSTEM, frameworks) == before
    with changing(s):
        merge(s, SYSTEM, scene.kept, scene.absorbed, chosen, "Zkouška.", moving.mark)
    after = sums(s, SYSTEM, frameworks)
    assert after == promised
    assert [[one.amount.minor for one in totals] for totals, _n in (*before, *after)] == [[124000]] * 2 + [[64000]] * 2
    assert (before[0][1], after[0][1]) == ((4, 2), (3, 2)), "one project fewer, and its overdue reports are still owed"
    s.expire_all()
    assert (scene.twice.booked_id, scene.more.booked_id) == (scene.absorbed.id, scene.kept.id)


def test_what_was_changed_since_the_promise_is_not_merged(s) -> None:
    scene = projects(s)
    mark = foresee(s, scene.kept, scene.absorbed).mark
    partners.role(s, scene.absorbed, scene.giver, "partner")
    with pytest.raises(Stale), changing(s):
        merge(s, SYSTEM, scene.kept, scene.absorbed, Choices(), "Zkouška.", mark)
    assert scene.absorbed.standing is None


def test_the_kept_record_is_found_by_what_the_absorbed_one_was_called(s) -> None:
    scene = projects(s)

    def found(word: str) -> set[int]:
        asked = select(SearchWord.record_id).where(
            SearchWord.word.startswith(word), visible_to(SYSTEM, SearchWord.record_id)
        )
        return set(s.scalars(asked)) & {scene.kept.id, scene.absorbed.id}

    assert found("reintegrac") == {scene.absorbed.id}
    put_together(s, scene)
    assert found("reintegrac") == {scene.kept.id}
    assert found("mv") == {scene.kept.id}
    part(s, scene)
    assert found("reintegrac") == {scene.absorbed.id}


def test_merges_one_upon_the_other_come_apart_in_reverse(s) -> None:
    first = organisations(s)
    third = partners.organisation(s, "Třetí zápis", website="https://iom.example/")
    before = tables(s)
    put_together(s, first)
    middle = tables(s)
    with changing(s):
        merge(s, SYSTEM, third, first.kept, Choices(), "Také totéž.")
    for kept, absorbed, code in (
        (third, first.absorbed, "merge_merged"), (third, third, "merge_itself"), (first.project, third, "merge_other_kind"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused, changing(s):
            merge(s, SYSTEM, kept, absorbed, Choices(), "Zkouška.")
        assert refused.value.errors == {"": code}
    with pytest.raises(InvalidInput) as refused:
        part(s, first)
    assert refused.value.errors == {"": "part_kept_merged"}
    from portal.merging.actions import separate

    with changing(s):
        separate(s, SYSTEM, first.kept, "Přece ne.")
    assert differing(middle, tables(s)) == {}
    part(s, first)
    assert differing(before, tables(s)) == {}


def test_the_past_shows_both_as_they_stood(engine) -> None:
    with unit(engine) as s:
        with change(s, None, "command", actor_name="zkouška"):
            scene = organisations(s)
            ids = scene.kept.id, scene.absorbed.id
        before = s.scalar(select(func.max(Change.id)))
        put_together(s, scene)
        merged = merger(s, s.get_one(Record, ids[1])).id
    with as_of(engine, before) as past:
        assert [past.get_one(Record, i).standing for i in ids] == [None, None]
        assert set(past.scalars(select(Record.id).where(Record.id.in_(ids), visible_to(SYSTEM)))) == set(ids)
    with as_of(engine, merged) as past:
        assert set(past.scalars(select(Record.id).where(Record.id.in_(ids), visible_to(SYSTEM)))) == {ids[0]}
