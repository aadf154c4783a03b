"""The smallest things a person changes at once, as columns of a row: a date with its precision, an amount with its currency,
a text in two languages. Pure: history tells changes by them, and an undo never splits them."""

from __future__ import annotations

from collections.abc import Collection


def unit_of(column: str, columns: Collection[str]) -> str:
    """The unit a column belongs to, among the `columns` of its row.

    `start_edtf`, `start_from`, `start_to` are `start`; `amount_minor`, `amount_currency` are `amount`; `name_cs`, `name_en`
    are `name` (`role_words` where `role` is a column of its own); `owner_id` is `owner`; any other column is its own unit.
    """
    stem, _, last = column.rpartition("_")
    if not stem:
        return column
    if last in ("edtf", "from", "to") and f"{stem}_edtf" in columns:
        return stem
    if last in ("minor", "currency") and f"{stem}_minor" in columns:
        return stem
    if last in ("cs", "en") and f"{stem}_cs" in columns and f"{stem}_en" in columns:
        return f"{stem}_words" if stem in columns else stem
    return stem if last == "id" else column
