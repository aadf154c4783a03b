"""Contact persons on pages: entered, corrected, kept for longer, deleted; on profiles, in the list, in a brief by choice."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import docx
import openpyxl
import pytest
from sqlalchemy.orm import Session

from portal.kernel import clock, transaction
from portal.kernel.record import Record
from tests.client import Client
from tests.factories import changing, contacts, frameworks, funding, partners


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        georgia = partners.country(s)
        organisation = funding.organisation(s, "Partner z Tbilisi", country=georgia.id)
        framework = frameworks.framework(s, "Dialog")
        partners.role(s, framework, georgia, "partner_country")
        project = funding.project(s, "Návraty", framework=framework, countries=[georgia.id])
        other = funding.organisation(s, "Jinde")
        far = contacts.contact(s, other, "Cizí Osoba", email="cizi@example.org")
        near = contacts.contact(
            s, organisation, "Nino Vzorová", email="nino@example.org", delete_on=clock.today() + timedelta(days=5)
        )
        made = {
            "georgia": georgia, "organisation": organisation, "project": project, "framework": framework, "far": far,
            "near": near,
        }  # fmt: skip
        return {name: one.id for name, one in made.items()}


def typed(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day}. {day.month}. {day.year}"


def card(browser: Client, path: str) -> str:
    return " ".join(browser.get(path).soup.select_one("#contacts").get_text(" ").replace("\xa0", " ").split())


def test_a_contact_is_entered_from_a_project_and_stands_there_at_the_organisation_and_in_the_list(
    client_as, scene
) -> None:
    editor = client_as("editor", name="Jana Malá")
    page = editor.get(f"/projects/{scene['project']}")
    form = editor.get(page.soup.select_one("#contacts a.btn")["href"])
    assert form.value("concerns") == str(scene["project"])
    saved = editor.submit(
        form, 303, {"organisation": str(scene["organisation"])}, name_cs="Giorgi Nový", function_cs="ředitel",
        email="GIORGI@example.org", phone="+995 32 222 33 44", language="ka", purpose_cs="Řízení projektu Návraty",
        delete_on=typed(60),
    )  # fmt: skip
    profile = editor.follow(saved)
    for words in (
        "Giorgi Nový",
        "ředitel",
        "giorgi@example.org",
        "gruzínština",
        "Řízení projektu Návraty",
        "Jana Malá",
    ):
        assert words in profile.text
    reader = client_as("viewer")
    assert "Giorgi Nový" in card(reader, f"/projects/{scene['project']}")
    assert "Giorgi Nový" in card(reader, f"/organisations/{scene['organisation']}")
    rows = reader.get("/contacts?purpose=rizeni+projektu").soup.select("tbody tr")
    assert [row.th.a.get_text() for row in rows] == ["Giorgi Nový"]
    soon = reader.get("/contacts?due=soon").soup.select("tbody tr")
    assert [row.th.a.get_text() for row in soon] == ["Nino Vzorová"]
    assert "Giorgi Nový" in reader.get("/search?q=giorgi").text


@pytest.mark.parametrize(
    ("lang", "messages"),
    [
        ("cs", ("Napište, proč odbor údaje této osoby vede", "Toto není telefonní číslo", "jmeno@example.org",
                "Údaje by se smazaly hned")),
        ("en", ("Write why the office keeps the data", "This is no telephone number", "name@example.org",
                "The data would be deleted at once")),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_typed_is_lost(client_as, scene, lang, messages) -> None:
    editor = client_as("editor")
    editor.speak(lang)
    form = editor.get(f"/contacts/add?organisation={scene['organisation']}")
    common = {
        "name_cs": "Giorgi",
        "phone": "zavolejte",
        "email": "giorgi@doma",
        "delete_on": typed(0),
        "purpose_cs": "X",
    }
    page = editor.submit(form, 422, common)
    assert page.value("phone") == "zavolejte" and page.value("name_cs") == "Giorgi"
    for message in messages[1:]:
        assert message in page.text
    page = editor.submit(form, 422, common | {"purpose_cs": "", "phone": "", "email": "", "delete_on": typed(9)})
    assert ("Vyplňte alespoň jeden z obou jazyků" if lang == "cs" else "at least in one language") in page.text


def test_a_contact_is_kept_for_longer_with_its_purpose_anew_and_a_reason(client_as, scene) -> None:
    editor, path = client_as("editor"), f"/contacts/{scene['near']}"
    assert "delete_on" not in editor.get(f"{path}/edit").values()
    form = editor.get(f"{path}/prolong")
    assert form.value("purpose_cs") == ""
    assert len(editor.submit(form, 422, delete_on=typed(5)).errors()) == 2
    assert editor.submit(form, 422, delete_on=typed(5), purpose_cs="Dál", reason="trvá").errors() != []
    profile = editor.follow(
        editor.submit(form, 303, delete_on=typed(400), purpose_cs="Druhá etapa", reason="Jedná se dál.")
    )
    assert "Druhá etapa" in profile.text and typed(400) in profile.text.replace("\xa0", " ")
    history = editor.get(f"/records/{scene['near']}/history").text.replace("\xa0", " ")
    assert "Jedná se dál." in history and typed(5) in history and typed(400) in history
    again = editor.submit(form, 422, delete_on=typed(500), purpose_cs="Třetí", reason="Ještě.")
    assert "mezitím někdo změnil" in " ".join(again.errors())


def test_after_deleting_its_page_and_history_say_that_there_was_a_contact_and_no_more(client_as, scene) -> None:
    editor, path = client_as("editor", name="Jana Malá"), f"/contacts/{scene['near']}"
    talk, task = f"/records/{scene['near']}/comments", f"/tasks/add?record={scene['near']}"
    drawn = editor.get(talk), editor.get(task)
    editor.follow(editor.submit(editor.get(f"{path}/delete")))
    told = client_as("viewer").get(path)
    day = typed(0)
    assert f"Údaje tohoto kontaktu byly smazány dne {day}, i z historie." in told.text.replace("\xa0", " ")
    for page in (
        told,
        editor.get(f"/records/{scene['near']}/history"),
        editor.get(f"/organisations/{scene['organisation']}"),
    ):
        assert "Nino" not in page.text and "nino@" not in page.text
    assert "Jana Malá" in editor.get(f"/records/{scene['near']}/history").text
    for more in ("edit", "prolong", "delete"):
        editor.get(f"{path}/{more}", 404)
    links = editor.get(f"/records/{scene['near']}/history").links()
    change = max(int(re.search(r"/changes/(\d+)", link)[1]) for link in links if "/changes/" in link)
    undoing = client_as("administrator").get(f"/changes/{change}/undo")
    assert "smazala údaje osoby" in undoing.text and undoing.soup.find("textarea") is None
    said = "natrvalo smazány"
    assert said in editor.submit(drawn[0], 422, comment="Nino volala").text
    assert said in editor.submit(drawn[1], 422, title="Zavolat Nino").text
    assert editor.get(talk).soup.find("textarea") is None and said in editor.get(task, 422).text


def test_contacts_leave_in_the_files_of_a_brief_only_where_they_are_chosen(client_as, scene) -> None:
    viewer, path = client_as("viewer"), f"/records/{scene['georgia']}/brief"
    page = viewer.get(path)
    told = page.soup.select_one("#contacts").get_text(" ")
    assert "Nino Vzorová" in told and "Cizí Osoba" not in page.text
    choice = page.soup.find("input", attrs={"name": "contacts"})
    assert choice["type"] == "checkbox" and not choice.has_attr("checked")
    for query, leaves in (("", False), ("?contacts=1", True)):
        word = docx.Document(io.BytesIO(viewer.browser.get(f"{path}.docx{query}").data))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        assert ("Nino Vzorová" in cells) is leaves
        book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"{path}.xlsx{query}").data))
        assert ("Kontaktní osoby" in book.sheetnames) is leaves
    assert b"Nino" not in viewer.browser.get("/exports/commission-overview.xlsx").data


def test_with_a_hidden_organisation_or_project_its_contacts_are_absent(client_as, engine, scene) -> None:
    from portal.kernel.settling import settle

    with transaction.unit(engine) as s, changing(s):
        organisation = s.get_one(Record, scene["organisation"])
        organisation.confidential = True
        settle(s, [organisation])
    viewer = client_as("viewer")
    viewer.get(f"/contacts/{scene['near']}", 404)
    assert "Nino" not in viewer.get("/contacts").text
    assert "Vzorová" not in viewer.get("/search?q=nino").text


def test_my_work_tells_who_keeps_a_contact_that_it_is_deleted_soon(client_as, engine, scene) -> None:
    with Session(engine) as s:
        assert s.get_one(Record, scene["near"]).name_cs == "Nino Vzorová"
    everybody = client_as("editor").get("/work?scope=all")
    assert "Nino Vzorová" in everybody.text and "Cizí Osoba" not in everybody.text
    assert "Nino Vzorová" not in client_as("editor").get("/work").text
