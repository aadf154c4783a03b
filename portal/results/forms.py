"""The forms of results."""

from __future__ import annotations

from portal.kernel import codes
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.partners.forms import with_kinds
from portal.projects.queries import written_by
from portal.results.rules import OPEN
from portal.sources.forms import FactsForm, PlainForm, say
from portal.sources.queries import names_of_kinds
from portal.web.forms import AreaField, ChoiceField, NumberField, RecordField, TextField, WhenField, pair
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "of_missing": _l("Choose what it belongs to."),
        "unit_missing": _l("Write in what unit the numbers are."),
        "unit_unknown": _l("The indicator has no unit yet. Write its unit first, so that the number says something."),
        "target_the_other_way": _l("The target lies on the other side of the baseline than the direction says."),
        "period_missing": _l("Write for which period the value holds."),
        "period_measured": _l(
            "This period has a value already. Correct that one; what another source says is a further statement of it."
        ),
        "number_missing": _l("Write the number. If it is not known, there is no value to write."),
        "number_negative": _l("Write a number from zero up."),
        "revised_without_reason": _l(
            "The target is revised. Write why it changes; the target before stays in the history."
        ),
        "of_another_indicator": _l("A value of another indicator is another value. Add it there."),
    }
)
PLACES = 3
"""Decimal places of a number."""


class _ResultForm(PlainForm):
    """A form of what belongs to a project, or to a framework too (`kinds`)."""

    kinds: tuple[str, ...] = ("project",)
    of: RecordField

    def offer(self, s, actor: Actor, record: Record | None = None) -> None:
        """Everything there is to choose from, for this actor and this record (None: a new one)."""
        keep = record.of_id if record is not None else self.of.data
        rows = [row for row in written_by(s, actor, lang()) if row[2] in self.kinds]
        if keep is not None and keep not in {i for i, _name, _kind in rows}:
            rows += [row for row in names_of_kinds(s, actor, lang(), self.kinds) if row[0] == keep]
        self.of.offer(with_kinds(rows, "project"))
        self.offer_people(s, actor, record)
        self.offer_sources(s, actor)


class MilestoneForm(_ResultForm):
    """Setting and editing a milestone."""

    name_cs, name_en = pair(_l("Milestone"), TextField, required=True)
    of = RecordField(_l("Project"), required=True)
    due = WhenField(_l("Planned for"))
    reached = WhenField(_l("Reached on"), hint=_l("Only once it is reached."))


class ActivityForm(_ResultForm):
    """Planning and editing an activity."""

    name_cs, name_en = pair(_l("Activity"), TextField, required=True)
    of = RecordField(_l("Project"), required=True)
    start = WhenField(_l("Start"))
    end = WhenField(_l("End"))
    state = ChoiceField(_l("State of the activity"), choices=lambda: codes.choices("activity_states", lang()))


class IndicatorForm(_ResultForm):
    """Choosing and editing an indicator."""

    kinds = ("project", "framework")
    name_cs, name_en = pair(_l("Indicator"), TextField, required=True)
    of = RecordField(_l("Project or framework"), required=True)
    unit_cs, unit_en = pair(_l("Unit"), TextField, limit=60)
    direction = ChoiceField(_l("What is better"), choices=lambda: codes.choices("indicator_directions", lang()))
    baseline = NumberField(_l("Baseline"), places=PLACES, low=0, hint=_l("The value before the work began."))
    baseline_on = WhenField(_l("Baseline as of"))
    target = NumberField(
        _l("Target"), places=PLACES, low=0, hint=_l("A target that is revised asks why; the one before stays.")
    )
    target_on = WhenField(_l("Target by"))


class RiskForm(_ResultForm):
    """Naming and editing a risk."""

    kinds = ("project", "framework")
    name_cs, name_en = pair(_l("Risk"), TextField, required=True)
    of = RecordField(_l("Project or framework"), required=True)
    likelihood = ChoiceField(_l("Likelihood"), choices=lambda: codes.choices("risk_likelihoods", lang()))
    impact = ChoiceField(_l("Impact"), choices=lambda: codes.choices("risk_impacts", lang()))
    measures_cs, measures_en = pair(_l("Measures"), AreaField, rows=3)
    state = ChoiceField(
        _l("State of the risk"), layout="radio", blank=False, default=OPEN, required=True,
        choices=lambda: codes.choices("risk_states", lang()),
    )  # fmt: skip


class ValueForm(FactsForm):
    """Writing down and correcting what was measured."""

    period = WhenField(
        _l("For which period"), required=True, hint=_l("For example 2015, or 1 January 2015 – 30 June 2015.")
    )
    value = NumberField(_l("Value"), required=True, places=PLACES, low=0)
    note_cs, note_en = pair(_l("Note"), AreaField, rows=2)


FORMS = {"milestone": MilestoneForm, "activity": ActivityForm, "indicator": IndicatorForm, "risk": RiskForm}
