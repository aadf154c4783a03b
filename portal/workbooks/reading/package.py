"""The directory of an xlsx package, checked before a part is unpacked: only what it says of itself is read here."""

from __future__ import annotations

import io
import zipfile

from portal.workbooks.reading.limits import RATIO_FROM, Limits
from portal.workbooks.reading.refusals import Unreadable

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
NEEDED = ("[Content_Types].xml", "xl/workbook.xml")


def check_directory(data: bytes, limits: Limits) -> None:
    """Raises Unreadable: no archive, too many parts, too much in them, names that lead out of it or stand twice, encryption.

    The sizes stated here are held to by the reader: a part that unpacks to more is refused there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, IndexError) as error:
        raise Unreadable("broken") from error
    if len(parts) > limits.entries:
        raise Unreadable("entries")
    names: set[str] = set()
    for part in parts:
        _check(part, names, limits)
    if sum(part.file_size for part in parts) > limits.unpacked or sum(p.compress_size for p in parts) > len(data):
        raise Unreadable("inflated")
    for name in NEEDED:
        if name not in {part.filename for part in parts}:
            raise Unreadable("kind")


def _check(part: zipfile.ZipInfo, names: set[str], limits: Limits) -> None:
    # zipfile cuts a name at a NUL and turns separators of the system into "/"; what stood in the archive is asked.
    name = part.orig_filename
    shown = "".join(c for c in name if c.isprintable())[:80]
    if part.flag_bits & ENCRYPTED:
        raise Unreadable("encrypted")
    if (
        name.startswith("/")
        or "\\" in name
        or "\0" in name
        or ":" in name
        or ".." in name.split("/")
        or len(name) > 200
    ):
        raise Unreadable("path", shown)
    if name.casefold() in names:
        raise Unreadable("twice", shown)
    names.add(name.casefold())
    if part.compress_type not in METHODS:
        raise Unreadable("broken")
    if part.file_size > RATIO_FROM and part.file_size > limits.ratio * max(part.compress_size, 1):
        raise Unreadable("inflated")
