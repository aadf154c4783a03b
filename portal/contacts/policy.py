"""Who may read and write contact persons: everybody signed in reads them, whoever writes organisations writes them."""

from portal.kernel.permission import any_of, declare, may_write, signed_in

PERMISSIONS = declare(
    {
        "contact.read": any_of(signed_in),
        "contact.add": any_of(may_write),
        "contact.edit": any_of(may_write),
    }
)
