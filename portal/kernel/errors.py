"""Every error the portal raises on purpose.

Each class has a `code` (stable, for machines and for choosing the error page) and `params` (facts for the
message). `message`, where given, is what the person reads: a plain or lazily translated string.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def N_(message: str) -> str:
    """Mark a message of a rule or an action for the catalogue. It stays English here; the web says it in the person's
    language (`portal.web.i18n.say`)."""
    return message


class PortalError(Exception):
    """The root of all errors raised on purpose. `str(error)` is the message, or the code where there is none."""

    code = "error"

    def __init__(self, message: Any = None, /, **params: Any) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        text = str(self.message) if self.message is not None else self.code
        facts = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{text} ({facts})" if facts else text


class NotFound(PortalError):
    """There is no such thing, or the person may not know of it: both look the same from outside."""

    code = "not_found"


class Forbidden(PortalError):
    """The person is known and may not do this."""

    code = "forbidden"


class Stale(PortalError):
    """Somebody else changed the record since the person loaded it."""

    code = "stale"


class TakenAway(Stale):
    """Somebody else took away what the person was changing; `way` leads to what it hung on."""


class Refused(PortalError):
    """A rule of the trade forbids it; the message says which and what to do."""

    code = "refused"


class InvalidInput(PortalError):
    """What was typed cannot be accepted.

    `InvalidInput("message")` concerns the whole input, `InvalidInput({"field": "message", …})` names fields.
    `errors` is always a mapping; the key "" stands for the whole input.
    """

    code = "invalid_input"

    def __init__(self, errors: Any, /, **params: Any) -> None:
        self.errors: dict[str, Any] = dict(errors) if isinstance(errors, Mapping) else {"": errors}
        super().__init__("; ".join(str(text) for text in self.errors.values()), **params)


class ImportRunning(PortalError):
    """Another writer (usually an import) holds the write lock and did not finish in time. Try again later."""

    code = "import_running"


class ReadOnlyPast(PortalError):
    """Somebody tried to write while looking at the past."""

    code = "read_only_past"


class HistoryViolation(PortalError):
    """The database refused a write because it would have spoilt the history: a fault of the program."""

    code = "history_violation"


class NoOpenChange(HistoryViolation):
    """A versioned table was written outside `with change(…)`. Nothing of the statement was kept."""

    code = "no_open_change"


class KeyImmutable(HistoryViolation):
    """The primary key of a versioned row may never change."""

    code = "key_immutable"


class TruncateRefused(HistoryViolation):
    """TRUNCATE bypasses the row triggers, so it is refused on versioned tables."""

    code = "truncate_refused"


class SentStays(HistoryViolation):
    """What was sent is kept as it is: neither changed nor deleted."""

    code = "sent_stays"


class ChangeAlreadyOpen(HistoryViolation):
    """`change` was entered inside another change of the same session."""

    code = "change_already_open"


class NotAWriter(HistoryViolation):
    """A change was opened in a transaction that began as a reader (see `transaction.begin_writing`)."""

    code = "not_a_writer"
