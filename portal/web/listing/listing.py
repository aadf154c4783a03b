"""One list: what it declares, and the way to open it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.web.listing.declared import Declared
from portal.web.listing.view import View


@dataclass(frozen=True)
class Listing(Declared):
    """A list that can be opened."""

    def open(self, s, actor, args: Mapping[str, Any], lang: str, base: str = "") -> View:
        """The view an address asks for. `args` is a MultiDict; `base` the path (empty: the page itself)."""
        return View(self, s, actor, args, lang, base)
