"""The quick status update: on a page of its own, and beside the list of my work.

form = StatusForm.of(record)                # filled with what holds now and today's date
form.offer_sources(s, actor)
{% import "progress/fields.html" as st with context %}
{% call f.form(form, action=url_for("progress.report", record_id=record.id, next_stale=next_id)) %}
{{ st.fields(form) }}{{ st.buttons(next_id, cancel=url) }}
{% endcall %}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.kernel import clock, codes
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress import queries
from portal.progress.models import StatusUpdate
from portal.progress.rules import LONGEST
from portal.sources.forms import MESSAGES, FactsForm, say, standing
from portal.sources.forms.refusals import explained
from portal.web import page
from portal.web.forms import AreaField, ChoiceField, LightField, RecordForm, WhenField
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "says_nothing": _l("Say something: choose the traffic light or the status, or write what happened."),
        "says_nothing_new": _l(
            "Nothing new is reported. Choose another traffic light or a status, or write what happened."
        ),
        "date_missing": _l("Write the day, month or year the report holds for."),
        "in_the_future": _l("This day has not come yet. Write today or a day before."),
        "too_long": _l("The text is too long. Shorten it."),
        "report_not_yours_now": _l(
            "This report is submitted or decided already. Open it again to see where it stands."
        ),
        "report_not_approved": _l("This report is not approved yet; its author edits it."),
        "report_decided": _l("Somebody has decided of this report meanwhile."),
        "report_changed": _l("The report was written anew since you opened it. Read it again, then decide."),
        "decision_missing": _l("Choose whether the report is approved or returned."),
        "return_without_reason": _l("Write why the report is returned, so that its author knows what to change."),
    }
)


class _UpdateForm(FactsForm):
    """Traffic light, status, the day it holds for, what happened and what comes next; a source where there is one."""

    light = LightField(
        _l("Traffic light"), hint=_l("Your own judgement of how it is going; no source is needed."), more="light"
    )
    status = ChoiceField(_l("Status"), choices=lambda: codes.choices("activity_status", lang()))
    held_on = WhenField(_l("As of"), required=True)
    happened = AreaField(_l("What happened"), limit=LONGEST)
    next_steps = AreaField(_l("What comes next"), limit=LONGEST, rows=3)


class StatusForm(_UpdateForm):
    """Reporting what holds now. A report rests on its source, also where light and status stay."""

    cites_unchanged = True

    @classmethod
    def of(cls, record: Record) -> StatusForm:
        """The form for one record. The light that holds is filled in, so that nobody chooses it again, and with it the version
        it was read from. The status that holds is only named: sent back untouched it would become a statement of today
        without a source. A framework has no status here."""
        form = cls(
            data={
                "light": getattr(record, "light", None),
                "held_on": When(clock.today().isoformat()),
                "version": record.version,
            }
        )
        if record.kind != "project":
            del form.status
        elif record.status:
            form.status.blank = _("no change: %(status)s", status=codes.label("activity_status", record.status, lang()))
        return form

    def units(self) -> dict[str, Any]:
        """As typed; a status that is not chosen changes none."""
        units = super().units()
        return units if units.get("status") else {unit: v for unit, v in units.items() if unit != "status"}

    def values(self, units: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """As the action takes them: no status where none was chosen."""
        made = super().values(units)
        return made if self.status and self.status.data else made | {"status": None}

    def says_nothing_new(self, record: Record) -> bool:
        """Whether the report only repeats the light that was filled in. Then the form says so at `happened`. A source that is
        named vouches for it anew, which is something."""
        light = getattr(record, "light", None)
        typed = (self.happened.data, self.next_steps.data, self.status and self.status.data)
        if light is None or self.light.data != light or any(typed) or self.names_source:
            return False
        self.refuse(InvalidInput({"happened": "says_nothing_new"}))
        return True

    def unkept(self, record: Record) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What a report adds clashes with nobody. Light and status clash where the record repeats them: a report that waits for
        approval changes nothing of it, and one for a day that another report has overtaken says what held then."""
        added: dict[str, Any] = {"held_on": None, "happened": "", "next_steps": ""}
        if record.kind != "project":
            added["light"] = None
        elif queries.is_asked(page.session(), record) or not queries.holds_latest(
            page.session(), record, self.held_on.data
        ):
            added |= {"light": record.light, "status": record.status}
        return added, added


class CorrectionForm(_UpdateForm):
    """Correcting a status update that stands; `Why it changes` is asked beside its source."""

    @classmethod
    def of_update(cls, update: StatusUpdate) -> CorrectionForm:
        """The form filled with what the update says; that of a framework has no status."""
        form = cls(data=standing(update))
        if update.of.kind != "project":
            del form.status
        return form


class DecisionForm(RecordForm):
    """Approving a submitted report, or returning it to its author. It carries the version of the report that was read."""

    comment = AreaField(
        _l("Comment"), rows=3, limit=LONGEST,
        hint=_l("To return the report, write why. It stands among the comments of the record, where colleagues read it."),
    )  # fmt: skip

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of the codes an action answered with at their fields."""
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)
