"""Who may read and write legal instruments: they serve the whole portfolio, so whoever writes anywhere writes them."""

from portal.kernel.permission import any_of, declare, may_write, signed_in

PERMISSIONS = declare(
    {
        "legal_instrument.read": any_of(signed_in),
        "legal_instrument.add": any_of(may_write),
        "legal_instrument.edit": any_of(may_write),
    }
)
