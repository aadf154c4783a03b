"""What the rules of the trade say to a person: a message for each code an action answers with.

Features above add their own codes: `say({"booked_nowhere": _l("…")})` beside their forms, so that every page which can meet
the code, the page of one fact too, knows its words. A message names what is wrong and what to do; the field stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from portal.kernel.errors import InvalidInput, Refused
from portal.web.i18n import lazy_gettext as _l

MESSAGES: dict[str, object] = {
    "name_missing": _l("Write the name at least in one language."),
    "end_before_start": _l(
        "The end lies before the start. Correct one of the two dates, or write them less precisely."
    ),
    "part_of_itself": _l("A record cannot lie under itself or under one of its own parts. Choose another."),
    "address_taken": _l("The portal has a source with this address already. Open it, or write another address."),
    "reason_missing": _l("Write why this statement leads."),
    "no_such_code": _l("Choose one of the values of the list."),
    "no_such_record": _l("There is no such record, or you may not see it. Choose one of the list."),
    "wrong_kind": _l("A record of this kind cannot stand here. Choose another."),
    "origin_cited": _l("Facts rest on this source as a document of the ministry, so it stays one."),
    "quotation_lost": _l("A quotation that is word for word would no longer stand in the text. Leave its words in."),
    "says_nothing_at_all": _l("Write the value; or name the source that was read and does not say it."),
    "cannot_be_unknown": _l("This cannot be left unknown. Choose a statement that gives a value."),
    "source_missing": _l("Name the source."),
    "no_such_person": _l("Choose only people who can sign in."),
    "rests_on_nothing": _l(
        "You changed no fact that could rest on this source. To cite it for a fact as it stands, open that fact."
    ),
}


def say(messages: Mapping[str, object]) -> None:
    """Register the messages of a feature's codes; a code has one message."""
    if twice := [code for code in messages if MESSAGES.get(code, messages[code]) is not messages[code]]:
        raise ValueError(f"codes with two messages: {twice}")
    MESSAGES.update(messages)


def explained(error: InvalidInput | Refused, messages: Mapping[str, object], fields) -> InvalidInput:
    """The error with messages instead of codes, each at a field of the form: `name` stands at `name_cs`.

    What is no code passes as it is; what names no field concerns the whole form.
    """
    errors = error.errors if isinstance(error, InvalidInput) else {"": error.message}
    found = {}
    for unit, code in errors.items():
        text = messages.get(code, code) if isinstance(code, str) else code
        place = unit if unit in fields else f"{unit}_cs" if f"{unit}_cs" in fields else ""
        found[place] = f"{found[place]} {text}" if place in found else text if isinstance(text, Markup) else str(text)
    return InvalidInput(found)
