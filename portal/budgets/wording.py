"""What limits, doubts and checks of budgets are called for people, and amounts as their tables write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.budgets.queries import Checked, Claimed, Incurred
from portal.kernel import codes
from portal.kernel.errors import N_
from portal.kernel.money import Money
from portal.kernel.money import format as write
from portal.obligations.models import DueReport
from portal.rates.rules import Conversion, NoRate
from portal.rates.wording import absent_text
from portal.web import formats
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, ngettext

DOUBTS = {
    "line_unknown": N_("the budget in force has no such line"),
    "paid_unknown": N_("the day of payment is not stated"),
    "before_start": N_("paid before the period"),
    "after_end": N_("paid after the period, or after the end of the contract"),
    "amount_negative": N_("below zero, perhaps a credit note"),
    "document_twice": N_("the same document stands here twice"),
    "rate_computed": N_("converted by a computed rate, which closes no report"),
}
CHECKS = {
    "budget": N_("Agreed budget that holds at the end of the period"),
    "undated": N_(
        "Version %(number)s of the budget does not say from when it holds, so no report counts with it. State it of that version."
    ),
    "expenditure": N_("Expenditure of the period"),
    "indirect_limit": N_("Indirect costs of the budget are %(amount)s; at most %(allowed)s are allowed."),
    "reserve_limit": N_("The reserve of the budget is %(amount)s; at most %(allowed)s are allowed."),
    "indirect_incurred": N_(
        "Indirect costs to date are %(amount)s; of the direct costs at most %(allowed)s are allowed."
    ),
    "shift": N_("Heading %(heading)s: %(amount)s to date; without an addendum at most %(allowed)s may be spent."),
    "moved": N_(
        "Heading %(heading)s of the budget moved by %(amount)s; without an addendum it may move by %(allowed)s."
    ),
    "total": N_("%(amount)s were spent to date; the whole budget is %(allowed)s."),
    "explanation": N_("Line %(code)s varies and is not explained."),
    "forecast": N_(
        "The report before forecast line %(code)s in another currency, so its forecast is not compared with what was spent."
    ),
    "expected": N_("The forecast of line %(code)s is in another currency. Write it in that of the contract."),
}
SILENT = N_(
    "No expenditure of the period is written down. Write it on the page of the report’s money; if there was none, explain each "
    "line in which nothing was spent."
)
WORDLESS = N_("Not explained yet: %(lines)s.")
NAMED = 12
"""Lines that are named at most where many are not explained."""
NAMED_REPORTS = 3
"""Reports before this one that are named at most."""
UNSEEN = N_(
    "You may not see everything the sums of this report rest on, so in your file they could be short. Somebody who may see all "
    "of it has to send it."
)
ABSENT = N_("Document %(document)s, line %(code)s, has no amount in the currency of the contract. %(why)s %(mend)s")
COMPUTED = N_(
    "Document %(document)s, line %(code)s, is converted by a computed rate (%(months)s), which closes no report. Load the "
    "published one on the page Exchange rates."
)
MEND = {
    "period_unknown": N_("State them of the contract."),
    "day_unknown": N_("Write when it was paid."),
    "fixed_unknown": N_("State it of the contract."),
    "regime_unknown": N_("State it of the contract."),
    "currency_unknown": N_("State it of the contract."),
    "month_missing": N_("Load what is missing on the page Exchange rates."),
    "days_missing": N_("They come with the portal; ask its administrator."),
    "too_large": N_("Check the amount and the currency of the document."),
}
"""What to do about a rate that is missing, by why (`rates.wording.NO_RATE`)."""
OF_CONTRACT = {
    "period_unknown": "start",
    "fixed_unknown": "fixed_rate",
    "regime_unknown": "rate_regime",
    "currency_unknown": "currency",
}
"""Why a rate is missing → the fact of the contract that is to be stated."""


def plain(minor: int | None, currency: str | None) -> str:
    """An amount without the code of its currency, which the head of its column names: `76 800,00`."""
    if minor is None or currency is None:
        return formats.unknown()
    text = write(Money(minor, currency), lang(), "always")
    return text.replace(currency, "").strip("\u00a0 ").replace("\u2212\u00a0", "\u2212")


def heading_text(heading: int) -> str:
    """What a heading is called: `2 travel`."""
    return f"{heading}\u00a0{codes.label('budget_headings', str(heading), lang())}"


def doubt_text(code: str) -> str:
    """What is to be looked at once more."""
    return _(DOUBTS[code])


def percent_text(percent: Decimal | None) -> str:
    """A variation in per cent, with both its decimals; nothing where there is nothing to be a part of."""
    if percent is None:
        return ""
    whole = f"{percent:+.2f}".replace("-", "\u2212")
    return (whole.replace(".", ",") if lang() == "cs" else whole) + "\u00a0%"


@dataclass(frozen=True)
class Stop:
    """Why the sums of a report cannot be sent, in words, and what has to be mended: "silent", nothing is written down; a "rate"
    (`at`: CZK/2014-03); `at` the fact of the "contract"; of an "item" by its `place` the field `at`; something "before" this
    report, or "unseen" by who asks."""

    text: str
    what: str
    at: str = ""
    place: int = 0


def stops(found: Incurred) -> list[str]:
    """Why the sums of a report cannot be sent, in words, each with what to do. Nothing: they can."""
    return [one.text for one in stopping(found)]


def stopping(found: Incurred) -> list[Stop]:
    """Why the sums of a report cannot be sent: the actor does not see all they rest on, nothing is written down of its period, or
    amounts are missing in them. What is hidden is not named."""
    told = [] if found.whole() else [Stop(_(UNSEEN), "unseen")]
    told += [Stop(_silent(found), "silent")] if found.unsaid.incurred else []
    told += [_absent(one, one.conversion) for one in found.items if isinstance(one.conversion, NoRate)]
    told += [
        _computed(one) for one in found.items if isinstance(one.conversion, Conversion) and one.conversion.computed
    ]
    if found.unreported and found.whole():
        told.append(Stop(check_text(Checked("unreported", "missing", number=len(found.unreported)), found), "before"))
    if found.silent_before:
        told.append(
            Stop(check_text(Checked("silent_before", "missing", number=len(found.silent_before)), found), "before")
        )
    if found.absent_before:
        text = check_text(Checked("amount_before", "missing", number=found.absent_before), found)
        told.append(Stop(text, "before"))
    return told


def _names(reports: Sequence[DueReport]) -> str:
    """What a few of some reports are called."""
    return "; ".join(one.name(lang()) for one in reports[:NAMED_REPORTS]) + (
        "; …" if len(reports) > NAMED_REPORTS else ""
    )


def _silent(found: Incurred) -> str:
    codes_ = [line.code for line in found.lines if line.code in found.unsaid.incurred]
    named = ", ".join(codes_[:NAMED]) + (", …" if len(codes_) > NAMED else "")
    return f"{_(SILENT)} {_(WORDLESS, lines=named)}" if named else _(SILENT)


def _computed(one: Claimed) -> Stop:
    rates = one.conversion.rates if isinstance(one.conversion, Conversion) else ()
    used = [rate for rate in rates if rate.computed and rate.month]
    months = dict.fromkeys(formats.month(rate.month) for rate in used)
    facts = {"document": one.row.document or "–", "code": one.row.code, "months": ", ".join(months)}
    return Stop(_(COMPUTED) % facts, "rate", f"{used[0].currency}/{used[0].month:%Y-%m}" if used else "")


def _absent(one: Claimed, why: NoRate) -> Stop:
    facts = {"document": one.row.document or "–", "code": one.row.code}
    text = _(ABSENT) % {**facts, "why": absent_text(why), "mend": _(MEND[why.reason])}
    if why.reason == "month_missing":
        return Stop(text, "rate", f"{why.currency}/{why.missing[0]}" if why.currency and why.missing else "")
    if why.reason in OF_CONTRACT:
        return Stop(text, "contract", OF_CONTRACT[why.reason])
    return Stop(text, "item", "paid" if why.reason == "day_unknown" else "amount", one.row.place)


def check_text(one: Checked, found: Incurred) -> str:
    """One thing a report on money should not be sent with, in a sentence."""
    if one.what == "doubt":
        row = next(item.row for item in found.items if item.row.place == one.place)
        return _("Document %(document)s: %(doubt)s.", document=row.document, doubt=doubt_text(one.code))
    if one.what == "unseen":
        return _(UNSEEN)
    if one.what == "unreported":
        times = (f"{formats.day(first)} – {formats.day(last)}" for first, last in found.unreported[:NAMED_REPORTS])
        return ngettext(
            "The contract runs longer than its reports: of this time none says what was spent, so what was spent before is not "
            "known. Lay down an obligation for it and write its expenditure there: %(times)s.",
            "The contract runs longer than its reports: of %(num)s times none says what was spent, so what was spent before is "
            "not known. Lay down an obligation for them and write their expenditure there: %(times)s.",
            one.number, times="; ".join(times) + ("; …" if one.number > NAMED_REPORTS else ""),
        )  # fmt: skip
    if one.what == "unsent_before":
        return ngettext(
            "A report before this one was not sent yet, so what was spent before may still change: %(names)s.",
            "%(num)s reports before this one were not sent yet, so what was spent before may still change: %(names)s.",
            one.number, names=_names(found.unsent_before),
        )  # fmt: skip
    if one.what == "silent_before":
        return ngettext(
            "Of a report before this one nobody says what was spent, so what was spent before is not known. Write it there, or "
            "withdraw the report where it is not owed: %(names)s.",
            "Of %(num)s reports before this one nobody says what was spent, so what was spent before is not known. Write it "
            "there, or withdraw those that are not owed: %(names)s.",
            one.number, names=_names(found.silent_before),
        )  # fmt: skip
    if one.what == "amount":
        return ngettext(
            "%(num)s item has no amount in the currency of the contract and is in no sum.",
            "%(num)s items have no amount in the currency of the contract and are in no sum.",
            one.number,
        )
    if one.what == "amount_before":
        return ngettext(
            "%(num)s item of the reports before has no amount in the currency of the contract and is in no sum.",
            "%(num)s items of the reports before have no amount in the currency of the contract and are in no sum.",
            one.number,
        )
    amounts = {
        name: formats.money_text(Money(minor, found.currency)) if found.currency else ""
        for name, minor in (("amount", one.amount), ("allowed", one.allowed))
    }
    return _(CHECKS[one.what]) % {"heading": one.heading, "code": one.code, "number": one.number, **amounts}
