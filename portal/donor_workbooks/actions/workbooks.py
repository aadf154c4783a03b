"""Keeping workbooks of donors, changing what they are for, withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.donor_workbooks import policy  # noqa: F401  declares the permissions
from portal.donor_workbooks.models import DonorWorkbook
from portal.kernel import codes
from portal.kernel.errors import N_, InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.text import clean

NAME = N_("Write the name in at least one of the languages.")
CHANGED = N_(
    "Somebody else changed it meanwhile; nothing was saved. What you wrote stands below; open it anew to see what holds now."
)
REASON = N_("Say why it is withdrawn.")
CHOOSE = N_("Choose one of the values of the list.")


def add_workbook(s: Session, actor: Actor, values: Mapping[str, Any]) -> DonorWorkbook:
    """Keep a workbook. `values`: name_cs, name_en, recipient (id or None), kinds (codes), note. Raises InvalidInput."""
    need(actor, "donor_workbook.add")
    made = DonorWorkbook()
    _write(s, made, values)
    s.add(made)
    s.flush()
    return made


def edit_workbook(
    s: Session, actor: Actor, held: DonorWorkbook, version: int, values: Mapping[str, Any]
) -> DonorWorkbook:
    """Change it. `version` is the one that was read: Refused where it was changed meanwhile."""
    need(actor, "donor_workbook.edit", held)
    unchanged(held, version)
    _write(s, held, values)
    s.flush()
    return held


def withdraw_workbook(s: Session, actor: Actor, held: DonorWorkbook, version: int, reason: str) -> DonorWorkbook:
    """Use it no more, for a reason; with an empty one where it is withdrawn, use it again."""
    need(actor, "donor_workbook.edit", held)
    unchanged(held, version)
    if not held.withdrawn and not reason.strip():
        raise InvalidInput({"reason": REASON})
    held.withdrawn = "" if held.withdrawn else clean(reason)
    s.flush()
    return held


def unchanged(held: Any, version: int) -> None:
    """Raise Refused where what is changed is not of this version any more."""
    if held.version != version:
        raise Refused(CHANGED)


def _write(s: Session, one: DonorWorkbook, values: Mapping[str, Any]) -> None:
    cs, en, found = clean(values["name_cs"] or ""), clean(values["name_en"] or ""), {}
    if not (cs or en):
        found["name_cs"] = NAME
    if any(not codes.is_code("report_kinds", code) for code in values["kinds"]):
        found["kinds"] = CHOOSE
    recipient = s.get(Record, values["recipient"]) if values["recipient"] else None
    if values["recipient"] and (recipient is None or recipient.kind != "organisation"):
        found["recipient"] = CHOOSE
    if found:
        raise InvalidInput(found)
    one.name_cs, one.name_en, one.recipient = cs, en, recipient
    one.kinds, one.note = " ".join(sorted(values["kinds"])), clean(values["note"] or "")
