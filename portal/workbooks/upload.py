"""The field of an uploaded file."""

from __future__ import annotations

import hashlib

from flask import request
from werkzeug.datastructures import FileStorage
from wtforms.validators import ValidationError

from portal.web.forms.texts import Base
from portal.web.i18n import _, say
from portal.workbooks.reading import LIMITS, Unreadable


class FileField(Base):
    """One uploaded file. `data` is its bytes, `file_name` what it is called there, `digest` the SHA-256 of its bytes."""

    layout = "file"
    input_type = "file"
    autocomplete = "off"
    language = None
    file_name = ""

    data: bytes | None = None
    errors: list[str] = []
    again = False
    """Whether all that is said of it is that it has to be chosen again."""

    @property
    def readable(self) -> bool:
        """Whether a file came that is not too large."""
        return self.data is not None and len(self.data) <= LIMITS.size

    @property
    def empty(self) -> bool:
        return self.data is None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data or b"").hexdigest()

    def process(self, formdata, data=None, extra_filters=None) -> None:
        super().process(formdata, None, extra_filters)
        self.data = None  # of a file that was not chosen a browser sends a part without a name
        found = request.files.get(self.name) if formdata is not None else None
        if isinstance(found, FileStorage) and found.filename:
            self.file_name = found.filename
            # A byte more than is read, so that what is too large is known to be.
            self.data = found.stream.read(LIMITS.size + 1)

    def pre_validate(self, form) -> None:
        if self.data is None:
            raise ValidationError(_("Choose a file."))
        if len(self.data) > LIMITS.size:
            raise ValidationError(say(Unreadable("too_big", limit=LIMITS.size // 2**20)))

    def _value(self) -> str:
        return ""

    def refuse(self, words: str) -> None:
        """Say at the field why the file is not taken."""
        self.errors = [words] if self.again else [*self.errors, words]
        self.again = False

    def choose_again(self) -> None:
        """Say that the form did not keep the file that was chosen, unless something else is wrong with it."""
        if self.data is not None and not self.errors:
            self.errors, self.again = [_("Choose the file again: a form that comes back does not remember it.")], True
