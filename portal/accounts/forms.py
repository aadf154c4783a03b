"""Forms of sign-in, of one's own account and of the administration of people."""

from __future__ import annotations

from flask import request
from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.accounts.rules import LANGUAGES
from portal.kernel.permission import ROLES
from portal.web.forms import CheckField, ChoiceField, Form, RecordForm, RecordsField, SecretField, TextField
from portal.web.i18n import LANGUAGES as LANGUAGE_NAMES
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l

ROLE_NAMES = {
    "viewer": _l("Viewer"),
    "editor": _l("Editor"),
    "reporting_officer": _l("Reporting officer"),
    "administrator": _l("Administrator"),
}
ROLE_MEANINGS = {
    "viewer": _l("Viewer: reads everything that is not confidential"),
    "editor": _l("Editor: also writes in the frameworks given"),
    "reporting_officer": _l("Reporting officer: also checks and sends reports"),
    "administrator": _l("Administrator: writes everywhere and manages people"),
}


class LoginField(TextField):
    """The name somebody signs in with; password managers know it by `autocomplete`."""

    autocomplete = "username"

    def __init__(self, label=None, validators=None, *, limit=120, **kwargs):
        super().__init__(label, validators, limit=limit, **kwargs)


class SignInForm(Form):
    """Login and password, and where to go then."""

    login = LoginField(_l("Login"), required=True)
    password = SecretField(_l("Password"), required=True)
    next = HiddenField(default=lambda: request.args.get("next", ""))


class PasswordForm(Form):
    """A new password of one's own."""

    present = SecretField(_l("Present password"), required=True)
    password = SecretField(
        _l("New password"), required=True, autocomplete="new-password",
        hint=_l("At least 12 characters; several words are easy to remember."),
    )  # fmt: skip
    again = SecretField(_l("New password once more"), required=True, autocomplete="new-password")

    def validate_again(self, field) -> None:
        if field.data != self.password.data:
            raise ValidationError(_("The two new passwords differ. Type them again."))


class LanguageForm(Form):
    """The language in which one's pages open."""

    lang = ChoiceField(
        _l("Language of the portal"),
        choices=list(LANGUAGE_NAMES.items()),
        blank=_l("as the portal is set"),
        layout="radio",
    )


class RightsForm(RecordForm):
    """Name, role and where somebody may write."""

    name = TextField(_l("Name of the person"), required=True, limit=200)
    role = ChoiceField(
        _l("Role"), required=True, layout="radio", blank=None, choices=[(r, ROLE_MEANINGS[r]) for r in ROLES]
    )
    everywhere = CheckField(_l("Writes in all frameworks, those added later included"))
    frameworks = RecordsField(
        _l("Writes in these frameworks and in everything below them"),
        hint=_l("For editors and reporting officers. A viewer writes nowhere, an administrator everywhere."),
    )
    lang = ChoiceField(
        _l("Language of the portal"),
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        blank=_l("as the portal is set"),
    )

    def validate_frameworks(self, field) -> None:
        if self.role.data in ("editor", "reporting_officer") and not (
            self.everywhere.data or field.data or field.errors
        ):
            raise ValidationError(_("Choose at least one framework, or let the person write in all of them."))


class NewPersonForm(RightsForm):
    """The same with the login, which does not change later."""

    login = LoginField(
        _l("Login"),
        required=True,
        hint=_l("Small letters without diacritics, digits, . _ @ + -; it cannot be changed later."),
    )
