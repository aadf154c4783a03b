"""Whether flows add to what is known. Figures judge that, and they lie above: they say here how."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.funding.models import Flow
from portal.kernel.money import Money
from portal.kernel.permission import Actor


@dataclass(frozen=True)
class Adding:
    """Whether a flow adds to known funding of the whole portfolio. `reason` is None for one that does; `why`
    the same in words; `other` the flow that tells of the same money, where there is one to name; `amount` what the sources it
    was judged by state, which need not be the amount that leads (None: they do not), `approximate` whether they do roughly."""

    reason: str | None = None
    why: str = ""
    other: Flow | None = None
    amount: Money | None = None
    approximate: bool = False


Judge = Callable[[Session, Actor, Collection[Flow], str], dict[int, Adding]]
_JUDGE: dict[str, Judge] = {}


def judged_by(judge: Judge) -> None:
    """Register who judges: for each of the flows, by its id, what `Adding` says."""
    _JUDGE["figures"] = judge


def adding(s: Session, actor: Actor, flows: Collection[Flow], certainty: str = "all") -> dict[int, Adding]:
    """Of each of these flows, by its id, whether it adds: as the figure judges it, so lists and totals cannot disagree. By
    "documents" or "public" only those are told of that these sources state."""
    return _JUDGE["figures"](s, actor, flows, certainty)
