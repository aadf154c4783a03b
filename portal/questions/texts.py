"""What of an open question is searched: its words, and the name of what it is about."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel.naming import hidden_with_what_it_names
from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, LINKED_NAME


def _question(s, questions):
    for q in questions:
        for cs, en in ((q.name_cs, q.name_en), (q.advice_cs, q.advice_en), (q.answer_cs, q.answer_en)):
            yield q.id, q.id, cs, "cs", BODY
            yield q.id, q.id, en, "en", BODY
    wanted = {q.about_id for q in questions}
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(wanted)))} if wanted else {}
    for q in questions:
        about = found[q.about_id]
        yield q.id, about.id, about.name_cs, "cs", LINKED_NAME
        yield q.id, about.id, about.name_en, "en", LINKED_NAME


searchable("question", _question)
hidden_with_what_it_names(
    "question", lambda q: (q.name_cs, q.name_en, q.advice_cs, q.advice_en, q.answer_cs, q.answer_en)
)
