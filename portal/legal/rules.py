"""Pure rules of legal instruments: what one may say of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.kernel.when import When, certainly_before

CELEX = re.compile(r"[0-9CE]\d{4}[A-Z]{1,2}\d{4}(\(\d{2}\))?(-\d{8})?(R\(\d{2}\))?")
"""A CELEX number as EUR-Lex composes it: sector, year, type, number; perhaps one of several documents of a number, the day of
a consolidated text, a corrigendum. `32004L0081`, `22011A0225(03)`."""

MADE = ("dated", "adopted_on", "signed")
"""The dates at which the text came to be. What follows from it is not before them."""
AFTER = {
    "transposition_deadline": "due_before_it_was_made",
    "end_of_validity": "over_before_it_was_made",
}
"""Date → the code where it certainly lies before the text came to be."""


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code} of each rule the values break. Units: id, name, celex, laid_down_in, the dates.

    A law may be in force for days before it was made, so `in_force` is compared with the end of validity alone.
    """
    found = {}
    name = values.get("name")
    if not (name and (name.cs or name.en)):
        found["name"] = "name_missing"
    celex = values.get("celex")
    if celex and not CELEX.fullmatch(str(celex)):
        found["celex"] = "no_celex_number"
    for unit, code in AFTER.items():
        if any(_before(values.get(unit), values.get(made)) for made in MADE):
            found[unit] = code
    if _before(values.get("end_of_validity"), values.get("in_force")):
        found["end_of_validity"] = "end_before_start"
    if values.get("laid_down_in") and values.get("laid_down_in") == values.get("id"):
        found["laid_down_in"] = "laid_down_in_itself"
    return found


def _before(a: object, b: object) -> bool:
    return isinstance(a, When) and isinstance(b, When) and certainly_before(a, b)
