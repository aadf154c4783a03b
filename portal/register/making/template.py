"""The recipient's own file, by everything that decides what comes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

RECIPIENTS = "recipients_file"
"""Stands in place of a layout's key."""


@dataclass(frozen=True)
class Template:
    """A file of a recipient's workbook to be filled: `number` within its workbook, the SHA-256 of its bytes and of its mapping
    (empty: not asked for). `lang`: of what the register says beside it; texts in the file have the languages of the mapping."""

    file_id: int
    lang: str
    number: int = 0
    digest: str = ""
    mapping: str = ""
    layout: ClassVar[str] = RECIPIENTS

    def written(self) -> str:
        """As canonical JSON, without number and language, which are kept by themselves."""
        found = {"file": self.file_id, "digest": self.digest, "mapping": self.mapping}
        return json.dumps(found, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, number: int, lang: str, written: str) -> Template:
        """What `written` wrote."""
        found = json.loads(written)
        return cls(found["file"], lang, number, found["digest"], found["mapping"])
