"""What the groups of a figure are called where no record gives them a name."""

from __future__ import annotations

from portal.figures.dimensions import AMBIGUOUS, AT_FRAMEWORK, DERIVED, MORE, NONE
from portal.figures.scope import STATUS_NOT_STATED
from portal.figures.shapes import Unit
from portal.kernel import codes
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l


def status_name(key: str, lang: str) -> str:
    """The name of a status group: "Closed", "Closed, inferred", "cannot be told", "status not stated"."""
    if key == AT_FRAMEWORK:
        return _("booked at a framework")
    if key == AMBIGUOUS:
        return _("cannot be told")
    if key == STATUS_NOT_STATED:
        return _("status not stated")
    code, _colon, how = key.partition(":")
    label = codes.label("activity_status", code, lang)
    return f"{label}, {_('inferred')}" if how == DERIVED else label


REASONS = {
    "unsourced": _l("no source states its amount"),
    "untyped": _l("its type is not stated"), "one_sided": _l("the other side is not known there"),
    "unknown_amount": _l("the amount is not stated"), "spent": _l("says how money was spent, not that it was given"),
    "refunded": _l("money given back"), "inside": _l("money passed on within the selection"),
    "superseded": _l("superseded by a newer sum"), "other_stage": _l("another stage of money that counts already"),
    "included": _l("included in another flow of the selection"),
}  # fmt: skip
"""Why a flow does not add (`selection.REASONS`), in words."""

OUT = _l("withdrawn, counts nowhere")
"""Why a flow that is out of force does not add."""


def reason_name(reason: str | None) -> str:
    """Why a flow does not add; "" for one that does."""
    return "" if reason is None else str(REASONS[reason])


def why_not(reason: str | None, included_certainty: str | None) -> str:
    """`reason_name`; of a flow that is left out as a part of another one it says so where that is only inferred."""
    inferred = reason == "included" and included_certainty in ("unsure", "uncited")
    return f"{reason_name(reason)} {_('(inferred)')}" if inferred else reason_name(reason)


def gap_reasons(unit: Unit, lang: str) -> list[str]:
    """What is said of a project without a known amount: why its amounts are unknown, that they are of other years."""
    otherwise = [_("an amount is known, of other years or without a date")] if unit.otherwise else []
    return [*(codes.label("unknown_reasons", code, lang) for code in unit.reasons), *otherwise]


def group_name(by: str, key: str, lang: str, name: str = "") -> str:
    """What any group of a breakdown is called. `name`: that of its record, where it has one."""
    if name:
        return name
    if by == "status":
        return status_name(key, lang)
    if key == MORE:
        return {"country": _("more countries"), "implementer": _("more organisations")}.get(by, _("more of them"))
    if key == NONE:
        return {
            "instrument": _("instrument not stated"), "framework": _("framework not stated"),
            "provider": _("provider not stated"), "receiver": _("receiver not stated"),
            "country": _("country not stated"), "year": _("undated"), "currency": _("amount not stated"),
            "implementer": _("implementing organisation not stated"),
        }.get(by, _("not stated"))  # fmt: skip
    if by == "certainty":
        return codes.label("certainties", key, lang)
    if by == "level":
        return {
            "framework": _("frameworks"), "umbrella": _("umbrella projects"), "project": _("projects"),
            "part": _("parts of projects"),
        }[key]  # fmt: skip
    if by == "year" and "-" in key:
        first, last = key.split("-")
        if not last:
            return _("from %(year)s on", year=first)
        return f"{first}–{last}" if first else _("until %(year)s", year=last)
    return key
