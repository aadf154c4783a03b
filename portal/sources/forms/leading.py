"""Forms that let a statement lead: each carries which one led when it was drawn.

form = LeadForm(); form.remember(view)             # view: the FactView of the fact; what was sent is kept
form.saw(queries.led_now(view))                    # the person has seen what leads now
"""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.sources import queries
from portal.sources.queries import FactView, Led
from portal.web.forms import ChoiceField, Form, TextField
from portal.web.i18n import lazy_gettext as _l


class LedForm(Form):
    """Mixin: `led` says which statement led when the form was drawn, as `Led` is written."""

    led = HiddenField(_l("Which statement leads"))

    def remember(self, view: FactView) -> None:
        """Carry what leads now, unless the form came back with what led when it was drawn."""
        if self.led.raw_data is None:
            self.led.data = str(queries.led_now(view))

    def saw(self, now: Led) -> None:
        """Go on from what leads now."""
        self.led.raw_data, self.led.data = None, str(now)

    def validate_led(self, field) -> None:
        if field.data is None:
            raise ValidationError("led")


class LeadForm(LedForm):
    """Which of the statements leads, and why."""

    leading = ChoiceField(_l("Which statement leads"), layout="radio", required=True, blank=False, more="leading")
    reason = TextField(_l("Why"), required=True, hint=_l("Shown beside the fact and kept in the history."))
