"""The form of a record's standing."""

from __future__ import annotations

from portal.kernel import codes
from portal.kernel.permission import Actor
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.forms import SOURCE_FIELDS, FactsForm, say
from portal.web.forms import AreaField, ChoiceField
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "standing_same": _l("The record stands so already. Choose another standing."),
        "standing_reason_missing": _l("Write why. History keeps the reason."),
        "standing_by_rule": _l(
            "The obligation does not give this period any more, so the report would be withdrawn again. Change the days of the "
            "obligation; the report then comes back by itself."
        ),
        "original_again": _l(
            "Another budget of the contract was agreed meanwhile. Withdraw that one first, or leave this one as it is."
        ),
        "standing_holds_others": _l(
            "Frameworks or projects stand under this framework. Move or withdraw them first, or archive it."
        ),
    }
)


class StandingForm(FactsForm):
    """What a record's standing is to be, and why. It rests on no source."""

    standing = ChoiceField(
        _l("The record is"), choices=lambda: codes.choices("standings", lang()), blank=_l("in force"),
    )  # fmt: skip
    standing_reason = AreaField(_l("Reason"), rows=2, limit=1000, required=True)
    names_source = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in SOURCE_FIELDS:
            del self[name]

    @property
    def reason(self) -> str:
        """Why: told with the change."""
        return self.standing_reason.data or ""

    def support(self, s, actor: Actor) -> Support:
        """Standing rests on nothing."""
        return UNSUPPORTED
