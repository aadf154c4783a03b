"""The fact fields of frameworks and phases, in the order the profile shows them."""

from portal.sources.facts import Fact, register

FRAMEWORK = (
    Fact("name", "name"),
    Fact("kind_code", "code", code_list="framework_kinds"),
    Fact("parent", "record", kinds=("framework",)),
    Fact("status", "code", code_list="framework_statuses", passing=True),
    Fact("launched", "when"),
    Fact("signed", "when"),
    Fact("ended", "when"),
    Fact("cz_role", "text"),
    Fact("description", "text"),
    Fact("website", "plain"),
)
PHASE = (
    Fact("name", "name"),
    Fact("framework", "record", kinds=("framework",)),
    Fact("position", "count"),
    Fact("period", "when"),
    Fact("aim", "text"),
    Fact("provides", "text"),
    Fact("decision", "text"),
    Fact("outcome", "text"),
)
register("framework", *FRAMEWORK)
register("phase", *PHASE)
