"""Columns of a record that are no facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.kernel.record import Record

UNRATED = ("note", "responsible", "reference", "file_mark", "placeholder")
"""What every record has beside its facts, where how sure it is follows from something else: a flow from its amount, a
document from whose it is."""
PLAIN = (*UNRATED, "certainty")
"""What every other record has beside its facts."""


def set_plain(record: Record, units: Iterable[str], values: Mapping[str, object]) -> None:
    """Set columns that are no facts (note, responsible person, reference, …) where `values` has them."""
    for unit in units:
        if unit not in values:
            continue
        value = values[unit]
        if unit == "note":
            record.note_cs, record.note_en = (value.cs, value.en) if value else ("", "")
        elif unit == "responsible":
            record.responsible_id = value
        else:
            setattr(record, unit, value)
