"""Pure rules of statements: what may be claimed, and which of two statements says more."""

from __future__ import annotations

import re

CERTAINTY_ORDER = {"document": 0, "public": 1, "unsure": 2, "uncited": 3}


def weakest(*certainties: str) -> str:
    """The least sure of some certainties: a fact is no surer than what it rests on."""
    return max(certainties, key=lambda c: CERTAINTY_ORDER[c])


def allowed_certainty(claimed: str, origin: str | None) -> str:
    """A statement is no surer than its document: `document` needs one of the ministry, `public` needs any document."""
    if origin is None:
        return "uncited"
    if claimed == "document" and origin != "ministry":
        return "public"
    return "unsure" if claimed == "uncited" else claimed


def where_in(text: str, quotation: str) -> tuple[int, int] | None:
    """Start and end of a quotation in a text, whatever the white space between its words; None where it does not stand."""
    words = quotation.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return found.span() if found else None
