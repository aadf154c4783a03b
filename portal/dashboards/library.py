"""plotly.js as the wheel brings it: where the file is, and which style elements it must not inject.

plotly writes a style element for its maps unless an element with the id of that style is on the page already. The portal
allows no style elements and draws no such maps, so pages with charts carry an empty element with that id.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path


@cache
def path() -> Path:
    """The minified library inside the installed package, found without importing it."""
    found = importlib.util.find_spec("plotly")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("plotly is not installed")
    return Path(found.origin).parent / "package_data" / "plotly.min.js"


@cache
def style_ids() -> tuple[str, ...]:
    """Ids of the style elements it would inject, as it asks for them itself."""
    found = re.findall(r'getElementById\("([0-9a-f]{64})"\)', path().read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(found))
