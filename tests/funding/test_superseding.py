"""A flow that supersedes another restates its amount instead of adding to it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Scope
from portal.funding import actions, queries, sheet
from portal.funding.queries import lines
from portal.kernel import transaction
from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.factories import accounts, changing, frameworks, funding, partners
from tests.factories.funding import eur

ALL = Scope(certainty="all")


def known(s: Session, scope: Scope = ALL, actor=SYSTEM) -> dict[str, object]:
    return {c: one.total for c, one in FIGURES["known_funding"].value(s, actor, scope).sums.items()}


def reasons(s: Session, scope: Scope = ALL, actor=SYSTEM) -> dict[int, str | None]:
    return {r.flow.id: r.reason for r in FIGURES["known_funding"].records(s, actor, scope)}


def refused(s: Session, flow, **values) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught, changing(s):
        if isinstance(flow, dict):
            actions.book_flow(s, SYSTEM, flow | values)
        else:
            actions.edit_flow(s, SYSTEM, flow, values)
    return caught.value.errors


def test_only_the_latest_known_sum_of_a_chain_counts(s: Session) -> None:
    """The first addendum restates the sum, the second is announced without an amount, a top-up adds."""
    place = funding.project(s, "ERIS")
    first = funding.flow(s, place, 1000)
    second = funding.flow(s, place, 1200, supersedes=first.id)
    third = funding.flow(s, place, None, supersedes=second.id)
    top_up = funding.flow(s, place, 50)
    assert known(s) == {"EUR": eur(1250)}
    assert reasons(s) == {first.id: "superseded", second.id: None, third.id: "unknown_amount", top_up.id: None}
    with changing(s):
        actions.edit_flow(s, SYSTEM, third, {"amount": Money.of("40000", "CZK")})
    assert known(s) == {"CZK": Money.of("40000", "CZK"), "EUR": eur(50)}
    assert reasons(s)[first.id] == reasons(s)[second.id] == "superseded"
    with changing(s):
        actions.edit_flow(s, SYSTEM, second, {"supersedes": None})
    assert known(s) == {"CZK": Money.of("40000", "CZK"), "EUR": eur(1050)}


def test_a_sum_of_no_stated_type_takes_no_commitment_out_of_the_commitments(s: Session) -> None:
    """Known funding knows the newer sum, commitments only the older, until the type is stated or a third sum is one."""
    place = funding.project(s, "ERIS")
    first = funding.flow(s, place, 1000, type_code="2")
    second = funding.flow(s, place, 1200, supersedes=first.id)
    figure = FIGURES["commitments"]

    def told() -> tuple:
        rows = {r.flow.id: r.reason for r in figure.records(s, SYSTEM, ALL)}
        return figure.value(s, SYSTEM, ALL).sums["EUR"].total, rows

    assert known(s) == {"EUR": eur(1200)}
    assert told() == (eur(1000), {first.id: None, second.id: "untyped"})
    third = funding.flow(s, place, 1300, type_code="2", supersedes=second.id)
    assert told() == (eur(1300), {first.id: "superseded", second.id: "untyped", third.id: None})
    with changing(s):
        actions.edit_flow(s, SYSTEM, third, {"amount": None, "unknown_reason": "not_stated"})
        actions.edit_flow(s, SYSTEM, second, {"type_code": "2"})
    assert told()[0] == eur(1200) and told()[1][first.id] == "superseded"


def test_the_small_notes_follow_the_whole_chain(engine, client_as) -> None:
    """A known, B unknown, C known: A does not add, though what directly supersedes it has no amount."""
    with transaction.unit(engine) as s, changing(s):
        place = funding.project(s, "ERIS")
        contract = funding.contract(s, place, signed=When("2013-05-01"))
        under = {"contract": contract.id, "valued": When("2013-04-02")}
        first = funding.flow(s, place, 1000, name=Pair("První", ""), **under)
        second = funding.flow(s, place, None, supersedes=first.id, name=Pair("Druhá", ""), **under)
        ids = place.id, contract.id, first.id, second.id
    pages = [f"/projects/{ids[0]}", f"/contracts/{ids[1]}", "/flows"]
    editor = client_as("editor", everywhere=True, lang="cs")

    def notes(path: str) -> set[str]:
        smalls = (
            " ".join(one.get_text(" ").replace("\xa0", " ").split()) for one in editor.get(path).soup.select("small")
        )
        return {text for text in smalls if text.startswith("nahrazeno tokem: Druhá")}

    apart = "nahrazeno tokem: Druhá (zdroj částku neuvádí, 2. 4. 2013)"
    assert [notes(path) for path in pages] == [{apart}] * 3
    with transaction.unit(engine) as s, changing(s):
        place = s.get_one(Record, ids[0])
        later = {"contract": ids[1], "valued": When("2013-06-01"), "name": Pair("Třetí", "")}
        funding.flow(s, place, 1300, supersedes=ids[3], **later)
    assert [notes(path) for path in pages] == [{f"{apart}; nepřičítá se"}] * 3
    said = " ".join(editor.get(pages[1]).soup.main.get_text(" ").replace("\xa0", " ").split())
    assert "První" in said and said.count("před podpisem této smlouvy") == 1
    warned = editor.get(pages[1]).soup.find(id="before").get_text(" ")
    assert "První" in warned and "Druhá" in warned and "Třetí" not in warned


def test_a_part_of_a_superseded_sum_is_in_the_new_one(s: Session) -> None:
    place = funding.project(s, "ERIS")
    first = funding.flow(s, place, 1000)
    part = funding.flow(s, place, 300, included_in=first)
    new = funding.flow(s, place, 1200, supersedes=first.id)
    assert reasons(s) == {first.id: "superseded", part.id: "included", new.id: None}
    assert known(s) == {"EUR": eur(1200)}


def test_files_and_pages_look_to_the_end_of_the_chain(engine, client_as) -> None:
    """The middle one is announced without an amount: the first is superseded all the same."""
    with transaction.unit(engine) as s, changing(s):
        giver = partners.organisation(s, "Dárce")
        place = funding.project(s, "ERIS")
        first = funding.flow(s, place, 1000, provider=giver.id)
        second = funding.flow(s, place, None, supersedes=first.id, provider=giver.id)
        third = funding.flow(s, place, 1300, supersedes=second.id, provider=giver.id)
        ids, of_giver = [first.id, second.id, third.id], giver.id
    with transaction.unit(engine) as s:
        assert queries.restated(s, SYSTEM, ids) == set(ids[:2])
        adds = next(c for c in sheet.FLOWS.columns if c.key == "adds")
        told = lines.of_flows(s, SYSTEM, [queries.flow(s, SYSTEM, i) for i in ids])
        assert [adds.value(line, "en") for line in told] == [False, False, True]
    client = client_as("viewer", lang="en")
    assert "It does not count: it is superseded by" in client.get(f"/flows/{ids[0]}").text
    money = client.get(f"/organisations/{of_giver}").soup.select("#money li")
    assert ["superseded by a newer sum" in li.get_text() for li in money] == [True, True, False]
    with transaction.unit(engine) as s, changing(s):
        actions.edit_flow(s, SYSTEM, queries.flow(s, SYSTEM, ids[2]), {"confidential": True})
    assert "It counts until the amount" in client.get(f"/flows/{ids[0]}").text


def test_out_of_sight_it_supersedes_nothing(s: Session) -> None:
    """By years, by certainty and by secrecy: whoever does not see the new sum still counts the old one."""
    place = funding.project(s, "ERIS")
    first = funding.flow(s, place, 1000, valued=When("2014"))
    new = funding.flow(s, place, 1200, certainty="public", supersedes=first.id, valued=When("2016"))
    assert known(s, Scope(certainty="documents")) == {"EUR": eur(1000)}
    assert known(s, Scope(certainty="all", years=(2014, 2014))) == {"EUR": eur(1000)}
    assert known(s) == {"EUR": eur(1200)}
    viewer = accounts.actor(s, "viewer")
    with changing(s):
        actions.edit_flow(s, SYSTEM, new, {"confidential": True})
    assert known(s, actor=viewer) == {"EUR": eur(1000)}
    s.expire_all()
    assert queries.flow(s, viewer, first.id).superseded_by == []
    assert known(s) == {"EUR": eur(1200)}


def test_what_it_supersedes_lies_at_the_same_record_contract_and_stage(s: Session) -> None:
    place, other = funding.project(s, "ERIS"), funding.project(s, "Jinde")
    contract, another = funding.contract(s, place), funding.contract(s, place, "2")
    first = funding.flow(s, place, 1000, contract=contract.id)
    new = {"booked": place.id, "amount": eur(5), "supersedes": first.id}
    assert refused(s, new, booked=other.id) == {"supersedes": "supersedes_elsewhere"}
    assert refused(s, new, contract=another.id) == {"supersedes": "supersedes_under_another_contract"}
    assert refused(s, new, type_code="3") == {"supersedes": "supersedes_another_type"}
    second = funding.flow(s, place, 1200, supersedes=first.id, type_code="2")
    assert refused(s, new) == {"supersedes": "superseded_already"}
    assert refused(s, first, booked=other.id) == {"booked": "contradicts_a_superseding_flow"}
    assert refused(s, first, contract=None, type_code="3") == {"type_code": "contradicts_a_superseding_flow"}
    assert (first.booked_id, second.supersedes_id) == (place.id, first.id)


def test_no_chain_closes_over_superseding_or_inclusion(s: Session) -> None:
    place = funding.project(s, "ERIS")
    first = funding.flow(s, place, 1000)
    part = funding.flow(s, place, 300, included_in=first)
    second = funding.flow(s, place, 1200, supersedes=first.id)
    third = funding.flow(s, place, 1300, supersedes=second.id)
    for flow in (first, second, third):
        assert refused(s, first, supersedes=flow.id) == {"supersedes": "supersedes_itself"}
    assert refused(s, part, supersedes=first.id) == {"supersedes": "supersedes_itself"}
    assert refused(s, third, included_in=first.id) == {"included_in": "included_in_itself"}
    new = {"booked": place.id, "amount": eur(5), "supersedes": third.id, "included_in": third.id}
    assert refused(s, new) == {"supersedes": "supersedes_itself"}
    assert known(s) == {"EUR": eur(1300)}


def test_money_certainly_dated_before_its_contract_is_flagged_and_stays_booked(s: Session) -> None:
    place = funding.project(s, "ERIS")
    contract = funding.contract(s, place, signed=When("2014-06"))
    under = {"contract": contract.id}
    for n, (valued, kind, flagged) in enumerate(
        [
            ("2014-05-31", "2", True),
            ("2013", None, True),
            ("2014", "2", False),
            ("2014-06", "3", False),
            ("2012", "12", False),
        ],
        1,
    ):
        flow = funding.flow(s, place, n, valued=When(valued), type_code=kind, **under)
        found = [(code, other.id) for code, other in queries.doubts(s, SYSTEM, flow)]
        assert found == ([("before_the_contract", contract.id)] if flagged else []), valued


def test_money_booked_elsewhere_than_its_contract_is_for_is_flagged_and_stays_booked(s: Session) -> None:
    framework = frameworks.framework(s, "Pražský proces")
    place, other = funding.project(s, "ERIS", framework=framework), funding.project(s, "Gruzie")
    contract = funding.contract(s, place)
    for n, (booked, flagged) in enumerate([(place, False), (framework, False), (other, True)], 1):
        flow = funding.flow(s, booked, n, contract=contract.id)
        found = [(code, one.id) for code, one in queries.doubts(s, SYSTEM, flow)]
        assert found == ([("elsewhere_than_contract", contract.id)] if flagged else []), booked.name_cs
