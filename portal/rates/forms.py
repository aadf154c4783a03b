"""Forms of rates: the file to look through, and loading it."""

from __future__ import annotations

from portal.web.forms import AreaField, ChoiceField, Form
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.upload import FileField


class FileForm(Form):
    """A file of monthly rates, and how numbers that are text in it are written."""

    file = FileField(
        _l("File with rates"), required=True,
        hint=_l("Excel (.xlsx) or CSV with the columns currency, month, rate, source, retrieved; 7 MB at most."),
    )  # fmt: skip
    mark = ChoiceField(
        _l("Decimal mark of numbers written as text"), required=True, blank=None, default=lang,
        choices=[("cs", _l("comma: 24,512")), ("en", _l("point: 24.512"))],
        hint=_l("Numbers in cells of Excel are read as they are."),
    )  # fmt: skip


class LoadForm(Form):
    """Loading what was looked through."""

    reason = AreaField(
        _l("Why loaded rates are superseded"), limit=1000,
        hint=_l("Needed where the file changes rates that are loaded. It stays with the new edition."),
    )  # fmt: skip
