"""Columns of open questions."""

from __future__ import annotations

from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, head, linked, names, pair, tail

QUESTION = (
    NUMBER,
    *names("question", 60),
    linked("question", "about", lambda q: q.about, 44),
    coded("question", "state", "question_states", 14),
    *pair("question", "advice", "long", 44),
    *pair("question", "answer", "long", 44),
)
QUESTIONS = Sheet(
    "questions",
    "Otevřené otázky",
    "Open questions",
    (
        *(c.on(lambda line: line.record) for c in QUESTION),
        Column(
            "responsible", *head("question", "responsible"), "text", lambda line, lang: line.responsible, 22, empty=""
        ),
        *(c.on(lambda line: line.record) for c in tail("question")),
    ),
)
