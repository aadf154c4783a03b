"""Forms of donors' workbooks: the workbook, its file, a mapped cell, withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from portal.donor_workbooks.rules.labels import numbers_in
from portal.donor_workbooks.rules.limits import COUNTINGS
from portal.donor_workbooks.rules.mapping import OTHERWISE
from portal.donor_workbooks.wording import grouped
from portal.kernel import codes
from portal.kernel.when import When
from portal.obligations.rules import day_of
from portal.web.forms import (
    AreaField,
    ChoiceField,
    ChoicesField,
    Form,
    RecordField,
    RecordForm,
    TextField,
    WhenField,
    pair,
)  # fmt: skip
from portal.web.forms.values import WholeField
from portal.web.i18n import _, gettext, lang, pgettext
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.filling.areas import cell_of
from portal.workbooks.filling.looking import Look
from portal.workbooks.reading.cells import Place
from portal.workbooks.text import CELL_LIMIT
from portal.workbooks.upload import FileField


def _told(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]


def languages() -> list[tuple[str, str]]:
    return [("cs", pgettext("language of a text", "Czech")), ("en", pgettext("language of a text", "English"))]


class WorkbookForm(RecordForm):
    """A workbook: what it is called, who asks for it, for which kinds of report."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    recipient = RecordField(_l("Who gets it"), blank=_l("any recipient"))
    kinds = ChoicesField(
        _l("Kinds of report it serves"), choices=lambda: codes.choices("report_kinds", lang()),
        hint=_l("Tick nothing for every kind."),
    )  # fmt: skip
    note = AreaField(_l("Note"), rows=2, limit=2000)


class WithdrawForm(RecordForm):
    """Why a workbook is not used any more."""

    reason = AreaField(_l("Why it is withdrawn"), rows=2, limit=2000)


class PeriodForm(RecordForm):
    """For reports on which periods a file is."""

    valid_from = WhenField(_l("For periods from"), required=True, exact=True)
    valid_to = WhenField(
        _l("For periods to"),
        exact=True,
        hint=_l("Leave it empty where the recipient has not said; a newer file takes over."),
    )

    def days(self) -> tuple[date, date | None]:
        """Both days."""
        first = day_of(self.valid_from.data)
        assert first is not None
        return first, day_of(self.valid_to.data) if self.valid_to.data else None

    def validate_valid_from(self, field) -> None:
        _one_day(field)

    def validate_valid_to(self, field) -> None:
        _one_day(field)


class FileForm(PeriodForm):
    """The recipient's file."""

    file = FileField(
        _l("The recipient’s file"), required=True,
        hint=_l("Excel (.xlsx or .xlsm) as the recipient published it, 7 MB at most. Its bytes are kept as they are."),
    )  # fmt: skip


class CellForm(RecordForm):
    """Which value goes into which cell, and how."""

    sheet = ChoiceField(_l("Sheet"), required=True, blank=None)
    cell = TextField(
        _l("Cell"), required=True, limit=10, width="s", hint=_l("For example B7; of repeated rows the first one.")
    )
    key = ChoiceField(_l("Value"), required=True)
    last = WholeField(
        _l("Last row"), low=1, high=1_048_576, hint=_l("Only of repeated rows: as far as the file has rows for them.")
    )
    language = ChoiceField(_l("Language of texts"), required=True, blank=None, choices=languages)
    text_limit = WholeField(_l("Limit of the text"), low=1, high=CELL_LIMIT)
    counting = ChoiceField(_l("The limit counts"), required=True, blank=None, choices=lambda: _told(COUNTINGS))
    otherwise = ChoiceField(
        _l("Where it does not apply"), required=True, blank=None, choices=lambda: _told(OTHERWISE), layout="radio",
        hint=_l("What is not known is never written as not applicable."),
    )  # fmt: skip

    def validate_cell(self, field) -> None:
        try:
            cell_of((field.data or "").strip())
        except ValueError as error:
            raise ValidationError(_("Write a cell such as B7.")) from error

    def offer(self, look: Look) -> None:
        """The sheets of a file, and the values that can stand in it."""
        self.sheet.offer((sheet.name, sheet.name) for sheet in look.sheets)
        self.key.offer_groups(grouped(numbers_in(look)))

    def values(self) -> dict[str, Any]:
        """As `actions.map_cells` takes them."""
        row, column = cell_of(self.cell.data.strip())
        return {
            "place": Place(self.sheet.data, row, column), "key": self.key.data, "last": self.last.data,
            "language": self.language.data, "text_limit": self.text_limit.data, "counting": self.counting.data,
            "otherwise": self.otherwise.data,
        }  # fmt: skip

    def refuse(self, error) -> None:
        """A cell that cannot be is told at the field of the cell."""
        if isinstance(getattr(error, "errors", None), dict) and "place" in error.errors:
            error.errors["cell"] = error.errors.pop("place")
        super().refuse(error)


class ConfirmForm(Form):
    """Cells that a person confirms; which ones stands in the boxes ticked. `language` of the texts in them."""

    language = ChoiceField(_l("Language of texts"), required=True, blank=None, choices=languages, default="en")


class CarryForm(Form):
    """Cells of the file before that a person confirms for the new one; `asked`: those of which something is still to be said."""

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self.asked: dict[int, tuple[str, str]] = {}

    def ask(self, cell_id: int, label: str, words: str) -> None:
        """Tell at the row of a cell what is to be said of it."""
        self.asked[cell_id] = label, words

    def summary(self) -> list[tuple[str | None, str, str]]:
        """Also the rows of these cells."""
        return [*super().summary(), *((f"c-{cell_id}", *told) for cell_id, told in self.asked.items())]


def held(when: date | None) -> When | None:
    """A day as a field holds it."""
    return When(when.isoformat()) if when else None


def _one_day(field) -> None:
    if field.data is not None and not field.errors and day_of(field.data) is None:
        raise ValidationError(_("Write one day, for example 1 January 2026."))
