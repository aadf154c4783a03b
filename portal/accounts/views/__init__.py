"""Pages of accounts: sign-in and sign-out, one's own account, the administration of people."""

from portal.accounts.views import account, entrance, people  # noqa: F401  their routes
from portal.accounts.views.blueprint import bp

__all__ = ["bp"]
