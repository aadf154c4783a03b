"""The files of the checkout that people write, for the guards that read all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "var", "__pycache__"}


def written(root: Path = ROOT, *endings: str) -> Iterator[Path]:
    """Files under `root` with one of the endings (all if none is given), without what is fetched, made or cached."""
    for path in sorted(root.iterdir()):
        cache = path.name.endswith(("_cache", ".egg-info")) or path.name == ".hypothesis"
        if path.is_dir() and path.name not in NOT_OURS and not cache:
            yield from written(path, *endings)
        elif path.is_file() and (not endings or path.name.endswith(endings)):
            yield path


def lines(path: Path) -> list[str]:
    """The lines of a text file; none for a file that is not text."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
