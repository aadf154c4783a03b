"""What flows without a name of their own are called, and what that name follows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding import actions
from portal.funding.models import Flow
from portal.kernel.permission import SYSTEM
from portal.kernel.search import matching
from portal.partners.actions import edit_organisation
from portal.projects.actions import edit_project
from portal.sources.facts import Pair
from tests.factories import changing, funding


def test_a_name_made_of_the_parties_follows_them_when_the_form_sends_it_back(s: Session) -> None:
    place, commission = funding.project(s, "ERIS"), funding.organisation(s)
    flow = funding.flow(s, place, 1, provider=commission.id)
    with changing(s):
        sent = {"name": Pair(flow.name_cs, flow.name_en), "provider": funding.organisation(s, "Polsko").id}
        actions.edit_flow(s, SYSTEM, flow, sent)
    assert flow.name_cs == "Polsko → ERIS"
    with changing(s):
        actions.edit_flow(s, SYSTEM, flow, {"name": Pair("Dar", ""), "provider": commission.id})
    assert flow.name_cs == "Dar"


def test_a_name_made_of_the_parties_follows_a_renamed_party_and_a_given_one_stays(s: Session) -> None:
    place, commission = funding.project(s, "ERIS"), funding.organisation(s)
    made = funding.flow(s, place, 1, provider=commission.id)
    given = funding.flow(s, place, 2, provider=commission.id, name=Pair("Dar", ""))
    with changing(s):
        edit_organisation(s, SYSTEM, commission, {"name": Pair("Komise EU", "EU Commission")})
    s.expire_all()
    assert (made.name_cs, made.name_en) == ("Komise EU → ERIS", "EU Commission → ERIS")
    assert given.name_cs == "Dar"
    assert made.id in s.scalars(select(Flow.id).where(matching(s, SYSTEM, "Komise EU", Flow.id))).all()
    with changing(s):
        edit_project(s, SYSTEM, place, {"name": Pair("ERIS II", "")})
    s.expire_all()
    assert made.name_cs == "Komise EU → ERIS II"
