"""What makes a file, by name and version; and for whom one is made again."""

from __future__ import annotations

import platform
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.orm import Session

from portal.kernel import asof
from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor

ROOT = Path(__file__).resolve().parents[3]
COMPUTING = ("formulas", "numpy", "scipy")
PROGRAM = ("portal/**/*.py", "portal/translations/cs/*.po", "seed_data/code_lists/*.json")


@cache
def made_with(computing: bool = False) -> dict[str, str]:
    """What makes a file, by name and version: the portal by a hash of its program, words and code lists; the libraries.
    `computing`: with those that compute the formulas of a recipient's file."""
    program = sha256()
    for pattern in PROGRAM:
        for path in sorted(ROOT.glob(pattern)):
            program.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "portal": program.hexdigest()[:16], "openpyxl": version("openpyxl"), "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION, **({name: version(name) for name in COMPUTING} if computing else {}),
    }  # fmt: skip


def seen_by(actor: Actor, unseen: Iterable[int]) -> Actor:
    """The actor as somebody from whom exactly these records are hidden, whatever becomes of rights."""
    return replace(actor, unseen=frozenset(unseen))


def last_change(s: Session) -> int:
    """The change the present stands after. NotFound where nothing was ever recorded."""
    last = asof.last_moment(s)
    if last is None:
        raise NotFound("change")
    return last.id
