"""What a figure is asked for: the filters of a dashboard, as one value that also is the address of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.partners.models import ROLES

NOT_STATED = 0
"""In place of an id: records for which none is stated (an instrument, a framework)."""

CERTAINTIES = {
    "documents": ("document",),
    "public": ("document", "public"),
    "all": ("document", "public", "unsure", "uncited"),
}
"""Which certainties a scope admits: stated by documents of the ministry; public sources too; the doubtful and uncited too."""

REACHES = ("all", "led", "through", "own")
"""Four totals that answer four questions: the whole portfolio, what we lead, what goes through us, what is our own money."""
OURS = ("mv-cr", "country-cz")
"""Who "we" are where nothing else is set: the ministry, and the state for which it acts. Sources say of some projects that the
ministry leads them, of others that the Czech Republic does."""
STATUS_NOT_STATED = "none"
STATUSES = ("1", "2", "3", "4", "5", "6", STATUS_NOT_STATED)
YEARS = (1900, 2200)


@dataclass(frozen=True)
class Excerpt:
    """Some places (projects, frameworks) out of a whole, and the flows without which theirs cannot be judged: `affected` gathers
    them. A scope with an excerpt gives these places what they have in the whole, and of the rest nothing."""

    places: tuple[int, ...]
    flows: tuple[int, ...]


@dataclass(frozen=True)
class Scope:
    """Filters, all met at once; None admits everything.

    certainty     "documents" (default), "public", "all"
    framework     id: records that belong to it, to one below it, or serve one of them; NOT_STATED: that belong to none
    country       id: projects for that country, frameworks whose partner country it is; not those in which it takes part
                  otherwise: `organisation` finds these
    organisation  id: records in which it, or the country, takes part in any role
    instrument    id: money from it, directly or by its contract; NOT_STATED: without a stated instrument
    provider      id: money from it
    statuses      project statuses (IATI codes, "none" for not stated); frameworks have none and drop out
    role          code of a role: with `organisation`, records in which it takes part in that role; alone: somebody does
    currency      money in that currency; amounts that are unknown have none and drop out
    reach         "all"; "led": booked at records that we lead; "through": money whose receiver we are (of expenditure: that we
                  spend); "own": money that we provide and nobody gave us. What names no leader, receiver, provider is in none
    ours          no filter and in no address: the keys of who "we" are, organisations or countries (the setting PORTAL_OURS)
    years         (first, last): money valued, or projects carried out, possibly within them; the undated drop out. Of how many
                  projects money is known, `coverage` says by both
    only          no filter and in no address: only these places are computed (see `Excerpt`)
    """

    certainty: str = "documents"
    framework: int | None = None
    country: int | None = None
    organisation: int | None = None
    instrument: int | None = None
    provider: int | None = None
    statuses: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    role: str | None = None
    currency: str | None = None
    reach: str = "all"
    only: Excerpt | None = None
    ours: tuple[str, ...] = field(default=OURS, compare=False)

    def __post_init__(self) -> None:
        if self.certainty not in CERTAINTIES:
            raise ValueError(f"no such certainty of a scope: {self.certainty!r}")
        if set(self.statuses) - set(STATUSES):
            raise ValueError(f"no such status: {self.statuses!r}")
        if self.reach not in REACHES:
            raise ValueError(f"no such reach: {self.reach!r}")

    @property
    def admitted(self) -> tuple[str, ...]:
        """The certainties of statements and records it admits."""
        return CERTAINTIES[self.certainty]

    @property
    def by_place(self) -> bool:
        """Whether it asks something of the record where money is booked."""
        asked = (self.framework, self.country, self.organisation, self.role)
        return bool(self.statuses) or self.reach == "led" or any(x is not None for x in asked)

    @property
    def by_flow(self) -> bool:
        """Whether it asks something of the money itself."""
        asked = (self.instrument, self.provider, self.years, self.currency)
        return self.reach in ("through", "own") or any(x is not None for x in asked)

    def args(self) -> dict[str, object]:
        """The scope as arguments of an address; what admits everything is left out. `read` takes them back."""
        found = {name: getattr(self, name) for name in _IDS if getattr(self, name) is not None}
        if self.certainty != "documents":
            found["certainty"] = self.certainty
        if self.statuses:
            found["status"] = list(self.statuses)
        if self.years:
            found["years"] = "-".join(str(year) for year in self.years)
        if self.role:
            found["role"] = self.role
        if self.currency:
            found["currency"] = self.currency
        if self.reach != "all":
            found["reach"] = self.reach
        return found

    @classmethod
    def read(cls, args: Mapping[str, object], ours: tuple[str, ...] = OURS) -> Scope:
        """The scope of an address. What cannot be read is ignored: a mistyped address is no error."""
        one = args.get
        many = args.getlist("status") if hasattr(args, "getlist") else args.get("status", ())
        ids = {name: int(str(one(name))) for name in _IDS if re.fullmatch(r"[0-9]{1,9}", str(one(name)), re.ASCII)}
        certainty, reach, currency = one("certainty"), one("reach"), str(one("currency") or "")
        return cls(
            certainty=certainty if certainty in CERTAINTIES else "documents",
            statuses=tuple(code for code in STATUSES if code in many),
            years=_years(str(one("years") or "")),
            role=one("role") if one("role") in ROLES else None,
            currency=currency if re.fullmatch("[A-Z]{3}", currency, re.ASCII) else None,
            reach=reach if reach in REACHES else "all",
            ours=ours,
            **ids,
        )


EVERYTHING = Scope(certainty="all")
_IDS = ("framework", "country", "organisation", "instrument", "provider")


def _years(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{4})(?:[-–](\d{4}))?", text.replace(" ", ""), re.ASCII)
    if not found:
        return None
    first, last = sorted((int(found[1]), int(found[2] or found[1])))
    return (first, last) if YEARS[0] <= first and last <= YEARS[1] else None
