"""Everything a person does with status updates: report, correct, finish a report that waits, take it back or
throw it away, approve it or return it."""

from portal.progress.actions.approving import approve_report, return_report
from portal.progress.actions.reporting import correct_update, finish_report, report_status
from portal.progress.actions.taking_back import discard_report, pull_back

__all__ = [
    "approve_report", "correct_update", "discard_report", "finish_report", "pull_back", "report_status", "return_report",
]  # fmt: skip
