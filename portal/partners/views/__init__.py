"""Adding and editing organisations and role holders, giving and ending roles, relating records. Lists stand in `portfolio`."""

from __future__ import annotations

from portal.partners.views import links, organisations, role_holders, roles  # noqa: F401  their routes
from portal.partners.views.blueprint import bp

__all__ = ["bp"]
