"""Who may look at the page of management: everybody signed in; each sees the records they may see."""

from portal.figures.keeping import OPEN
from portal.kernel.permission import any_of, declare, signed_in

__all__ = ["OPEN", "PERMISSIONS"]

PERMISSIONS = declare({"management.read": any_of(signed_in)})
