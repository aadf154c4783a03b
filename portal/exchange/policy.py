"""Who may take lists away. Beside it each list asks for the right of its own page."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"list.export": any_of(signed_in)})
