"""What a flow is called where several bear one name: flows without a name of their own are called by their ends, and a newer sum
goes the same way as the one it supersedes."""

from __future__ import annotations

from portal.funding.models import Flow
from portal.kernel import codes
from portal.kernel import money as amounts
from portal.kernel import when as dates


def told_apart(flow: Flow, lang: str) -> str:
    """The name with what tells the flow from others: its amount, or why that is not known, and its date as far as it is known."""
    reason = flow.unknown_reason or "not_stated"
    if flow.amount is None:
        amount = codes.label("unknown_reasons", reason, lang)
    else:
        amount = ("≈\u00a0" if flow.amount_mark != "exact" else "") + amounts.format(flow.amount, lang)
    parts = [amount, *([dates.format(flow.valued, lang)] if flow.valued else [])]
    return f"{flow.name(lang)} ({', '.join(parts)})"
