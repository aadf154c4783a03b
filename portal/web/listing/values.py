"""What values of filters mean: codes of a list, “not stated”, years."""

from __future__ import annotations

from sqlalchemy import not_, true

from portal.kernel import codes
from portal.kernel.standing import not_archived
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing.declared import Choice

NONE = "none"
"""The value of “not stated”."""


def coded(name: str):
    """The codes of one list as choices."""
    return lambda v: codes.choices(name, v.lang)


def coded_or_none(name: str):
    """The codes of one list, and “not stated”."""
    return lambda v: [*codes.choices(name, v.lang), (NONE, _("not stated"))]


def equals(column, value: str):
    """SQL predicate: the column holds the code or id of a filter; “not stated” included."""
    if value == NONE:
        return column.is_(None)
    return column == (int(value) if column.type.python_type is int else value)


def archived(model) -> Choice:
    """The filter of archived records: a page leaves them out until somebody asks for them."""
    return Choice(
        "archived", _l("Archived"), lambda v: [("too", _("also archived")), ("only", _("only archived"))],
        lambda wanted, v: true() if wanted == "too" else not_(not_archived(model)),
        any=_l("without archived"), unasked=lambda v: not_archived(model),
    )  # fmt: skip


def year(text: str) -> int:
    """The year somebody typed. ValueError with a message for the person."""
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100):
        raise ValueError(_("Write a year, for example 2013."))
    return int(text)
