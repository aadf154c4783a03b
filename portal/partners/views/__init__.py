"""Adding and editing organisations, giving and ending roles, relating records. Lists and profiles stand in `portfolio`."""

from __future__ import annotations

from portal.partners.views import links, organisations, roles  # noqa: F401  their routes
from portal.partners.views.blueprint import bp

__all__ = ["bp"]
