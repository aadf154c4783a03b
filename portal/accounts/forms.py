"""Forms of sign-in, of one's own account and of the administration of people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.accounts.rules import LANGUAGES
from portal.kernel.permission import ROLES
from portal.web import stale
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
    "editor": _l("Editor: also writes in the frameworks given, and checks and sends their reports"),
    "reporting_officer": _l(
        "Reporting officer: as an editor; also keeps the workbooks of recipients and loads exchange rates"
    ),
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
        if not field.errors and (message := problem(self.units()).get("frameworks")):
            raise ValidationError(message)

    def units(self) -> dict[str, Any]:
        """A viewer writes nowhere, whatever is ticked."""
        units = super().units()
        return units | {"everywhere": False, "frameworks": []} if units["role"] == "viewer" else units


def problem(units: Mapping[str, Any]) -> dict[str, str]:
    """{field: message} where role and rights do not go together."""
    writes = units["everywhere"] or units["frameworks"]
    if units["role"] in ("editor", "reporting_officer") and not writes:
        return {"frameworks": _("Choose at least one framework, or let the person write in all of them.")}
    if units["everywhere"] and units["frameworks"] and units["role"] != "viewer":
        return {
            "frameworks": _(
                "Say which of the two is meant: all frameworks, or only those chosen here. Clear the box above, or the choice."
            )
        }
    if units["role"] == "viewer" and writes:
        return {"role": _("A viewer writes nowhere. Choose another role, or take the rights to write away.")}
    return {}


KINDS = {"name": str, "role": str, "everywhere": bool, "frameworks": list, "lang": str | None}
"""What each unit of an account is written as."""


class EditPersonForm(RightsForm):
    """Editing an account. History does not keep accounts, so the form carries what it was drawn from."""

    drawn = HiddenField()

    def remember(self, stored: Mapping[str, Any]) -> None:
        """Carry what is stored now, unless the form came back with what was stored when it was drawn."""
        if self.drawn.raw_data is None:
            self.drawn.data = json.dumps(self._offered(stored), ensure_ascii=False)

    def validate_drawn(self, field) -> None:
        if self._opened() is None:
            raise ValidationError("drawn")

    def joined(self, stored: Mapping[str, Any], changed: stale.Changed | None, version: int) -> stale.Settled:
        """The form's values with those others stored since it was drawn."""
        shown = {
            "role": lambda role: str(ROLE_NAMES.get(role, role)),
            "everywhere": lambda ticked: _("yes") if ticked else _("no"),
            "frameworks": lambda ids: ids or _("no framework"),
            "lang": lambda code: code or _("as the portal is set"),
        }
        return stale.settle(
            self, base=self._opened() or {}, theirs=self._offered(stored), version=version, changed=changed, shown=shown
        )

    def differs(self, stored: Mapping[str, Any], *units: str) -> bool:
        """Whether one of these units is stored otherwise than when the form was drawn."""
        base, now = self._opened() or {}, self._offered(stored)
        return any(base[unit] != now[unit] for unit in units)

    def go_on(self, settled: stale.Settled, stored: Mapping[str, Any], version: int) -> None:
        """Go on editing the joined values, from what is stored now."""
        self.take(settled.values, version)
        self.drawn.raw_data = None
        self.remember(stored)

    def _offered(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What is stored, without the frameworks the administrator may not see."""
        given = [key for key, _name in self.frameworks.offered if key in stored["frameworks"]]
        return {**stored, "frameworks": given}

    def _opened(self) -> dict[str, Any] | None:
        """What was stored when the form was drawn; None where the form does not say it."""
        try:
            told = json.loads(self.drawn.data or "")
        except (ValueError, RecursionError):
            return None
        if not isinstance(told, dict) or told.keys() != KINDS.keys():
            return None
        fits = all(isinstance(told[unit], kind) for unit, kind in KINDS.items())
        return self._offered(told) if fits else None


class NewPersonForm(RightsForm):
    """The same with the login, which does not change later."""

    login = LoginField(
        _l("Login"),
        required=True,
        hint=_l("Small letters without diacritics, digits, . _ @ + -; it cannot be changed later."),
    )
