"""One reading of one list: what the address asks, the rows it gets, and the addresses that lead on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.engine import result_tuple

from portal.kernel.text import clean, has_control
from portal.web.formats import number, out_of
from portal.web.i18n import _, ngettext
from portal.web.listing import keyset
from portal.web.listing.declared import SIZES, Declared, Sort

EXACT_TO = 1000
LONGEST = 200
OWN = ("sort", "size", "after", "before", "count")


@dataclass(frozen=True)
class Chip:
    """A filter in force: what it says and the address of the view without it."""

    name: str
    label: str
    value: str
    raw: str
    without: str


@dataclass(frozen=True)
class Count:
    """How many records the filter lets through; `more`: over `n`, counted no further."""

    n: int
    more: bool

    def __str__(self) -> str:
        return _("over %(n)s", n=number(self.n)) if self.more else number(self.n)


class View:
    """See the package. Attributes for templates: filters, active, notices, sort, descending, count, sizes, *_url."""

    def __init__(self, listing: Declared, s, actor, args, lang: str, base: str):
        self.listing, self.s, self.actor, self.lang, self.base = listing, s, actor, lang, base
        self.args = [(k, v) for k in args for v in args.getlist(k)]
        self.notices: list[str] = []
        self.filters = listing.filters
        self.sheet_open = False
        self.values: dict[str, list[str]] = {}
        self.active: list[Chip] = []
        self._choices: dict[str, list[tuple[str, str]]] = {}
        self._tests: list[Any] = []
        self._unasked: list[Any] = []
        self._read_filters(args)
        self._read_order(args)
        self.count = Count(0, False)
        self.left_out = 0
        self.start, self.shown = 0, 0
        self.next_url: str | None = None
        self.previous_url: str | None = None

    # --- what the address asks ---

    def _read_filters(self, args) -> None:
        for one in self.filters:
            texts = [clean(t)[:LONGEST] for t in args.getlist(one.name)]
            texts = list(dict.fromkeys(t for t in texts if t and not has_control(t)))
            if texts and one.kind == "choice":
                self._read_choice(one, texts if one.many else texts[-1:])
            elif texts:
                self._read_text(one, texts[-1])
            if one.kind == "choice" and one.unasked is not None and one.name not in self.values:
                self._unasked.append(one.unasked(self))

    def _read_choice(self, one, texts: list[str]) -> None:
        known = dict(self.choices(one))
        tests = []
        for text in texts:
            if text not in known:
                words = _("The filter “%(filter)s” does not know the value “%(value)s”; it was left out.")
                self.notices.append(words % {"filter": one.label, "value": text})
                continue
            tests.append(one.where(text, self))
            self._keep(one, text, known[text])
        if tests:
            self._tests.append(or_(*tests))

    def _read_text(self, one, text: str) -> None:
        try:
            test = one.where(text, self)
        except ValueError as error:
            self.notices.append(f"{one.label}: {error}")
            self.values[one.name] = [text]
            return
        if test is not None:
            self._tests.append(test)
        self._keep(one, text, text)

    def _keep(self, one, raw: str, shown: str) -> None:
        self.values.setdefault(one.name, []).append(raw)
        pairs = [
            (k, v) for k, v in self.args if k not in ("after", "before") and not (k == one.name and clean(v) == raw)
        ]
        self.active.append(Chip(one.name, str(one.label), str(shown), raw, self._address(pairs)))

    def _read_order(self, args) -> None:
        wish = args.get("sort", "")
        by_name = {sort.name: sort for sort in self.listing.sorts}
        self.sort: Sort = by_name.get(wish.lstrip("-"), self.listing.sorts[0])
        if wish and wish.lstrip("-") not in by_name:
            self.notices.append(_("The list cannot be ordered by “%(wish)s”.", wish=wish[:40]))
            wish = ""
        self.descending = wish.startswith("-") if wish else self.sort.descending
        size = args.get("size", "")
        self.size = int(size) if size in map(str, SIZES) else self.listing.size
        self.exact = args.get("count") == "exact"
        self._after, self._before = args.get("after"), args.get("before")

    # --- the rows ---

    def rows(self, statement: Select) -> list:
        """The rows of this page. Sets the count, the range and the addresses of the neighbours. Two queries."""
        whole = self.where(statement)
        statement = whole.where(*self._unasked)
        self.count = self._count(statement)
        if self._unasked:
            self.left_out = self._count(whole.where(not_(and_(*self._unasked)))).n
        made = keyset.keys(self.sort.columns(self), self.sort.nullable, self.descending, self.listing.key)
        found, backwards, start = self._page(statement, made)
        if backwards and len(found) <= self.size:
            self._before = None
            found, backwards, start = self._page(statement, made)
        more = len(found) > self.size
        found = found[: self.size]
        if backwards:
            found.reverse()
            start = max(start - len(found), 0)
        self.start, self.shown = start, len(found)
        n = len(made)
        if found and (more or backwards):
            self.next_url = self.url(after=keyset.write_cursor(found[-1][-n:], start + len(found)))
        if found and (start > 0 or (backwards and more) or (self._after and not backwards)):
            self.previous_url = self.url(before=keyset.write_cursor(found[0][-n:], start))
        if not found:
            return []
        if len(found[0]) == n + 1:
            return [row[0] for row in found]
        named = result_tuple(found[0]._fields[:-n])
        return [named(row[:-n]) for row in found]

    def where(self, statement: Select) -> Select:
        """The SELECT with the filters of the address, in no order: for exports and totals of the same view. They hold what
        the page leaves out unasked, too."""
        return statement.where(*self._tests) if self._tests else statement

    def ordered(self, statement: Select) -> Select:
        """The whole filtered list in its order, without pages (exports)."""
        made = keyset.keys(self.sort.columns(self), self.sort.nullable, self.descending, self.listing.key)
        return self.where(statement).order_by(None).order_by(*keyset.order(made, False))

    def _page(self, statement: Select, made) -> tuple[list, bool, int]:
        cursor, backwards, start = self._before or self._after, bool(self._before), 0
        labelled = [expr.label(f"listing_key_{n}") for n, (expr, _down) in enumerate(made)]
        wanted = statement.add_columns(*labelled).order_by(None).order_by(*keyset.order(made, backwards))
        if cursor:
            try:
                values, start = keyset.read_cursor(cursor, [expr.type for expr, _down in made])
            except ValueError:
                self._lost()
                return self._page(statement, made)
            wanted = wanted.where(keyset.beyond(made, values, backwards))
        return list(self.s.execute(wanted.limit(self.size + 1)).unique().all()), backwards, start

    def _lost(self) -> None:
        self._before = self._after = None
        self.notices.append(_("The address names a page that does not exist; this is the first one."))

    def _count(self, statement: Select) -> Count:
        inner = statement.with_only_columns(self.listing.key, maintain_column_froms=True).order_by(None)
        if self.listing.distinct_count:
            inner = inner.distinct()
        if not self.exact:
            inner = inner.limit(EXACT_TO + 1)
        n = self.s.scalar(select(func.count()).select_from(inner.subquery())) or 0
        return Count(EXACT_TO, True) if not self.exact and n > EXACT_TO else Count(n, False)

    # --- for templates ---

    def choices(self, one) -> list[tuple[str, str]]:
        if one.name not in self._choices:
            self._choices[one.name] = [(str(value), str(label)) for value, label in one.choices(self)]
        return self._choices[one.name]

    def options(self, one) -> list[tuple[str, str, bool]]:
        """(value, label, chosen). Of a many-valued filter the chosen ones are left out: choosing adds one."""
        chosen = self.values.get(one.name, [])
        if one.many:
            return [(value, label, False) for value, label in self.choices(one) if value not in chosen]
        return [(value, label, value in chosen) for value, label in self.choices(one)]

    def placeholder(self, one) -> str:
        """The first line of a filter's select: "All", or "2 chosen"."""
        chosen = self.values.get(one.name, []) if one.many else []
        return ngettext("%(num)s chosen", "%(num)s chosen", len(chosen)) if chosen else str(one.any)

    def uses(self, filters) -> bool:
        """Whether one of these filters is in force (or was tried)."""
        return any(self.values.get(one.name) for one in filters)

    def text(self, one) -> str:
        return (self.values.get(one.name) or [""])[-1]

    def kept(self) -> list[tuple[str, str]]:
        """What a new filter keeps of the address: order, size, and parameters that are not of this list.

        Values of a many-valued filter stay too, so that choosing another one adds to them.
        """
        names = {f.name for f in self.filters}
        keep = [(k, v) for k, v in self.args if k in ("sort", "size") or (k not in names and k not in OWN)]
        for one in self.filters:
            if one.kind == "choice" and one.many:
                keep += [(one.name, value) for value in self.values.get(one.name, [])]
        return keep

    def url(self, **changes: Any) -> str:
        """This view with parameters set (None removes); leads to the first page unless a cursor is given."""
        pairs = [(k, v) for k, v in self.args if k not in changes and k not in ("after", "before")]
        pairs += [(k, str(v)) for k, v in changes.items() if v is not None]
        return self._address(pairs)

    def sort_url(self, name: str) -> str:
        """The view ordered by `name`; a second click turns it round."""
        sort = next(s for s in self.listing.sorts if s.name == name)
        down = (not self.descending) if sort is self.sort else sort.descending
        return self.url(sort=f"-{name}" if down else name)

    @property
    def cleared(self) -> str:
        names = {f.name for f in self.filters}
        return self._address([(k, v) for k, v in self.args if k not in names and k not in ("after", "before", "count")])

    @property
    def exact_url(self) -> str:
        return self.url(count="exact")

    @property
    def sizes(self) -> list[tuple[int, str | None]]:
        return [(n, None if n == self.size else self.url(size=n)) for n in SIZES]

    @property
    def range_text(self) -> str:
        """`1–12 z 12`, `51–100 z více než 1 000`."""
        if not self.shown:
            return _("0 records")
        span = f"{number(self.start + 1)}–{number(self.start + self.shown)}"
        if self.count.more:
            return _("%(span)s of over %(n)s", span=span, n=number(self.count.n))
        return f"{span} {out_of(self.count.n)}"

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.base}?{urlencode(pairs)}"
