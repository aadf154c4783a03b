"""What one application keeps for its pages: settings, who is asking, the navigation, the files it serves.

Features tell the frame about themselves at start (`frame(app).load_actor = …`); nothing here knows a feature.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, has_app_context
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.kernel.transaction import OpenChange


@dataclass
class Frame:
    """One per application, found by `frame()`.

    `load_actor` answers the signed-in person or None; it is asked at most once a request, after the session was made
    a reader or a writer. `load_language` answers the signed-in person's language or None. `sign_in` is the endpoint an
    anonymous visitor is sent to with `next`. `search` is the endpoint of the search box (its field is `q`).
    `change_listeners` are called after the commit of each change that a page wrote: the lock is given back by then, they
    begin and commit what they write.
    `home`, `help`, `glossary` (its anchors are the keys of terms), `keyboard` and `moments` (where another moment is chosen) are
    the endpoints of those pages.
    `account_links` are (endpoint, label, method) of the account menu; "post" ones are drawn as buttons with a token.
    """

    settings: Any
    load_actor: Callable[[], Actor | None] = lambda: None
    load_language: Callable[[], str | None] = lambda: None
    sign_in: str = ""
    search: str = ""
    home: str = ""
    help: str = ""
    glossary: str = ""
    keyboard: str = ""
    moments: str = ""
    account_links: list = field(default_factory=list)
    footer_links: list = field(default_factory=list)
    change_listeners: list[Callable[[Session, OpenChange], None]] = field(default_factory=list)
    nav: list = field(default_factory=list)

    def endpoints(self) -> set[str]:
        """Every endpoint there is: links to a part not built are left out."""
        return set(current_app.view_functions)

    def setting(self, name: str, default: Any = None) -> Any:
        return getattr(self.settings, name, default)


def setting(name: str, default: Any) -> Any:
    """A setting of the application that answers now; `default` where none does (a job, a test of queries)."""
    return frame().setting(name, default) if has_app_context() else default


def frame(app: Flask | None = None) -> Frame:
    """The frame of `app`, or of the application that answers now."""
    return (app or current_app).extensions["portal.web"]
