"""The parts of a workbook's package: read as they are, replaced one by one, written again in their order.

A part that nobody replaced keeps its bytes. The moment of each entry is that of the template, so that one filling gives one file.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree


@dataclass(frozen=True)
class Relation:
    """Where one part leads: the path of the other in the package, and the last word of the kind of relation."""

    id: str
    kind: str
    path: str


class Package:
    """An xlsx or xlsm whose directory was checked before (`portal.workbooks.reading`)."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = self._archive.infolist()
        self.names = {entry.filename for entry in self._entries}
        self.replaced: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """The part as it would be written now; KeyError where there is none."""
        return self.replaced[name] if name in self.replaced else self._archive.read(name)

    def replace(self, name: str, data: bytes) -> None:
        if data != self.read(name):
            self.replaced[name] = data

    def relations(self, name: str) -> list[Relation]:
        """Where a part leads within the package. An absolute path starts at its root."""
        folder, own = posixpath.split(name)
        at = posixpath.join(folder, "_rels", f"{own}.rels")
        if at not in self.names:
            return []
        found = []
        for one in ElementTree.fromstring(self.read(at)):
            if one.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip("/")
                found.append(Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path))
        return found

    @cached_property
    def workbook(self) -> str:
        """The path of the workbook's own part."""
        return next(one.path for one in self.relations("") if one.kind == "officeDocument")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Name of each sheet of cells → path of its part, in the order of the workbook, hidden ones too."""
        paths = {one.id: one.path for one in self.relations(self.workbook) if one.kind == "worksheet"}
        book = ElementTree.fromstring(self.read(self.workbook))
        return {
            one.get("name", ""): paths[at] for one in book.iterfind(".//{*}sheet") if (at := _related(one)) in paths
        }

    def related(self, name: str, kind: str) -> list[str]:
        """The paths of the parts of one kind to which a part leads."""
        return [one.path for one in self.relations(name) if one.kind == kind]

    def bytes(self) -> bytes:
        """The package with what was replaced."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for entry in self._entries:
                copy = zipfile.ZipInfo(entry.filename, entry.date_time)
                copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
                copy.create_system, copy.comment = entry.create_system, entry.comment
                archive.writestr(copy, self.read(entry.filename))
        return out.getvalue()


def _related(one: ElementTree.Element) -> str:
    """The id of a relation, in the usual or in the strict kind of the format."""
    return next((value for key, value in one.attrib.items() if key.endswith("/relationships}id")), "")
