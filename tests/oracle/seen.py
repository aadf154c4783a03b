"""What somebody sees who is named for nothing confidential: no confidential or withdrawn record, nor what lies under one."""

from __future__ import annotations

from tests.oracle.dump import Tables

UNDER = {
    "project": ("framework_id", "umbrella_id"),
    "framework": ("parent_id",),
    "organisation": ("parent_id",),
    "flow": ("booked_id", "provider_id", "receiver_id", "instrument_id", "contract_id", "addendum_id"),
    "contract": ("for_id", "instrument_id", "authority_id", "coordinator_id"),
    "addendum": ("contract_id",),
    "participation": ("within_id", "participant_id"),
}
"""What a record of a kind lies under: it is hidden with it, however deep (0013)."""
STANDS_ALONE = ("project", "framework", "organisation")
"""Kinds that are not withdrawn with what they lie under."""


def seen(tables: Tables) -> set[int]:
    """Ids of the records that are seen."""
    records = tables["record"]
    kind = dict(zip(records["id"], records["kind"], strict=True))
    secret = {i for i, c in zip(records["id"], records["confidential"], strict=True) if c}
    gone = {
        i for i, standing in zip(records["id"], records["standing"], strict=True) if standing in ("withdrawn", "merged")
    }
    below: dict[int, list[int]] = {}
    for table, columns in UNDER.items():
        for column in columns:
            for record, above in zip(tables[table]["id"], tables[table][column], strict=True):
                if above is not None:
                    below.setdefault(above, []).append(record)
    for record, into in zip(records["id"], records["merged_into_id"], strict=True):
        if into is not None:
            below.setdefault(into, []).append(record)
    hidden = _spread(secret, below, lambda record: True)
    gone = _spread(gone, below, lambda record: kind[record] not in STANDS_ALONE)
    return set(kind) - hidden - gone


def _spread(first: set[int], below: dict[int, list[int]], goes_along) -> set[int]:
    found, front = set(first), list(first)
    while front:
        for record in below.get(front.pop(), ()):
            if record not in found and goes_along(record):
                found.add(record)
                front.append(record)
    return found
