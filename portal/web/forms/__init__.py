"""Forms that never lose what was typed.

    class ProjectForm(RecordForm):                       # RecordForm adds the hidden `version`
        name_cs, name_en = pair(_l("Name"), required=True)   # at least one of the two languages
        started = WhenField(_l("Start"))
        amount = MoneyField(_l("Amount"))
        status = ChoiceField(_l("Status"), choices=[("2", _l("Implementation"))], required=True)
        framework_id = RecordField(_l("Framework"), required=True)
        note_cs, note_en = pair(_l("Note"), AreaField, limit=4000)

    form = ProjectForm(obj=project)                      # attributes by field name; When and Money come as they are
    form.framework_id.offer(queries.framework_options(s, actor))   # [(id, name), …]; before validate
    if form.validate_on_submit():
        try: actions.revise_project(s, actor, project, **form.units())
        except InvalidInput as error: form.refuse(error)      # its messages stand at their fields
        else: return page.redirect_to(...)
    return page.render("projects/edit.html", form=form)  # 422 or 400, everything typed is still there

`form.units()` is {field: value}: str (normalised, "" when empty), When|None, Money|None, code|None, id|None, list of ids,
bool, Decimal|None. `form.changed(base_units)` keeps those that differ. `form.summary()` lists (field id, label, message).
A missing, wrong, expired or foreign token and a foreign Origin are errors of the form itself (status 400), not a bare page.

Templates: `{% import "macros/forms.html" as f %}` – `f.form`, `f.field(form.started)`, `f.errors(form)`, `f.actions(...)`.
"""

from portal.web.forms.base import ButtonForm, Form, PairLabel, RecordForm, install, pair
from portal.web.forms.choices import CheckField, ChoiceField, ChoicesField, LightField
from portal.web.forms.records import RecordField, RecordsField
from portal.web.forms.texts import AddressField, AreaField, EmailField, SecretField, TextField
from portal.web.forms.values import CURRENCIES, MoneyField, NumberField, WhenField, WholeField

__all__ = [
    "CURRENCIES", "AddressField", "AreaField", "ButtonForm", "CheckField", "ChoiceField", "ChoicesField", "EmailField", "Form",
    "LightField", "MoneyField", "NumberField", "PairLabel", "RecordField", "RecordForm", "RecordsField", "SecretField",
    "TextField", "WhenField", "WholeField", "install", "pair",
]  # fmt: skip
