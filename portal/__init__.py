"""The portal of international cooperation: `create_app` puts the features together, and nothing else does."""

from __future__ import annotations

import importlib
from pathlib import Path

from flask import Flask

from portal.config import Settings

ROOT = Path(__file__).parent
WITH_TABLES = (
    "accounts", "desk", "sources", "questions", "partners", "frameworks", "projects", "progress", "events", "legal",
    "results", "contacts", "rates", "funding", "obligations", "budgets", "donor_workbooks", "report_texts", "calendar", "saved",
    "management", "figures", "register",
)  # fmt: skip
WITH_VIEWS = (
    "accounts", "desk", "sources", "questions", "partners", "frameworks", "projects", "progress", "events", "legal",
    "results", "contacts", "rates", "funding", "obligations", "budgets", "donor_workbooks", "report_texts", "portfolio",
    "standing", "calendar", "dashboards", "exchange", "reporting", "history", "help", "ops", "merging", "saved", "management",
    "register",
)  # fmt: skip


def load_models():
    """Import every feature's tables and add their history twins. Returns the metadata, the same however often called."""
    from portal.kernel import record, search, transaction  # noqa: F401
    from portal.kernel.db import Base
    from portal.kernel.history import add_twins

    for feature in WITH_TABLES:
        importlib.import_module(f"portal.{feature}.models")
    add_twins(Base.metadata)
    return Base.metadata


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from typed settings (default: from the environment). Raises where a route declares no right."""
    from portal import web
    from portal.jobs.schedule import Jobs
    from portal.kernel.db import db

    settings = settings or Settings.from_environment()
    load_models()
    app = Flask("portal", template_folder="../templates", static_folder=None)
    app.config.from_mapping(settings.flask_config())
    app.extensions["portal_settings"] = settings
    db.init_app(app)
    web.install(app, settings)
    app.extensions["portal.jobs"] = Jobs(app, settings.data)
    for feature in WITH_VIEWS:
        if (ROOT / feature / "policy.py").exists():
            importlib.import_module(f"portal.{feature}.policy")
        if (ROOT / feature / "views.py").exists() or (ROOT / feature / "views").is_dir():
            views = importlib.import_module(f"portal.{feature}.views")
            app.register_blueprint(views.bp)
            if hasattr(views, "install"):
                views.install(app)
    web.access.check_every_route(app)
    return app
