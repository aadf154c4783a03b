"""Making a file for a due report, as the portal stood after a change: by a layout, or by filling the recipient's own file.

    made = make(engine, actor, change_id, due_report_id, choices)              # choices of a layout, or a `Template`
    made = make(…, fresh=True)                                                 # to prove it: nothing remembered is taken

`actor` is as `seen_by` made it. A file is always read through the past, today's too: one way gives one file.
"""

from __future__ import annotations

from sqlalchemy import Engine

from portal.kernel.permission import Actor
from portal.layouts.order import Choices
from portal.layouts.places import Made
from portal.register.making import layouts, recipients
from portal.register.making.layouts import place, stops
from portal.register.making.program import last_change, made_with, seen_by
from portal.register.making.template import Template

__all__ = ["last_change", "made_with", "make", "place", "recipients", "seen_by", "stops"]


def make(
    engine: Engine, actor: Actor, change_id: int, due_report_id: int, choices: Choices | Template, fresh: bool = False
) -> Made:  # fmt: skip
    """The file. NotFound, InvalidInput {field: code} of a layout, Refused and Unfillable of a recipient's file."""
    if isinstance(choices, Template):
        return recipients.make(engine, actor, change_id, due_report_id, choices, fresh)
    return layouts.make(engine, actor, change_id, due_report_id, choices)
