"""What a setting may be: readers of one variable each. They raise ValueError, whose text says what is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError("must be " + " or ".join(allowed))
        return text

    return read


def yes_or_no(text: str) -> bool:
    """1 or 0."""
    return one_of("0", "1")(text) == "1"


def host(text: str) -> str:
    """A host without a port."""
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+|\[[0-9A-Fa-f:.]+\]", text):
        raise ValueError("must be a host name or an IP address without a port")
    return text


def server(text: str) -> str:
    """A host name or an IPv4 address without a port."""
    if not re.fullmatch(r"[A-Za-z0-9.-]+", text):
        raise ValueError("must be a host name without a port")
    return text


def keys(text: str) -> tuple[str, ...]:
    """Keys of records, separated by commas."""
    found = tuple(one.strip() for one in text.split(",") if one.strip())
    if not found or not all(re.fullmatch(r"[a-z0-9-]{1,120}", one) for one in found):
        raise ValueError("must be keys of records (small letters, digits, hyphens) separated by commas")
    return found


def hosts(text: str) -> tuple[str, ...]:
    """Host names, separated by commas."""
    names = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not names or not all(re.fullmatch(r"\.?[a-z0-9.-]+|\[[0-9a-f:.]+\]", name) for name in names):
        raise ValueError("must be host names separated by commas (a leading dot means every subdomain)")
    return names


def database(text: str) -> str:
    """An address of SQLAlchemy."""
    text = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", text)
    if not text.startswith(("postgresql+psycopg://", "sqlite:///")) or text in (
        "sqlite:///",
        "sqlite:///:memory:",
    ):
        raise ValueError("must be postgresql://user:password@host/database or sqlite:///path/to/file")
    return text


def secret(text: str) -> str:
    """At least 32 characters."""
    if len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def url(text: str) -> str:
    """An address of http or https, with a slash at its end."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?", text):
        raise ValueError("must be an address that begins with http:// or https://, without ? and #")
    return text.rstrip("/") + "/"


def mailbox(text: str) -> str:
    """An e-mail address without a name."""
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", text):
        raise ValueError("must be an e-mail address without a name")
    return text


def line(text: str) -> str:
    """One line that people read."""
    if len(text) > 200 or not text.isprintable():
        raise ValueError("must be one line of at most 200 characters")
    return text
