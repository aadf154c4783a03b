"""How values are written for people. Filters of every template, functions of every exporter.

    {{ project.start|when }}      březen 2013 · neuvedeno when None (markup; in plain text use `when_text`)
    {{ flow.amount|money }}       600 000,00 EUR / EUR 600,000.00 · neuvedeno when None
    {{ n|number }}                12 345,6 / 12,345.6
    {{ change.at|instant }}       3. 12. 2026 v 9.00 / 3 December 2026 at 9:00   (time of Prague)
    {{ change.at|day }}           3. 12. 2026 / 3 December 2026
    {{ text|nbsp }}               no-break spaces of Czech typography
    {{ out_of(14) }}              ze 14 / of 14        {{ known_of(1, 14) }}  známo u 1 ze 14 / known for 1 of 14

Unknown is a value: the filters write it as `<span class="unk">neuvedeno</span>`, never 0, never a dash, never nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, pass_context
from markupsafe import Markup, escape

from portal.kernel import codes
from portal.kernel.text import nbsp as spaced
from portal.web import i18n
from portal.web.numerals import NBSP, firm, written

PRAGUE = ZoneInfo("Europe/Prague")


def unknown_text() -> str:
    return i18n.gettext("not stated")


def unknown(text: str | None = None) -> Markup:
    """The mark of an unknown value."""
    return Markup('<span class="unk">{}</span>').format(text or unknown_text())


def when_text(value, lang: str | None = None) -> str:
    """A date with precision in words; None is "not stated"."""
    if value is None:
        return unknown_text()
    from portal.kernel.when import format as write

    return write(value, lang or i18n.lang())


def when(value) -> str:
    return unknown() if value is None else when_text(value)


_DATIVE = "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci".split()


def when_at(value) -> str:
    """A date after "as of" ("k"): `27. 8. 2014`, `únoru 2013`, `roku 2013`; English as it stands."""
    if value is None or i18n.lang() != "cs" or value.approximate or value.uncertain:
        return when_text(value)
    if value.precision == "month":
        year, month, _day = value.parts
        return f"{_DATIVE[month - 1]}{NBSP}{year}"
    if value.precision == "year":
        return f"roku{NBSP}{value.parts[0]}"
    return when_text(value)


def money_text(value, lang: str | None = None) -> str:
    """An amount with its currency to the last minor unit; None is "not stated"."""
    if value is None:
        return unknown_text()
    from portal.kernel.money import format as write

    return write(value, lang or i18n.lang())


def money(value) -> str:
    return unknown() if value is None else money_text(value)


def number(value: int | Decimal | None) -> str:
    if value is None:
        return unknown()
    return written(value, i18n.lang())


def local(value: datetime) -> datetime:
    """An instant by the clocks of Prague. ValueError for a time without a zone."""
    if value.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return value.astimezone(PRAGUE)


def day(value: date | datetime | None) -> str:
    if value is None:
        return unknown()
    if isinstance(value, datetime):
        value = local(value)
    pattern = "d. M. y" if i18n.lang() == "cs" else "d MMMM y"
    return firm(format_date(value, pattern, locale=i18n.lang()))


def month(value: date) -> str:
    """The month of a day, as it stands alone: `prosinec 2026`."""
    return firm(format_date(value, "LLLL y", locale=i18n.lang()))


def day_of_month(value: date) -> tuple[str, str]:
    """A day without its year in two parts, the second of which may be left out within its month: `30.` and ` 11.`, `30` and
    ` Nov`."""
    if i18n.lang() == "cs":
        return f"{value.day}.", f"{NBSP}{value.month}."
    return str(value.day), NBSP + format_date(value, "LLL", locale=i18n.lang())


def weekday(value: date, short: bool = False) -> str:
    """The day of the week, as it stands alone: `pondělí`, `po`."""
    return format_date(value, "ccc" if short else "cccc", locale=i18n.lang())


def instant(value: datetime | None) -> str:
    if value is None:
        return unknown()
    clock = local(value)
    if i18n.lang() == "cs":
        return f"{day(value)} v{NBSP}{clock.hour}.{clock.minute:02d}"
    return f"{day(value)} at{NBSP}{clock.hour}:{clock.minute:02d}"


def nbsp(text, language: str | None = None) -> str:
    """No-break spaces where typography asks for them; markup stays markup, its tags untouched.

    `language` is the text's own, where it is not that of the page.
    """
    language = language or i18n.lang()
    if not isinstance(text, Markup):
        return spaced(str(text), language)
    parts = re.split(r"(<[^>]*>)", str(text))
    return Markup("".join(p if p.startswith("<") else spaced(p, language) for p in parts))  # noqa: S704 (was markup)


_ZE = {2, 3, 4, 6, 7, 13, 14, 16, 17}


def _takes_ze(n: int) -> bool:
    """Whether Czech says "ze" before n read in the genitive (ze dvou, ze čtrnácti, ze sta; z dvanácti, z dvaceti)."""
    if n >= 1000:
        return n // 1000 > 1 and _takes_ze(n // 1000)
    if n >= 100:
        return n // 100 in (1, 2, 3, 4, 6, 7)
    if n >= 20:
        return n // 10 in (3, 4, 6, 7)
    return n in _ZE


def out_of(n: int) -> str:
    """`ze 14`, `z 12`; `of 14`."""
    if i18n.lang() == "cs":
        return f"{'ze' if _takes_ze(n) else 'z'}{NBSP}{number(n)}"
    return f"of{NBSP}{number(n)}"


def known_of(known: int, total: int) -> str:
    """Coverage in words: `známo u 1 ze 14`; `known for 1 of 14`."""
    return nbsp(i18n.gettext("known for %(known)s %(out_of)s", known=number(known), out_of=out_of(total)))


def initials(name: str) -> str:
    """Two capitals for the account mark: `Jana Nová` → JN."""
    words = [word for word in re.split(r"[\s.@_-]+", name) if word]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def or_unknown(value):
    return unknown() if value in (None, "") else escape(value)


def code_label(name: str, code: str) -> str:
    """A code of a list in words, in the language of the page."""
    return codes.label(name, code, i18n.lang())


def upper_first(text: str) -> str:
    """The text with a capital first letter, for the word of a list that stands alone."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text within a sentence: a small first letter, unless it is an abbreviation."""
    text = str(text)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def install(env: Environment) -> None:
    """The filters. They ask for the context, else Jinja would answer constants once, in the first reader's language."""
    for name, write in {
        "when": when, "when_at": when_at, "money": money, "number": number, "instant": instant, "day": day, "month": month,
        "weekday": weekday, "day_of_month": day_of_month, "nbsp": nbsp, "or_unknown": or_unknown,
    }.items():  # fmt: skip
        env.filters[name] = pass_context(lambda _context, *values, write=write, **more: write(*values, **more))
    env.filters.update(initials=initials, upper_first=upper_first, lower_first=lower_first)
    env.globals.update(
        code_label=code_label, unknown=unknown, unknown_text=unknown_text, out_of=out_of, known_of=known_of
    )
