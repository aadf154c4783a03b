"""Money booked without a source: the way to cite one for its amount, and what is said of it until then."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from portal.funding.models import Flow
from portal.kernel.settling import settle
from portal.kernel.transaction import unit
from tests.factories import changing, funding
from tests.factories.frameworks import framework

QUOTED = "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR"


@pytest.fixture
def place(engine: Engine) -> dict[str, int]:
    """Ids of a framework, a project under it, and a document of the ministry."""
    with unit(engine) as s, changing(s):
        prague = framework(s, "Pražský proces")
        return {
            "project": funding.project(s, "Cílená iniciativa", framework=prague).id, "framework": prague.id,
            "document": funding.document(s, "Mezinárodní spolupráce").id,
        }  # fmt: skip


@pytest.fixture
def client(client_as):
    return client_as("editor", everywhere=True)


def book(client, place, **given):
    """What the portal says after booking EUR 600,000 there; without a source unless one is given."""
    form = client.get(f"/flows/add?booked={place['project']}")
    return client.follow(client.submit(form, amount="600 000", amount__currency="EUR", **given))


def flow_of(engine: Engine) -> tuple[int, str]:
    with unit(engine) as s:
        return s.execute(select(Flow.id, Flow.certainty)).one()


def test_a_source_alone_is_led_to_the_facts_it_can_be_cited_for(engine, client, place) -> None:
    book(client, place, type_code="2", source="Mezinárodní spolupráce")
    flow_id, _sure = flow_of(engine)
    source = {"source": "Mezinárodní spolupráce", "source_place": "2. odstavec", "source_quotation": QUOTED}
    refused = client.submit(client.get(f"/flows/{flow_id}/edit"), 422, **source)
    ways = {a.find(string=True): a["href"] for a in refused.soup.find(id="errors").select("li a[target]")}
    assert "Uvedené údaje:" in refused.text and {"Částka", "Druh toku"} <= set(ways)
    assert ways["Částka"] == f"/records/{flow_id}/facts/amount"
    assert refused.value("source_quotation") == QUOTED


def test_an_amount_without_a_source_gets_one_from_the_refusal_and_from_its_page(engine, client, place) -> None:
    book(client, place)
    flow_id, sure = flow_of(engine)
    assert sure == "uncited"
    source = {"source": "Mezinárodní spolupráce", "source_place": "2. odstavec", "source_quotation": QUOTED}
    refused = client.submit(client.get(f"/flows/{flow_id}/edit"), 422, **source)
    assert "Údaje bez zdroje:" in refused.text
    way = refused.link("Částka (otevře se na nové kartě)")
    assert way == client.get(f"/flows/{flow_id}").link("Odkud částka pochází") == f"/records/{flow_id}/facts/amount"
    client.submit(client.get(client.get(way).link("Doplnit další zdroj : tvrzení 1")), **source)
    assert flow_of(engine) == (flow_id, "document")
    assert QUOTED in client.get(f"/flows/{flow_id}").text


def test_what_a_source_was_written_for_is_said_after_saving(engine, client, place) -> None:
    book(client, place)
    flow_id, _sure = flow_of(engine)
    form = client.get(f"/flows/{flow_id}/edit")
    said = client.follow(client.submit(form, source="Mezinárodní spolupráce", valued="2014"))
    assert "Uloženo. Uvedený zdroj dokládá: Datum toku." in said.text
    said = client.follow(client.submit(client.get(f"/flows/{flow_id}/edit"), valued="2015"))
    assert "Uloženo." in said.text and "dokládá:" not in said.text


def test_every_flow_leads_to_what_is_stated_of_its_amount(read_as, store) -> None:
    with unit(store.reading) as s:
        flows = list(s.scalars(select(Flow.id)))
    for flow_id in flows:
        assert (
            read_as("viewer").get(f"/flows/{flow_id}").link("Odkud částka pochází")
            == f"/records/{flow_id}/facts/amount"
        )


def test_what_no_source_states_is_said_to_count_only_by_all_statements(engine, client, place) -> None:
    said = book(client, place)
    assert "neuvádí žádný zdroj. Dokud ji některý nedoloží" in said.text
    flow_id, _sure = flow_of(engine)
    page = client.get(f"/flows/{flow_id}").text
    assert "Tuto částku neuvádí žádný zdroj." in page and "Započítává se jednou" not in page


def test_nothing_of_it_is_said_of_an_amount_with_a_source(engine, client, place) -> None:
    said = book(client, place, source="Mezinárodní spolupráce", source_origin="ministry")
    assert "neuvádí žádný zdroj" not in said.text
    flow_id, _sure = flow_of(engine)
    page = client.get(f"/flows/{flow_id}").text
    assert "neuvádí žádný zdroj" not in page and "Započítává se jednou, u záznamu:" in page


def test_what_no_source_states_is_named_among_what_a_number_leaves_out(engine, client, place) -> None:
    book(client, place)
    flow_id, _sure = flow_of(engine)
    assert "1 částka nemá zdroj, a proto v údaji není" in client.get("/funding").text
    for query in ("", "?certainty=public", f"?framework={place['framework']}"):
        behind = client.get(f"/funding/known_funding/records{query}")
        assert "Nezapočteno částku neuvádí žádný zdroj: 1 tok" in behind.text
        assert "počítá se 0, nepočítá se 1" in behind.text
        [row] = behind.soup.select("main table.flow tbody tr")
        cells = " ".join(row.get_text(" ").split())
        assert cells.endswith("bez zdroje 600 000 EUR ne: částku neuvádí žádný zdroj"), cells
        assert row.find("a")["href"] == f"/flows/{flow_id}"
        assert behind.soup.select_one("main .big").get_text(strip=True) == "neuvedeno"
    file = client.browser.get("/funding/known_funding/records.csv").text
    assert "částku neuvádí žádný zdroj" in file and "600000" in file
    everything = client.get("/funding/known_funding/records?certainty=all").text
    assert "počítá se 1, nepočítá se 0" in everything and "neuvádí žádný zdroj" not in everything
    assert "nemá zdroj, a proto" not in client.get("/funding?certainty=all").text
    # A source says nothing of its provider, so no question for one meets it; nor does the page behind a group.
    assert "neuvádí žádný zdroj" not in client.get(f"/funding/known_funding/records?provider={place['project']}").text
    assert "neuvádí žádný zdroj" not in client.get("/funding/known_funding_by_year/records?part=none").text


def test_what_no_source_states_is_not_named_to_who_may_not_see_it(engine, client, client_as, place) -> None:
    book(client, place)
    with unit(engine) as s, changing(s):
        hidden = s.scalars(select(Flow)).one()
        hidden.confidential = True
        settle(s, [hidden])
    for path in ("/funding", "/funding/known_funding/records"):
        page = client_as("viewer", lang="cs").get(path).text
        assert "neuvádí žádný zdroj" not in page and "nemá zdroj, a proto" not in page
