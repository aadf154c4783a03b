"""The forms of the desk, and the merge of two edits of one comment or task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response

from portal.desk import queries
from portal.desk.queries import Colleague
from portal.desk.rules import AT_ONCE, DAILY, LONGEST, LONGEST_TITLE, NO_MAIL, mentioning
from portal.desk.wording import KIND_WORDS
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.when import When
from portal.web import page, stale
from portal.web.forms import (
    AreaField,
    ChoiceField,
    ChoicesField,
    EmailField,
    Form,
    RecordField,
    RecordForm,
    RecordsField,
    TextField,
    WhenField,
)
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l


class CommentForm(Form):
    """A comment. Colleagues chosen in the list are mentioned at its beginning, unless its text mentions them."""

    comment = AreaField(
        _l("Comment"), required=True, limit=LONGEST, rows=3,
        hint=_l("A colleague is notified where you write @ and the login, or choose them in the list."),
    )  # fmt: skip
    mentioned = RecordsField(_l("Who is to be notified"))

    def offer(self, colleagues: list[Colleague], me: int | None) -> None:
        """Offer those who may see the record, without the person who writes."""
        self.logins = {one.id: one.login for one in colleagues}
        self.mentioned.offer(
            [(one.id, f"{one.name} (@{one.login})") for one in colleagues if one.sees and one.id != me]
        )

    def units(self) -> dict[str, Any]:
        """The text with the mentions of those chosen."""
        chosen = [self.logins[i] for i in self.mentioned.data or []]
        return {"comment": mentioning(self.comment.data or "", chosen)}


class EditCommentForm(CommentForm, RecordForm):
    """One's own comment that stands."""


class TaskForm(Form):
    """A task: what, for whom, until when."""

    title = TextField(_l("What is to be done"), required=True, limit=LONGEST_TITLE)
    assignee = RecordField(_l("Assigned to"), required=True)
    due = WhenField(_l("Due"), exact=True)
    text = AreaField(_l("Details"), limit=LONGEST)

    def offer(self, colleagues: list[Colleague], me: int | None, others: bool) -> None:
        """Offer those who may see the record; without the right to assign tasks the person alone, and whoever has it now."""
        held = self.assignee.object_data
        self.assignee.offer([(one.id, one.name) for one in colleagues if one.sees and (others or one.id in (me, held))])

    @staticmethod
    def standing(row: Mapping[str, Any]) -> dict[str, Any]:
        """The units of the columns of a task."""
        due = row["due"]
        return {
            "title": row["title"], "assignee": row["assignee_id"], "due": When(due.isoformat()) if due else None,
            "text": row["text"],
        }  # fmt: skip

    @staticmethod
    def values(units: Mapping[str, Any]) -> dict[str, Any]:
        """The units as actions take them: the day as a date."""
        return {**units, "due": units["due"].earliest if units["due"] else None}


class EditTaskForm(TaskForm, RecordForm):
    """A task that stands."""


class NotificationsForm(Form):
    """Of what a person wants to be notified."""

    wanted = ChoicesField(
        _l("Notify me of"),
        choices=list(KIND_WORDS.items()),
        hint=_l("Notifications are in the portal, behind the bell."),
    )


WAYS = {NO_MAIL: _l("no"), AT_ONCE: _l("at once"), DAILY: _l("once a day")}


class _ByMail(NotificationsForm):
    """The same where the portal can send e-mail: where to, and which kinds in which way."""

    address = EmailField(_l("My e-mail address"), limit=254, hint=_l("Empty: nothing is sent to you."))

    def ways(self) -> list:
        """The fields of the kinds, in their order."""
        return [self[f"mail_{kind}"] for kind in KIND_WORDS]

    def chosen(self) -> dict[str, str]:
        """{kind: way}."""
        return {kind: self[f"mail_{kind}"].data for kind in KIND_WORDS}


def _way(label) -> ChoiceField:
    return ChoiceField(label, choices=list(WAYS.items()), blank=False, required=True, default=NO_MAIL)


MailForm = type("MailForm", (_ByMail,), {f"mail_{kind}": _way(label) for kind, label in KIND_WORDS.items()})
"""One field for each kind of notification."""


def save(
    form: RecordForm, row: Any, now: Callable[[], Mapping[str, Any]], then: Callable[[int], Mapping[str, Any] | None],
    write: Callable[[dict[str, Any]], object], *, title: str, cancel: str,
) -> Response | bool:  # fmt: skip
    """Write one edit of a comment or task, joined with what was written since the form was drawn: True when written; the
    page of choices (409) where somebody must choose; False when refused, with the messages at the fields.

    `now()` are the units as they stand, `then(version)` those of a version (None: there never was one)."""
    s, settled = page.session(), None
    try:
        with page.writing():
            s.refresh(row)
            theirs = now()
            base, changed = theirs, None
            if form.version.data != row.version:
                base = then(form.version.data)
                last = queries.last_written(s, row)
                changed = stale.Changed(last[0] or _("somebody"), last[1]) if last else None
            if base is not None:
                settled = stale.settle(form, base=base, theirs=theirs, version=row.version, changed=changed)
                if not settled.open:
                    write(settled.values)
                    return True
    except (InvalidInput, Refused) as error:
        form.refuse(error)
        return False
    if settled is None:
        form.form_errors.append(_("The form lost track of the version it edits. Reload the page."))
        return False
    return stale.page_of(settled, title=title, cancel=cancel)


class HandoverForm(Form):
    """To whom everything goes, and why."""

    taker = RecordField(_l("To whom"), required=True)
    reason = TextField(_l("Why"), hint=_l("For example: a new post. Kept in the history."))

    def offer(self, colleagues: list[tuple[int, str]]) -> None:
        """Offer those who can sign in."""
        self.taker.offer(colleagues)

    def worded(self, error: InvalidInput) -> InvalidInput:
        """The codes of the action in words."""
        words = {
            "the_same": _("This is the same person. Choose another."),
            "cannot_sign_in": _("This person cannot sign in any more. Choose another."),
        }
        return InvalidInput({unit: words[str(code)] for unit, code in error.errors.items()})
