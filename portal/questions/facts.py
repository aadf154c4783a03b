"""The fact fields of an open question, in the order its page shows them."""

from portal.sources.facts import Fact, register

QUESTION = (
    Fact("name", "name"),
    Fact("advice", "text"),
    Fact("state", "code", code_list="question_states", passing=True),
    Fact("answer", "text"),
)
register("question", *QUESTION)
