"""Signing contracts and their addenda, and editing what is written of them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.funding import facts
from portal.funding.models import ADDENDUM_KINDS, RATE_REGIMES, ROUNDING_RULES, Addendum, Contract
from portal.funding.queries import flows_of_addendum, flows_under
from portal.funding.rules import problems_of_addendum, problems_of_contract
from portal.kernel.currency import EXPONENTS
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.sources.actions import PLAIN, UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new
from portal.sources.facts import NOTHING, Pair, read

CALLED = {"addendum": Pair("dodatek", "addendum"), "top_up": Pair("navýšení", "top-up")}
"""What an addendum is called where neither its name, its subject nor its number is known."""


def sign_contract(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Contract:
    """Add a contract. `values` maps units (fact fields and `PLAIN`) to values of the unit's type.

    Without a name it is called by its number. Raises InvalidInput {unit: code}, Forbidden where the actor may not edit
    the record the contract is for.
    """
    contract = Contract(key=key)
    contract.subject = s.get(Record, values["for"]) if values.get("for") else None
    need(actor, "contract.add", contract)
    _check_contract(s, actor, None, values)
    _call(contract, values)
    set_plain(contract, PLAIN, values)
    s.add(contract)
    s.flush()
    state_new(s, actor, contract, facts.CONTRACT, values, support)
    set_secrecy(s, actor, contract, values)
    settle(s, [contract])
    return contract


def edit_contract(
    s: Session, actor: Actor, contract: Contract, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Contract:
    """Change units of a contract; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "contract.edit", contract)
    values, by_number = _without_made_name(contract, values, _by_number(contract.number))
    _check_edited_contract(s, actor, contract, values)
    set_plain(contract, PLAIN, values)
    state_all(s, actor, contract, {f.field: values[f.field] for f in facts.CONTRACT if f.field in values}, support)
    if by_number or not (contract.name_cs or contract.name_en):
        _call(contract, {"number": contract.number})
    set_secrecy(s, actor, contract, values)
    settle(s, [contract])
    return contract


def add_addendum(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Addendum:
    """Add a dated change of a contract: `kind_code` is `addendum` or `top_up`. The contract itself stays as it was.

    Its money is booked as a flow under it. Raises InvalidInput {unit: code}, Forbidden.
    """
    contract = s.get(Contract, values["contract"]) if values.get("contract") else None
    need(actor, "addendum.add", contract)
    _check_addendum(s, actor, None, values)
    addendum = Addendum(key=key, contract_id=contract.id, kind_code=values.get("kind_code") or "addendum")
    name = _addendum_name(values, addendum, contract)
    addendum.rename(name.cs, name.en)
    set_plain(addendum, PLAIN, values)
    s.add(addendum)
    s.flush()
    state_new(s, actor, addendum, facts.ADDENDUM, values, support)
    set_secrecy(s, actor, addendum, values)
    settle(s, [addendum])
    return addendum


def edit_addendum(
    s: Session, actor: Actor, addendum: Addendum, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Addendum:
    """Change units of an addendum; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "addendum.edit", addendum)
    values, made = _without_made_name(addendum, values, _addendum_called(s, addendum))
    _check_edited_addendum(s, actor, addendum, values)
    set_plain(addendum, PLAIN, values)
    state_all(s, actor, addendum, {f.field: values[f.field] for f in facts.ADDENDUM if f.field in values}, support)
    if made or not (addendum.name_cs or addendum.name_en):
        name = _addendum_called(s, addendum)
        addendum.rename(name.cs, name.en)
    set_secrecy(s, actor, addendum, values)
    settle(s, [addendum])
    return addendum


def _check_edited_contract(s: Session, actor: Actor, contract: Contract, values: Mapping[str, object]) -> None:
    if values.get("for", contract.for_id) != contract.for_id:
        need(actor, "contract.add", Contract(subject=s.get(Record, values["for"]) if values["for"] else None))
    _check_contract(s, actor, contract, values)


def _check_edited_addendum(s: Session, actor: Actor, addendum: Addendum, values: Mapping[str, object]) -> None:
    if values.get("contract") and values["contract"] != addendum.contract_id:
        need(actor, "addendum.add", s.get(Contract, values["contract"]))
    _check_addendum(s, actor, addendum, values)


checked("contract", _check_edited_contract)
checked("addendum", _check_edited_addendum)


def _without_made_name(record: Record, values: Mapping[str, object], made: Pair) -> tuple[Mapping[str, object], bool]:
    """The values without a name, and True, where the record is called by its other facts (`made`) and no other name is given:
    it is called anew by what they become."""
    present = Pair(record.name_cs, record.name_en)
    if present != made or values.get("name") not in (None, NOTHING, present):
        return values, False
    return {unit: value for unit, value in values.items() if unit != "name"}, True


def _by_number(number: str | None) -> Pair:
    return Pair(number or "", number or "")


def _call(contract: Contract, values: Mapping[str, object]) -> None:
    name = values.get("name") or _by_number(values.get("number"))
    contract.rename(name.cs, name.en)


def _addendum_called(s: Session, addendum: Addendum) -> Pair:
    """What the addendum is called by what else it says."""
    said = {"subject": Pair(addendum.subject_cs, addendum.subject_en), "number": addendum.number}
    return _addendum_name(said, addendum, s.get(Contract, addendum.contract_id))


def _addendum_name(values: Mapping[str, object], addendum: Addendum, contract: Contract) -> Pair:
    given = values.get("name") or values.get("subject")
    if given:
        return given
    if values.get("number"):
        return Pair(values["number"], values["number"])
    called = CALLED[addendum.kind_code]
    return Pair(f"{contract.name('cs')}, {called.cs}", f"{contract.name('en')}, {called.en}")


def _check_contract(s: Session, actor: Actor, contract: Contract | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if contract is not None:
        whole = {f.field: read(contract, f) for f in facts.CONTRACT} | whole
        if whole["name"] == _by_number(contract.number):  # no name but the number it has now
            whole["name"] = None
    found = problems_of_contract(whole) | misplaced(s, actor, facts.CONTRACT, values)
    for unit, allowed in (("rate_regime", RATE_REGIMES), ("rounding", ROUNDING_RULES)):
        if values.get(unit) not in (None, *allowed):
            found[unit] = "no_such_code"
    found |= {
        unit: "no_such_code" for unit in ("currency", "fixed_currency") if values.get(unit) not in (None, *EXPONENTS)
    }
    if contract is not None and whole.get("instrument") and whole["instrument"] != contract.instrument_id:
        # Flows the actor does not see refuse nothing; whoever sees them finds it among their doubts.
        if any(f.instrument_id not in (None, whole["instrument"]) for f in flows_under(s, actor, contract.id)):
            found["instrument"] = "its_flows_have_another"
    if found:
        raise InvalidInput(found)


def _check_addendum(s: Session, actor: Actor, addendum: Addendum | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if addendum is not None:
        whole = {f.field: read(addendum, f) for f in facts.ADDENDUM} | whole
    contract = s.get(Contract, whole["contract"]) if whole.get("contract") else None
    found = problems_of_addendum(whole, contract.signed if contract else None)
    found |= misplaced(s, actor, facts.ADDENDUM, values)
    if whole.get("kind_code") not in (None, *ADDENDUM_KINDS):
        found["kind_code"] = "no_such_kind"
    if addendum is not None and whole.get("contract") != addendum.contract_id:
        if flows_of_addendum(s, actor, addendum.id):
            found["contract"] = "has_flows_under_its_contract"
    if found:
        raise InvalidInput(found)
