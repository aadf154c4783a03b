"""Fields of text: one line, several lines, e-mail, address of a document, secret.

Text is normalised (NFC, line ends, outer spaces), refused when it holds control characters, and limited in length; the
raw text stays in the field when it is refused.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea, TextInput

from portal.kernel.text import clean, has_control
from portal.web.formats import number
from portal.web.i18n import _, ngettext

LINE, AREA = 300, 4000


def printable(text: str) -> str:
    """What was typed, to be shown again: each character that no page may hold stands as � where it can be seen."""
    return "".join("\ufffd" if has_control(ch) else ch for ch in text)


class Base(Field):
    """What all our fields share: `hint`, `required`, `optional_mark`; the message says what to do.

    `hint` stands below the field; `more` is the key of a term of the glossary, to which the hint then links. `required` is
    checked by us; a field that may stay empty needs no declaration.
    """

    unit = True
    widget = TextInput()
    layout = "text"

    def __init__(self, label=None, validators=None, *, required=False, hint=None, more="", width="", **kwargs):
        super().__init__(label, validators, **kwargs)
        self.hint, self.more, self.required, self.width = hint, more, required, width
        if required:
            self.flags.required = True

    @property
    def empty(self) -> bool:
        return self.data in (None, "", [])

    def pre_validate(self, form) -> None:
        if self.required and self.empty and not self.process_errors:
            raise ValidationError(_("Fill this in."))


class TextField(Base):
    """One line. `limit` in characters. `language` tags a text kept in one language."""

    many_lines = False
    input_type = "text"
    autocomplete = "off"

    def __init__(self, label=None, validators=None, *, limit=None, language=None, either=False, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.limit = limit or (AREA if self.many_lines else LINE)
        self.language, self.either = language, either
        self.raw = None

    def process_formdata(self, valuelist) -> None:
        if valuelist:
            self.raw = valuelist[0]
            self.data = clean(self.raw)
        elif self.data is None:
            self.data = ""

    def process_data(self, value) -> None:
        self.data = "" if value is None else str(value)

    def _value(self) -> str:
        return printable(self.raw) if self.raw is not None and self.errors else (self.data or "")

    def pre_validate(self, form) -> None:
        if self.either and self.empty:
            stem = self.short_name[:-2]
            other = form._fields[self.name.replace(self.short_name, stem + ("en" if self.language == "cs" else "cs"))]
            if not other.data and not other.errors:
                raise ValidationError(_("Write it at least in one language."))
        super().pre_validate(form)
        if len(self.data) > self.limit:
            over = len(self.data) - self.limit
            raise ValidationError(
                _("At most %(limit)s characters fit here.", limit=number(self.limit))
                + " "
                + ngettext("Shorten it by %(num)s character.", "Shorten it by %(num)s characters.", over)
            )
        if not self.many_lines and "\n" in self.data:
            raise ValidationError(_("Write it on one line."))
        if has_control(self.data) or ("\t" in self.data and not self.many_lines):
            raise ValidationError(
                _("There is a character that cannot be seen or printed. Delete it, or type the text again.")
            )
        self.check(form)

    def check(self, form) -> None:
        """More rules of a kind of text."""


class AreaField(TextField):
    """Several lines; `rows` tall."""

    many_lines = True
    layout = "area"
    widget = TextArea()

    def __init__(self, label=None, validators=None, *, rows=4, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.rows = rows


class EmailField(TextField):
    """An e-mail address, lower case."""

    input_type = "email"
    autocomplete = "email"

    def process_formdata(self, valuelist) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").lower()

    def check(self, form) -> None:
        if self.data and not re.fullmatch(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(\.[^@\s<>\"(),:;.]+)*", self.data):
            raise ValidationError(_("Write an e-mail address such as name@example.org."))


class AddressField(TextField):
    """The web address of a document: http or https."""

    input_type = "url"

    def __init__(self, label=None, validators=None, *, limit=2000, **kwargs):
        super().__init__(label, validators, limit=limit, **kwargs)

    def process_formdata(self, valuelist) -> None:
        super().process_formdata(valuelist)
        if self.data and re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?", self.data):
            self.data = f"https://{self.data}"

    def check(self, form) -> None:
        if not self.data:
            return
        try:
            parts = urlsplit(self.data)
            fine = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", self.data)
        except ValueError:
            fine = False
        if not fine:
            raise ValidationError(_("Write a web address that starts with https:// or http://."))


class SecretField(TextField):
    """A password: never written back into the page, never trimmed."""

    input_type = "password"
    unit = False

    def __init__(self, label=None, validators=None, *, limit=200, autocomplete="current-password", **kwargs):
        super().__init__(label, validators, limit=limit, **kwargs)
        self.autocomplete = autocomplete

    def process_formdata(self, valuelist) -> None:
        if valuelist:
            self.data = unicodedata.normalize("NFC", valuelist[0])

    def _value(self) -> str:
        return ""
