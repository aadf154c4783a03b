"""The form of an obligation, and the one that moves a report on."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from portal.kernel import codes
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import places
from portal.partners.forms import with_kinds
from portal.sources.forms import PlainForm, say
from portal.sources.forms.refusals import MESSAGES, explained
from portal.sources.queries import names_of_kinds
from portal.web.forms import (
    AreaField,
    CheckField,
    ChoiceField,
    Form,
    RecordField,
    RecordForm,
    TextField,
    WhenField,
    pair,
)
from portal.web.forms.values import WholeField
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "obligation_of_nothing": _l("Choose the contract, framework or project it belongs to."),
        "months_impossible": _l("Write whole months, from 1 to 120."),
        "days_impossible": _l("Write whole days, from 0 to 1,000."),
        "days_or_months": _l("Write how many days, or how many months, and leave the other empty."),
        "too_many_reports": _l("That would be more than 200 reports. Check the period and the dates."),
        "period_under_way": _l(
            "A report on a part of this time was begun already. Its period stays, so the rule has to give it: correct what you "
            "changed, or lay down another obligation for the time that follows."
        ),
        "due_report_own_writing": _l("You wrote in this report, so somebody else checks it."),
        "check_unseen": _l(
            "You may not see everything the sums of this report rest on, so somebody who may see all of it has to check it."
        ),
        "not_all_there": _l("Not all is there that the report needs. Complete it, or tick that you have seen it."),
        "obligation_under_way": _l(
            "A report of this obligation was begun already, so it stays what it is. Lay down another obligation, and withdraw "
            "this one where it was a mistake."
        ),
        "due_report_moved": _l(
            "Somebody else moved the report on meanwhile; nothing was saved. Below it stands as it is now."
        ),
        "nobody_may_check": _l(
            "Nobody else who sees it may check it. Name somebody who may write here as a reader of what is confidential."
        ),
        "written_since": _l(
            "Somebody wrote in the report since you opened this page, so it waits for its check no more. Nothing was saved. Open "
            "the page anew to see how it stands."
        ),
        "file_or_way": _l("Register the file that was sent, or tick that it was sent in another way."),
        "way_missing": _l("Write how it was sent, for example by data box, with its number."),
        "nothing_to_withdraw": _l(
            "No planned report that nobody worked on is due before this day, so there is nothing to withdraw."
        ),
        "others_to_withdraw": _l(
            "These are other reports than those you were shown. Nothing is withdrawn yet; look at the list again."
        ),
        "withdrawal_reason_missing": _l("Write why. History keeps the reason."),
        "day_missing": _l("Write the day on which it was sent, for example 15 March 2015."),
        "move_reason_missing": _l("Write why it goes back."),
        "sent_before_its_period": _l("That lies before the period the report is on. Check the day."),
    }
)


class ObligationForm(PlainForm):
    """Laying down and editing an obligation; fields are called as the units of `actions.edit_obligation`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    of = RecordField(_l("Of which contract, framework or project"), required=True)
    kind_code = ChoiceField(_l("Kind of report"), choices=lambda: codes.choices("report_kinds", lang()))
    recipient = RecordField(_l("Who gets it"))
    language = ChoiceField(_l("In which language"), choices=lambda: codes.choices("languages", lang()))
    starts = WhenField(
        _l("First day to report on"),
        hint=_l("Reports are planned only from days; what is known to the month stays a month."),
    )
    ends = WhenField(_l("Last day to report on"))
    every = WholeField(
        _l("Months of one period"),
        low=1,
        high=120,
        hint=_l("12 for a yearly report. Leave it empty for one report on all of it."),
    )
    due_days = WholeField(_l("Days until it is due"), low=0, high=1000, hint=_l("After the end of the period."))
    due_months = WholeField(_l("Or months until it is due"), low=0, high=120)
    due_rule_cs, due_rule_en = pair(
        _l("The rule in words"),
        AreaField,
        rows=2,
        hint=_l("As the contract says it; the portal does not compute from it."),
    )

    def offer(self, s, actor: Actor, held: Obligation | None = None) -> None:
        """Everything there is to choose from, for this actor and this obligation (None: a new one)."""
        rows = places(s, actor, lang(), held.of_id if held is not None else None)
        self.of.offer(with_kinds(rows, "project"))
        recipients = names_of_kinds(s, actor, lang(), ("organisation",))
        self.recipient.offer((i, name) for i, name, _kind in recipients)
        self.offer_people(s, actor, held)
        self.offer_sources(s, actor)


class ReportForm(PlainForm):
    """What people write of a due report itself; fields are called as the units of `actions.edit_report`."""

    def offer(self, s, actor: Actor, held: DueReport) -> None:
        """Colleagues to choose from."""
        self.offer_people(s, actor, held)


class MoveForm(RecordForm):
    """Moving a report on; it carries the version of the report that was read, and whether it waited for its check."""

    handed = IntegerField(widget=HiddenInput(), default=0)
    on = WhenField(_l("Sent on"), exact=True)
    number = TextField(_l("Reference number of the letter"), limit=120, width="m")
    otherwise = CheckField(_l("It was sent in another way; no file of it is registered here"))
    how = TextField(
        _l("How it was sent"), limit=300, hint=_l("For example: by data box, number of the message; on paper, by post.")
    )
    reason = AreaField(_l("Why it goes back"), rows=2, limit=2000)
    seen = CheckField(_l("I have seen what is not there"))

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of the codes an action answered with at their fields."""
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)


class WithdrawForm(Form):
    """Withdrawing the planned reports that are due before a day; the page lists them first (`shown`, their ids)."""

    before = WhenField(_l("Due before"), required=True, exact=True, hint=_l("A report due on this very day stays."))
    reason = AreaField(_l("Reason"), rows=2, limit=1000)

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of the codes an action answered with at their fields."""
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)
