"""The measures of money: which flows each adds up, and how.

A *plain* measure adds flows of its types. A *paired* one sets two plain measures beside each other, unit by unit (a
project with its parts, or a framework) and currency by currency, and only where both sides are known: what is not known
is never taken for zero.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A plain measure. `types` are IATI transaction types (None: not stated); `staged`: types are stages of one money, and the
    earliest told counts; `inside`: the end of a flow which, within the scope, makes it internal."""

    key: str
    types: tuple[str | None, ...]
    staged: bool = False
    inside: str = "provider_id"


@dataclass(frozen=True)
class Paired:
    """`less` taken from `of` (money), or `less` as a share of `of`."""

    key: str
    of: Measure
    less: Measure
    share: bool = False


KNOWN_FUNDING = Measure("known_funding", (None, "2", "11", "1", "3", "12", "13"), staged=True)
COMMITMENTS = Measure("commitments", ("2", "11"))
DISBURSEMENTS = Measure("disbursements", ("1", "3"))
EXPENDITURE = Measure("expenditure", ("4",), inside="receiver_id")
REMAINING = Paired("remaining", COMMITMENTS, DISBURSEMENTS)
ABSORPTION = Paired("absorption", COMMITMENTS, EXPENDITURE, share=True)

PLAIN = {m.key: m for m in (KNOWN_FUNDING, COMMITMENTS, DISBURSEMENTS, EXPENDITURE)}
PAIRED = {m.key: m for m in (REMAINING, ABSORPTION)}
MEASURES: dict[str, Measure | Paired] = {**PLAIN, **PAIRED}
