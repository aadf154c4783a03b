"""Files through LibreOffice: recalculated, or printed."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests import machine

SAVED = re.compile(rb"((?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>))<((?:\w+:)?v)>[^<]*</\2>")
"""A formula with the value saved beside it."""


def converted(data: bytes, folder: Path, ending: str) -> Path:
    """The file as LibreOffice saves it: `xlsx` or `pdf`."""
    return all_converted({"sent": data}, folder, ending)["sent"]


def all_converted(files: Mapping[str, bytes], folder: Path, ending: str) -> dict[str, Path]:
    """Several files, by the names given, in one start of LibreOffice."""
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    target = folder / "converted"
    profile = (folder / "profile").as_uri()
    command = [
        machine.where("libreoffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir",
        str(target), *(str(folder / f"{name}.xlsx") for name in files),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180 + 20 * len(files))
    made = {name: target / f"{name}.{ending}" for name in files}
    assert all(one.exists() for one in made.values()), done.stdout + done.stderr
    return made


def unsaved(data: bytes) -> bytes:
    """The workbook without the values saved beside its formulas: whoever shows any has computed them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as left:
        for name in held.namelist():
            part = held.read(name)
            left.writestr(name, SAVED.sub(rb"\1", part) if name.startswith("xl/worksheets/") else part)
    return out.getvalue()


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook with the values that LibreOffice computed, and none that was saved in it."""
    return all_recalculated({"sent": data}, folder)["sent"]


def all_recalculated(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    made = all_converted({name: unsaved(data) for name, data in files.items()}, folder, "xlsx")
    return {name: load_workbook(path, data_only=True) for name, path in made.items()}


def compared(data: bytes, again: Any) -> int:
    """How many formulas there are; each gives what is saved with it."""
    saved, live = (load_workbook(io.BytesIO(data), data_only=values) for values in (True, False))
    found = 0
    for ws in live:
        for cell in (cell for row in ws.iter_rows() for cell in row if cell.data_type == "f"):
            here, there = saved[ws.title][cell.coordinate].value, again[ws.title][cell.coordinate].value
            numbers = isinstance(here, (int, float))
            same = abs(here - there) < 0.0001 if numbers else (here or None) == (there or None)
            assert same, (ws.title, cell.coordinate, cell.value, here, there)
            found += 1
    return found


def errors(workbook: Any) -> list[str]:
    """Cells that hold an error."""
    return [
        f"{ws.title}!{cell.coordinate}: {cell.value}"
        for ws in workbook
        for row in ws.iter_rows()
        for cell in row
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith(("#", "Err:")))
    ]


def pages(data: bytes, folder: Path) -> list[str]:
    """The text of each printed page."""
    printed = converted(data, folder, "pdf")
    done = subprocess.run(
        [machine.where("poppler"), "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]
