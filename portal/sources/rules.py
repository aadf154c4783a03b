"""Pure rules of statements: what may be claimed, and which of two statements says more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Passage:
    """A piece of a text: `quoted` holds the keys of the quotations it belongs to, `begins` those that begin with it."""

    text: str
    quoted: frozenset[int]
    begins: tuple[int, ...] = ()


def passages(text: str, quotations: Mapping[int, str]) -> list[Passage]:
    """A text cut where quotations begin and end, so that they can be marked in it; those it does not hold are left out.

    Joined, the passages give the text. Quotations may overlap, or lie within each other.
    """
    spans = {key: span for key, words in quotations.items() if (span := where_in(text, words))}
    cuts = sorted({0, len(text), *(end for span in spans.values() for end in span)})
    return [
        Passage(
            text[start:end],
            frozenset(key for key, (a, b) in spans.items() if a <= start and end <= b),
            tuple(key for key, (a, _b) in spans.items() if a == start),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
