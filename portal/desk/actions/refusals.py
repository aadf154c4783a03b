"""What the rules of the desk say to a person, by their codes."""

from __future__ import annotations

from collections.abc import Mapping

from portal.kernel.errors import N_, InvalidInput, Refused
from portal.kernel.record import Record

MESSAGES = {
    "text_missing": N_("Write something."),
    "text_too_long": N_("The text is too long. Shorten it."),
    "text_unprintable": N_("There is a character that cannot be seen or printed. Delete it, or type the text again."),
    "title_missing": N_("Write what is to be done."),
    "title_wrong": N_("Write the title on one line, with at most 300 characters."),
    "no_whole_day": N_("Write a whole day: day, month and year."),
    "mention_blind": N_(
        "%(who)s may not see this record and would not learn of the comment. Take the mention out, or have the person "
        "named for the record first."
    ),
    "assignee_blind": N_("%(who)s may not see this record, or can no longer sign in. Choose somebody else."),
    "assignee_missing": N_("Choose who is to do it."),
    "assignee_other": N_("As a viewer you make tasks for yourself only."),
}

FORGOTTEN = N_("The data of this record were deleted for good, so nothing more is written of it.")


def need_data(record: Record | None) -> None:
    """Refused where what was personal in the record is deleted: a comment or task of it would tell of the person again."""
    if record is not None and record.forgotten:
        raise Refused(FORGOTTEN)


def refused(found: Mapping[str, str], **params: object) -> InvalidInput:
    """The refusal of the units `found` = {unit: code}."""
    return InvalidInput({unit: MESSAGES[code] for unit, code in found.items()}, **params)
