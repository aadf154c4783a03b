"""What a file is asked for: of which report, as of which change, in which language, with which choices."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from portal.figures.scope import CERTAINTIES
from portal.kernel.asof import Moment
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.web.i18n import LANGUAGES


@dataclass(frozen=True)
class Choices:
    """What a person chooses of a file. `certainty`: on which sources it relies (`figures.scope`), empty where its layout does not
    heed that; `whole`: the whole portfolio in place of what the report is of; `columns`: keys in their order (empty: all);
    `explained`: with the sheet that explains it."""

    layout: str
    lang: str
    certainty: str = "documents"
    whole: bool = False
    columns: tuple[str, ...] = ()
    explained: bool = False

    def written(self) -> str:
        """As canonical JSON, without layout and language, which are kept by themselves."""
        found: dict[str, Any] = {"whole": self.whole, "columns": self.columns, "explained": self.explained}
        found |= {"certainty": self.certainty} if self.certainty else {}
        return json.dumps(found, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, layout: str, lang: str, written: str) -> Choices:
        """What `written` wrote."""
        found = json.loads(written)
        return cls(
            layout, lang, found.get("certainty", ""), found["whole"], tuple(found["columns"]), found["explained"]
        )

    @classmethod
    def asked(
        cls, args: Mapping[str, Any], layout: str, lang: str, columns: tuple[str, ...], heeds: Collection[str]
    ) -> Choices:  # fmt: skip
        """The choices of an address; what cannot be read is left at what it is by itself. `columns`: those there are; `heeds`:
        which of `certainty` and `whole` the layout heeds, others are not chosen."""
        asked = args.getlist("column")
        places = {key: args.get(f"place_{key}", "") for key in asked}
        known = [key for key in dict.fromkeys(asked) if key in columns]
        known.sort(key=lambda key: int(places[key]) if places[key].isdecimal() and places[key].isascii() else 999)
        certainty = args.get("certainty", "")
        return cls(
            layout,
            lang if lang in LANGUAGES else "cs",
            (certainty if certainty in CERTAINTIES else "documents") if "certainty" in heeds else "",
            "whole" in heeds and args.get("whole") == "1",
            () if tuple(known) == columns else tuple(known),
            args.get("explained") == "1",
        )

    def args(self) -> dict[str, Any]:
        """The choices as arguments of an address; `asked` takes them back."""
        found: dict[str, Any] = {"layout": self.layout, "in": self.lang}
        if self.certainty not in ("", "documents"):
            found["certainty"] = self.certainty
        if self.whole:
            found["whole"] = "1"
        if self.columns:
            found["column"] = list(self.columns)
            found |= {f"place_{key}": n for n, key in enumerate(self.columns, 1)}
        if self.explained:
            found["explained"] = "1"
        return found


@dataclass(frozen=True)
class Order:
    """A file to be made: `s` reads the portal as of `moment` as `actor` saw it; `of` is the contract, framework or project of the
    report, `report` the due report itself."""

    s: Session
    actor: Actor
    moment: Moment
    report: Any
    of: Record
    choices: Choices
    marks: dict[str, str | int] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.choices.lang
