"""The navigation: each feature registers its entry, the layout shows those a person may open.

    nav.register(app, "projects.index", _l("Projects"), needs="project.read", order=30, count=lambda: 3)

An entry is current on every page of its blueprint, of the blueprints in `also`, and on the endpoints named there, which are then
no other entry's.
`key` is the letter that opens it after `g` (static/keys.js), the same in both languages.
`count` is asked on each page for a badge; keep it one cheap query, or leave it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request
from werkzeug.local import LocalProxy

from portal.kernel import clock
from portal.web import access
from portal.web.frame import frame
from portal.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Entry:
    endpoint: str
    label: object
    needs: str
    order: int
    also: tuple[str, ...] = ()
    count: Callable[[], int | None] | None = None
    count_label: object = None
    key: str = ""

    @property
    def current(self) -> str | None:
        """ "page" on the entry's own page, "true" within its section, None elsewhere (aria-current)."""
        if request.endpoint == self.endpoint:
            return "page"
        others = [e for e in frame().nav if e is not self]
        if any(request.endpoint in {e.endpoint, *e.also} for e in others):
            return None
        blueprint = self.endpoint.partition(".")[0]
        own = blueprint not in {e.endpoint.partition(".")[0] for e in others}
        names = {*self.also, *({blueprint} if own else ())}
        return "true" if request.blueprint in names or request.endpoint in names else None


def register(
    app: Flask, endpoint: str, label: object, *, needs: str, order: int, also: tuple[str, ...] = (),
    count: Callable[[], int | None] | None = None, count_label: object = None, key: str = "",
) -> None:  # fmt: skip
    """Add an entry. `label` is lazy; `order` places it (my work 10, frameworks 20, projects 30, funding 40, …)."""
    entries = frame(app).nav
    entries.append(Entry(endpoint, label, needs, order, also, count, count_label, key))
    entries.sort(key=lambda entry: entry.order)


def entries() -> list[Entry]:
    """What the person who asks may open."""
    return [e for e in frame().nav if e.needs == access.signed_in or access.permits(e.needs)]


ROLES = {
    "viewer": _l("Viewer"),
    "editor": _l("Editor"),
    "reporting_officer": _l("Reporting officer"),
    "administrator": _l("Administrator"),
}


def role_name(role: str) -> str:
    """The name of a role for people."""
    return str(ROLES.get(role, role))


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        nav_entries=entries,
        role_name=role_name,
        frame=LocalProxy(frame),
        now=clock.present,
    )
