"""Keeping the co-beneficiaries of a contract: a set that stands in a table of its own."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import flag_modified

from portal.funding.models import CoBeneficiary, Contract
from portal.funding.queries import members
from portal.sources.facts import kept_as_sets


def _keep(contract: Contract, unit: str, wanted: Collection[int]) -> None:
    """Let the set be just `wanted`. The contract's version counts its changes too."""
    s, have = object_session(contract), set(members(contract, unit))
    gone, come = have - set(wanted), set(wanted) - have
    if gone:
        of, held = CoBeneficiary.contract_id, CoBeneficiary.organisation_id
        s.execute(delete(CoBeneficiary).where(of == contract.id, held.in_(gone)))
    s.add_all(CoBeneficiary(contract_id=contract.id, organisation_id=i) for i in sorted(come))
    if gone or come:
        flag_modified(contract, "name_cs")
    s.flush()


kept_as_sets("contract", members, _keep)
