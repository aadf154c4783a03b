"""Pages of the desk: comments, what one follows, notifications."""

from __future__ import annotations

from flask import Flask

from portal.desk import mailing
from portal.desk.views import comments, following, handover, notifications, recent, tasks  # noqa: F401  their routes
from portal.desk.views.blueprint import bp
from portal.desk.wording import state_word
from portal.web.frame import frame
from portal.web.i18n import lazy_gettext as _l

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """What pages of records show of the desk, the bell of the head, the entries of the account menu."""
    app.jinja_env.globals.update(
        desk_of=comments.desk_of,
        state_word=state_word,
        follows=following.follows,
        mentions=comments.mentions,
        unread_notices=notifications.unread,
        recently_opened=recent.shown,
    )
    frame(app).account_links[0:0] = [
        ("desk.notifications", _l("Notifications"), "get"),
        ("desk.tasks", _l("My tasks"), "get"),
        ("desk.following", _l("What I follow"), "get"),
    ]
    mailing.install(app)
    recent.install(app)
    tasks.offer(app)
