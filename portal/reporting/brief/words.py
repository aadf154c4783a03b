"""The cells of a section in words: the same for a page and for Word."""

from __future__ import annotations

from typing import Any

from portal.kernel.when import When
from portal.reporting.brief.sections import Section
from portal.web.formats import money_text, unknown_text, when_text
from portal.web.i18n import gettext as _
from portal.workbooks.columns import Amount, Column, Planned


def said(section: Section, row: Any, lang: str) -> list[str]:
    """The words of a row, one for each column; what is not known is said in words."""
    return [_words(column, column.value(row, lang), lang) for column in section.sheet.columns]


def _words(column: Column, value: object, lang: str) -> str:
    if column.empty is not None and value in (None, ""):
        return str(column.empty)
    if isinstance(value, Planned):
        return _("planned: %(when)s", when=when_text(value.when, lang))
    if isinstance(value, When):
        return when_text(value, lang)
    if isinstance(value, Amount):
        if value.money is None:
            return value.instead or unknown_text()
        return ("≈\u00a0" if value.approximate else "") + money_text(value.money, lang)
    return unknown_text() if value in (None, "") else str(value)
