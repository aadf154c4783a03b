"""The chapters of the guide, in the order people read them. Titles and texts are in docs/guide."""

from __future__ import annotations

CHAPTERS = (
    "start", "status", "projects", "results", "partners", "events", "legal", "sources", "questions", "money", "dashboard",
    "charts", "management", "lists", "overview", "reports", "budget", "workbooks", "sent", "brief", "search", "desk", "merge",
    "past", "standing", "confidential", "people",
)  # fmt: skip

STATEMENT = "accessibility"
"""Written and made like a chapter, shown at an address of its own, to strangers too."""


def around(chapter: str) -> tuple[str | None, str | None]:
    """The chapters before and after one."""
    at = CHAPTERS.index(chapter)
    return (CHAPTERS[at - 1] if at else None), (CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None)
