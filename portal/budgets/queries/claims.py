"""What of the money of a report is over a limit, missing or to be looked at once more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.budgets.queries.comparison import comparison
from portal.budgets.queries.incurred import Incurred
from portal.budgets.queries.versions import undated
from portal.budgets.rules import ENTERED, INDIRECT, SUBTOTAL, TOTAL, heading_of, share
from portal.funding.queries import sees_all_under
from portal.kernel.permission import Actor, permits

UNSEEN, MISSING, OVER, DOUBTFUL = "unseen", "missing", "over", "doubtful"
WRITING = ("due_report.edit", "due_report.check")
COMPUTED = "rate_computed"
"""The doubt of an item whose rate is not one that was published: it closes no report."""


@dataclass(frozen=True)
class Checked:
    """One thing a report on money should not be sent with. `what`:

    budget            no agreed budget holds at the end of the period
    undated           of agreed version `number` of the budget it is not known from when it holds
    expenditure       of some line nobody says what was spent in the period
    indirect_limit, reserve_limit   heading 8 or 10 of the budget is above its share of 7
    indirect_incurred indirect costs claimed to date are above their share of the direct costs to date
    shift             of `heading` more was spent than its budget and what may shift to it
    moved             heading `heading` of the budget moved further than a contract allows without an addendum
    total             more was spent to date than the whole budget
    explanation       line `code` varies and nobody says why
    forecast          the report before forecast line `code` in another currency; expected: this one does
    unseen            what the sums rest on is hidden from the actor; who does not write or check is not told
    unreported        of `number` times since the contract began no report says what was spent
    unsent_before     `number` reports before this one claim expenditure and were not sent yet
    silent_before     `number` reports before this one leave open what was spent
    amount, amount_before   items of this report, or of those before, whose amount in the contract's currency is not known
                      (`number` of them)
    doubt             an item (`place`) with the code of its doubt

    `amount` and `allowed` in minor units of the contract's currency.
    """

    what: str
    state: str
    heading: int = 0
    code: str = ""
    amount: int = 0
    allowed: int = 0
    place: int = 0
    number: int = 0

    def concerns(self, code: str, place: int) -> bool:
        """Whether it is of the item at a place, of its line, or of a limit that its amount goes into."""
        if self.what == "doubt":
            return self.place == place
        if self.what == "shift":
            return self.heading == heading_of(code)
        return self.code == code or self.what in ("indirect_incurred", "total", "budget")


def checks(s: Session, actor: Actor, found: Incurred) -> list[Checked]:
    """All of it, in the order of the page. Nothing: the money of the report stands as it should."""
    version = found.version
    told: list[Checked] = []
    if any(permits(actor, one, found.report) for one in WRITING) and not (
        found.whole() and sees_all_under(s, actor, found.contract.id)
    ):
        told.append(Checked("unseen", UNSEEN))
    if version is None:
        told.append(Checked("budget", MISSING))
    else:
        told += [
            Checked(_LIMITED[one.heading], OVER, one.heading, amount=one.amount, allowed=one.allowed)
            for one in version.over
        ]
        compared = comparison(s, actor, version.budget)
        if compared and not compared.allowed_by_addendum:
            told += [Checked("moved", OVER, o.heading, amount=o.amount, allowed=o.allowed) for o in compared.shifted]
        told += _spent(found)
    told += [Checked("undated", MISSING, number=one.edition) for one in undated(s, actor, found.contract.id)]
    if found.unsaid.incurred:
        told.append(Checked("expenditure", MISSING))
    if found.unreported and found.whole():
        told.append(Checked("unreported", MISSING, number=len(found.unreported)))
    if found.unsent_before:
        told.append(Checked("unsent_before", DOUBTFUL, number=len(found.unsent_before)))
    if found.silent_before:
        told.append(Checked("silent_before", MISSING, number=len(found.silent_before)))
    if found.absent:
        told.append(Checked("amount", MISSING, number=found.absent))
    if found.absent_before:
        told.append(Checked("amount_before", MISSING, number=found.absent_before))
    told += [
        Checked("explanation", MISSING, code=line.code, amount=line.variation.amount)
        for line in found.lines
        if line.needs and line.code not in found.unsaid.incurred
    ]
    told += [
        Checked(which, DOUBTFUL if which == "forecast" else MISSING, code=line.code)
        for line in found.lines
        for which in line.elsewhere
    ]
    told += [
        Checked("doubt", MISSING if code == COMPUTED else DOUBTFUL, code=code, place=one.row.place)
        for one in found.items
        for code in one.doubts
    ]
    return told


_LIMITED = {INDIRECT: "indirect_limit", 10: "reserve_limit"}


def _spent(found: Incurred) -> list[Checked]:
    version, to_date, told = found.version, found.to_date, []
    allowed = share(max(to_date[SUBTOTAL], 0), version.limits.indirect)
    if to_date[INDIRECT] > allowed and SUBTOTAL not in found.unsaid.before:  # a share of what is not known
        told.append(Checked("indirect_incurred", OVER, INDIRECT, amount=to_date[INDIRECT], allowed=allowed))
    for heading in ENTERED:
        most = version.totals[heading] + share(version.totals[heading], version.limits.shift)
        if to_date[heading] > most:
            told.append(Checked("shift", OVER, heading, amount=to_date[heading], allowed=most))
    if to_date[TOTAL] > version.totals[TOTAL]:
        told.append(Checked("total", OVER, TOTAL, amount=to_date[TOTAL], allowed=version.totals[TOTAL]))
    return told
