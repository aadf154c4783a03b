"""J2: an editor books a top-up with its document and quotation; it stands once, at the right level, and children say so."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from portal.figures import FIGURES, Coverage, Scope
from portal.funding.models import Flow
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import unit
from portal.sources.models import Citation, Document
from tests.factories import changing, funding
from tests.factories.frameworks import framework
from tests.factories.funding import eur

QUOTED = "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR"


@pytest.fixture
def initiative(engine: Engine) -> dict[str, int]:
    """Ids of an umbrella project in a framework, its part, a donor, a contract with a top-up, and a document."""
    with unit(engine) as s, changing(s):
        prague = framework(s, "Pražský proces")
        umbrella = funding.project(s, "Cílená iniciativa", framework=prague)
        part = funding.project(s, "PP1", umbrella=umbrella)
        contract = funding.contract(s, umbrella)
        return {
            "framework": prague.id, "umbrella": umbrella.id, "part": part.id, "contract": contract.id,
            "commission": funding.organisation(s).id, "document": funding.document(s, "Mezinárodní spolupráce").id,
            "addendum": funding.addendum(s, contract, kind_code="top_up", number="2").id,
        }  # fmt: skip


def flows(engine: Engine) -> list[Flow]:
    with unit(engine) as s:
        found = list(s.scalars(select(Flow)))
        s.expunge_all()
        return found


def form_of(client, ids, **given):
    return client.get("/flows/add?" + "&".join(f"{k}={v}" for k, v in ({"booked": ids["umbrella"]} | given).items()))


def test_a_top_up_is_booked_from_the_profile_and_stands_once(engine, client_as, initiative) -> None:
    client = client_as("editor", frameworks=[initiative["framework"]])
    profile = client.get(f"/projects/{initiative['umbrella']}")
    form = client.get(profile.link("Zapsat peníze"))
    assert form.h1 == "Zapsat peníze"
    assert form.value("booked") == str(initiative["umbrella"])
    done = client.submit(
        form, amount="600 000", amount__currency="EUR", provider=str(initiative["commission"]),
        addendum=str(initiative["addendum"]), type_code="11", valued="prosinec 2013",
        source="Mezinárodní spolupráce", source_place="2. odstavec", source_quotation=QUOTED,
    )  # fmt: skip
    assert done.location == f"/projects/{initiative['umbrella']}"
    shown = client.follow(done)
    assert "Tok je zapsán." in shown.text
    assert "600 000 EUR" in shown.text
    assert "v rámci iniciativy" in client.get(f"/projects/{initiative['part']}").text

    [flow] = flows(engine)
    assert (flow.amount, flow.certainty, flow.amount_mark) == (eur(600000), "document", "exact")
    assert (flow.contract_id, flow.addendum_id) == (initiative["contract"], initiative["addendum"])
    assert flow.valued_edtf == "2013-12"
    with unit(engine) as s:
        total = FIGURES["known_funding"]
        assert total.value(s, SYSTEM, Scope()).sums["EUR"].exact == eur(600000)
        assert total.coverage(s, SYSTEM, Scope()) == Coverage(known=1, within=1)
        cited = set(s.execute(select(Citation.document_id, Citation.place, Citation.quotation)).all())
        assert cited == {(initiative["document"], "2. odstavec", QUOTED)}


def test_a_new_document_is_registered_with_the_flow_and_not_without_it(engine, client_as, initiative) -> None:
    client = client_as("editor", everywhere=True)
    new = {
        "source_title": "Stránka Komise", "source_address": "https://example.org/komise", "source_origin": "public",
        "source_quotation": "EUR 600,000",
    }  # fmt: skip
    refused = client.submit(form_of(client, initiative), 422, amount="minus", **new)
    assert refused.value("source_title") == "Stránka Komise"
    with unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(Document)) == 1
    client.submit(refused, amount="600 000")
    with unit(engine) as s:
        document = s.scalars(select(Document).where(Document.address == "https://example.org/komise")).one()
        assert (document.name_cs, document.origin) == ("Stránka Komise", "public")
    assert [f.certainty for f in flows(engine)] == ["public"]


def test_an_unknown_amount_needs_a_reason_and_is_shown_as_not_stated(engine, client_as, initiative) -> None:
    client = client_as("editor", everywhere=True)
    refused = client.submit(form_of(client, initiative), 422)
    assert refused.errors() == ["Částka : Napište částku, nebo níže uveďte, proč není známa."]
    client.submit(refused, unknown_reason="not_found")
    [flow] = flows(engine)
    assert (flow.amount, flow.unknown_reason) == (None, "not_found")
    page = client.get(f"/flows/{flow.id}")
    assert "neuvedeno částku se nepodařilo dohledat" in page.text
    edited = client.submit(client.get(f"/flows/{flow.id}/edit"), amount="12,50")
    assert edited.status == 303
    assert [(f.amount, f.unknown_reason) for f in flows(engine)] == [(eur("12.50"), None)]


def test_the_same_sum_at_a_part_is_asked_about_and_booked_only_as_different_money(
    engine, client_as, initiative
) -> None:
    client = client_as("editor", everywhere=True)
    client.submit(form_of(client, initiative), amount="600 000")
    asked = client.submit(form_of(client, initiative, booked=initiative["part"]), 422, amount="600 000")
    [asks] = asked.errors()
    assert "Zastřešující projekt už má tok se stejnou částkou: Cílená iniciativa (600 000 EUR)." in asks
    assert asks.endswith("Jsou-li to jiné peníze, zaškrtněte toto pole.")
    assert len(flows(engine)) == 1
    assert asked.value("amount") == "600 000"
    shown = client.follow(client.submit(asked, different="1"))
    assert "Zastřešující projekt už má tok se stejnou částkou: Cílená iniciativa (600 000 EUR)." in shown.text
    [_whole, copied] = flows(engine)
    client.submit(client.get(f"/flows/{copied.id}/edit"), purpose_cs="beze změny částky")
    assert flows(engine)[1].purpose_cs == "beze změny částky"


def test_a_sum_of_a_part_is_asked_about_where_its_umbrella_has_one(engine, client_as, initiative) -> None:
    """Included in the sum of the whole it does not add; it may also be further money, or of another currency or provider."""
    client = client_as("editor", everywhere=True)
    client.submit(form_of(client, initiative), amount="600 000", valued="2014")
    whole = flows(engine)[0].id
    form = form_of(client, initiative, booked=initiative["part"])
    client.submit(form, 303, amount="100 000", amount__currency="CZK")
    asked = client.submit(form, 422, amount="100 000")
    [asks] = asked.errors()
    assert "Zastřešující projekt už má částku: Cílená iniciativa (600 000 EUR, 2014)." in asks
    assert "„Zahrnuto v jiném toku“" in asks and len(flows(engine)) == 2
    client.submit(asked, 303, included_in=str(whole))
    client.submit(form, 303, amount="90 000", different="1")
    further = flows(engine)[-1]
    # It is asked once: editing something else later does not ask again, and no page goes on doubting.
    client.submit(client.get(f"/flows/{further.id}/edit"), 303, purpose_cs="beze změny částky")
    assert "už má částku" not in client.get(f"/flows/{further.id}").text
    assert [(f.amount_minor, f.included_in_id) for f in flows(engine)] == [
        (60000000, None), (10000000, None), (10000000, whole), (9000000, None),
    ]  # fmt: skip
    # One list of currencies in all forms, the common ones first.
    contract = client.get(f"/contracts/{initiative['contract']}/edit")
    of_contract = [o["value"] for o in contract.soup.select("[name=currency] option") if o["value"]]
    of_flow = [o.get_text() for o in form.soup.select("[name=amount-currency] option")]
    assert of_flow == of_contract and of_flow[:3] == ["EUR", "CZK", "USD"] and {"GEL", "MDL"} < set(of_flow)


def test_an_amount_and_a_reason_why_it_is_not_known_contradict_each_other(engine, client_as, initiative) -> None:
    client = client_as("editor", everywhere=True)
    refused = client.submit(form_of(client, initiative), 422, amount="100", unknown_reason="not_found")
    assert refused.errors() == ["Proč částka není známa : Částka je známa. Zrušte důvod, nebo částku."]
    assert flows(engine) == []


def test_a_flow_booked_with_a_source_and_no_name_is_called_by_its_parties(engine, client_as, initiative) -> None:
    client = client_as("editor", everywhere=True)
    client.submit(
        form_of(client, initiative), amount="5", provider=str(initiative["commission"]), source_title="Stránka Komise",
        source_address="https://example.org/komise", source_quotation="EUR 5",
    )  # fmt: skip
    assert [f.name_cs for f in flows(engine)] == ["Evropská komise → Cílená iniciativa"]


BAD = {
    "a word": ({"amount": "šest set tisíc"}, "Částka"),
    "below zero": ({"amount": "-5"}, "Částka"),
    "zero": ({"amount": "0"}, "Částka"),
    "huge": ({"amount": "9" * 40}, "Částka"),
    "too large for any programme": ({"amount": "9999999999999,99"}, None),
    "a currency that is none": ({"amount": "5", "amount__currency": "XXQ"}, "Částka"),
    "English marks in a Czech form": ({"amount": "600,000.00"}, "Částka"),
    "no such record": ({"amount": "5", "provider": "99999999"}, "Poskytovatel"),
    "a record that is no number": ({"amount": "5", "contract": "1 OR 1=1"}, "Smlouva"),
    "nowhere": ({"amount": "5", "booked": ""}, "Vedeno u"),
    "a date that is none": ({"amount": "5", "valued": "31. 2. 2014"}, "Datum toku"),
    "10,000 characters": ({"amount": "5", "purpose_cs": "x" * 10000}, "Účel (česky)"),
    "control characters": ({"amount": "5", "name_cs": "a\x07b"}, "Název (česky)"),
    "a type of no list": ({"amount": "5", "type_code": "99"}, "Druh toku"),
    "to itself": ({"amount": "5", "provider": "{commission}", "receiver": "{commission}"}, "Příjemce"),
    "a quotation of no source": ({"amount": "5", "source_quotation": "slova"}, "Zdroj"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_at_its_field_and_keeps_what_was_typed(engine, client_as, initiative, case) -> None:
    client = client_as("editor", everywhere=True)
    typed, field = BAD[case]
    typed = {name: value.replace("{commission}", str(initiative["commission"])) for name, value in typed.items()}
    form = form_of(client, initiative)
    if field is None:  # the widest amount that is taken
        client.submit(form, **typed)
        assert len(flows(engine)) == 1
        return
    refused = client.submit(form, 422, **typed)
    assert [line.partition(" :")[0] for line in refused.errors()] == [field]
    for name, value in typed.items():
        if name in ("amount", "valued", "purpose_cs", "source_quotation"):
            assert refused.value(name).replace("\n", "") == value
    assert flows(engine) == []


@pytest.mark.parametrize("broken", ["missing", "wrong", "foreign origin"])
def test_a_forged_form_is_refused(engine, client_as, initiative, broken) -> None:
    client = client_as("editor", everywhere=True)
    form = form_of(client, initiative)
    fields = {"amount": "5"}
    if broken == "missing":
        fields["csrf_token"] = None
    elif broken == "wrong":
        fields["csrf_token"] = "x" * 40
    headers = {"Origin": "https://example.org"} if broken == "foreign origin" else None
    refused = client.submit(form, 400, fields, headers=headers)
    assert refused.value("amount") == "5"
    assert flows(engine) == []


def test_an_editor_books_only_where_they_write(engine, client_as, initiative) -> None:
    with unit(engine) as s, changing(s):
        elsewhere = framework(s, "Jinde")
        other, elsewhere_id = funding.flow(s, elsewhere, 5).id, elsewhere.id
    client = client_as("editor", frameworks=[elsewhere_id])
    offered = [o.get_text() for o in client.get("/flows/add").soup.find(id="booked").find_all("option")]
    assert offered == ["Vyberte…", "Jinde (rámec)"]
    client.submit(form_of(client, initiative), 422, amount="5", booked=str(initiative["umbrella"]))
    assert len(flows(engine)) == 1
    viewer = client_as("viewer")
    viewer.get("/flows/add", 403)
    viewer.get(f"/flows/{other}/edit", 403)
    assert "Upravit" not in viewer.get(f"/flows/{other}").text
    client_as("editor", frameworks=[initiative["framework"]]).get(f"/flows/{other}/edit", 403)


def test_the_second_of_two_edits_is_joined_or_asks(engine, client_as, initiative) -> None:
    with unit(engine) as s, changing(s):
        flow_id = funding.flow(s, s.get(Record, initiative["umbrella"]), 600000).id
    first, second = client_as("editor", everywhere=True), client_as("editor", everywhere=True)
    mine, theirs = first.get(f"/flows/{flow_id}/edit"), second.get(f"/flows/{flow_id}/edit")
    second.submit(theirs, amount="650 000", purpose_cs="umožní další projekty")
    first.submit(mine, valued="2013")  # another unit: joined
    [flow] = flows(engine)
    assert (flow.amount, flow.valued_edtf, flow.purpose_cs) == (eur(650000), "2013", "umožní další projekty")
    clash = first.submit(mine, 409, amount="700 000")
    for amount in ("600 000", "650 000", "700 000"):
        assert amount in clash.text
    assert flows(engine)[0].amount == eur(650000)


def test_where_there_are_many_parties_the_form_suggests_those_one_may_see(engine, client_as, initiative) -> None:
    with unit(engine) as s, changing(s):
        funding.organisation(s, "Aaa tajný fond", confidential=True)
        for number in range(301):
            funding.organisation(s, f"Úřad {number:03}")
    client = client_as("editor", frameworks=[initiative["framework"]])
    form = form_of(client, initiative)
    for name in ("provider", "receiver", "source"):
        field = form.soup.find(id=name)
        assert (field.name, field["list"]) == ("input", f"{name}-list")
        assert form.soup.find("label", attrs={"for": name}) is not None
    names = [option["value"] for option in form.soup.select("datalist#provider-list option")]
    assert names[:2] == ["Evropská komise", "Úřad 000"] and "Cílená iniciativa (projekt)" in names
    assert "tajný" not in form.text.casefold()
    titles = [option["value"] for option in form.soup.select("datalist#source-list option")]
    assert titles == ["Mezinárodní spolupráce"]
    client.submit(form, amount="5", provider="Úřad 007", receiver="Cílená iniciativa (projekt)")
    [booked] = flows(engine)
    with unit(engine) as s:
        assert s.get_one(Record, booked.provider_id).name_cs == "Úřad 007"
    assert booked.receiver_id == initiative["umbrella"]
