"""What the readiness of a report asks of its texts: that each asked for is there, in step, within its limits."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.obligations.models import DueReport
from portal.obligations.readiness import THERE, Item, also_needed
from portal.report_texts.queries import texts


def texts_needed(s: Session, actor: Actor, report: DueReport) -> Iterator[Item]:
    """What is amiss with each text; that it is there, where nothing is. A line nobody explains is told by its budget."""
    for one in texts(s, actor, report):
        told = one.problems if one.kind or one.text else []
        for state, language in told:
            yield Item(report, "text", state, details=(one, state, language))
        if one.kind and one.asked and not told:
            yield Item(report, "text", THERE, details=(one, THERE, ""))


also_needed(texts_needed)
