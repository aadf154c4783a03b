"""Pure rules of funding: what an instrument, contract, addendum or flow may say, and which flows are stages of one money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.funding import terms
from portal.kernel.money import Money
from portal.kernel.when import When, certainly_before

LARGEST = 10**15
"""Minor units. Ten million millions: more than any programme has, less than a 64-bit column and any sum of such holds."""

COMMITMENT, PAYMENT, PLEDGE = 1, 2, 3
STAGES = {None: COMMITMENT, "2": COMMITMENT, "11": COMMITMENT, "1": PAYMENT, "3": PAYMENT, "12": PLEDGE, "13": PLEDGE}
"""IATI TransactionType → the stage at which the same money is met, the one that counts first. Expenditure (4) and
reimbursement (7) say what was done with the money, so they are no stage of its being given."""


MOVED = ("1", "3", "4", "7")
"""IATI types of money that has changed hands: incoming funds, disbursement, expenditure, reimbursement. Where payments
are spoken of, it is these; those of the stage PAYMENT among them (incoming funds, disbursement) are what was received."""
FARTHEST = 30
"""Years ahead for which money may be promised; a later one is a slip of the pen."""


def problems_of_instrument(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule broken. Units: name, envelope."""
    return _name(values) | _amount("envelope", values.get("envelope"))


def problems_of_contract(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule broken. Units: name, number, start, end, signed, authority, coordinator, and those of
    `terms`."""
    found = {}
    name = values.get("name")
    if not (name and (name.cs or name.en)) and not values.get("number"):
        found["name"] = "name_or_number"
    if _before(values.get("end"), values.get("start")):
        found["end"] = "end_before_start"
    if values.get("authority") and values.get("authority") == values.get("coordinator"):
        found["coordinator"] = "contracts_with_itself"
    return found | terms.problems(values)


def problems_of_addendum(values: Mapping[str, object], contract_signed: When | None) -> dict[str, str]:
    """{unit: code} of each rule broken. Units: contract, signed; the day the contract was signed comes beside them."""
    found = {}
    if not values.get("contract"):
        found["contract"] = "contract_missing"
    if _before(values.get("signed"), contract_signed):
        found["signed"] = "before_its_contract"
    return found


def problems_of_flow(values: Mapping[str, object], today: date) -> dict[str, str]:
    """{unit: code} of each rule that a flow breaks by itself (for what stands around it see `problems_of_inclusion`).

    Units: id, booked, amount, amount_mark, unknown_reason, provider, receiver, included_in, supersedes, type_code, valued.
    Money that has moved has not moved tomorrow; money that is promised may be, though not for times nobody plans for.
    """
    found = _amount("amount", values.get("amount"))
    valued = values.get("valued")
    if isinstance(valued, When) and valued.earliest is not None and valued.earliest > today:
        if values.get("type_code") in MOVED:
            found["valued"] = "in_the_future"
        elif valued.earliest.year > today.year + FARTHEST:
            found["valued"] = "too_far_ahead"
    if not values.get("booked"):
        found["booked"] = "booked_nowhere"
    amount, reason = values.get("amount"), values.get("unknown_reason")
    if amount is None and not reason:
        found["amount"] = "amount_or_reason"
    if amount is not None and reason:
        found["unknown_reason"] = "amount_and_reason"
    if values.get("provider") and values.get("provider") == values.get("receiver"):
        found["receiver"] = "to_itself"
    if values.get("included_in") and values.get("included_in") == values.get("id"):
        found["included_in"] = "included_in_itself"
    if values.get("supersedes") and values.get("supersedes") == values.get("id"):
        found["supersedes"] = "supersedes_itself"
    return found


def problem_of_inclusion(
    part: Money | None, part_mark: str | None, whole: Money | None, whole_mark: str | None
) -> str | None:
    """Why an amount cannot be included in another, as a code; None where it can. Unknown and rounded ones forbid nothing."""
    if part is None or whole is None:
        return None
    if part.currency != whole.currency:
        return "included_in_another_currency"
    if (part_mark, whole_mark) == ("exact", "exact") and part > whole:
        return "included_in_less"
    return None


def problem_of_superseding(
    new: tuple[int | None, int | None, str | None], old: tuple[int | None, int | None, str | None]
) -> str | None:
    """Why a flow cannot restate another, as a code; None where it can. Each is (booked at, contract, IATI type): what is restated
    stands at the same record, under the same contract where both name one, and at the same stage."""
    (new_place, new_contract, new_type), (old_place, old_contract, old_type) = new, old
    if new_place != old_place:
        return "supersedes_elsewhere"
    if None not in (new_contract, old_contract) and new_contract != old_contract:
        return "supersedes_under_another_contract"
    if STAGES.get(new_type, new_type) != STAGES.get(old_type, old_type):
        return "supersedes_another_type"
    return None


def precedes(type_code: str | None, valued: When | None, signed: When | None) -> bool:
    """Whether money is certainly dated before its contract. A pledge may be; an imprecise date that may fall later is none."""
    return STAGES.get(type_code) != PLEDGE and _before(valued, signed)


def _name(values: Mapping[str, object]) -> dict[str, str]:
    name = values.get("name")
    return {} if name and (name.cs or name.en) else {"name": "name_missing"}


def _amount(unit: str, amount: object) -> dict[str, str]:
    if isinstance(amount, Money) and amount.minor <= 0:
        return {unit: "amount_not_positive"}
    if isinstance(amount, Money) and amount.minor > LARGEST:
        return {unit: "amount_too_large"}
    return {}


def _before(a: object, b: object) -> bool:
    return isinstance(a, When) and isinstance(b, When) and certainly_before(a, b)
