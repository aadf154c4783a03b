"""The quick status update: on a page of its own, and beside the list of my work.

form = StatusForm.of(record)                # filled with what holds now and today's date
form.offer_sources(s, actor)
{% import "progress/fields.html" as st with context %}
{% call f.form(form, action=url_for("progress.report", record_id=record.id, next_stale=next_id)) %}
{{ st.fields(form) }}{{ st.buttons(next_id, cancel=url) }}
{% endcall %}
"""

from __future__ import annotations

from portal.kernel import clock, codes
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress.models import StatusUpdate
from portal.progress.rules import LONGEST
from portal.sources.forms import FactsForm, say, standing
from portal.web.forms import AreaField, ChoiceField, LightField, WhenField
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "says_nothing": _l("Say something: choose the traffic light or the status, or write what happened."),
        "date_missing": _l("Write the day, month or year the report holds for."),
        "in_the_future": _l("This day has not come yet. Write today or a day before."),
        "too_long": _l("The text is too long. Shorten it."),
    }
)


class StatusForm(FactsForm):
    """Traffic light, status, the day it holds for, what happened and what comes next; a source where there is one."""

    light = LightField(_l("Traffic light"))
    status = ChoiceField(_l("Status"), choices=lambda: codes.choices("activity_status", lang()))
    held_on = WhenField(_l("As of"), required=True)
    happened = AreaField(_l("What happened"), limit=LONGEST)
    next_steps = AreaField(_l("What comes next"), limit=LONGEST, rows=3)

    @classmethod
    def of(cls, record: Record) -> StatusForm:
        """The form for one record. What holds is filled in, so that nobody types it again; a framework has no status here."""
        form = cls(
            data={
                "light": getattr(record, "light", None),
                "status": record.status if record.kind == "project" else None,
                "held_on": When(clock.today().isoformat()),
            }
        )
        if record.kind != "project":
            del form.status
        return form


class CorrectionForm(StatusForm):
    """Correcting a status update that stands; `Why it changes` is asked beside its source."""

    @classmethod
    def of_update(cls, update: StatusUpdate) -> CorrectionForm:
        """The form filled with what the update says; that of a framework has no status."""
        form = cls(data=standing(update))
        if update.of.kind != "project":
            del form.status
        return form
