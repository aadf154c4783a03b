"""The fact fields of legal instruments, in the order pages show them."""

from portal.sources.facts import Fact, register

LEGAL_INSTRUMENT = (
    Fact("name", "name"),
    Fact("kind_code", "code", code_list="legal_kinds"),
    Fact("status", "code", code_list="legal_statuses", passing=True),
    Fact("number", "text"),
    Fact("dated", "when"),
    Fact("adopted_on", "when"),
    Fact("adopted_by", "record", kinds=("organisation",)),
    Fact("adopted_by_words", "text"),
    Fact("signed", "when"),
    Fact("concluded", "when"),
    Fact("in_force", "when"),
    Fact("transposition_deadline", "when"),
    Fact("end_of_validity", "when"),
    Fact("repealed_by", "text"),
    Fact("period", "when"),
    Fact("text_version", "text"),
    Fact("laid_down_in", "record", kinds=("legal_instrument",)),
    Fact("celex", "plain"),
    Fact("oj", "plain"),
    Fact("eli", "plain"),
    Fact("full_title", "text"),
    Fact("aim", "text"),
)
register("legal_instrument", *LEGAL_INSTRUMENT)
