"""Forms of the register: sending a file that the portal makes, and keeping one that was made elsewhere."""

from __future__ import annotations

from portal.obligations.forms import MoveForm
from portal.rates.forms import FileField
from portal.sources.forms import say
from portal.web.forms import TextField
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "file_empty": _l("The file is empty. Choose another one."),
        "file_before_check": _l(
            "This file is made from the portal as it stood before the report was checked, so it may say something else than what "
            "was checked. Begin anew with the portal of now, and send that file."
        ),
        "file_holds_hidden": _l(
            "The file would say something of a record that you may not see, so it is not given to you. Somebody who may see all "
            "of it has to make it."
        ),
        "layout_needs_contract": _l("This layout is of the money of a contract; the report is not."),
        "layout_needs_budget": _l("No agreed budget of the contract holds at the end of the period. Agree one first."),
        "layout_needs_framework": _l("This layout is of a framework, and the project is in none."),
        "layout_needs_place": _l(
            "This layout is of a framework or project, and it is not known what the contract is for."
        ),
        "layout_needs_project": _l("This layout is of one project; the report is not."),
        "project_not_admitted": _l("By the sources chosen there is no such project. Rely on more of them."),
    }
)


class SendForm(MoveForm):
    """Sending: when, to whom, under which number. It carries the version of the report that was read."""

    recipient = TextField(_l("Who gets it"), limit=300)


class ElsewhereForm(SendForm):
    """A file that was made elsewhere."""

    file = FileField(_l("The file as it was sent"), required=True, hint=_l("Any kind of file; 7 MB at most."))
