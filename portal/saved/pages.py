"""The pages whose filters can be saved, and how a query is written in one way only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from portal.figures import Scope
from portal.web.i18n import lazy_gettext as _l

ALL = "all"
"""The argument that asks for a page without filters, whatever view one starts with."""


@dataclass(frozen=True)
class Page:
    """`name`: what the page is called. `clean`: its filters of an address, nothing else, in one order."""

    name: object
    clean: Callable[[Mapping], Mapping[str, object]]


def _scope(args: Mapping) -> Mapping[str, object]:
    return Scope.read(args).args()


def _charts(args: Mapping) -> Mapping[str, object]:
    """The filters, and which group of charts; the first group needs no word."""
    group = args.get("group")
    return {**_scope(args), **({"group": group} if group in ("projects", "places") else {})}


PAGES = {"dashboards.funding": Page(_l("Funding"), _scope), "dashboards.charts": Page(_l("Charts"), _charts)}


def query_of(page: str, args: Mapping) -> str:
    """The filters of an address as they are kept: equal filters give equal texts."""
    return urlencode(sorted(PAGES[page].clean(args).items()), doseq=True)


def arguments(query: str) -> dict[str, object]:
    """A kept query as arguments of an address; a view without filters asks for all."""
    found = {name: values if len(values) > 1 else values[0] for name, values in parse_qs(query).items()}
    return found or {ALL: "1"}
