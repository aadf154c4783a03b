"""Pages of a list of changes: older and newer ones, without a total that would count what may not be seen."""

from __future__ import annotations

from urllib.parse import urlencode

from sqlalchemy import Select
from werkzeug.datastructures import MultiDict

from portal.history.filled import Read, filled
from portal.history.queries import Entry
from portal.web.asof import LARGEST_ID
from portal.web.i18n import gettext as _
from portal.web.listing.declared import SIZES

OWN = ("older", "newer")


class Pages:
    """What macros lists.pager and lists.notices need of a list, told by the ids of changes in the address:
    `?older=40` shows what came next before change 40, `?newer=40` next after it."""

    range_text = ""
    left_out = 0

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._kept = [(name, value) for name, value in args.items(multi=True) if name not in OWN]
        size = args.get("size", "")
        self.size = int(size) if size in map(str, SIZES) else SIZES[0]
        self.notices: list[str] = []
        self.next_url: str | None = None
        self.previous_url: str | None = None
        self.shown = 0
        self._at: dict[str, int] = {}
        for name in OWN:
            text = args.get(name, "")
            if text.isascii() and text.isdigit() and len(text) < 11 and 0 < int(text) <= LARGEST_ID:
                self._at = {name: int(text)}
            elif text:
                self._lost()

    def told(self, s, statement: Select, read: Read) -> list[Entry]:
        """The entries of the page, the latest first. Sets the addresses of the neighbours."""
        found = filled(s, statement, read, self.size + 1, **self._at)
        if "newer" in self._at and len(found) <= self.size:
            self._at = {}  # the first page, and a whole one
            found = filled(s, statement, read, self.size + 1)
        elif self._at and not found:
            self._lost()
            found = filled(s, statement, read, self.size + 1)
        more, found = len(found) > self.size, found[: self.size]
        if "newer" in self._at:
            found.reverse()
        if found and (more or "newer" in self._at):
            self.next_url = self._url(older=found[-1].change.id)
        if found and (self._at and (more or "older" in self._at)):
            self.previous_url = self._url(newer=found[0].change.id)
        self.shown = len(found)
        return found

    def _lost(self) -> None:
        self._at = {}
        self.notices = [_("The address names a page that does not exist; this is the first one.")]

    @property
    def sizes(self) -> list[tuple[int, str | None]]:
        return [(n, None if n == self.size else self._url(size=n)) for n in SIZES]

    def _url(self, **changes: int) -> str:
        pairs = [(name, value) for name, value in self._kept if name not in changes]
        return f"?{urlencode([*pairs, *((name, str(value)) for name, value in changes.items())])}"
