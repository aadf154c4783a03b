"""What the portal says to people, found in code and templates, and what of it has no Czech."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "N_": None, "_n": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}

Key = tuple[str | None, str]


def said() -> dict[Key, str]:
    """{(context, English text): "file:line" of its first use}."""
    found: dict[Key, str] = {}
    for folder in ("portal", "templates"):
        for path, line, message, _comments, context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
        ):
            text = message if isinstance(message, str) else message[0]
            if text:
                found.setdefault((context, text), f"{folder}/{path}:{line}")
    return found


def translated(language: str = "cs") -> Iterator[tuple[str, object]]:
    """(file name, message) of every entry of every catalogue."""
    for path in sorted((ROOT / "portal" / "translations" / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id:
                    yield path.name, message


def key_of(message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def complete(message) -> bool:
    """Whether every form of the message is there."""
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return all(text.strip() for text in texts) and (isinstance(message.id, str) or len(texts) == 3)


if __name__ == "__main__":
    have = {key_of(message) for _file, message in translated() if complete(message)}
    for (context, text), place in sorted(said().items(), key=lambda item: item[1]):
        if (context, text) not in have:
            sys.stdout.write(f"{place} {context or ''} {text!r}\n")
