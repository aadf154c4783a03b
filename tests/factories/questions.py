"""Open questions for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.questions.actions import ask_question
from portal.questions.models import Question
from portal.sources.facts import Pair
from tests.factories import changing


def question(s: Session, about: Record, text: str, **values) -> Question:
    """A question about a record; further `values` as `ask_question` takes them."""
    with changing(s):
        return ask_question(s, SYSTEM, about, {"name": Pair(text, ""), **values})
