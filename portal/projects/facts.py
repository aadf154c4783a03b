"""The fact fields of projects, in the order the profile shows them."""

from portal.sources.facts import Fact, register

PROJECT = (
    Fact("name", "name"),
    Fact("full_title", "text"),
    Fact("acronym", "plain"),
    Fact("framework", "record", kinds=("framework",)),
    Fact("umbrella", "record", kinds=("project",)),
    Fact("further_frameworks", "set", kinds=("framework",)),
    Fact("countries", "set", kinds=("country",)),
    Fact("themes", "set", kinds=("theme",)),
    Fact("sectors", "set", code_list="sectors"),
    Fact("status", "code", code_list="activity_status", passing=True),
    Fact("planned_start", "when"),
    Fact("actual_start", "when"),
    Fact("planned_end", "when"),
    Fact("actual_end", "when"),
    Fact("cz_role", "text"),
    Fact("description", "text"),
    Fact("website", "plain"),
)
register("project", *PROJECT)
register("theme", Fact("name", "name"))
