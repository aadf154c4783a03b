"""What a flow that supersedes another must agree with."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.funding.models import Flow
from portal.funding.queries import flow as seen_flow
from portal.funding.queries import mismatch, reaches, superseding
from portal.kernel.permission import Actor


def problem_of_superseding(s: Session, actor: Actor, flow: Flow | None, whole: Mapping[str, object]) -> dict[str, str]:
    """What is wrong between the flow as it would be (`whole`, by unit; `flow`: as it stands, None for a new one), the one it
    supersedes and those that supersede it: {unit: code}.

    No chain may close, over inclusions too: else none of its flows would count. Beyond that only flows the actor sees refuse
    anything, as with inclusions; whoever sees both meets the contradiction among the doubts.
    """
    planned = Flow(booked_id=whole["booked"], contract_id=whole.get("contract"), type_code=whole.get("type_code"))
    old_id = whole.get("supersedes")
    if old_id:
        told_by = [i for i in (flow and flow.id, whole.get("included_in")) if i]
        if any(reaches(s, i, old_id) for i in told_by):
            return {"supersedes": "supersedes_itself"}
        old = seen_flow(s, actor, old_id)
        if old is not None:
            code = mismatch(planned, old)
            if not code and any(f is not flow for f in superseding(s, actor, old.id)):
                code = "superseded_already"
            if code:
                return {"supersedes": code}
    if flow is not None:
        for newer in superseding(s, actor, flow.id):
            code = mismatch(newer, planned)
            if code:
                return {UNITS[code]: "contradicts_a_superseding_flow"}
    return {}


UNITS = {
    "supersedes_elsewhere": "booked",
    "supersedes_under_another_contract": "contract",
    "supersedes_another_type": "type_code",
}
"""The unit at which a contradiction is shown."""
