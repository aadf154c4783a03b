"""The co-beneficiaries of contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from portal.funding.models import CoBeneficiary, Contract
from portal.kernel.asof import values_as_of
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record

CO_BENEFICIARIES = "co_beneficiaries"


def members(contract: Contract, unit: str) -> list[int]:
    """The ids of the members of the set of a contract, in their order. `unit` is its only one."""
    s, held = object_session(contract), CoBeneficiary.organisation_id
    return list(s.scalars(select(held).where(CoBeneficiary.contract_id == contract.id).order_by(held))) if s else []


def sets_of(s: Session, contract_id: int, change_id: int | None = None) -> dict[str, list[int]]:
    """The set of a contract by unit, as ids: now, or as right after a change."""
    held = CoBeneficiary.organisation_id
    if change_id is None:
        found = list(s.scalars(select(held).where(CoBeneficiary.contract_id == contract_id).order_by(held)))
    else:
        rows = values_as_of(s, change_id, CoBeneficiary.__table__, contract_id=contract_id)
        found = [row["organisation_id"] for row in rows]
    return {CO_BENEFICIARIES: found}


def co_beneficiaries_of(s: Session, actor: Actor, contract_ids: Collection[int]) -> dict[int, list[Record]]:
    """{contract: its visible co-beneficiaries, in Czech order}."""
    found = defaultdict(list)
    rows = s.execute(
        select(CoBeneficiary.contract_id, Record)
        .join(Record, Record.id == CoBeneficiary.organisation_id)
        .where(CoBeneficiary.contract_id.in_(contract_ids), visible_to(actor))
        .order_by(Record.order_cs, Record.id)
    )
    for contract_id, organisation in rows:
        found[contract_id].append(organisation)
    return found
