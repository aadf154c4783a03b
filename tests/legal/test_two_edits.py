"""Two people edit one document: what does not clash is joined, what clashes is asked, nothing is lost."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.when import When
from portal.legal.models import LegalInstrument
from portal.sources.facts import Pair
from tests.factories import changing, funding, legal


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        one = legal.legal_instrument(s, "Směrnice", celex="32004L0081", number=Pair("2004/81/ES", ""))
        return {
            "one": one.id,
            "council": funding.organisation(s, "Rada").id,
            "body": funding.organisation(s, "Výbor").id,
        }


def held(engine, i: int) -> LegalInstrument:
    with transaction.unit(engine) as s:
        one = s.get_one(LegalInstrument, i)
        s.refresh(one)
        s.expunge(one)
        return one


def test_what_does_not_clash_is_joined_and_what_clashes_is_asked(scene, client_as, engine) -> None:
    first, second = client_as("editor", name="Jana Malá"), client_as("editor", name="Petr Velký")
    path = f"/legal/{scene['one']}/edit"
    mine, other = second.get(path), second.get(path)
    theirs = {"status": "in_force", "adopted_by": str(scene["council"]), "number_cs": "2004/81/EU"}
    first.submit(first.get(path), fields=theirs)
    second.submit(mine, dated="29. 4. 2004", note_cs="ověřit")
    one = held(engine, scene["one"])
    assert (one.status, one.adopted_by_id, one.dated, one.note_cs) == (
        "in_force", scene["council"], When("2004-04-29"), "ověřit",
    )  # fmt: skip
    clash = second.submit(other, 409, number_cs="81/2004", adopted_by=str(scene["body"]), celex="")
    assert "Jana Malá" in clash.text or "Petr Velký" in clash.text
    assert clash.soup.find("input", attrs={"name": "choose-number_cs"})
    assert clash.soup.find("input", attrs={"name": "choose-adopted_by"})
    assert not clash.soup.find("input", attrs={"name": "choose-celex"})
    second.submit(clash, **{"choose-number_cs": "mine", "choose-adopted_by": "theirs"})
    one = held(engine, scene["one"])
    assert (one.number_cs, one.adopted_by_id, one.celex) == ("81/2004", scene["council"], None)


def test_the_rules_run_again_on_what_both_give_together(scene, client_as, engine) -> None:
    first, second = client_as("editor"), client_as("editor")
    path = f"/legal/{scene['one']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), dated="2010")
    refused = second.submit(mine, 422, end_of_validity="2009")
    assert any("Platnost končí dříve, než dokument vznikl" in line for line in refused.errors())
    assert held(engine, scene["one"]).end_of_validity is None
