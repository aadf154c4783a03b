"""The fact fields of organisations, countries, role holders, participations and links, in the order pages show them."""

from portal.sources.facts import Fact, register

ORGANISATION = (
    Fact("name", "name"),
    Fact("abbreviation", "plain"),
    Fact("kind_code", "code", code_list="organisation_kinds"),
    Fact("type_code", "code", code_list="organisation_types"),
    Fact("country", "record", kinds=("country",)),
    Fact("parent", "record", kinds=("organisation",)),
    Fact("ref", "plain"),
    Fact("channel_code", "plain"),
    Fact("founded", "when"),
    Fact("seat", "plain"),
    Fact("website", "plain"),
)
ROLE_HOLDER = (
    Fact("name", "name"),
    Fact("office", "text"),
    Fact("country", "record", kinds=("country",)),
    Fact("organisation", "record", kinds=("organisation",)),
    Fact("held_on", "when"),
)
register("role_holder", *ROLE_HOLDER)
register("organisation", *ORGANISATION)
register("country", Fact("name", "name"), Fact("iso2", "plain"))
register("participation", Fact("role", "code", code_list="participation_roles"), Fact("role_words", "further"))
register("link", Fact("relation", "code", code_list="link_relations"))
