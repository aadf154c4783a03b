"""Files through LibreOffice: recalculated, or printed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests import machine


def converted(data: bytes, folder: Path, ending: str) -> Path:
    """The file as LibreOffice saves it: `xlsx` (recalculated) or `pdf`."""
    source = folder / "sent.xlsx"
    source.write_bytes(data)
    target = folder / "converted"
    profile = (folder / "profile").as_uri()
    command = [
        machine.where("libreoffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir",
        str(target), str(source),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    made = target / f"sent.{ending}"
    assert made.exists(), done.stdout + done.stderr
    return made


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook with the values that LibreOffice computed."""
    return load_workbook(converted(data, folder, "xlsx"), data_only=True)


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
