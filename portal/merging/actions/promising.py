"""What an action would come to, asked before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.permission import Actor

Done, Answer = TypeVar("Done"), TypeVar("Answer")


def promised(
    s: Session, actor: Actor, act: Callable[[], Done], ask: Callable[[Session], Answer]
) -> tuple[Done, Answer]:
    """(what `act` gives, the answer of `ask(s)` asked as if it were done). Nothing of it stays written. Raises as `act`."""
    answer: list = []
    try:
        with transaction.change(s, actor.person_id, actor_name=actor.name):
            answer += [act(), ask(s)]
            raise _NotMeant
    except _NotMeant:
        s.expire_all()
    return answer[0], answer[1]


class _NotMeant(Exception):
    """Takes back what was written only to see what it comes to."""
