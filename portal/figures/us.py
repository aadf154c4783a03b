"""Who "us" is in the reach of a scope."""

from __future__ import annotations

from portal.web.frame import setting

MINISTRY = ("mv-cr",)
"""The key of the ministry in the seed."""


def ours() -> tuple[str, ...]:
    """Keys of the organisations that are meant by "us": the setting PORTAL_OURS, the ministry without it."""
    return setting("ours", MINISTRY)
