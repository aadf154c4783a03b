"""Pure rules of the desk: whom a text mentions, what a comment and a task must be, how long a notification is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from portal.kernel.text import has_control

OF_THE_DESK = ("comment", "task")
"""Tables of what colleagues say and have to do: no portfolio data. History does not tell it, an undo leaves it alone, and a
merge moves it without asking."""
LONGEST, LONGEST_TITLE = 10_000, 300
"""Characters of a comment or of the text of a task, and of the title of a task."""
KINDS = (
    "mention", "comment", "task_assigned", "task_finished", "approval_asked", "approved", "returned", "change",
    "contact_due", "report_due", "check_asked", "checked",
)  # fmt: skip
"""Of what a person is notified, in the order people are asked whether they want it."""
RECENT = 15
"""How many of the records a person opened last are told to them; no more are kept than that, once the day is over."""
KEPT = timedelta(days=90)
"""How long a notification is shown; older ones are deleted when their person marks something or gets a new one."""
NO_MAIL, AT_ONCE, DAILY = "none", "at_once", "daily"
MAILS = (NO_MAIL, AT_ONCE, DAILY)
"""How a kind of notification comes by e-mail: not, within a minute, or once a day all together."""
AGAIN = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""After how long an e-mail the server did not take is tried again: three times, then it is given up."""
FRESH = timedelta(days=2)
"""How old what is sent by e-mail may be: who asks for mail today is not sent what they had for weeks."""
LINK_HOLDS = timedelta(days=2)
"""How long the link that confirms an address can be opened."""
LINK_PAUSE, LINK_TRIED = timedelta(minutes=5), timedelta(minutes=15)
"""After how long it may be asked for again, and how long it is tried where the server does not take it."""
OPEN, DONE, DROPPED = "open", "done", "dropped"
STATES = (OPEN, DONE, DROPPED)

# A login as accounts have them, after an @ that stands in no word: not the one of an e-mail address.
MENTION = re.compile(r"(?<![\w.+@-])@([a-z0-9][a-z0-9._@+-]*[a-z0-9])", re.IGNORECASE | re.ASCII)


def mentioned(text: str) -> list[str]:
    """The logins a text mentions by `@login`, in small letters, each once, in the order of the text."""
    return list(dict.fromkeys(found[1].lower() for found in MENTION.finditer(text)))


def mentioning(text: str, logins: Iterable[str]) -> str:
    """The text with those of `logins` it does not mention yet before it."""
    known = mentioned(text)
    fresh = [f"@{login}" for login in logins if login not in known]
    return " ".join([*fresh, text]) if text else " ".join(fresh)


def text_problem(text: str, *, required: bool = True) -> str | None:
    """The code of what is wrong with a text, or None."""
    if required and not text.strip():
        return "text_missing"
    if len(text) > LONGEST:
        return "text_too_long"
    return "text_unprintable" if has_control(text) else None


def task_problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of what is wrong with a task: it has a title of one line, its due day is a day."""
    title, found = str(values.get("title") or ""), {}
    if not title.strip():
        found["title"] = "title_missing"
    elif len(title) > LONGEST_TITLE or "\n" in title or has_control(title):
        found["title"] = "title_wrong"
    if problem := text_problem(str(values.get("text") or ""), required=False):
        found["text"] = problem
    if values.get("due") is not None and not isinstance(values["due"], date):
        found["due"] = "no_whole_day"
    return found


def overdue(state: str, due: date | None, today: date) -> bool:
    """Whether a task waits past its day: on the day itself it is in time."""
    return state == OPEN and due is not None and due < today
