"""What refers to a confidential record tells neither its name nor its amount, today or in the past, and does not lose it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from portal.funding import actions, queries
from portal.funding.models import Flow, Instrument
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import Change, unit
from portal.partners.actions import edit_organisation
from portal.partners.models import Organisation
from portal.sources.facts import Pair
from tests.factories import accounts, changing, funding


def words(client, path: str) -> str:
    """The text of a page or of a file."""
    if "/exports/" not in path:
        return client.get(path).text
    answer = client.browser.get(path)
    assert answer.status_code == 200, path
    return answer.data.decode()


@pytest.fixture
def secret(engine: Engine) -> dict[str, int]:
    """An open flow inside a confidential one, and an open instrument and organisation of a confidential owner."""
    with unit(engine) as s, changing(s):
        eris = funding.project(s, "ERIS")
        whole = funding.flow(s, eris, 918, name=Pair("Tajná obálka", ""), confidential=True)
        parts = [
            funding.flow(s, eris, amount, included_in=whole, name=Pair(f"Díl {amount}", "")) for amount in (500, 450)
        ]
        owner = funding.organisation(s, "Tajný vlastník", confidential=True)
        programme = funding.instrument(s, "Program", owner=owner.id)
        below = funding.organisation(s, "Odbor", parent=owner.id)
        return {
            "eris": eris.id, "whole": whole.id, "part": parts[0].id, "owner": owner.id, "instrument": programme.id,
            "below": below.id,
        }  # fmt: skip


def test_a_confidential_flow_is_not_named_by_those_inside_it(engine, secret, client_as) -> None:
    viewer = client_as("viewer")
    for path in (f"/flows/{secret['part']}", "/flows", f"/projects/{secret['eris']}", "/exports/flows.csv"):
        text = words(viewer, path)
        assert "Díl 500" in text, path
        assert "Tajná" not in text and "918" not in text, path
    with unit(engine) as s:
        viewer = accounts.actor(s)
        part = queries.flow(s, viewer, secret["part"])
        assert (part.included_in, part.included_in_id) == (None, secret["whole"])
        s.expunge_all()
        assert queries.flow(s, SYSTEM, secret["part"]).included_in.name_cs == "Tajná obálka"
        booked = s.get_one(Flow, secret["part"])
        assert ("parts_exceed_whole", secret["whole"]) in [
            (code, f.id) for code, f in queries.doubts(s, SYSTEM, booked)
        ]
        assert queries.doubts(s, viewer, booked) == []


def test_a_confidential_owner_is_not_named_by_its_instrument(secret, client_as) -> None:
    viewer = client_as("viewer")
    for path in ("/instruments", f"/instruments/{secret['instrument']}", "/exports/instruments.csv"):
        text = words(viewer, path)
        assert "Program" in text and "Tajný" not in text, path


def test_filters_offer_only_what_stands_in_rows_one_may_see(engine, secret, client_as) -> None:
    with unit(engine) as s, changing(s):
        donor, owner = funding.organisation(s, "Dárce"), funding.organisation(s, "Vlastník")
        eris = s.get(Record, secret["eris"])
        funding.flow(s, eris, 5, provider=donor.id, name=Pair("Tajný tok", ""), confidential=True)
        funding.instrument(s, "Tajný program", owner=owner.id, confidential=True)
        other = funding.organisation(s, "Fond")
        funding.flow(s, eris, 6, provider=other.id, name=Pair("Tok", ""))
    viewer = client_as("viewer")
    offered = {o.get_text() for o in viewer.get("/flows").soup.select("select[name=provider] option")}
    assert "Fond" in offered and "Dárce" not in offered
    offered = {o.get_text() for o in viewer.get("/instruments").soup.select("select[name=owner] option")}
    assert "Vlastník" not in offered


def test_the_past_does_not_name_who_is_confidential_today(engine, secret, client_as) -> None:
    with unit(engine) as s, changing(s):
        donor = funding.organisation(s, "Dárce")
        eris = s.get(Record, secret["eris"])
        flow = funding.flow(s, eris, 77, provider=donor.id, name=Pair("Dar", ""))
        contract = funding.contract(s, eris, "D-1", authority=donor.id)
        programme = funding.instrument(s, "Otevřený program", owner=donor.id)
        then = s.scalar(select(func.max(Change.id)))
        donor_id, flow_id, contract_id, programme_id = donor.id, flow.id, contract.id, programme.id
    viewer = client_as("viewer")
    for path in (
        f"/flows/{flow_id}",
        "/flows",
        f"/contracts/{contract_id}",
        "/contracts",
        "/instruments",
        "/exports/flows.csv",
    ):
        assert "Dárce" in words(viewer, f"/k/{then}{path}"), path
    with unit(engine) as s, changing(s):
        actions.edit_flow(s, SYSTEM, s.get_one(Flow, flow_id), {"provider": None})
        actions.edit_contract(s, SYSTEM, queries.contract(s, SYSTEM, contract_id), {"authority": None})
        actions.edit_instrument(s, SYSTEM, s.get_one(Instrument, programme_id), {"owner": None})
        edit_organisation(s, SYSTEM, s.get_one(Organisation, donor_id), {"confidential": True})
    assert viewer.get(f"/flows/{flow_id}").h1 == "Dar"
    viewer.get(f"/k/{then}/flows/{flow_id}", 404)
    viewer.get(f"/k/{then}/contracts/{contract_id}", 404)
    for path in (
        "/flows",
        "/contracts",
        "/instruments",
        "/exports/flows.csv",
        "/exports/instruments.csv",
        f"/instruments/{programme_id}",
    ):
        assert "Dárce" not in words(viewer, f"/k/{then}{path}"), path


def test_an_edit_keeps_the_reference_to_a_record_its_editor_does_not_see(engine, secret, client_as) -> None:
    editor = client_as("editor", everywhere=True)
    for path, changed in (
        (f"/flows/{secret['part']}", {"purpose_cs": "nový účel"}),
        (f"/instruments/{secret['instrument']}", {"legal_basis": "čl. 7"}),
    ):
        form = editor.get(f"{path}/edit")
        assert "Tajn" not in form.html
        assert editor.submit(form, **changed).status == 303
    with unit(engine) as s:
        part, programme = s.get_one(Flow, secret["part"]), s.get_one(Instrument, secret["instrument"])
        assert (part.purpose_cs, part.included_in_id) == ("nový účel", secret["whole"])
        assert (programme.legal_basis, programme.owner_id) == ("čl. 7", secret["owner"])
    with unit(engine) as s, changing(s):
        seen = funding.organisation(s, "Vidět").id
    editor.submit(editor.get(f"/instruments/{secret['instrument']}/edit"), owner=str(seen))
    with unit(engine) as s:
        assert s.get_one(Instrument, secret["instrument"]).owner_id == seen
    editor.submit(editor.get(f"/instruments/{secret['instrument']}/edit"), owner="")
    with unit(engine) as s:
        assert s.get_one(Instrument, secret["instrument"]).owner_id is None


def test_an_organisation_below_a_confidential_one_is_hidden_with_it_so_no_edit_can_part_them(secret, client_as) -> None:
    client_as("editor", everywhere=True).get(f"/organisations/{secret['below']}/edit", 404)


class TestTryingTellsNothing:
    """Whoever does not see a flow can try any amount, place or contract beside it: only what they see refuses them."""

    @pytest.fixture
    def parts(self, s) -> tuple[Flow, Flow, Flow]:
        """A whole of 1,000 with an open part of 100 and a confidential one of 918."""
        eris = funding.project(s, "ERIS")
        whole = funding.flow(s, eris, 1000, name=Pair("Celek", ""))
        seen = funding.flow(s, eris, 100, included_in=whole, name=Pair("Díl", ""))
        return whole, seen, funding.flow(s, eris, 918, included_in=whole, name=Pair("Tajný díl", ""), confidential=True)

    def test_a_whole_is_measured_by_the_parts_one_sees(self, s, parts) -> None:
        whole, seen, secret = parts
        editor = accounts.actor(s, "editor", everywhere=True)
        with changing(s):
            actions.edit_flow(s, editor, whole, {"amount": funding.eur(917)})
        assert whole.amount == funding.eur(917)
        with pytest.raises(InvalidInput) as caught, changing(s):
            actions.edit_flow(s, editor, whole, {"amount": funding.eur(99)})
        assert caught.value.errors == {"amount": "contradicts_an_included_flow"}
        with changing(s):
            actions.edit_flow(s, editor, whole, {"booked": whole.booked_id, "amount": funding.eur(100)})
        assert queries.doubts(s, editor, whole) == []
        assert queries.doubts(s, SYSTEM, whole) == [("part_misfits", secret)]
        assert ("misfits_its_whole", whole) in queries.doubts(s, SYSTEM, secret)

    def test_a_part_is_not_measured_by_a_whole_one_does_not_see(self, s) -> None:
        eris, elsewhere = funding.project(s, "ERIS"), funding.project(s, "Jinde")
        whole = funding.flow(s, eris, 918, name=Pair("Tajný celek", ""), confidential=True)
        part = funding.flow(s, eris, 500, included_in=whole, name=Pair("Díl", ""))
        editor = accounts.actor(s, "editor", everywhere=True)
        for values in ({"amount": funding.eur(919)}, {"booked": elsewhere.id}):
            with changing(s):
                actions.edit_flow(s, editor, part, values)
        assert (part.amount, part.booked_id, part.included_in_id) == (funding.eur(919), elsewhere.id, whole.id)
        assert ("misfits_its_whole", whole) in queries.doubts(s, SYSTEM, part)
        assert queries.doubts(s, editor, part) == []
        with pytest.raises(InvalidInput) as caught, changing(s):
            actions.edit_flow(s, SYSTEM, part, {"amount": funding.eur(920)})
        assert caught.value.errors == {"included_in": "included_elsewhere"}

    def test_an_instrument_and_a_contract_change_whatever_flows_one_does_not_see_say(self, s) -> None:
        eris, first, second = (
            funding.project(s, "ERIS"),
            funding.instrument(s, "Fond A"),
            funding.instrument(s, "Fond B"),
        )
        contract = funding.contract(s, eris, "SML/1", instrument=first.id)
        other = funding.contract(s, eris, "SML/2")
        addendum = funding.addendum(s, contract, number="D-1")
        tied = {"contract": contract.id, "addendum": addendum.id, "name": Pair("Tajný tok", ""), "confidential": True}
        secret = funding.flow(s, eris, 7, instrument=first, **tied)
        for actor, refused in ((SYSTEM, True), (accounts.actor(s, "editor", everywhere=True), False)):
            for edit, record, values in (
                (actions.edit_contract, contract, {"instrument": second.id}),
                (actions.edit_addendum, addendum, {"contract": other.id}),
            ):
                try:
                    with changing(s):
                        edit(s, actor, record, values)
                except InvalidInput as error:
                    assert refused and set(error.errors) == set(values)
                else:
                    assert not refused
        assert (contract.instrument_id, addendum.contract_id) == (second.id, other.id)
        assert queries.doubts(s, SYSTEM, secret) == [("instrument_differs", contract), ("addendum_differs", addendum)]

    def test_the_page_of_the_flow_says_so_to_whoever_sees_both(self, engine, client_as) -> None:
        with unit(engine) as s, changing(s):
            eris = funding.project(s, "ERIS")
            whole = funding.flow(s, eris, 1000, name=Pair("Celek", ""))
            part = funding.flow(s, eris, 918, included_in=whole, name=Pair("Tajný díl", ""), confidential=True)
            actions.edit_flow(s, accounts.actor(s, "editor", everywhere=True), whole, {"amount": funding.eur(500)})
            reader = accounts.person(s, "viewer", login="jmenovana")
            accounts.actions.name_reader(s, SYSTEM, part, reader)
            token, whole_id = accounts.session_of(s, reader), whole.id
        viewer = client_as("viewer", lang="cs")
        named = accounts.browser(viewer.app, token)
        named.speak("cs")
        words = "se tok Tajný díl (918 EUR) nevejde do tohoto toku"
        assert words in named.get(f"/flows/{whole_id}").text.replace("\u00a0", " ")
        assert "nevejde" not in viewer.get(f"/flows/{whole_id}").text
