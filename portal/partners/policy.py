"""Who may read and write organisations, countries, participations and links."""

from portal.kernel.permission import (
    Actor,
    any_of,
    declare,
    may_write,
    permits,
    signed_in,
    writes_everywhere,
    writes_in_its_framework,
)


def edits_where_it_begins(actor: Actor, obj: object) -> bool:
    """May edit the record a link begins at; in general: writes anything, since some kinds are open to all who write."""
    if obj is None:
        return may_write(actor, None)
    return permits(actor, f"{obj.source.kind}.edit", obj.source)


PERMISSIONS = declare(
    {
        "organisation.read": any_of(signed_in),
        "organisation.add": any_of(may_write),
        "organisation.edit": any_of(may_write),
        "country.read": any_of(signed_in),
        "country.add": any_of(writes_everywhere),
        "country.edit": any_of(writes_everywhere),
        "role_holder.read": any_of(signed_in),
        "role_holder.add": any_of(may_write),
        "role_holder.edit": any_of(may_write),
        "participation.add": any_of(writes_everywhere, writes_in_its_framework),
        "participation.edit": any_of(writes_everywhere, writes_in_its_framework),
        "link.add": any_of(edits_where_it_begins),
        "link.edit": any_of(edits_where_it_begins),
    }
)
