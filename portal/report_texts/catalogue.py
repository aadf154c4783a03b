"""Texts of a report as values for a recipient's file: `text.<code>`, in the language of the cell."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue import Asked, Found, about, offer
from portal.donor_workbooks.catalogue.reading import in_language
from portal.donor_workbooks.rules.ways import TEXT
from portal.kernel.errors import N_
from portal.kernel.pairs import older_of
from portal.report_texts.queries import written
from portal.report_texts.rules import KINDS
from portal.sources.facts import NOTHING, Pair


def _text(code: str) -> Callable[[Asked], Found]:
    def value(asked: Asked) -> Found:
        asked.mended(TEXT, at=code)
        held = asked.once(("texts", asked.report.id), lambda: written(asked.s, asked.report.id))
        ages = asked.once(("text ages", asked.report.id), lambda: older_of(asked.s, list(held.values()), "text"))
        one = held.get(code)
        text = Pair(one.text_cs, one.text_en) if one else NOTHING
        return in_language(text, asked.language, ages.get((asked.report.id, code)))

    return value


about("text", N_("Texts of the report"))
for _kind in KINDS.values():
    offer(f"text.{_kind.code}", _kind.label, _kind.words, _text(_kind.code))
