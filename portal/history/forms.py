"""The moment one wants to look at: a day and a time of the clocks of Prague, read from the address; why a change is undone."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from portal.kernel.when import WhenError, parse
from portal.web.forms import Form, TextField
from portal.web.i18n import lazy_gettext as _l

PRAGUE = ZoneInfo("Europe/Prague")


def read_day(text: str, lang: str) -> date | str:
    """The day meant, of a month or year its last one, or the code `day` where it is none."""
    try:
        when = parse(text, lang)
    except WhenError:
        return "day"
    return when.latest or "day"


def read_moment(day: str, clock: str, lang: str) -> datetime | str:
    """The instant meant, or a code of what is wrong: `day`, `whole_day`, `time`. Without a time the end of the day."""
    try:
        when = parse(day, lang)
    except WhenError:
        return "day"
    if when.precision != "day" or when.earliest is None or when.earliest != when.latest:
        return "whole_day"
    if not clock.strip():
        return datetime.combine(when.earliest, time(23, 59, 59, 999999), PRAGUE)
    found = re.fullmatch(r"\s*(\d{1,2})[.:](\d{2})\s*", clock)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return "time"
    return datetime.combine(when.earliest, time(int(found[1]), int(found[2]), 59, 999999), PRAGUE)


class UndoForm(Form):
    """Taking a change back: why, if one wants to say so."""

    reason = TextField(_l("Why"), hint=_l("Kept in the history; may be left empty."))
