"""Fields that choose records. The view offers only what the person may see; anything else is an error.

    form.project_id.offer([(7, "ERIS"), …])          # up to 300: a select
    form.project_id.search(find, name_of)            # more: a text field; find(text) -> [(id, name)], name_of(id) -> name|None
    form.project_id.search(find, name_of, names)     # and names to pick from while typing: of records the person may see

Without JavaScript the text field takes a name: one exact or only match is taken, several are listed to choose from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from wtforms.validators import ValidationError

from portal.kernel.text import clean, fold
from portal.web.forms.choices import CHOOSE, NOT_STATED
from portal.web.forms.texts import Base, printable
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l

SELECT_LIMIT = 300
SUGGESTED = 500
SHOWN = 20


class RecordField(Base):
    """One record. Data is its id or None."""

    layout = "record"

    def __init__(self, label=None, validators=None, *, blank=None, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.blank = blank or (CHOOSE if self.required else NOT_STATED)
        self.offered: list[tuple[int, str]] = []
        self.find: Callable | None = None
        self.name_of: Callable | None = None
        self.text: str | None = None
        self.candidates: list[tuple[int, str]] = []
        self.suggestions: list[str] = []

    def offer(self, options) -> None:
        """Set what may be chosen. Beyond 300 the field becomes a text field searching in these names."""
        self.offered = [(int(key), str(name)) for key, name in options]
        self.layout = "record"
        if len(self.offered) > SELECT_LIMIT:
            names = {key: name.strip() for key, name in self.offered}
            self.search(lambda text: _holding(text, names), names.get, names.values())
            typed = _l("Write a part of the name as it stands in the portal.")
            self.hint = f"{self.hint} {typed}" if self.hint else typed

    def search(self, find: Callable, name_of: Callable, suggestions: Iterable[str] = ()) -> None:
        """Choose by typing: `find(text)` gives [(id, name)], `name_of(id)` a name or None when not available.

        Of `suggestions` the first 500 are offered while typing; each is a name that `find` knows.
        """
        self.find, self.name_of, self.layout = find, name_of, "search"
        self.suggestions = list(islice(dict.fromkeys(suggestions), SUGGESTED))

    @property
    def holds_unseen(self) -> bool:
        """Whether the record it was opened with is not on offer, and no other was chosen instead."""
        held = self.object_data
        if self.data is not None and self.data != held or held in (None, ""):
            return False
        return self.name_of(int(held)) is None if self.name_of else int(held) not in dict(self.offered)

    def options(self) -> list[tuple[str, str, bool]]:
        """(id, name, chosen), the blank one first: it is chosen too where the record held is one the person does not see."""
        known = self.data in dict(self.offered)
        return [("", str(self.blank), not known)] + [(str(k), n, k == self.data) for k, n in self.offered]

    def process_data(self, value) -> None:
        self.data = None if value in (None, "") else int(value)

    def process(self, formdata, data=None, **kwargs):
        picked = formdata.get(f"{self.name}-pick") if formdata is not None else None
        super().process(formdata, **({} if data is None else {"data": data}), **kwargs)
        if picked:
            self.text = picked

    def process_formdata(self, valuelist) -> None:
        if valuelist:
            self.text, self.data = clean(valuelist[0]), None

    def _value(self) -> str:
        if self.text is not None and (self.errors or self.data is None):
            return printable(self.text)
        if self.data is not None and self.name_of:
            return self.name_of(self.data) or ""
        return ""

    def pre_validate(self, form) -> None:
        if self.text:
            self._find()
        super().pre_validate(form)

    def _find(self) -> None:
        if self.layout == "record":
            known = {str(key): key for key, _name in self.offered}
            if self.text not in known:
                raise ValidationError(_("Choose one of the records of the list."))
            self.data = known[self.text]
            return
        if self.text.isascii() and self.text.isdigit() and len(self.text) < 10 and self.name_of(int(self.text)):
            self.data = int(self.text)
            return
        held = self.object_data
        if held not in (None, "") and fold(self.name_of(int(held)) or "") == fold(self.text):
            self.data = int(held)  # sent back as it stood: others of the same name are not meant
            return
        found = list(self.find(self.text))
        exact = [row for row in found if fold(row[1]) == fold(self.text)]
        if len(exact) == 1 or len(found) == 1:
            self.data = (exact or found)[0][0]
            return
        self.candidates = found[:SHOWN]
        if not found:
            raise ValidationError(_("No record has such a name. Write a part of its name as it stands in the portal."))
        raise ValidationError(_("More records have such a name: choose one of them below."))


def _holding(text: str, names: Mapping[int, str]) -> list[tuple[int, str]]:
    """The records with the text in their name, those called exactly so first, no more than are shown."""
    wanted = fold(text)
    found = [(key, name) for key, name in names.items() if wanted in fold(name)]
    return sorted(found, key=lambda row: fold(row[1]) != wanted)[: SHOWN + 1]


class RecordsField(Base):
    """Several records, as a list of checkboxes. Data is a list of ids in the order offered."""

    layout = "checks"

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.offered: list[tuple[int, str]] = []
        self.texts: list[str] | None = None

    def offer(self, options) -> None:
        self.offered = [(int(key), str(name)) for key, name in options]

    def options(self) -> list[tuple[str, str, bool]]:
        """(id, name, chosen), the chosen ones first: they are not lost in a long list."""
        rows = [(str(key), name, key in (self.data or [])) for key, name in self.offered]
        return sorted(rows, key=lambda row: not row[2])

    def process_data(self, value) -> None:
        self.data = [int(one) for one in value or ()]

    def process_formdata(self, valuelist) -> None:
        self.texts = list(dict.fromkeys(one for one in valuelist if one))
        self.data = [int(one) for one in self.texts if one.isascii() and one.isdigit() and len(one) < 16]

    def pre_validate(self, form) -> None:
        super().pre_validate(form)
        known = [key for key, _name in self.offered]
        if self.texts is not None and (len(self.data) != len(self.texts) or any(k not in known for k in self.data)):
            raise ValidationError(_("Choose only records of the list."))
        self.data = [key for key in known if key in self.data]

    def _value(self) -> str:
        return ""
