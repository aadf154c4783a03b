"""Frameworks: the tree, its rules, who writes where, adding and editing as a person does it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.frameworks import actions, queries
from portal.frameworks.models import Framework
from portal.frameworks.rules import problems
from portal.kernel import transaction
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import accounts, changing, frameworks, sources


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"launched": When("2009-04"), "ended": When("2008")}, {"ended": "end_before_start"}),
        ({"signed": When("2012-08-02"), "ended": When("2012-08-01")}, {"ended": "end_before_start"}),
        ({"launched": When("2009"), "ended": When("2009")}, {}),
        ({"name": Pair("", "")}, {"name": "name_missing"}),
        ({"parent": 3, "id": 3}, {"parent": "part_of_itself"}),
    ],
)
def test_the_rules_name_the_unit_and_a_code(values: dict, found: dict) -> None:
    assert problems(values) == found


def test_no_framework_lies_under_itself_however_deep(s: Session) -> None:
    top = frameworks.framework(s, "Globální přístup")
    middle = frameworks.framework(s, "Východní dimenze", parent=top)
    low = frameworks.framework(s, "Pražský proces", parent=middle)
    with changing(s), pytest.raises(InvalidInput) as refused:
        actions.edit_framework(s, SYSTEM, top, {"parent": low.id})
    assert refused.value.errors == {"parent": "part_of_itself"}
    assert queries.descendant_ids(s, top.id) == {top.id, middle.id, low.id}
    assert [f.name_cs for f in queries.ancestors(s, SYSTEM, low)] == ["Globální přístup", "Východní dimenze"]


def test_the_tree_is_in_czech_order(s: Session) -> None:
    top = frameworks.framework(s, "Partnerství pro mobilitu")
    for name in ("s Gruzií", "s Chorvatskem", "s Arménií", "s Českem", "s Hondurasem"):
        frameworks.framework(s, name, parent=top)
    rows = [(b.depth, b.framework.name_cs) for root in queries.tree(s, SYSTEM, "cs") for b in root.walk()]
    assert rows == [
        (0, "Partnerství pro mobilitu"), (1, "s Arménií"), (1, "s Českem"), (1, "s Gruzií"), (1, "s Hondurasem"),
        (1, "s Chorvatskem"),
    ]  # fmt: skip


def test_an_editor_writes_the_frameworks_given_and_below_them_and_nowhere_else(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    below = frameworks.framework(s, "Pod mým", parent=mine)
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    with changing(s):
        actions.edit_framework(s, editor, mine, {"website": "https://a.example"})
        actions.edit_framework(s, editor, below, {"website": "https://b.example"})
        assert actions.add_framework(s, editor, {"name": Pair("Nový", ""), "parent": below.id}).parent_id == below.id
        for place in ({"parent": other.id}, {}):
            with pytest.raises(Forbidden):
                actions.add_framework(s, editor, {"name": Pair("Nový", ""), **place})
        with pytest.raises(Forbidden):
            actions.edit_framework(s, editor, other, {"website": "https://c.example"})
        for place in (other.id, None):
            with pytest.raises(Forbidden):
                actions.edit_framework(s, editor, below, {"parent": place})


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Globální přístup")
        made = {
            "top": top, "low": frameworks.framework(s, "Pražský proces", parent=top),
            "other": frameworks.framework(s, "Panel"), "document": sources.document(s, "Zpráva"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def test_every_unit_of_a_new_framework_is_kept_with_its_source(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/frameworks/add?under={scene['low']}")
    assert page.value("parent") == str(scene["low"])
    shown = client.follow(
        client.submit(
            page,
            name_cs="Cílený dialog",
            name_en="Targeted dialogue",
            kind_code="eu_dialogue",
            launched="duben 2009",
            signed="2. 8. 2012",
            ended="2017",
            cz_role_cs="účastní se",
            description_en="A dialogue",
            website="icmpd.org/x",
            reference="MV-9",
            note_cs="Poznámka",
            source="Zpráva",
            source_sure="unsure",
            fields={"status": "ended"},
        )  # fmt: skip
    )
    assert shown.h1 == "Cílený dialog"
    with transaction.unit(engine) as s:
        made = s.scalar(select(Framework).where(Framework.name_cs == "Cílený dialog"))
        assert (made.parent_id, made.kind_code, made.status) == (scene["low"], "eu_dialogue", "ended")
        assert (made.launched, made.signed, made.ended) == (When("2009-04"), When("2012-08-02"), When("2017"))
        assert (made.cz_role_cs, made.description_en, made.website) == (
            "účastní se",
            "A dialogue",
            "https://icmpd.org/x",
        )
        assert (made.reference, made.note_cs, made.certainty) == ("MV-9", "Poznámka", "unsure")
        stated = s.scalars(select(Statement).where(Statement.record_id == made.id)).all()
        assert {st.certainty for st in stated} == {"unsure"}


def test_an_editor_is_offered_only_frameworks_they_may_write_in_and_must_choose_one(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get("/frameworks/add")
    assert [o["value"] for o in page.soup.select("select[name=parent] option")] == [
        "", str(scene["top"]), str(scene["low"]),
    ]  # fmt: skip
    refused = client.submit(page, 422, name_cs="Nový")
    assert refused.errors() == ["Pod kterým rámcem : Vyplňte tento údaj."]
    client.get(f"/frameworks/{scene['other']}/edit", 403)
    assert "Upravit" not in client.get(f"/frameworks/{scene['other']}").text


def test_the_framework_at_the_top_stays_there_when_its_editor_saves_it(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    client.submit(client.get(f"/frameworks/{scene['top']}/edit"), website="https://a.example")
    with transaction.unit(engine) as s:
        top = s.get(Framework, scene["top"])
        assert (top.parent_id, top.website) == (None, "https://a.example")


def test_a_framework_is_not_offered_as_its_own_parent(scene, client_as) -> None:
    page = client_as("administrator").get(f"/frameworks/{scene['top']}/edit")
    assert [o["value"] for o in page.soup.select("select[name=parent] option")] == ["", str(scene["other"])]


def test_both_dates_are_named_when_the_end_comes_first(scene, client_as) -> None:
    client = client_as("administrator")
    client.speak("en")
    page = client.get(f"/frameworks/{scene['top']}/edit")
    refused = client.submit(page, 422, launched="April 2009", ended="2008")
    assert refused.errors() == [
        "Ended : The end lies before the start. Correct one of the two dates, or write them less precisely."
    ]
    assert (refused.value("launched"), refused.value("ended")) == ("April 2009", "2008")


def test_a_programme_has_phases_in_their_order_and_who_may_edit_it_edits_them(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    first = client.get(f"/frameworks/{scene['low']}/phases/add")
    assert (first.value("framework"), first.value("position")) == (str(scene["low"]), "1")
    client.submit(first, name_cs="Vyhledávání svědků", aim_cs="najít svědky", position="2")
    client.submit(client.get(f"/frameworks/{scene['low']}/phases/add"), name_cs="Příprava", position="1", period="2005")
    with transaction.unit(engine) as s:
        phases = queries.phases_of(s, SYSTEM, scene["low"])
        assert [(p.position, p.name_cs, p.aim_cs) for p in phases] == [
            (1, "Příprava", ""), (2, "Vyhledávání svědků", "najít svědky"),
        ]  # fmt: skip
        second = phases[1].id
    client.submit(client.get(f"/phases/{second}/edit"), outcome_cs="začlenění", position="3")
    refused = client.submit(client.get(f"/phases/{second}/edit"), 422, position="0")
    assert refused.errors() == ["Kolikátá je : Napište číslo od 1 do 99."]
    profile = client.get(f"/frameworks/{scene['low']}")
    assert [h.get_text() for h in profile.soup.select("#phases h3 > a:first-child")] == [
        "Příprava",
        "Vyhledávání svědků",
    ]
    client.get(f"/frameworks/{scene['other']}/phases/add", 403)


def test_the_national_programme_has_both_phases_and_all_participants(read_as, store) -> None:
    with Session(store.reading) as s:
        programme = s.scalar(
            select(Framework.id).where(Framework.key == "programme-support-combating-illegal-migration")
        )
    page = read_as("viewer").get(f"/frameworks/{programme}")
    assert [h.get_text().replace("\xa0", " ") for h in page.soup.select("#phases h3 > a:first-child")] == [
        "1. fáze: vyhledávání možných svědků", "2. fáze: trestní řízení a podpora svědků",
    ]  # fmt: skip
    roles = [" ".join(row.get_text(" ").split()) for row in page.soup.select("#roles tbody tr")]
    assert len(roles) == 7 and sum("koordinátor" in row for row in roles) == 1
    assert "průběžně ucelené informace o Programu" in page.text
