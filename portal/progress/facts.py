"""The fact fields of a status update: what may carry a source of its own."""

from portal.sources.facts import Fact, register

STATUS_UPDATE = (
    Fact("held_on", "when"),
    Fact("status", "code", code_list="activity_status", passing=True),
    Fact("happened", "plain"),
)
register("status_update", *STATUS_UPDATE)
