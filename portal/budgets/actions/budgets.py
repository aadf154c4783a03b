"""Drawing up versions of a budget, editing what is written of them, agreeing to them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.budgets import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.budgets.models import Budget, BudgetLine
from portal.budgets.queries import before, budgets_of, held_editions, lines, version
from portal.budgets.rules import AGREED, DRAFT, ORIGINAL, problem_of_agreeing, problems_of_budget
from portal.funding.models import Addendum, Contract
from portal.kernel.currency import EXPONENTS
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import SYSTEM, Actor, need
from portal.kernel.settling import settle
from portal.sources.actions import (
    PLAIN,
    UNSUPPORTED,
    Support,
    checked,
    misplaced,
    set_plain,
    state_all,
    state_new,
    upheld,
)
from portal.sources.facts import Pair, read


def draw_up_budget(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *,
    copied: Budget | None = None, key: str | None = None,
) -> Budget:  # fmt: skip
    """Add a version of the budget of a contract, as a draft; `copied`: the version whose lines it begins with. `values` maps
    units (fact fields, `PLAIN`, confidential and readers) to values of the unit's type.

    Raises InvalidInput {unit: code}, Forbidden where the actor may not edit the contract.
    """
    contract = s.get(Contract, values["contract"]) if values.get("contract") else None
    need(actor, "budget.add", contract)
    values = {**values, "currency": values.get("currency") or (contract.currency if contract else None)}
    _refuse(s, actor, None, values)
    made = Budget(key=key, contract_id=contract.id, contract=contract, edition=held_editions(s, contract.id) + 1)
    made.kind_code, made.currency = values["kind_code"], values["currency"]
    name = values.get("name") or called(contract, made.edition)
    made.rename(name.cs, name.en)
    set_plain(made, PLAIN, values)
    s.add(made)
    s.flush()
    state_new(s, actor, made, facts.BUDGET, values, support)
    if copied is not None:
        if copied.contract_id != contract.id or copied.currency != made.currency:
            raise InvalidInput({"currency": "copied_elsewhere"})
        for place, row in enumerate(lines(s, copied.id)[copied.id], 1):
            s.add(_again(row, made, place))
    set_secrecy(s, actor, made, values)
    settle(s, [made])
    return made


def edit_budget(
    s: Session, actor: Actor, held: Budget, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Budget:
    """Change units of a version; each changed fact becomes a leading statement resting on `support`. Its currency, kind and
    contract stay once it is agreed, or has lines."""
    need(actor, "budget.edit", held)
    _refuse(s, actor, held, values)
    if not values.get("name", True):
        values = {**values, "name": called(held.contract, held.edition)}
    set_plain(held, PLAIN, values)
    state_all(s, actor, held, {f.field: values[f.field] for f in facts.BUDGET if f.field in values}, support)
    set_secrecy(s, actor, held, values)
    settle(s, [held])
    return held


def agree_budget(s: Session, actor: Actor, held: Budget, read_version: int) -> Budget:
    """Let a draft hold. Refused where somebody changed it meanwhile, where it has no lines, where it breaks what its kind asks of
    it beside the version before, or where a later one holds already, which was judged without it."""
    need(actor, "budget.edit", held)
    if held.version != read_version or held.state != DRAFT:
        raise Refused("budget_moved")
    if code := _problem(s, held):
        raise Refused(code)
    held.state = AGREED
    settle(s, [held])
    return held


def reopen_budget(s: Session, actor: Actor, held: Budget, read_version: int, reason: str) -> Budget:
    """Take an agreed version back to a draft, for a slip of the pen; not where a later one was drawn up on it."""
    need(actor, "budget.edit", held)
    if held.version != read_version or held.state != AGREED:
        raise Refused("budget_moved")
    if _later(s, held):
        raise Refused("budget_followed")
    if not reason.strip():
        raise InvalidInput({"reason": "why_reopened"})
    held.state = DRAFT
    settle(s, [held])
    return held


def is_replaced(s: Session, held: Budget) -> bool:
    """Whether an agreed original that was withdrawn could not hold again: the contract has another one, whoever may see it."""
    others = [one for one in budgets_of(s, SYSTEM, held.contract_id) if one.id != held.id]
    return is_original(held) and any(is_original(one) for one in others)


def is_original(held: Budget) -> bool:
    """Whether it is agreed, and the version that others change."""
    return held.state == AGREED and held.kind_code == ORIGINAL


def called(contract: Contract, edition: int) -> Pair:
    """What a version without a name of its own is called."""
    return Pair(f"{contract.name('cs')}, rozpočet {edition}", f"{contract.name('en')}, budget {edition}")


def _later(s: Session, held: Budget) -> list[Budget]:
    """The versions after this one, whoever may see them."""
    return [one for one in budgets_of(s, SYSTEM, held.contract_id) if one.edition > held.edition]


def _problem(s: Session, held: Budget) -> str | None:
    """Why a version cannot hold among those that do, as a code."""
    if any(one.state == AGREED for one in _later(s, held)):
        return "later_agreed"
    older = before(s, SYSTEM, held)
    return problem_of_agreeing(held.kind_code, version(s, held).totals, version(s, older).totals if older else None)


def _again(row: BudgetLine, budget: Budget, place: int) -> BudgetLine:
    made = BudgetLine(budget_id=budget.id, place=place, code=row.code, name_cs=row.name_cs, name_en=row.name_en)
    made.unit, made.number, made.value = row.unit, row.number, row.value
    return made


def _refuse(s: Session, actor: Actor, held: Budget | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if held is not None:
        whole = {f.field: read(held, f) for f in facts.BUDGET} | whole
    found = problems_of_budget(whole) | misplaced(s, actor, facts.BUDGET, values)
    if whole.get("currency") not in (None, *EXPONENTS):
        found["currency"] = "no_such_code"
    contract = s.get(Contract, whole["contract"]) if whole.get("contract") else None
    addendum = s.get(Addendum, whole["addendum"]) if whole.get("addendum") else None
    if addendum is not None and addendum.contract_id != whole.get("contract"):
        found["addendum"] = "of_another_contract"
    if contract is not None and contract.currency and whole.get("currency") not in (None, contract.currency):
        if held is None or "currency" in values and values["currency"] != held.currency:
            found.setdefault("currency", "not_the_currency_of_the_contract")
    if held is not None:
        fixed = ("contract", "currency", "kind_code") if held.state == AGREED else ("contract",)
        if "currency" in values and values["currency"] != held.currency and lines(s, held.id)[held.id]:
            fixed = (*fixed, "currency")
        found |= {
            unit: "budget_agreed" for unit in fixed if unit in values and values[unit] != read(held, _FACTS[unit])
        }
    if found:
        raise InvalidInput(found)


_FACTS = {f.field: f for f in facts.BUDGET}


def _hold(s: Session, actor: Actor, held: Budget, was: Budget) -> None:
    """An undo does not touch the lines of an agreed version; agreeing, and taking it back, it does as far as people may."""
    if held.state == AGREED and was.version == held.version:
        raise Refused("budget_agreed")
    if held.state == DRAFT and was.state == AGREED and _later(s, held):
        raise Refused("budget_followed")
    if held.state == AGREED and was.state == DRAFT and (code := _problem(s, held)):
        raise Refused(code)


checked("budget", _refuse)
upheld("budget", _hold)
