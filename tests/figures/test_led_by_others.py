"""What the sources of a filter state counts, whatever else leads; what leads and is not theirs is named as left out."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.figures import FIGURES, Coverage, Scope, keeping
from portal.figures.funding import disagreements, led_by_others, records
from portal.figures.models import FigureMark
from portal.funding.actions import edit_flow
from portal.funding.models import Flow
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import unit
from portal.sources.actions import state
from tests.factories import changing, funding
from tests.factories.funding import eur
from tests.figures.scene import targeted_initiative
from tests.figures.test_known_funding import DOCUMENTS, PUBLIC, TOTAL, amounts, total


def test_an_amount_without_a_source_that_leads_does_not_silence_the_documents(engine, client_as) -> None:
    """Typed over, the 600,000 of the document lead no more, but by the documents they are what is known."""
    with unit(engine) as s:
        scene = targeted_initiative(s)
        s.flush()
        keeping.fold(s)
        with changing(s):
            edit_flow(s, SYSTEM, scene.top_up, {"amount": eur(700000)})
            # What a document says is not known, or what only a public source gives beside, comes back in no total of documents.
            edit_flow(s, SYSTEM, scene.tig, {"amount": eur(1)})
            edit_flow(s, SYSTEM, scene.whole, {"amount": eur(3500000), "amount_mark": "exact"})
        top_up, number = scene.top_up.id, {"EUR": eur(600000)}
        assert total(s) == number and TOTAL.coverage(s, SYSTEM, DOCUMENTS) == Coverage(known=1, within=7, unknown=3)
        [row] = [r for r in records(s, SYSTEM, DOCUMENTS) if r.reason is None]
        told = (row.flow.id, row.amount, row.certainty, row.approximate, row.silenced)
        assert told == (top_up, eur(600000), "document", 0, True) and row.flow.amount == eur(700000)
        euros = Scope(currency="EUR")
        by_certainty = FIGURES["known_funding_by_certainty"].value(s, SYSTEM, euros)
        assert total(s, euros) == number and amounts(by_certainty) == {"document": eur(600000), "none": None}
        # By all sources what leads counts, as everywhere else in the portal; by public ones what these give.
        everything = TOTAL.value(s, SYSTEM, Scope(certainty="all"))
        assert everything.sums["EUR"].total == eur(3500001) and everything.included["EUR"].total == eur(700000)
        public = TOTAL.value(s, SYSTEM, PUBLIC).sums["EUR"]
        assert (public.total, public.rounded, public.exact) == (eur(6600000), eur(6600000), None)
        assert [disagreements(s, SYSTEM, one) for one in (DOCUMENTS, PUBLIC, Scope(certainty="all"))] == [
            (1, 1), (2, 2), (2, 0),
        ]  # fmt: skip
        assert (
            led_by_others(s, SYSTEM, PUBLIC) == 2
            and led_by_others(s, SYSTEM, DOCUMENTS, by="currency", part="CZK") == 0
        )
    viewer = client_as("viewer", lang="cs")
    page = viewer.get("/funding").text.replace("\u00a0", " ")
    assert "600 000 EUR" in page and "700 000 EUR" not in page
    assert "u 1 částky se portál řídí jiným tvrzením, které z těchto zdrojů nepochází" in page
    behind = viewer.get("/funding/known_funding/records").text.replace("\u00a0", " ")
    assert "600 000 EUR" in behind and "vedoucí je jiné tvrzení, zde se nepočítá: 700 000 EUR (bez zdroje)" in behind
    flow = viewer.get(f"/flows/{top_up}").soup.select_one("#amount").get_text(" ").replace("\u00a0", " ")
    assert "Započítává se jednou" not in flow and "Částka, kterou uvádějí dokumenty, 600 000 EUR, se započítává" in flow
    file = viewer.browser.get("/funding/known_funding/records.csv").text.replace("\u00a0", " ")
    assert "700 000 EUR (bez zdroje)" in file and "600000" in file
    # A statement beside that comes or goes alone touches what is kept.
    with unit(engine) as s, changing(s):
        marks = s.scalar(select(func.count()).select_from(FigureMark))
        state(s, SYSTEM, s.get(Flow, top_up), "amount", eur(650000), funding.support(s), lead=False)
        assert s.scalar(select(func.count()).select_from(FigureMark)) > marks and total(s) == {"EUR": eur(650000)}
