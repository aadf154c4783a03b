"""Comments and tasks for tests, made by the same actions as in life."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.actions import add_comment, make_task
from portal.desk.models import Comment, Task
from portal.kernel.record import Record
from tests.factories import changing


def comment(s: Session, of: Record, author: Person, text: str = "Domluveno s partnerem.") -> Comment:
    """A comment of a person on a record they see."""
    with changing(s):
        return add_comment(s, actor_of(s, author), of, text)


def task(s: Session, of: Record | None, maker: Person, title: str = "Zavolat partnerovi", **values) -> Task:
    """A task that a person makes, for themselves where `assignee` (an id) names nobody else."""
    with changing(s):
        return make_task(s, actor_of(s, maker), of, {"title": title, "assignee": maker.id, **values})
