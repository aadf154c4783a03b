"""Booking flows of money, and editing what is written of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.funding import facts
from portal.funding.actions.marks import remark
from portal.funding.actions.names import called
from portal.funding.actions.superseding import problem_of_superseding
from portal.funding.models import AMOUNT_MARKS, FLOW_TYPES, UNKNOWN_REASONS, Addendum, Contract, Flow
from portal.funding.queries import flow as seen_flow
from portal.funding.queries import included_flows, misfits, reaches
from portal.funding.rules import problems_of_flow
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.sources.actions import (
    UNRATED,
    UNSUPPORTED,
    Support,
    checked,
    misplaced,
    set_plain,
    state,
    state_all,
    state_new,
)
from portal.sources.facts import NOTHING, Pair, read

_APART = ("amount", "included_in")
"""Facts with a certainty or precision of their own."""


def book_flow(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *,
    inclusion: Support | None = None, key: str | None = None,
) -> Flow:  # fmt: skip
    """Book a flow at one project or framework. `values` maps units (fact fields, `amount_mark`, `unknown_reason`, `UNRATED`)
    to values of the unit's type.

    The amount is above zero, or None with an `unknown_reason`; `amount_mark` is exact (default), rounded or estimated.
    `included_in` names a flow booked at the same record or above it; how sure that is, `inclusion` says (default: as
    `support`). An addendum brings its contract along. Without a name the flow is called by its provider and receiver.

    Raises InvalidInput {unit: code}; Forbidden where the actor may not edit the record the flow is booked at.
    """
    values = _with_contract(s, values)
    flow = Flow(key=key)
    flow.booked = s.get(Record, values["booked"]) if values.get("booked") else None
    _need_place(actor, "flow.add", flow)
    _check(s, actor, None, values)
    flow.amount = values.get("amount")
    flow.unknown_reason = values.get("unknown_reason")
    name = values.get("name") or called(s, values)
    flow.rename(name.cs, name.en)
    set_plain(flow, UNRATED, values)
    s.add(flow)
    s.flush()
    plain = replace(support, precision=None)
    state_new(s, actor, flow, [f for f in facts.FLOW if f.field not in _APART], values, plain)
    _state_amount(s, actor, flow, values, support, new=True)
    if values.get("included_in"):
        state(s, actor, flow, "included_in", values["included_in"], inclusion or plain.of("included_in"))
    set_secrecy(s, actor, flow, values)
    settle(s, [flow])
    return flow


def edit_flow(
    s: Session, actor: Actor, flow: Flow, values: Mapping[str, object], support: Support = UNSUPPORTED, *,
    inclusion: Support | None = None,
) -> Flow:  # fmt: skip
    """Change units of a flow; each changed fact becomes a leading statement resting on `support`.

    Flows included in it that the actor sees are checked again: it may not become less than they are, nor move away from them.
    """
    need(actor, "flow.edit", flow)
    values = _with_contract(s, values)
    check(s, actor, flow, values)
    present = Pair(flow.name_cs, flow.name_en)
    own_name = present != called(s, _present(flow)) or values.get("name") not in (None, NOTHING, present)
    set_plain(flow, UNRATED, values)
    plain = replace(support, precision=None)
    rest = {f.field: values[f.field] for f in facts.FLOW if f.field in values and f.field not in _APART}
    if not rest.get("name") or not own_name:
        rest.pop("name", None)
    state_all(s, actor, flow, rest, plain)
    if "amount" in values or "amount_mark" in values or "unknown_reason" in values:
        _state_amount(s, actor, flow, values, support)
    if "included_in" in values:
        state_all(s, actor, flow, {"included_in": values["included_in"]}, inclusion or plain)
    if not own_name:
        name = called(s, _present(flow))
        flow.rename(name.cs, name.en)
    set_secrecy(s, actor, flow, values)
    settle(s, [flow])
    return flow


def check(s: Session, actor: Actor, flow: Flow, values: Mapping[str, object]) -> None:
    """What `edit_flow` asks of values before it writes them: the rules, and the right to book it elsewhere. An amount that a
    source does not state is unknown for that reason."""
    if values.get("booked") and values["booked"] != flow.booked_id:
        _need_place(actor, "flow.add", Flow(booked=s.get(Record, values["booked"])))
    if "amount" in values and values["amount"] is None and "unknown_reason" not in values:
        values = {**values, "unknown_reason": flow.unknown_reason or "not_stated"}
    _check(s, actor, flow, values)


checked("flow", check)


def _state_amount(
    s: Session, actor: Actor, flow: Flow, values: Mapping[str, object], support: Support, new: bool = False
) -> None:
    """State the amount with its mark; an unknown one only where a source was read that does not give it."""
    amount, support = values.get("amount", flow.amount), support.of("amount")
    support = support.of("amount")
    # A precision the source did not give (derived, inferred) lasts until somebody says another.
    mark = values.get("amount_mark") or (flow.amount_mark if flow.amount else None) or "exact"
    if amount is not None:
        if new or amount != flow.amount:
            state(s, actor, flow, "amount", amount, replace(support, precision=mark), recall=not new)
        remark(s, flow, "amount", "amount_mark", mark)
        return
    if flow.amount is not None or support.quotations:
        state(s, actor, flow, "amount", None, replace(support, precision="not_stated"))
    flow.unknown_reason = values.get("unknown_reason") or flow.unknown_reason


def _need_place(actor: Actor, permission: str, flow: Flow) -> None:
    if flow.booked is None or flow.booked.kind not in facts.BOOKED_AT:
        raise InvalidInput({"booked": "booked_nowhere" if flow.booked is None else "wrong_kind"})
    need(actor, permission, flow)


def _with_contract(s: Session, values: Mapping[str, object]) -> dict[str, object]:
    """An addendum belongs to one contract, so naming it names the contract."""
    values = dict(values)
    if values.get("addendum") and not values.get("contract"):
        addendum = s.get(Addendum, values["addendum"])
        values["contract"] = addendum.contract_id if addendum else None
    return values


def _present(flow: Flow) -> dict[str, object]:
    """What the flow says now, by unit."""
    now = {f.field: read(flow, f) for f in facts.FLOW}
    return now | {"id": flow.id, "amount_mark": flow.amount_mark, "unknown_reason": flow.unknown_reason}


def _check(s: Session, actor: Actor, flow: Flow | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if flow is not None:
        whole = _present(flow) | whole
        if values.get("amount") is not None and "unknown_reason" not in values:
            whole["unknown_reason"] = None
    found = problems_of_flow(whole, clock.today()) | misplaced(s, actor, facts.FLOW, values)
    for unit, allowed in (
        ("amount_mark", AMOUNT_MARKS if flow is None else (*AMOUNT_MARKS, flow.amount_mark)),
        ("unknown_reason", UNKNOWN_REASONS),
        ("type_code", FLOW_TYPES),
    ):
        if values.get(unit) not in (None, *allowed):
            found[unit] = "no_such_code"
    if not found:
        found = _check_contract(s, whole) | _check_inclusion(s, actor, flow, whole)
        found = found or problem_of_superseding(s, actor, flow, whole)
    if found:
        raise InvalidInput(found)


def _check_contract(s: Session, whole: Mapping[str, object]) -> dict[str, str]:
    found = {}
    contract = s.get(Contract, whole["contract"]) if whole.get("contract") else None
    addendum = s.get(Addendum, whole["addendum"]) if whole.get("addendum") else None
    if addendum is not None and addendum.contract_id != whole.get("contract"):
        found["addendum"] = "of_another_contract"
    if contract is not None and contract.instrument_id and whole.get("instrument"):
        if contract.instrument_id != whole["instrument"]:
            found["instrument"] = "not_of_its_contract"
    return found


def _check_inclusion(s: Session, actor: Actor, flow: Flow | None, whole: Mapping[str, object]) -> dict[str, str]:
    """What is wrong between the flow as it would be, the one it is included in and those included in it.

    Only flows the actor sees can refuse an amount or a place: else trying would tell what the hidden ones hold. Whoever sees
    both meets the contradiction among the doubts.
    """
    mark = whole.get("amount_mark") or "exact"
    planned = Flow(booked_id=whole["booked"], amount=whole.get("amount"), amount_mark=mark)
    if whole.get("included_in"):
        above = whole["included_in"]
        container = seen_flow(s, actor, above)
        code = misfits(s, planned, container) if container is not None else None
        if flow is not None and reaches(s, above, flow.id):
            code = "included_in_itself"
        if code:
            return {"included_in": code}
    if flow is not None:
        for part in included_flows(s, actor, flow.id):
            code = misfits(s, part, planned)
            if code:
                return {"booked" if code == "included_elsewhere" else "amount": "contradicts_an_included_flow"}
    return {}
