"""The pages of comparing, merging and separating: what they show, ask, refuse and tell."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.standing import MERGED
from portal.kernel.transaction import Change
from tests.factories import frameworks, funding
from tests.merging.scene import organisations, projects
from tests.portfolio.test_query_counts import queries


@pytest.fixture
def scene(engine):
    """The two projects and what the tests ask of, by name."""
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        made = projects(s)
        elsewhere = funding.project(s, "Cizí projekt", framework=frameworks.framework(s, "Cizí rámec"))
        named = {
            "kept": made.kept,
            "absorbed": made.absorbed,
            "twice": made.twice,
            "framework": made.framework,
            "part": made.part,
        }
        return {name: one.id for name, one in (named | {"elsewhere": elsewhere}).items()}


def standing_of(engine, record_id: int) -> str | None:
    with transaction.unit(engine) as s:
        return s.scalars(select(Record.standing).where(Record.id == record_id)).one()


def test_two_records_are_compared_merged_and_separated(engine, scene, client_as) -> None:
    editor, viewer = client_as("editor", everywhere=True, lang="cs"), client_as("viewer", lang="en")
    kept, absorbed = scene["kept"], scene["absorbed"]
    pair = f"/records/{kept}/compare/{absorbed}"
    assert pair in editor.get(f"/projects/{kept}").links()
    assert pair in editor.get("/work?scope=all").links()
    shown = viewer.get(pair)
    text = shown.text
    assert "What differs" in text and "Reintegrace navrátilců" in text and "iom.example" in text
    assert "MV-12/2014" in text and "status update 0 1" in text and "flow 1 2" in text
    assert not [link for link in shown.links() if "/merge/" in link]
    assert any("#source-" in link for link in shown.links())
    viewer.get(f"/records/{kept}/merge/{absorbed}", 403)

    chosen = editor.get(editor.get(f"/projects/{kept}").link("Porovnat nebo sloučit"))
    assert pair in chosen.links()
    compared = editor.get(f"/records/{kept}/compare?other={absorbed}", 303)
    assert compared.location == pair
    page = editor.get(editor.follow(compared).link("Zachovat tento záznam : Vlajkový projekt"))
    assert page.value("unit-name") == "kept" and page.value("unit-website") == "absorbed"
    assert str(scene["twice"]) not in page.values()["flow"] and "zachovaný záznam má stejnou částku" in page.text
    refused = editor.submit(page, 422, reason=" ")
    assert refused.errors()
    told = editor.submit(page, 200, reason="Potvrdil to partner.", unit__name="absorbed")
    assert "1 240 EUR 640 EUR" in told.text.replace("\xa0", " ") and "Projekty 5 4" in told.text
    assert standing_of(engine, absorbed) is None
    seal = told.value("seal")
    assert seal
    changed = editor.submit(told, 409, button="do", unit__name="kept")
    assert "Zatím není nic sloučeno" in changed.text and changed.value("seal") != seal
    done = editor.follow(editor.submit(told, button="do"))
    assert done.h1 == "Reintegrace navrátilců" and "Zastupuje také záznam" in done.text
    assert standing_of(engine, absorbed) == MERGED

    refused = editor.get(f"/projects/{absorbed}/milestones/add", 422)
    assert "byl sloučen do jiného" in refused.text and "obnovte" not in refused.text
    assert refused.link("Na záznam") == f"/projects/{kept}"
    away = editor.get(f"/projects/{absorbed}")
    banner = away.soup.select_one("main .note--bad").get_text(" ")
    assert "Sloučeno do záznamu" in banner and "Potvrdil to partner." in banner
    assert f"/projects/{kept}" in away.links() and f"/records/{absorbed}/separate" in away.links()
    assert f"/projects/{absorbed}/edit" not in away.links()
    for one, other in ((kept, absorbed), (absorbed, kept)):
        history = editor.get(f"/records/{one}/history")
        assert f"/projects/{kept}" in history.links() and "sloučeno" in history.text and other
    assert "Reintegrace navrátilců (sloučeno)" not in editor.get("/projects").text
    assert f"/projects/{absorbed}" not in editor.get("/search?q=reintegrace+navrátilců").links()
    assert f"/projects/{kept}" in editor.get("/search?q=MV-12/2014").links()
    with transaction.unit(engine) as s:
        change = s.scalars(select(Change.id).where(Change.reason == "Potvrdil to partner.")).one()
        before = s.scalars(select(func.max(Change.id)).where(Change.id < change)).one()
    assert "sloučila nebo rozdělila" in editor.get(f"/changes/{change}/undo").text
    past = editor.get(f"/k/{before}/projects/{absorbed}")
    assert "Sloučeno do záznamu" not in past.text
    assert f"/k/{before}/records/{absorbed}/compare/{kept}" in past.links()

    page = editor.get(away.link("Oba záznamy zase rozdělit"))
    assert "Nic se nezapsalo" in page.text or "Po sloučení se nic nezapsalo" in page.text
    assert editor.submit(page, 422, reason="").errors()
    totals = editor.submit(page, 200, reason="Partner se spletl.", show="1")
    assert "Co se změní" in totals.text and standing_of(engine, absorbed) == MERGED
    assert "Žádný součet portfolia se nezmění" in totals.text or "Známé financování celého portfolia" in totals.text
    back = editor.follow(editor.submit(totals, reason="Partner se spletl."))
    assert "Záznamy jsou zase dva" in back.text and back.h1 == "Reintegrace navrátilců"
    assert editor.get(f"/projects/{kept}").h1 == "Vlajkový projekt"
    assert standing_of(engine, absorbed) is None
    assert editor.get(f"/records/{absorbed}/separate", 303).location == f"/projects/{absorbed}"


def test_two_people_at_once_are_told_and_nothing_is_half_saved(engine, scene, client_as) -> None:
    first, second = (client_as("editor", everywhere=True, lang="cs") for _n in range(2))
    kept, absorbed = scene["kept"], scene["absorbed"]
    path = f"/records/{kept}/merge/{absorbed}"
    seen = first.submit(first.get(path), 200, reason="Totéž.")
    form, other_way = second.get(f"/projects/{absorbed}/edit"), second.get(f"/records/{absorbed}/merge/{kept}")
    second.submit(second.get(f"/projects/{absorbed}/edit"), acronym="RGN")
    late = first.submit(seen, 409, button="do")
    assert "něco změnilo" in late.text and "RGN" in late.text
    assert standing_of(engine, absorbed) is None
    first.submit(late, button="do")
    assert standing_of(engine, absorbed) == MERGED
    refused = second.submit(form, 422, acronym="XYZ")
    assert "Tento záznam byl sloučen do jiného" in refused.text
    assert "už je sloučený" in second.submit(other_way, 422, reason="Totéž.").text
    assert "už je sloučený" in second.get(f"/records/{absorbed}/compare/{kept}").text
    with transaction.unit(engine) as s:
        assert s.scalars(select(Record.name_cs).where(Record.merged_into_id.is_not(None))).all() == [
            "Reintegrace navrátilců"
        ]
    second.get(f"/records/{absorbed}/standing", 422)


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_what_cannot_be_merged_is_said_in_the_language_of_the_page(scene, client_as, lang) -> None:
    editor = client_as("editor", everywhere=True, lang=lang)
    kept, absorbed, part = scene["kept"], scene["absorbed"], scene["part"]
    itself = editor.get(f"/records/{kept}/compare/{kept}", 422)
    assert itself.errors() == [
        "Je to dvakrát týž záznam. Zvolte jiný."
        if lang == "cs"
        else "This is the same record twice. Choose another one."
    ]
    below = editor.get(f"/records/{absorbed}/compare/{part}")
    assert ("spadá pod druhý" if lang == "cs" else "lies under the other") in below.text
    assert editor.get(f"/records/{absorbed}/merge/{part}", 303).location == f"/records/{absorbed}/compare/{part}"
    assert editor.get(f"/records/{kept}/compare?other=", 422).errors()
    for path in (
        f"/records/{kept}/compare/999999",
        f"/records/{scene['framework']}/compare",
        f"/records/{scene['framework']}/separate",
    ):
        editor.get(path, 404)
    local = client_as("editor", frameworks=[scene["framework"]], lang=lang)
    local.get(f"/records/{kept}/merge/{scene['elsewhere']}", 403)
    assert not [
        link for link in local.get(f"/records/{kept}/compare/{scene['elsewhere']}").links() if "/merge/" in link
    ]


def test_organisations_are_compared_in_as_many_queries_whatever_hangs_on_them(engine, client_as) -> None:
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        made = organisations(s)
        path = f"/records/{made.kept.id}/compare/{made.absorbed.id}"
        ids = made.project.id, made.absorbed.id, made.giver.id
    browser = client_as("viewer", lang="cs")
    with queries() as few:
        browser.get(path)
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        project, absorbed, giver = (s.get_one(Record, i) for i in ids)
        for _n in range(20):
            funding.flow(s, project, 1, provider=giver.id, receiver=absorbed.id)
    with queries() as many:
        assert "tok 1 22" in browser.get(path).text
    assert len(many) == len(few)
