"""What people rest their statements on: documents, quotations, certainty, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from portal.sources import facts


@dataclass(frozen=True)
class Quotation:
    """A citation as a person gives it: an existing document, the place in it, the words quoted."""

    document_id: int
    place: str = ""
    quotation: str = ""
    quotation_lang: str | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class Support:
    """What a set of facts rests on: how sure, by which quotations, why it leads. Without quotations it is `uncited`.

    `words` say in both languages what the source writes where the value itself is a code, a date or an amount.
    """

    certainty: str = "uncited"
    quotations: tuple[Quotation, ...] = ()
    precision: str | None = None
    precision_note: facts.Pair = facts.NOTHING
    reason: str = ""
    words: facts.Pair = facts.NOTHING

    def of(self, field: str) -> Support:
        """What one fact rests on: the same for all facts given together."""
        return self


UNSUPPORTED = Support()


@dataclass(frozen=True)
class Supports(Support):
    """A support of its own for each fact; a fact without one rests on nothing."""

    by_field: Mapping[str, Support] = dataclasses.field(default_factory=dict)

    def of(self, field: str) -> Support:
        return self.by_field.get(field, UNSUPPORTED)
