"""The fact fields of events and follow-ups, in the order their pages show them."""

from portal.sources.facts import Fact, register

EVENT = (
    Fact("name", "name"),
    Fact("kind_code", "code", code_list="event_kinds"),
    Fact("under", "record", kinds=("framework", "project")),
    Fact("held", "when"),
    Fact("change", "code", code_list="event_changes", passing=True),
    Fact("place", "text"),
    Fact("country", "record", kinds=("country",)),
    Fact("host", "text"),
    Fact("attendance", "count"),
    Fact("topics", "text"),
    Fact("outcome", "text"),
    Fact("website", "plain"),
)
FOLLOW_UP = (
    Fact("name", "name"),
    Fact("event", "record", kinds=("event",)),
    Fact("owner", "record", kinds=("organisation", "country")),
    Fact("due", "when"),
    Fact("state", "code", code_list="follow_up_states", passing=True),
    Fact("done", "when"),
)
register("event", *EVENT)
register("follow_up", *FOLLOW_UP)
