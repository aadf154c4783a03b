"""Lists, profiles and forms of funding, on the seed portfolio and on rows whose values are known."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from portal.funding.models import Addendum, Contract, Flow, Instrument
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import unit
from portal.kernel.when import When
from portal.sources.actions import Support, state
from portal.sources.facts import Pair
from tests.factories import changing, funding
from tests.factories.frameworks import framework
from tests.factories.funding import eur

FORMS = {"flows": "flow", "instruments": "instrument", "contracts": "contract", "addenda": "addendum"}


def ids(store) -> dict[str, list[int]]:
    with Session(store.reading) as s:
        return {kind: list(s.scalars(select(Record.id).where(Record.kind == kind))) for kind in FORMS.values()}


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_every_page_of_funding_is_good_html_in_both_languages(read_as, store, lang) -> None:
    client, found = read_as("administrator", lang=lang), ids(store)
    client.get(f"/contracts/{found['contract'][0]}/addenda/add")
    for place, kind in FORMS.items():
        if kind != "addendum":
            client.get(f"/{place}")
            client.get(f"/{place}?q=nic+takového")
            client.get(f"/{place}/add")
        for record_id in found[kind]:
            client.get(f"/{place}/{record_id}")
            client.get(f"/{place}/{record_id}/edit")


def keyed(store, key: str) -> int:
    with Session(store.reading) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def test_the_flow_of_600_000_tells_where_it_is_from_and_what_it_is_in(read_as, store) -> None:
    page = read_as("viewer").get(f"/flows/{keyed(store, 'ec-topup-ppti-600k')}")
    assert "600 000 EUR" in page.text and "doloženo dokumentem ministerstva" in page.text
    assert "Nikdy se nepřičítá k většímu toku, který ho zahrnuje: Grant Evropské komise" in page.text
    assert "≈ 3 600 000 EUR" in page.text.replace("\xa0", " ")
    assert "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR" in page.text
    assert "Nástroj neuvedeno" in page.text
    whole = read_as("viewer").get(f"/flows/{keyed(store, 'ec-grant-ppti')}")
    assert "Toky v něm zahrnuté" in whole.text and "zaokrouhlená částka" in whole.text


def test_the_contract_shows_its_addendum_and_the_flow_under_it(read_as, store) -> None:
    page = read_as("viewer", lang="en").get(f"/contracts/{keyed(store, 'contract-ppti-2012')}")
    assert page.h1 == "Contract on the Prague Process Targeted Initiative"
    assert "Addendum of December 2013" in page.text and "December 2013" in page.text
    assert "EUR 600,000" in page.text and "known for 1 of 1" in page.text
    assert "2 August 2012" in page.text


def test_the_instrument_says_that_no_amount_from_it_is_known(read_as, store) -> None:
    page = read_as("viewer").get(f"/instruments/{keyed(store, 'thematic-programme-migration-asylum')}")
    assert "známo u 0 z 1" in page.text and "≈ 380 000 000 EUR" in page.text.replace("\xa0", " ")
    assert "Financování projektu ERIS z Tematického programu" in page.text
    row = read_as("viewer").get("/instruments").soup.find("tbody").find("tr").get_text(" ")
    assert "známo u\xa00 z\xa01" in row


def names(page) -> list[str]:
    """The first column of a list, in its order."""
    return [row.find("th").find("a").get_text() for row in page.soup.find("tbody").find_all("tr")]


@pytest.fixture
def few(engine: Engine) -> dict[str, int]:
    """Flows with chosen values at two records of two frameworks."""
    with unit(engine) as s, changing(s):
        prague, georgia = framework(s, "Pražský proces"), framework(s, "Čína")
        commission, czechia = funding.organisation(s), funding.organisation(s, "Ministerstvo vnitra")
        programme = funding.instrument(s)
        eris = funding.project(s, "ERIS", framework=prague)
        a = funding.flow(
            s, eris, 500, provider=commission.id, valued=When("2013-02"), name=Pair("A", ""), type_code="2"
        )
        funding.flow(s, eris, None, provider=czechia.id, instrument=programme, name=Pair("B", ""))
        funding.flow(
            s, georgia, 7000, certainty="public", valued=When("2010/2013"), name=Pair("C", ""), amount_mark="rounded"
        )
        funding.flow(s, eris, 100, included_in=a, name=Pair("D", ""), valued=When("2015"))
        return {
            "framework": prague.id, "provider": commission.id, "instrument": programme.id, "eris": eris.id, "flow": a.id,
        }  # fmt: skip


def test_the_list_of_flows_filters_and_sorts(few, client_as) -> None:
    client = client_as("viewer")
    assert names(client.get("/flows")) == ["C", "A", "B", "D"]  # Čína before ERIS
    for query, found in {
        f"framework={few['framework']}": ["A", "B", "D"],
        f"provider={few['provider']}": ["A"],
        "provider=none": ["C", "D"],
        f"instrument={few['instrument']}": ["B"],
        "instrument=none": ["C", "A", "D"],
        "type=2": ["A"],
        "type=none": ["C", "B", "D"],
        "amount=unknown": ["B"],
        "certainty=public": ["C"],
        "certainty=public&certainty=document": ["C", "A", "B", "D"],
        "year=2013": ["C", "A"],
        "year=2015": ["D"],
        "sort=valued": ["C", "A", "D", "B"],
        "sort=-amount": ["C", "A", "D", "B"],
        "q=eris": ["A", "B", "D"],
    }.items():
        assert names(client.get(f"/flows?{query}")) == found, query
    assert "Filtrům neodpovídá žádný tok." in client.get("/flows?year=1999").text
    assert "Napište rok, například 2013." in client.get("/flows?year=loni").text


def test_the_list_of_flows_is_taken_as_excel_with_its_amounts(few, client_as) -> None:
    answer = client_as("viewer").browser.get("/exports/flows.xlsx?sort=valued")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    keys = next(i for i, row in enumerate(rows) if "amount" in row)
    columns = {key: place for place, key in enumerate(rows[keys])}
    wanted = ("booked", "provider", "amount_about", "amount", "adds")
    shown = [[row[columns[key]] for key in wanted] for row in rows[keys + 2 :]]
    assert shown == [
        ["Čína", "neuvedeno", "≈", 7000, "ano"], ["ERIS", "Evropská komise", None, 500, "ano"],
        ["ERIS", "neuvedeno", None, 100, "ne"], ["ERIS", "Ministerstvo vnitra", None, "neuvedeno", "ne"],
    ]  # fmt: skip


def test_empty_lists_say_what_to_do(client_as) -> None:
    editor, viewer = client_as("editor", everywhere=True), client_as("viewer")
    for place, text, button in (
        ("flows", "Zatím tu nejsou zapsány žádné peníze.", "Zapsat peníze"),
        ("instruments", "Zatím tu není žádný nástroj financování.", "Nový nástroj"),
        ("contracts", "Zatím tu není žádná smlouva.", "Nová smlouva"),
    ):
        page = editor.get(f"/{place}")
        assert text in page.text and page.link(button) == f"/{place}/add"
        assert button not in viewer.get(f"/{place}").text


def asked(engine: Engine, act) -> int:
    """How many statements `act()` sends."""
    sent: list[str] = []

    def note(_c, _cursor, statement, *_more) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


@pytest.mark.one_engine
def test_pages_ask_the_database_as_often_for_twenty_rows_as_for_two(few, engine, client_as) -> None:
    client = client_as("viewer")
    with unit(engine) as s, changing(s):
        contract_id = funding.contract(s, s.get(Record, few["eris"]), instrument=few["instrument"]).id
    for number in range(1, 7):  # each in a change of its own: the card of history shows the latest few
        with unit(engine) as s, changing(s):
            add_rows(s, few, s.get(Contract, contract_id), 1, number)
    paths = ["/flows", "/instruments", "/contracts", f"/instruments/{few['instrument']}", f"/contracts/{contract_id}",
             f"/flows/{few['flow']}"]  # fmt: skip
    few_rows = {path: asked(engine, lambda p=path: client.get(p)) for path in paths}
    few_rows = {path: asked(engine, lambda p=path: client.get(p)) for path in paths}
    with unit(engine) as s, changing(s):
        add_rows(s, few, s.get(Contract, contract_id), 20, 7)
    assert {path: asked(engine, lambda p=path: client.get(p)) for path in paths} == few_rows


def add_rows(s: Session, few, contract: Contract, count: int, number: int) -> None:
    place, whole = s.get(Record, few["eris"]), s.get(Flow, few["flow"])
    for n in range(count):
        donor = funding.organisation(s, f"Dárce {number} {n}")
        addendum = funding.addendum(s, contract, number=f"{number}/{n}")
        funding.flow(s, place, 1 + n, provider=donor.id, addendum=addendum.id, included_in=whole)
        funding.contract(s, place, f"{number}-{n}", authority=donor.id, instrument=few["instrument"])
        funding.instrument(s, f"Fond {number} {n}", owner=donor.id)


def test_an_instrument_is_added_and_edited_by_its_form(engine, client_as) -> None:
    client = client_as("editor", everywhere=True)
    form = client.get("/instruments/add")
    refused = client.submit(form, 422, name_cs="", envelope="-1")
    assert [line.partition(" :")[0] for line in refused.errors()] == [
        "Název (česky)",
        "Objem prostředků",
    ]
    done = client.submit(refused, name_cs="Fond", envelope="380 000 000", envelope_mark="rounded", period="2007–2013")
    shown = client.follow(done)
    assert shown.h1 == "Fond" and "≈ 380 000 000 EUR" in shown.text.replace("\xa0", " ") and "2007–2013" in shown.text
    client.submit(client.get(f"{done.location}/edit"), envelope_mark="exact")
    with unit(engine) as s:
        fund = s.scalars(select(Instrument)).one()
        assert (fund.envelope, fund.envelope_mark, fund.period) == (eur(380_000_000), "exact", When("2007/2013"))


def test_a_contract_and_its_top_up_are_added_by_their_forms(engine, few, client_as) -> None:
    client = client_as("editor", frameworks=[few["framework"]])
    form = client.get(f"/contracts/add?for={few['eris']}")
    refused = client.submit(form, 422, start="2014", end="2013")
    assert [line.partition(" :")[0] for line in refused.errors()] == ["Název (česky)", "Konec"]
    assert refused.value("start") == "2014"
    done = client.submit(refused, number="MIGR/1", start="2012-08", signed="2. 8. 2012", end="")
    contract = client.follow(done)
    assert contract.h1 == "MIGR/1"
    adding = client.get(contract.link("Přidat dodatek nebo navýšení"))
    early = client.submit(adding, 422, kind_code="top_up", signed="2011")
    assert early.errors() == [
        "Podpis : Podpis předchází podpisu smlouvy. Opravte datum, nebo ho napište méně přesně."
    ]  # fmt: skip
    shown = client.follow(client.submit(early, signed="prosinec 2013", subject_cs="tři další projekty"))
    assert shown.h1 == "MIGR/1" and "tři další projekty" in shown.text and "prosinec 2013" in shown.text
    with unit(engine) as s:
        made = s.scalars(select(Addendum)).one()
        assert (made.kind_code, made.signed, made.contract.number) == ("top_up", When("2013-12"), "MIGR/1")
        addendum_id = made.id
    edited = client.submit(client.get(f"/addenda/{addendum_id}/edit"), number="1")
    assert edited.status == 303
    client.submit(client.get(f"/contracts/{contract.path.rsplit('/', 1)[1]}/edit"), name_cs="Grantová dohoda")
    assert client.get(contract.path).h1 == "Grantová dohoda"


def test_money_of_a_confidential_donor_is_on_no_page(engine, few, client_as) -> None:
    with unit(engine) as s, changing(s):
        donor = funding.organisation(s, "Tajný dárce", confidential=True)
        hidden = funding.flow(s, s.get(Record, few["eris"]), 777, provider=donor.id, name=Pair("X", ""))
        contract = funding.contract(s, s.get(Record, few["eris"]), "T-1", authority=donor.id)
        hidden_id, contract_id = hidden.id, contract.id
    editor = client_as("editor", everywhere=True)
    assert names(editor.get("/flows")) == ["C", "A", "B", "D"]
    editor.get(f"/flows/{hidden_id}", 404)
    editor.get(f"/flows/{hidden_id}/edit", 404)
    editor.get(f"/contracts/{contract_id}", 404)
    form = editor.get("/flows/add")
    assert "Tajný" not in form.html and "777" not in form.html and "T-1" not in form.html
    editor.submit(form, 422, amount="5", booked=str(few["eris"]), included_in=str(hidden_id))


@pytest.mark.parametrize("number", ["999999999", "99999999999999999999999", "-1", "1e3", "x"])
def test_ids_that_are_none_are_answered_and_not_stumbled_over(read_as, number) -> None:
    client = read_as("editor", everywhere=True)
    for place in FORMS:
        client.get(f"/{place}/{number}", 404)
    assert client.get(f"/flows/add?booked={number}&contract={number}").value("booked") == ""
    assert client.get(f"/contracts/add?for={number}").value("for") == ""
    client.get(f"/flows?framework={number}&provider={number}&instrument={number}")


def test_saving_a_flow_again_leaves_an_inferred_amount_inferred(engine, few, client_as) -> None:
    with unit(engine) as s, changing(s):
        flow = s.get_one(Flow, few["flow"])
        state(s, SYSTEM, flow, "amount", eur(510), Support("unsure", (), precision="inferred"))
    editor = client_as("editor", everywhere=True)
    form = editor.get(f"/flows/{few['flow']}/edit")
    assert form.soup.select_one("input[name=amount_mark][checked]")["value"] == "inferred"
    editor.submit(form, purpose_cs="účel")
    with unit(engine) as s:
        flow = s.get_one(Flow, few["flow"])
        assert (flow.purpose_cs, flow.amount, flow.amount_mark) == ("účel", eur(510), "inferred")
    editor.submit(editor.get(f"/flows/{few['flow']}/edit"), amount_mark="exact")
    with unit(engine) as s:
        assert s.get_one(Flow, few["flow"]).amount_mark == "exact"
