"""The frame of every page: it knows Flask and no feature.

`install(app, settings)` gives an application its languages, page wrapper, access rules, look at the past, headers, files,
error pages and navigation. `create_app` then registers blueprints, tells the frame who is signed in, and calls
`access.check_every_route(app)` last:

    app = Flask("portal", template_folder=…, static_folder=None)
    web.install(app, settings)
    frame = web.frame(app)
    frame.load_actor = accounts.current_actor       # () -> Actor | None
    frame.load_language = accounts.current_language # () -> "cs" | "en" | None
    frame.account_links.append(("accounts.sign_out", _l("Sign out"), "post"))
    nav.register(app, "projects.index", _l("Projects"), needs="project.read", order=30)
    access.check_every_route(app)

The app needs `SECRET_KEY` and no `static` endpoint of its own.
"""

from __future__ import annotations

from flask import Flask

from portal.web import access, asof, assets, commit, errors, formats, headers, i18n, language, links, nav, page
from portal.web.frame import Frame, frame

__all__ = ["frame", "install"]


def install(app: Flask, settings) -> None:
    """Register the whole frame on `app`. Order matters: the commit stands outermost of the after-request steps."""
    app.extensions["portal.web"] = Frame(settings)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", 12 * 3600)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    asof.install(app)  # inside the proxy's middleware, which may move the script name
    headers.install(app)
    i18n.install(app)
    formats.install(app.jinja_env)
    page.install(app)
    commit.install(app)
    errors.install(app)
    access.install(app)
    assets.install(app)
    language.install(app)
    nav.install(app)
    links.install(app)
    from portal.web import forms

    forms.install(app)
