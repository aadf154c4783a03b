"""The form all forms are made from, and the pair of texts in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField, IntegerField
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from portal.kernel.errors import InvalidInput, Refused
from portal.web.forms import origin
from portal.web.forms.texts import TextField
from portal.web.i18n import _, gettext, ngettext, pgettext, say


class Spoken:
    """WTForms' own few messages, in the language of the request."""

    gettext = staticmethod(lambda text: gettext(text))
    ngettext = staticmethod(lambda one, many, n: ngettext(one, many, n))


class Form(FlaskForm):
    """A form of the portal. `forged` is set when its token or origin failed; `form_errors` concern the whole form."""

    class Meta(FlaskForm.Meta):
        csrf_class = origin.Token

        def get_translations(self, form):
            return Spoken

    forged = False
    later: dict[str, Any] = {}
    """Labels of fields that a form gets only when it is made for a record, by name."""

    @property
    def takes_files(self) -> bool:
        """Whether a file is sent with it, for which the form needs an encoding of its own."""
        return bool(self._file_fields())

    def _file_fields(self) -> list:
        return [f for f in self if getattr(f, "input_type", "") == "file"]

    def _comes_back(self) -> None:
        """Say at each chosen file that it has to be chosen anew: a browser gives no chosen file back."""
        for field in self._file_fields():
            field.choose_again()

    def hidden_tag(self, *fields) -> Markup:
        """The hidden fields, without ids: several forms may stand on one page."""
        hidden = [f for f in (fields or self) if isinstance(f.widget, HiddenInput)]
        return Markup("").join(f(id=False) for f in hidden)

    def validate(self, extra_validators=None) -> bool:
        fine = super().validate(extra_validators)
        if origin.foreign():
            self.forged = True
            self.form_errors.append(origin.foreign_message())
        if self.csrf_failed:
            self.form_errors.extend(self._fields["csrf_token"].errors)
        if any(f.errors for f in self if isinstance(f.widget, HiddenInput) and not isinstance(f, CSRFTokenField)):
            self.form_errors.append(_("The form came incomplete. Reload the page and fill it in again."))
        if not self.forged and (self.meta.csrf or not current_app.config.get("WTF_CSRF_ENABLED", True)):
            g.forgery_checked = True
        if not fine or self.forged:
            self._comes_back()
        return fine and not self.forged

    @property
    def csrf_failed(self) -> bool:
        field = self._fields.get("csrf_token")
        return bool(field is not None and field.errors)

    def own_fields(self) -> list:
        """The fields a person fills in."""
        return [
            f
            for f in self
            if not isinstance(f, (CSRFTokenField, HiddenField)) and not isinstance(f.widget, HiddenInput)
        ]

    def units(self) -> dict[str, Any]:
        """{field: value}, the units in which edits are merged and written."""
        return {f.short_name: f.data for f in self.own_fields() if getattr(f, "unit", True)}

    def changed(self, base: dict[str, Any]) -> dict[str, Any]:
        """The units that differ from `base` (fields `base` does not know are left out)."""
        return {name: value for name, value in self.units().items() if name in base and base[name] != value}

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of a refused action at their fields; what names no field stands on top."""
        errors = error.errors if isinstance(error, InvalidInput) else {"": error}
        params = getattr(error, "params", None) or {}
        for name, message in errors.items():
            if not isinstance(message, Markup):  # it is written already
                message = say(message) if isinstance(message, Exception) else gettext(str(message), **params)
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]
        self._comes_back()

    def summary(self) -> list[tuple[str | None, str, str]]:
        """(id to jump to or None, label, message) of everything wrong, in the order of the page."""
        rows: list = [(None, "", str(text)) for text in self.form_errors]
        for field in self.own_fields():
            for text in field.errors:
                text = text if isinstance(text, str) or not isinstance(text, (list, dict)) else _("Check this.")
                text = text if isinstance(text, str) else str(text)  # markup stays markup
                rows.append((getattr(field, "focus_id", field.id), str(field.label.text), text))
        return rows


class RecordForm(Form):
    """A form that edits a record: it carries the version the person saw."""

    version = IntegerField(widget=HiddenInput(), default=0)

    def validate_version(self, field) -> None:
        if field.data is None or not 0 <= field.data < 2**31:
            raise ValidationError("version")

    def take(self, units: Mapping[str, Any], version: int) -> None:
        """Go on editing these values: the fields show them, and the form edits this version."""
        for field in self.own_fields():
            if field.short_name in units:
                field.raw = field.text = None
                field.data = units[field.short_name]
        self.version.raw_data, self.version.data = None, version


class ButtonForm(Form):
    """No field but the token: for a single button (sign out, withdraw, undo)."""


def pair(label, kind=TextField, required: bool = False, **options):
    """Two fields, Czech and English, for `x_cs, x_en = pair(...)`. `required`: at least one of them is filled in.

    Both keep `pair_label`, and `language`, so that the macro `f.pair` draws them side by side.
    """

    return tuple(
        kind(PairLabel(label, language), language=language, either=required, **options) for language in ("cs", "en")
    )


def tongue(language: str) -> str:
    """A language as texts in two languages name it, in the language of the request."""
    return pgettext("language of a text", "Czech") if language == "cs" else pgettext("language of a text", "English")


class PairLabel:
    """ "Name (Czech)", read in the language of the request."""

    def __init__(self, label, language: str):
        self.label, self.language = label, language

    def __str__(self) -> str:
        return f"{self.label} ({tongue(self.language)})"


def install(app: Flask) -> None:
    """Buttons in templates: `{{ button_form().hidden_tag() }}`."""
    app.jinja_env.globals["button_form"] = lambda: ButtonForm(formdata=None)
