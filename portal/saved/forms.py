"""The form of a saved view, and what its refusals mean."""

from __future__ import annotations

from portal.kernel.errors import InvalidInput
from portal.saved.rules import LONGEST, MOST
from portal.web.forms import CheckField, Form, TextField
from portal.web.i18n import gettext
from portal.web.i18n import lazy_gettext as _l

MESSAGES = {
    "view_name_missing": _l("Write how the view shall be called."),
    "view_name_too_long": _l("A name has at most %(most)s characters.", most=LONGEST),
    "view_name_taken": _l("You have a view of this name. Choose another one, or delete that view first."),
    "too_many_views": _l("You keep %(most)s views, which is the most. Delete one first.", most=MOST),
}


class ViewForm(Form):
    """A name, whether everybody is offered the view, whether one starts with it."""

    name = TextField(_l("Name"), required=True, limit=LONGEST)
    shared = CheckField(
        _l("Offer it to everybody"),
        hint=_l("Everybody finds it on the page and sees in it what they may see themselves. Its name is seen by all."),
    )
    start = CheckField(
        _l("Open the page with it"),
        hint=_l("The page opens with it when you come by the menu. You can change that at any time."),
    )

    def refuse_view(self, error: InvalidInput) -> None:
        self.refuse(InvalidInput({unit: gettext(str(MESSAGES[code])) for unit, code in error.errors.items()}))
