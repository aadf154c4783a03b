"""Forms of rates: the file to look through, and loading it."""

from __future__ import annotations

import hashlib

from flask import request
from werkzeug.datastructures import FileStorage
from wtforms.validators import ValidationError

from portal.web.forms import AreaField, ChoiceField, Form
from portal.web.forms.texts import Base
from portal.web.i18n import _, lang, say
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.reading import LIMITS, Unreadable


class FileField(Base):
    """One uploaded file. `data` is its bytes, `file_name` what it is called there, `digest` the SHA-256 of its bytes."""

    layout = "file"
    input_type = "file"
    autocomplete = "off"
    language = None
    file_name = ""

    @property
    def empty(self) -> bool:
        return self.data is None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def process(self, formdata, data=None, extra_filters=None) -> None:
        super().process(formdata, None, extra_filters)
        self.data = None  # of a file that was not chosen a browser sends a part without a name
        found = request.files.get(self.name) if formdata is not None else None
        if isinstance(found, FileStorage) and found.filename:
            self.file_name = found.filename
            # A byte more than is read, so that what is too large is known to be.
            self.data = found.stream.read(LIMITS.size + 1)

    def pre_validate(self, form) -> None:
        if self.empty:
            raise ValidationError(_("Choose a file."))
        if len(self.data) > LIMITS.size:
            raise ValidationError(say(Unreadable("too_big", limit=LIMITS.size // 2**20)))

    def _value(self) -> str:
        return ""

    def refuse(self, refusal: Unreadable, words: str) -> None:
        """The file cannot be read."""
        self.errors = [*self.errors, words]


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
