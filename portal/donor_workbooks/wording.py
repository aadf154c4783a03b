"""What values of the catalogue are called, and how they are said, for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from portal.budgets.wording import heading_text, plain
from portal.donor_workbooks import catalogue
from portal.kernel.money import Money
from portal.web.formats import day, number
from portal.web.i18n import gettext
from portal.workbooks.filling.values import Value


def label_of(key: str) -> str:
    """What people call a value of the catalogue: "Payments of the period: Amount"; the key of one that is not known any more."""
    offer = catalogue.offer_of(key)
    if offer is None:
        return key
    label = f"{offer.number}\u00a0{gettext(offer.label)}" if offer.number else gettext(offer.label)
    return f"{gettext(catalogue.sources()[offer.rows].label)}: {label}" if offer.rows else label


def grouped(numbers: Iterable[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """All values of the catalogue, [(key, label)], by what they are about: money by its headings, rows by their source; with
    the lines of these `numbers`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in catalogue.offers(numbers).values():
        if one.rows:
            about = gettext(catalogue.sources()[one.rows].label)
        else:
            about = gettext(catalogue.about_of(one.key))
        if one.number:
            about = f"{about}: {heading_text(int(one.number.partition('.')[0]))}"
        found.setdefault(about, []).append((one.key, label_of(one.key)))
    return list(found.items())


def amount_text(value: Decimal, currency: str) -> str:
    """An amount in units of a currency, with all its decimals and without its code: `35 000,50`."""
    return plain(Money.of(value, currency).minor, currency)


def value_text(value: Value) -> str:
    """A value of a cell in words; "" of an empty one."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, float):
        return number(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return number(value)
    return day(value) if isinstance(value, date) else value or ""
