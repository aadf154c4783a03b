"""What merging and separating must not lose, and must not show."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.actions import name_reader, unname_reader
from portal.accounts.queries import actor_of
from portal.desk.actions import follow
from portal.desk.models import Follow
from portal.history.clashes import _statements
from portal.history.subjects import twin
from portal.history.touched import about, is_about
from portal.kernel.errors import Refused
from portal.kernel.permission import SYSTEM, sees
from portal.kernel.record import Record, RecordReader
from portal.kernel.search import hits
from portal.kernel.settling import settle
from portal.merging.actions import Choices
from portal.projects.actions import edit_project
from portal.sources.actions import Quotation, cite, leader
from portal.sources.facts import Pair, fact, read, write
from portal.sources.models import Citation, Statement
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, funding, results
from tests.factories import projects as project_factory
from tests.merging.scene import differing, part, projects, put_together, tables


@pytest.mark.parametrize("how", ["itself", "fewer", "above"])
def test_what_became_hidden_since_the_merge_stays_hidden_once_separated(s, how) -> None:
    scene = projects(s)
    reader, other = (accounts.person(s, "editor", everywhere=True) for _ in range(2))
    above = frameworks.framework(s, "Tajný rámec")

    def hide(records: list[Record], *people) -> None:
        with changing(s):
            for one in records:
                one.confidential = True
                for person in people:
                    name_reader(s, SYSTEM, one, person)
            settle(s, records)

    if how == "fewer":
        hide([scene.kept, scene.absorbed], reader, other)
    put_together(s, scene)
    if how == "itself":
        hide([scene.kept], reader)
    elif how == "fewer":
        with changing(s):
            unname_reader(s, SYSTEM, scene.kept, other)
    else:
        with changing(s):
            scene.kept.framework_id = above.id
        hide([above], reader)
    part(s, scene, actor=actor_of(s, reader))
    s.expire_all()
    assert scene.absorbed.standing is None and scene.absorbed.confidential
    named = select(RecordReader.person_id).where(RecordReader.record_id == scene.absorbed.id)
    assert list(s.scalars(named)) == [reader.id]
    for record in (scene.absorbed, scene.more):
        assert [sees(s, actor_of(s, one), record.id) for one in (reader, other)] == [True, False]


def test_records_hidden_alike_come_apart_as_they_were_and_who_follows_again_keeps_both(s) -> None:
    scene = projects(s)
    reader = accounts.person(s, "editor", everywhere=True)
    with changing(s):
        for one in (scene.kept, scene.absorbed):
            one.confidential = True
            name_reader(s, SYSTEM, one, reader)
            name_reader(s, SYSTEM, one, scene.editor)
        settle(s, [scene.kept, scene.absorbed])
    before = tables(s)
    put_together(s, scene)
    with changing(s):
        follow(s, actor_of(s, scene.editor), scene.absorbed)
    part(s, scene)
    mine = select(Follow.record_id).where(Follow.person_id == scene.editor.id).order_by(Follow.record_id)
    assert list(s.scalars(mine)) == sorted([scene.kept.id, scene.absorbed.id])
    # `veil_turn` is a number that only counts how often veils were written.
    assert set(differing(before, tables(s))) - {"veil_turn"} == {"follow"}


def test_history_tells_a_source_of_the_record_its_statement_was_of_by_then(s) -> None:
    scene = projects(s)
    of = leader(s, scene.absorbed.id, "website")

    def cited_once_more(name: str) -> int:
        quoted = Quotation(funding.document(s, name).id, "s. 2", name)
        with changing(s):
            cite(s, SYSTEM, s.get_one(Statement, of.id), [quoted])
        return s.scalars(select(Citation.id).where(Citation.document_id == quoted.document_id)).one()

    def told(record: Record) -> list[int]:
        past = twin("citation")
        mine = is_about(past, select(Record.id).where(Record.id == record.id))
        rows = select(past.c.id, about(past)).where(mine, past.c.statement_id == of.id).order_by(past.c.id)
        found = s.execute(rows).all()
        assert {row[1] for row in found} <= {record.id}
        return [row[0] for row in found]

    first = [*s.scalars(select(Citation.id).where(Citation.statement_id == of.id)), cited_once_more("Před sloučením")]
    put_together(s, scene)
    later = cited_once_more("Po sloučení")
    assert (told(scene.absorbed), told(scene.kept)) == (first, [later])
    assert _statements(s, [of.id]) == {of.id: (scene.kept.id, "website")}
    part(s, scene)
    assert _statements(s, [of.id]) == {of.id: (scene.absorbed.id, "website")}
    assert (told(scene.absorbed), told(scene.kept)) == (first, [later])


@pytest.mark.parametrize("whose", ["kept", "absorbed"])
def test_members_of_a_set_that_the_person_may_not_see_are_kept_with_it(s, whose) -> None:
    scene = projects(s)
    open_one, mine, theirs = (project_factory.theme(s, name) for name in ("Návrat", "Tajné mé", "Tajné jejich"))
    with changing(s):
        edit_project(s, SYSTEM, scene.kept, {"themes": frozenset({open_one.id})}, funding.support(s))
        edit_project(s, SYSTEM, scene.kept, {"themes": frozenset({open_one.id, mine.id})})
        write(scene.absorbed, fact("project", "themes"), frozenset({theirs.id}))
        for one in (mine, theirs):
            one.confidential = True
        settle(s, [mine, theirs, scene.absorbed])
    editor = accounts.actor(s, "editor", everywhere=True)
    before = tables(s)
    put_together(s, scene, Choices({"themes": whose}), actor=editor)
    s.expire_all()
    held, facts = read(scene.kept, fact("project", "themes")), facts_of(s, editor, scene.kept)[scene.kept.id]
    assert held == {mine.id, theirs.id} | ({open_one.id} if whose == "kept" else set())
    assert leader(s, scene.kept.id, "themes").certainty == "uncited"
    if whose == "kept":
        assert (facts["themes"].lead.value, facts["themes"].lead.statement.certainty) == (
            frozenset({open_one.id}),
            "document",
        )
    part(s, scene)
    assert differing(before, tables(s)) == {}


def test_names_of_an_absorbed_record_find_the_kept_one_only_for_who_may_see_both(s) -> None:
    scene = projects(s)
    hidden = frameworks.framework(s, "Budoucí tajný")
    reader, viewer = (accounts.person(s, "viewer", everywhere=True) for _ in range(2))
    with changing(s):
        edit_project(s, SYSTEM, scene.absorbed, {"framework": hidden.id})
    put_together(s, scene)

    def found(person, text: str) -> set[int]:
        rows = hits(actor_of(s, person), text).subquery()
        return set(s.scalars(select(rows.c.record_id))) & {scene.kept.id, scene.absorbed.id}

    for text in ("reintegrace", "MV-12/2014"):
        assert found(reader, text) == found(viewer, text) == {scene.kept.id}
    with changing(s):
        hidden.confidential = True
        name_reader(s, SYSTEM, hidden, reader)
        settle(s, [hidden])
    assert (found(reader, "reintegrace"), found(viewer, "reintegrace")) == ({scene.kept.id}, set())
    assert found(viewer, "vlajkový") == {scene.kept.id}
    with changing(s):
        edit_project(s, SYSTEM, scene.kept, {"name": Pair("Nový název", "")})
    assert (found(reader, "reintegrace"), found(viewer, "reintegrace")) == ({scene.kept.id}, set())


def test_nothing_is_put_under_a_merged_record_and_the_words_lead_to_the_other_one(s) -> None:
    scene = projects(s)
    put_together(s, scene)
    with pytest.raises(Refused, match="merged into another record.*Choose the record that stands"), changing(s):
        results.milestone(s, scene.absorbed, "Pod sloučeným")
