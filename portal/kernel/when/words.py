"""The words of dates in Czech and English, and the folding that makes typed text comparable with them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# nominative (únor 2013), genitive (od února), locative (v únoru), instrumental (před únorem)
CZECH_MONTHS = (
    ("leden", "ledna", "lednu", "lednem"),
    ("únor", "února", "únoru", "únorem"),
    ("březen", "března", "březnu", "březnem"),
    ("duben", "dubna", "dubnu", "dubnem"),
    ("květen", "května", "květnu", "květnem"),
    ("červen", "června", "červnu", "červnem"),
    ("červenec", "července", "červenci", "červencem"),
    ("srpen", "srpna", "srpnu", "srpnem"),
    ("září", "září", "září", "zářím"),
    ("říjen", "října", "říjnu", "říjnem"),
    ("listopad", "listopadu", "listopadu", "listopadem"),
    ("prosinec", "prosince", "prosinci", "prosincem"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")


def tidy(text: str) -> str:
    """Text without invisible characters, every run of white space (no-break, thin) made one space."""
    return " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())


def fold(text: str) -> str:
    """Tidied text in small letters, without diacritics, every kind of dash a hyphen."""
    letters = unicodedata.normalize("NFD", _DASHES.sub("-", tidy(text)).casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))


@dataclass(frozen=True)
class Words:
    """What is read in one language, folded. `filler` words carry no meaning of their own ("v roce", "in")."""

    about: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    before: tuple[str, ...]
    filler: tuple[str, ...]
    to: tuple[str, ...]
    goes_on: tuple[str, ...]
    uncertain: tuple[str, ...]
    decade: tuple[str, ...]
    months: dict[str, int]


READ = {
    "cs": Words(
        about=("asi", "cca", "ca", "cirka", "priblizne", "zhruba", "kolem", "okolo"),
        since=("od",),
        until=("do",),
        before=("pred",),
        filler=("v", "ve", "dne", "rok", "roku", "roce", "rokem", "r", "letech", "leta"),
        to=("do", "az"),
        goes_on=("dosud", "dodnes", "trva"),
        uncertain=("nejiste",),
        decade=("desetileti",),
        months={fold(form): number for number, forms in enumerate(CZECH_MONTHS, 1) for form in forms},
    ),
    "en": Words(
        about=("about", "around", "approximately", "approx", "circa", "c", "ca"),
        since=("since", "from"),
        until=("until", "till"),
        before=("before",),
        filler=("in", "on", "the", "year"),
        to=("to", "until", "till"),
        goes_on=("present", "ongoing"),
        uncertain=("uncertain",),
        decade=(),
        months={
            form: number
            for number, name in enumerate(ENGLISH_MONTHS, 1)
            for form in (fold(name), fold(name)[:3], *(("sept",) if number == 9 else ()))
        },
    ),
}
