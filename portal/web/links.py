"""Where a record's own page is. Each feature says so for its kinds; templates ask `record_url(record)`.

    links.register(app, "project", "portfolio.project", "project_id")

A record without a page of its own (a participation, a link) has the page of what it belongs to, or none.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, url_for


def register(app: Flask, kind: str, endpoint: str, argument: str) -> None:
    """Pages of this kind are at `endpoint`, which takes the record's id as `argument`."""
    app.extensions.setdefault("portal.links", {})[kind] = (endpoint, argument)


def record_url(record: Any, **more: Any) -> str | None:
    """The address of the record's page, or None where its kind has none, or the record is `gone`."""
    if hasattr(record, "gone"):
        return None
    place = current_app.extensions.get("portal.links", {}).get(record.kind)
    if place is None or place[0] not in current_app.view_functions:
        return None
    return url_for(place[0], **{place[1]: record.id}, **more)


def install(app: Flask) -> None:
    app.jinja_env.globals["record_url"] = record_url
