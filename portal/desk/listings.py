"""The lists of the desk."""

from __future__ import annotations

from sqlalchemy import case, true

from portal.desk.models import Notification, Task
from portal.desk.queries.tasks import TaskOf, holds, is_overdue, made_by
from portal.desk.rules import OPEN
from portal.desk.wording import KIND_WORDS, STATE_WORDS
from portal.kernel import clock
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort
from portal.web.listing.values import coded_or_none, equals

TASKS = Listing(
    filters=(
        Search("q", _l("Search tasks"), lambda text, v: holds(text), hint=_l("what is to be done")),
        Choice(
            "whose", _l("Whose"), lambda v: [("made", _l("those I made")), ("all", _l("all I may see"))],
            lambda code, v: made_by(v.actor) if code == "made" else true(), any=_l("mine"),
        ),
        Choice("state", _l("State"), lambda v: list(STATE_WORDS.items()), lambda code, v: Task.state == code),
        Choice("late", _l("Overdue"), lambda v: [("yes", _l("past their day"))], lambda code, v: is_overdue(clock.today())),
        Choice(
            "kind", _l("Kind of record"), coded_or_none("record_kinds"), lambda code, v: equals(TaskOf.kind, code),
        ),
    ),
    sorts=(
        Sort("due", _l("Due"), lambda v: [case((Task.state == OPEN, 0), else_=1), Task.due], nullable=True),
        Sort("made", _l("Made on"), lambda v: [Task.made_at], descending=True),
    ),
    key=Task.id,
)  # fmt: skip
NOTIFICATIONS = Listing(
    filters=(
        Choice(
            "read", _l("Read"), lambda v: [("no", _l("not read yet")), ("yes", _l("read"))],
            lambda code, v: Notification.read_at.is_not(None) if code == "yes" else Notification.read_at.is_(None),
        ),
        Choice("kind", _l("What happened"), lambda v: list(KIND_WORDS.items()), lambda code, v: Notification.kind == code),
    ),
    sorts=(
        Sort(
            "unread", _l("Not read first"),
            lambda v: [case((Notification.read_at.is_(None), 1), else_=0), Notification.made_at], descending=True,
        ),
        Sort("made", _l("When"), lambda v: [Notification.made_at], descending=True),
    ),
    key=Notification.id,
    size=25,
)  # fmt: skip
