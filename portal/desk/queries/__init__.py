"""Everything the desk reads."""

from portal.desk import policy  # noqa: F401  declares the permissions
from portal.desk.queries.comments import comment, comment_then, comments_of, follows_it, last_written, record
from portal.desk.queries.notices import choices_of, followed, unread, wanted
from portal.desk.queries.people import Colleague, colleagues_for, colleagues_of_logins
from portal.desk.queries.tasks import number_of, task, task_then, tasks_of, told_then, waiting
from portal.desk.queries.written import only_on_the_desk

__all__ = [
    "Colleague", "choices_of", "colleagues_for", "colleagues_of_logins", "comment", "comment_then", "comments_of",
    "followed", "follows_it", "last_written", "number_of", "only_on_the_desk", "record", "task", "task_then", "tasks_of",
    "told_then", "unread", "waiting", "wanted",
]  # fmt: skip
