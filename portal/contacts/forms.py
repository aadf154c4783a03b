"""The forms of a contact person: entering and correcting one, keeping one for longer."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.contacts.models import Contact
from portal.contacts.queries import PLACES
from portal.kernel import codes
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.forms import MESSAGES, SOURCE_FIELDS, PlainForm, say
from portal.sources.forms.refusals import explained
from portal.sources.queries import names_of_kinds
from portal.web.forms import AreaField, ChoiceField, EmailField, RecordField, RecordForm, TextField, WhenField, pair
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

WHY_DELETED = _l(
    "On this day everything that is kept of the person is deleted, from history too. Personal data may be kept only as long as "
    "their purpose needs them (GDPR, Article 5(1)(e)). At most five years ahead; you are told two weeks before, and can keep "
    "them for longer with a reason."
)
say(
    {
        "purpose_missing": _l("Write why the office keeps the data of this person. Without a purpose they may not be kept."),
        "email_wrong": _l("This is no e-mail address. Write it as name@example.org."),
        "phone_wrong": _l(
            "This is no telephone number. Write 5 to 20 digits, such as +420 974 811 111; an extension may follow as ext. 12."
        ),
        "delete_on_missing": _l("Write the day on which the data are deleted."),
        "delete_on_past": _l("The data would be deleted at once. Choose a day after today."),
        "delete_on_far": _l("Choose a day within five years. Who still needs the contact then keeps it for longer."),
        "delete_on_same": _l("This is the day that is set already. Choose another one, or leave the page."),
        "delete_on_elsewhere": _l("The day of deletion is moved on its own page, with a reason."),
        "prolonged_without_reason": _l("Write why the data are kept until another day."),
        "organisation_missing": _l("Choose the organisation the person works for."),
        "contact_changed": _l(
            "Somebody changed the contact meanwhile. What stands now is above; look at it and send the form again."
        ),
        "contact_erased": _l("The data of this contact were deleted. They cannot be brought back or changed."),
    }
)  # fmt: skip


def day_of(value: When | None) -> date | None:
    """The day that a field of one exact day holds."""
    return value.earliest if value is not None else None


class EditContactForm(PlainForm):
    """Correcting a contact. It rests on no source."""

    name_cs, name_en = pair(
        _l("Full name"),
        TextField,
        required=True,
        limit=200,
        hint=_l("In one language, unless the other one writes it differently."),
    )
    function_cs, function_en = pair(_l("Function"), TextField, limit=300)
    organisation = RecordField(_l("Organisation"), required=True)
    concerns = RecordField(
        _l("For which project or framework"), blank=_l("for the organisation as a whole"),
    )  # fmt: skip
    email = EmailField(_l("E-mail"), limit=254)
    phone = TextField(_l("Telephone"), limit=60, hint=_l("With the country code, for example +420 974 811 111."))
    language = ChoiceField(_l("Language the person speaks"), choices=lambda: codes.choices("languages", lang()))
    purpose_cs, purpose_en = pair(_l("Purpose of keeping the data"), AreaField, rows=2, limit=1000, required=True)
    names_source = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in (*SOURCE_FIELDS, "reference", "file_mark", "placeholder"):
            del self[name]

    @property
    def reason(self) -> str:
        return ""

    def support(self, s, actor: Actor) -> Support:
        return UNSUPPORTED

    def offer(self, s, actor: Actor, contact: Contact | None = None) -> None:
        """Organisations, projects, frameworks and colleagues. A contact is hidden with its organisation."""
        for name, kinds in (("organisation", ("organisation",)), ("concerns", PLACES)):
            offered = [(i, label) for i, label, _kind in names_of_kinds(s, actor, lang(), kinds)]
            held = getattr(contact, f"{name}_id", None)
            if held not in (None, *dict(offered)):
                del self[name]  # withdrawn, or nothing the actor may know of: it stays as it is
            else:
                self[name].offer(offered)
        self.offer_people(s, actor, contact, may_hide=False)


class ContactForm(EditContactForm):
    """Entering a contact."""

    delete_on = WhenField(_l("Delete the data on"), exact=True, required=True, hint=WHY_DELETED)

    def values(self, units=None) -> dict[str, Any]:
        made = super().values(units)
        return made | {"delete_on": day_of(made["delete_on"])}


class ProlongForm(RecordForm):
    """Keeping a contact until another day. The purpose is asked anew: nothing stands in the field."""

    delete_on = WhenField(_l("Delete the data on"), exact=True, required=True, hint=WHY_DELETED)
    purpose_cs, purpose_en = pair(
        _l("Purpose of keeping the data"), AreaField, rows=2, limit=1000, required=True,
        hint=_l("Write it anew: the purpose for which the data are still needed."),
    )  # fmt: skip
    reason = TextField(
        _l("Why they are kept for longer"), required=True, hint=_l("Kept in the history of the contact.")
    )

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)
