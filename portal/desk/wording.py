"""What the codes of the desk are called."""

from __future__ import annotations

from portal.web.i18n import lazy_gettext as _l

KIND_WORDS = {
    "mention": _l("I was mentioned in a comment"),
    "comment": _l("a comment on a record I follow or am responsible for"),
    "task_assigned": _l("a task was assigned to me"),
    "task_finished": _l("a task I made was finished or dropped"),
    "approval_asked": _l("a report waits for my approval"),
    "approved": _l("my report was approved"),
    "returned": _l("my report was returned"),
    "change": _l("a record I follow was changed"),
    "contact_due": _l("a contact I look after is to be deleted"),
    "report_due": _l("a report I answer for is due"),
    "check_asked": _l("a report waits for my check before it is sent"),
    "checked": _l("a report I prepared was checked"),
}
STATE_WORDS = {"open": _l("to do"), "done": _l("done"), "dropped": _l("dropped")}


def state_word(state: str) -> str:
    """The state of a task in words."""
    return str(STATE_WORDS[state])
