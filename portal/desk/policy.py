"""Who may write on the desk. A comment is no portfolio data: everybody signed in may write one on a record they see."""

from __future__ import annotations

from typing import Any

from portal.kernel.permission import Actor, all_of, any_of, declare, is_administrator, may_write, signed_in


def is_its_author(actor: Actor, obj: Any) -> bool:
    """The author of a comment; no object asks "one's own in general"."""
    return signed_in(actor, None) and (obj is None or obj.author_id == actor.person_id)


def made_it(actor: Actor, obj: Any) -> bool:
    """Who made a task."""
    return signed_in(actor, None) and (obj is None or obj.maker_id == actor.person_id)


def is_to_do_it(actor: Actor, obj: Any) -> bool:
    """To whom a task is assigned."""
    return signed_in(actor, None) and (obj is None or obj.assignee_id == actor.person_id)


def is_oneself(actor: Actor, obj: Any) -> bool:
    """The person whose id it is; no object asks "anybody in general"."""
    return obj is None or obj == actor.person_id


PERMISSIONS = declare(
    {
        "comment.add": any_of(signed_in),
        "comment.edit": any_of(is_its_author),
        "task.read": any_of(signed_in),
        "task.add": any_of(signed_in),
        "task.assign": any_of(may_write),
        "task.edit": any_of(made_it, is_administrator),
        "task.finish": any_of(is_to_do_it, made_it, is_administrator),
        "desk.own": any_of(signed_in),
        "handover.do": any_of(is_administrator, all_of(may_write, is_oneself)),
    }
)
"""`task.add` lets make a task for oneself, `task.assign` for others; `desk.own`: following, notifications, their choice."""
