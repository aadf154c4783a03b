"""The form of one text of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.budgets.forms import MOST_TEXT, RowForm, in_step
from portal.sources.forms import say
from portal.web.forms import AreaField, pair
from portal.web.i18n import lazy_gettext as _l

say({"no_such_text": _l("A report has no such text. Go back to its texts and choose one.")})


class ReportTextForm(RowForm):
    """A text in both languages; fields are called as the units of `actions.write_text`."""

    empty = {"text_cs": "", "text_en": ""}
    text_cs, text_en = pair(_l("Text"), AreaField, rows=16, limit=MOST_TEXT)
    in_step = in_step()

    @staticmethod
    def standing(row: Mapping[str, Any]) -> dict[str, Any]:
        """The units of the columns of a text."""
        return {"text_cs": row["text_cs"], "text_en": row["text_en"], "in_step": False}
