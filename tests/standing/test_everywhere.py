"""A withdrawn record of every kind is absent from every page, list, file and search; an archived one only from lists."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.figures import Scope
from portal.figures.funding import known_funding
from portal.kernel import transaction
from portal.kernel.errors import Refused
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.standing import KINDS
from portal.standing.actions import set_standing
from portal.web import access
from tests.factories import accounts, desk, frameworks, funding, results
from tests.standing.planted import MARK, plant

PAGES = (
    "/", "/work?scope=all", "/frameworks", "/projects", "/organisations", "/countries?use=all", "/events", "/follow-ups",
    "/questions", "/updates", "/flows", "/instruments", "/contracts", "/funding?certainty=all",
    "/funding/known_funding/records?certainty=all",
    "/funding/projects_by_status/records?certainty=all", "/commission-overview",
    "/calendar", "/legal", "/milestones", "/activities", "/indicators", "/risks", f"/search?q={MARK}",
    "/tasks?whose=all", "/themes", "/obligations", "/reports",
)  # fmt: skip
LISTS = {
    "framework": "frameworks", "project": "projects", "organisation": "organisations", "event": "events",
    "follow_up": "follow-ups", "question": "questions", "instrument": "instruments", "contract": "contracts", "flow": "flows",
    "legal_instrument": "legal", "milestone": "milestones", "activity": "activities", "indicator": "indicators",
    "risk": "risks", "obligation": "obligations", "due_report": "reports",
}  # fmt: skip
"""Kinds that have a list of their own, and its address."""


@pytest.fixture
def scene(app, engine, client_as):
    """(browser, {kind: id}, stand(standing)): the planted records, and a way to give all of them a standing."""
    browser = client_as("administrator", lang="cs")
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        planted = plant(s)
        ids = {kind: planted[kind].id for kind in KINDS}
        browser.brief = f"/records/{planted['country'].id}/brief"

    def stand(standing: str | None, *kinds: str) -> None:
        with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
            for kind in kinds or ids:
                set_standing(s, SYSTEM, s.get_one(Record, ids[kind]), standing, "Zkouška.")

    return browser, ids, stand


def files(app, browser, query: str = "") -> dict[str, str]:
    """Every list as a file: the text of all its cells, by sheet."""
    found = {}
    for sheet in sorted(app.extensions["portal.exports"]):
        found[sheet] = browser.browser.get(f"/exports/{sheet}.csv{query}").get_data(as_text=True)
    return found


def rows(page) -> str:
    """What the rows of a list say; its filters name archived records, too."""
    return " ".join(body.get_text(" ") for body in page.soup.select("main tbody"))


def overview(browser) -> str:
    """Every cell of the overview for the Commission."""
    book = load_workbook(io.BytesIO(browser.browser.get("/exports/commission-overview.xlsx").data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def test_what_is_planted_is_found_where_it_is_looked_for(app, scene) -> None:
    """Without this the tests below could not fail."""
    browser, _ids, _stand = scene
    text = "\n".join(browser.get(path).text for path in (*PAGES, browser.brief)) + "\n".join(
        files(app, browser).values()
    )
    for kind in KINDS:
        if kind not in ("role_holder", "phase", "addendum", "budget"):
            assert f"{MARK} {kind}" in text, kind
    assert f"{MARK} project" in overview(browser)
    assert f"{MARK} project" in browser.get(browser.brief).text
    assert f"{MARK} event" in browser.get("/calendar").text


def test_withdrawn_records_of_every_kind_are_on_no_page_and_in_no_file(app, scene) -> None:
    browser, ids, stand = scene
    stand("withdrawn")
    for path in (*PAGES, browser.brief):
        page = browser.get(path)
        main = page.soup.main
        for field in main.find_all("input"):
            field.decompose()  # the search field repeats what was asked
        told = main.get_text(" ").replace(f"„{MARK}“", "")
        assert f"{MARK} " not in told, f"{path}: {told[max(0, told.find(MARK + ' ') - 80) :][:200]}"
    for sheet, text in files(app, browser).items():
        assert MARK not in text, sheet
    assert MARK not in overview(browser)
    for path in ("/projects/add", "/flows/add", "/contracts/add", "/events/add", "/frameworks/add"):
        assert f"{MARK} " not in str(browser.get(path).soup.main), path


def test_each_withdrawn_record_keeps_its_page_which_says_who_when_and_why(scene) -> None:
    browser, ids, stand = scene
    pages = {
        "framework": "frameworks", "project": "projects", "organisation": "organisations", "event": "events",
        "follow_up": "follow-ups", "role_holder": "role-holders", "phase": "phases", "question": "questions",
        "instrument": "instruments", "contract": "contracts", "addendum": "addenda", "flow": "flows",
    }  # fmt: skip
    stand("withdrawn")
    for kind, path in pages.items():
        page = browser.get(f"/{path}/{ids[kind]}")
        banner = page.soup.select_one("main .note--bad").get_text(" ")
        assert "Vyřazeno" in banner and "zkouška" in banner and "Zkouška." in banner, kind
        assert f"/records/{ids[kind]}/standing" in page.links(), kind
        assert "v platnosti" in browser.get(f"/records/{ids[kind]}/history").text, kind


def test_archived_records_leave_lists_until_asked_for_and_stay_in_files_search_and_totals(app, engine, scene) -> None:
    browser, ids, stand = scene
    stand("archived")
    for kind, path in LISTS.items():
        assert f"{MARK} {kind}" not in rows(browser.get(f"/{path}")), kind
        asked = rows(browser.get(f"/{path}?archived=too"))
        assert f"{MARK} {kind}" in asked and "(archivováno)" in asked, kind
        assert f"{MARK} {kind}" in rows(browser.get(f"/{path}?archived=only")), kind
    held = "\n".join(files(app, browser).values())
    assert all(f"{MARK} {kind}" in held for kind in LISTS)
    assert "archivováno" in held
    assert f"{MARK} project" in browser.get(f"/search?q={MARK}").soup.main.get_text(" ")
    with transaction.unit(engine) as s:
        sums = known_funding(s, SYSTEM, Scope()).sums
    assert [one.total.minor for one in sums.values()] == [100000]


def test_the_tree_of_frameworks_says_how_many_archived_ones_it_leaves_out_and_leads_to_them(engine, scene) -> None:
    browser, ids, stand = scene
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        frameworks.framework(s, f"{MARK} pod archivovaným", parent=s.get_one(Record, ids["framework"]))
    stand("archived", "framework")
    tree = browser.get("/frameworks")
    assert f"{MARK} framework" in rows(tree) and "a 1 archivovaný" not in tree.text
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        below = s.scalars(select(Record).where(Record.name_cs == f"{MARK} pod archivovaným")).one()
        set_standing(s, SYSTEM, below, "archived", "Skončil.")
    tree = browser.get("/frameworks")
    assert MARK not in rows(tree) and "Rámec v" in rows(tree)
    assert rows(browser.get(tree.link("a 2 archivované"))).count(f"{MARK} ") == 2
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        for one in s.scalars(select(Record).where(Record.kind == "framework", Record.standing.is_(None))):
            set_standing(s, SYSTEM, one, "archived", "Skončil.")
    assert "Všechny rámce jsou archivované." in browser.get("/frameworks").text
    assert (
        rows(browser.get(browser.get("/frameworks").link("Zobrazit 3 archivované rámce"))).count("(archivováno)") == 3
    )


def test_the_form_asks_for_the_reason_withdraws_and_restores(engine, scene) -> None:
    browser, ids, _stand = scene
    path = f"/records/{ids['project']}/standing"
    refused = browser.submit(browser.get(path), 422, standing="withdrawn", standing_reason="")
    assert refused.errors()
    done = browser.submit(browser.get(path), standing="withdrawn", standing_reason="Zapsáno dvakrát.")
    page = browser.follow(done)
    assert "Záznam je vyřazen" in page.text and "Zapsáno dvakrát." in page.text
    browser.submit(browser.get(path), standing="", standing_reason="Byl to omyl.")
    with transaction.unit(engine) as s:
        assert s.scalars(select(Record.standing).where(Record.id == ids["project"])).one() is None


def test_two_people_who_choose_differently_at_once_are_asked_which_holds(scene, client_as) -> None:
    browser, ids, _stand = scene
    path = f"/records/{ids['flow']}/standing"
    drawn = browser.get(path)
    other = client_as("editor", everywhere=True, lang="cs")
    other.submit(other.get(path), standing="archived", standing_reason="Vyplaceno.")
    clash = browser.submit(drawn, 409, standing="withdrawn", standing_reason="Omyl.")
    assert "archivováno" in clash.text and "vyřazeno" in clash.text


PARENTS = {
    "for": "project",
    "booked": "project",
    "under": "framework",
    "of": "project",
    "record": "project",
    "concerns": "project",
}
"""Kinds of what addresses add to, where the parameter does not say it."""


WITHIN = {"place": 1, "line": "2.1", "text": "summary", "donor_file_id": 1}
"""What addresses name besides, of what is written within a record; nobody looks for it where the record is withdrawn."""


def below(app, ids) -> list[tuple[str, int, set[str], bool]]:
    """(address, id, methods, whether it names the record alone) for each way of writing something under a planted record."""
    builder, found = app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        for name in access.under(app, rule.endpoint):
            kind = name.removesuffix("_id")
            record_id = ids[PARENTS.get(kind, kind)]
            more = {one: WITHIN[one] for one in rule.arguments - {name}}
            path = builder.build(rule.endpoint, {name: record_id, **more}, method="POST")
            found.append((path, record_id, rule.methods or set(), not more))
    return found


def test_nothing_is_added_under_a_withdrawn_record_by_any_address(app, engine, scene) -> None:
    browser, ids, stand = scene
    ways = below(app, ids)
    written = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith("/add") and rule.arguments}
    written -= {
        "donor_workbooks.add_file",
        "donor_workbooks.map_cell",
    }  # a recipient's workbook is no record with a standing
    assert all(
        access.under(app, endpoint) for endpoint in {*written, "progress.report", "events.add_event", "contacts.add"}
    )
    assert len(ways) >= 20
    for path, _id, methods, alone in ways:
        if alone and "GET" in methods:
            browser.get(path)
    token = browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    stand("withdrawn")
    for path, record_id, methods, _alone in ways:
        said = "je vyřazen, takže k němu nelze nic přidat"
        refused = browser.get(path, status=422) if "GET" in methods else browser.post(path, {"csrf_token": token}, 422)
        assert f"„{MARK} " in refused.text and said in refused.text, path
        assert refused.link("Na záznam").endswith(f"/{record_id}"), path
        assert said in browser.post(path, {"csrf_token": token}, 422).text, path
    page = browser.get(f"/projects/{ids['project']}")
    offered = [href for href in page.links() if "/add" in href or (href.endswith("/status") and "/facts/" not in href)]
    assert [href for href in offered if not href.startswith(("/projects/add?like", "/tasks/add"))] == []
    browser.get("/language/en?next=/", status=303)
    assert "is withdrawn, so nothing is added to it" in browser.get(ways[0][0], status=422).text
    with pytest.raises(Refused, match="lie under is withdrawn"), transaction.unit(engine) as s:
        with transaction.change(s, None, "command", actor_name="zkouška"):
            results.milestone(s, s.get_one(Record, ids["project"]), "Pod vyřazeným")


def test_the_page_of_a_withdrawn_record_does_not_say_that_nothing_was_stated_of_it(engine, scene) -> None:
    browser, ids, stand = scene
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        funding.flow(s, s.get_one(Record, ids["project"]), 500000)
    path = f"/projects/{ids['project']}"
    money = browser.get(path).soup.select_one("#money").get_text(" ")
    assert "5" in money.split("EUR")[0] and "vyřazeno" not in money
    stand("withdrawn", "project")
    page = browser.get(path)
    money = page.soup.select_one("#money").get_text(" ")
    assert "vyřazeno, nikam se nepočítá" in money and "neuvedeno" not in money
    assert "neuvedeno" not in page.soup.select_one("#roles").get_text()
    assert "zatím nikdo zprávu o stavu nenapsal" not in page.text and "záznamy byly vyřazeny s ním" in page.text


def test_a_withdrawn_record_is_still_commented_on_and_its_tasks_are_told_with_its_mark(app, engine, scene) -> None:
    browser, ids, stand = scene
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        maker = accounts.person(s, "editor")
        tasks = {kind: desk.task(s, s.get_one(Record, ids[kind]), maker).id for kind in ("project", "addendum")}
        contract = s.get_one(Record, s.get_one(Record, ids["addendum"]).contract_id).id
    ids |= {"contract of the addendum": contract}
    stand("withdrawn", "project", "contract of the addendum")
    path = f"/records/{ids['project']}/comments"
    browser.submit(browser.get(f"/projects/{ids['project']}"), action=path, comment="Bylo to zapsáno dvakrát.")
    browser.submit(browser.get(f"/tasks/add?record={ids['project']}"), title="Zjistit, kdo to zapsal")
    for page in ("/tasks?whose=all", "/work?scope=all", *(f"/tasks/{one}" for one in tasks.values())):
        told = " ".join(browser.get(page).soup.main.get_text(" ").split())
        for kind, task_id in tasks.items():
            if not page[-1].isdigit() or page == f"/tasks/{task_id}":
                assert f"{MARK} {kind} (vyřazeno)" in told, page
    lines = browser.browser.get("/exports/tasks.csv?whose=all").get_data(as_text=True).splitlines()
    assert [line.count("vyřazeno") for line in lines if MARK in line] == [1, 1, 1]
