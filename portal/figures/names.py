"""What the groups of a figure are called where no record gives them a name."""

from __future__ import annotations

from portal.figures.projects import AMBIGUOUS, DERIVED
from portal.figures.scope import STATUS_NOT_STATED
from portal.kernel import codes
from portal.web.i18n import gettext as _


def status_name(key: str, lang: str) -> str:
    """The name of a status group: "Closed", "Closed, inferred", "cannot be told", "status not stated"."""
    if key == AMBIGUOUS:
        return _("cannot be told")
    if key == STATUS_NOT_STATED:
        return _("status not stated")
    code, _colon, how = key.partition(":")
    label = codes.label("activity_status", code, lang)
    return f"{label}, {_('inferred')}" if how == DERIVED else label
