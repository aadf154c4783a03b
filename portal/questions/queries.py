"""Reading open questions, as far as the actor may see what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.queries import names
from portal.kernel.permission import Actor, open_to, visible_to
from portal.questions.models import Question
from portal.questions.rules import OPEN


def told(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the question and what it is about are visible, also by what it was about then. `sees`: `open_to` adds
    withdrawn ones."""
    return and_(sees(actor, Question), sees(actor, Question.about_id))


def questions(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible questions with what they are about."""
    return select(Question).where(told(actor, sees)).options(joinedload(Question.about))


def question(s: Session, actor: Actor, question_id: int) -> Question | None:
    """One visible question."""
    return s.scalar(questions(actor, open_to).where(Question.id == question_id))


def questions_about(s: Session, actor: Actor, record_id: int) -> list[Question]:
    """The visible questions about a record, the open ones first, then as they were asked."""
    asked = questions(actor).where(Question.about_id == record_id)
    return list(s.scalars(asked.order_by(Question.state != OPEN, Question.id)))


@dataclass(frozen=True)
class Line:
    """A question with the person who answers for it (None: the editors of the framework of what it is about)."""

    record: Question
    responsible: str | None


def lines(s: Session, actor: Actor, found: Sequence[Question]) -> list[Line]:
    """The lines of questions, in their order, in one query."""
    people = names(s, [q.responsible_id for q in found])
    return [Line(q, people.get(q.responsible_id)) for q in found]
