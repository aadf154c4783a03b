"""Forms of one fact: a statement of the right type, the choice of the leading one, one more source.

form = statement_form(s, actor, record, "actual_end")          # its field `value` is a WhenField
form.offer_sources(s, actor)
if form.validate_on_submit():
    sources.state_fact(s, actor, record, field, form.value_given(), form.support(s, actor), lead=form.lead.data)
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import String
from wtforms.validators import ValidationError

from portal.kernel import codes
from portal.kernel.order import czech_key
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.sources import facts, queries
from portal.sources.actions import Support
from portal.sources.forms.editing import FactsForm
from portal.sources.forms.leading import LedForm
from portal.web.forms import (
    AddressField,
    AreaField,
    CheckField,
    ChoiceField,
    ChoicesField,
    Form,
    MoneyField,
    NumberField,
    PairLabel,
    RecordField,
    RecordsField,
    TextField,
    WhenField,
    WholeField,
    pair,
)
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

BY_HAND = ("rounded", "estimated", "derived", "inferred", "ambiguous")
"""What a person may say of the precision of a value; the rest its writing shows."""


class StatementForm(LedForm, FactsForm):
    """What a source states of one fact. `value`, or `value_cs` and `value_en`, are added by `statement_form`."""

    not_stated = CheckField(_l("The source was read and does not say"))
    precision = ChoiceField(
        _l("Precision"), blank=_l("as the value is written"), more="precision",
        hint=_l("Only where the writing of the value does not show it."),
        choices=lambda: [one for one in codes.choices("precisions", lang()) if one[0] in BY_HAND],
    )  # fmt: skip
    lead = CheckField(
        _l("This statement leads: lists, totals and exports take its value"), more="leading",
        hint=_l("The other statements stay beside it."),
    )  # fmt: skip

    late = ("not_stated", "precision", "lead")
    later = {
        "value": _l("Value"),
        "value_cs": PairLabel(_l("Value"), "cs"),
        "value_en": PairLabel(_l("Value"), "en"),
    }

    def value_given(self) -> object:
        """The value in the type of the fact, None for not stated."""
        value = self.values().get("value")
        return None if value is None or value == facts.NOTHING or value == [] else value

    def support(self, s, actor: Actor) -> Support:
        """As every form, with the precision said by hand."""
        given = super().support(s, actor)
        return replace(given, precision=self.precision.data) if self.precision.data else given

    def validate(self, extra_validators=None) -> bool:
        """A statement gives a value, or says that its source does not."""
        fine = super().validate(extra_validators)
        field = self._fields.get("not_stated")
        if field is None or any(self[name].errors for name in ("value", "value_cs", "value_en") if name in self):
            return fine
        given = self.value_given() is not None
        if given != field.data:
            return fine
        field.errors = [
            _("Either write the value, or say that the source does not state it.")
            if given
            else _("Write the value, or tick that the source does not say.")
        ]
        return False


def statement_form(s, actor: Actor, record: Record, field: str, **given) -> StatementForm:
    """The form for one more statement of a fact; `given` are first values of its fields."""
    f = facts.fact(record.kind, field)
    label = codes.fact_label(record.kind, field, lang())
    form_class = type("StatementForm", (StatementForm,), _value_fields(record, f, label))
    form = form_class(data=given)
    if f.kinds:
        rows = queries.names_of_kinds(s, actor, lang(), f.kinds)
        form.value.offer((i, name) for i, name, _kind in rows if i != record.id)
    if f.type == "name":
        del form.not_stated
    return form


def _value_fields(record: Record, f: facts.Fact, label: str) -> dict:
    """The field, or the pair of fields, in which a value of this fact is written."""
    written = f.written if f.type == facts.FURTHER else f.type
    if written in ("name", "text"):
        czech, english = pair(label, AreaField if written == "text" else TextField, **_required(f))
        return {"value_cs": czech, "value_en": english}
    if written == "plain" and f.field in ("website", "address"):
        return {"value": AddressField(label)}
    if written == "plain":
        return {"value": (AreaField if f.field == "happened" else TextField)(label, limit=_room(record, f))}
    if written == "code":
        return {"value": ChoiceField(label, choices=lambda: codes.choices(f.code_list, lang()))}
    if written == "flag":
        return {"value": ChoiceField(label, choices=[("true", _l("yes")), ("false", _l("no"))])}
    if written == "number":
        return {"value": NumberField(label, places=3, low=0)}
    if written == "count":
        return {"value": WholeField(label, low=0, high=10**9)}
    if written == facts.SET and f.code_list:
        return {"value": ChoicesField(label, choices=lambda: codes.choices(f.code_list, lang()))}
    if written == facts.SET:
        return {"value": RecordsField(label)}
    made = {"when": WhenField, "money": MoneyField, "record": RecordField}[written]
    return {"value": made(label)}


def _required(f: facts.Fact) -> dict:
    return {"required": True} if f.type == "name" else {}


def _room(record: Record, f: facts.Fact) -> int | None:
    """How many characters the record's own column holds, None where the usual limit does."""
    column = type(record).__mapper__.columns.get(f.field)
    return column.type.length if column is not None and isinstance(column.type, String) else None


class CiteForm(FactsForm):
    """One more source for a statement that stands."""

    def validate_source(self, field) -> None:
        super().validate_source(field)
        if not self.names_source and not field.errors and not field.text:
            raise ValidationError(_("Name the source."))


class FurtherForm(Form):
    """Which fact beside those of the profile is to be stated."""

    field = ChoiceField(_l("Which fact"), required=True)

    def offer(self) -> None:
        """All further facts, in the order of their names."""
        known = codes.code_list("fact_kinds").codes
        rows = [(code, known[code].label(lang())) for code in facts.further_fields()]
        self.field.offer(sorted(rows, key=lambda one: czech_key(one[1])))
