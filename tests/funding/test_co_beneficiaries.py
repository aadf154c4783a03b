"""Co-beneficiaries of a contract: a set of organisations with its sources, shown, edited, filed, told in history."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding import actions, queries
from portal.funding.models import CoBeneficiary, Contract
from portal.kernel import transaction
from portal.kernel.asof import as_of
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.search import matching
from portal.ops.checks import _sets
from portal.partners.actions import edit_organisation
from portal.sources.actions.statements import leader
from portal.sources.facts import decode, fact
from tests.factories import accounts, changing, funding
from tests.factories.frameworks import framework
from tests.merging.scene import organisations
from tests.merging.test_core import part, put_together


def test_a_set_of_organisations_rests_on_a_source_and_is_found_by_their_names(s: Session) -> None:
    iom, icmpd = funding.organisation(s, "IOM"), funding.organisation(s, "ICMPD")
    place = framework(s, "Dialog")
    contract = funding.contract(s, place, co_beneficiaries=[iom.id])
    version = contract.version
    with changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"co_beneficiaries": [icmpd.id, iom.id]}, funding.support(s))
    assert contract.version > version and queries.members(contract, "co_beneficiaries") == [iom.id, icmpd.id]
    lead = leader(s, contract.id, "co_beneficiaries")
    assert lead.value == f"#{iom.id} #{icmpd.id}" and lead.citations and lead.certainty == "document"
    assert decode(fact("contract", "co_beneficiaries"), lead.value) == {iom.id, icmpd.id}
    found = select(Contract.id).where(matching(s, SYSTEM, "icmpd", Contract.id))
    assert s.scalars(found).all() == [contract.id]
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"co_beneficiaries": [place.id]})
    assert caught.value.errors == {"co_beneficiaries": "wrong_kind"}


def test_a_hidden_member_is_absent_and_stays_when_others_edit_the_set(s: Session) -> None:
    shown, secret, third = (funding.organisation(s, name) for name in ("Zjevná", "Tajná", "Třetí"))
    place = framework(s, "Dialog")
    contract = funding.contract(s, place, co_beneficiaries=[shown.id, secret.id])
    with changing(s):
        edit_organisation(s, SYSTEM, secret, {"confidential": True})
    editor = accounts.actor(s, "editor", everywhere=True)
    assert [o.name_cs for o in queries.co_beneficiaries_of(s, editor, [contract.id])[contract.id]] == ["Zjevná"]
    with changing(s):
        actions.edit_contract(s, editor, contract, {"co_beneficiaries": [third.id]})
    assert queries.members(contract, "co_beneficiaries") == [secret.id, third.id]


def test_the_page_form_file_and_history_of_a_contract_show_them(engine, client_as) -> None:
    with transaction.unit(engine) as s, transaction.change(s, None, "command", actor_name="zkouška") as before:
        place = framework(s, "Dialog")
        contract, member, other = (
            funding.contract(s, place),
            funding.organisation(s, "IOM"),
            funding.organisation(s, "ICMPD"),
        )
        secret = funding.organisation(s, "Tajná", confidential=True)
        s.flush()
        ids, then = (contract.id, member.id, other.id, secret.id), before.id
    editor = client_as("editor", everywhere=True, lang="cs")
    form = editor.get(f"/contracts/{ids[0]}/edit")
    assert {box["value"] for box in form.soup.select("[name=co_beneficiaries]")} | {
        option["value"] for option in form.soup.select("[name=co_beneficiaries] option")
    } >= {str(ids[1]), str(ids[2])} and "Tajná" not in form.text
    editor.submit(form, 303, co_beneficiaries=[str(ids[1]), str(ids[2])])
    page = editor.get(f"/contracts/{ids[0]}")
    row = next(
        dt.find_next("dd").get_text(" ", strip=True)
        for dt in page.soup.select("dt")
        if "Spolupříjemci" in dt.get_text()
    )
    assert "IOM" in row and "ICMPD" in row
    assert "Spolupříjemci" in editor.get(f"/records/{ids[0]}/history").text
    with as_of(engine, then) as past:
        assert past.scalars(select(CoBeneficiary.organisation_id)).all() == []
    assert _sets(engine) == []
    with transaction.unit(engine) as s, transaction.change(s, None, "command"):
        s.add(CoBeneficiary(contract_id=ids[0], organisation_id=ids[3]))
    assert [line.split(":")[0] for line in _sets(engine)] == [f"contract {ids[0]}"]


def test_a_merged_organisation_stands_in_each_set_once_and_comes_back(s: Session) -> None:
    scene = organisations(s)
    giver, kept, absorbed = scene.giver.id, scene.kept.id, scene.absorbed.id

    def sets() -> list:
        return [
            (queries.members(one, "co_beneficiaries"), leader(s, one.id, "co_beneficiaries").value)
            for one in (scene.alone, scene.both)
        ]

    before = sets()
    put_together(s, scene)
    assert sets() == [
        (sorted([giver, kept]), f"#{min(giver, kept)} #{max(giver, kept)}"), ([kept], f"#{kept}"),
    ]  # fmt: skip
    part(s, scene)
    assert sets() == before and before[1][0] == sorted([kept, absorbed])
