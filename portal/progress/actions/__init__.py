"""Everything a person does with status updates: report, correct, finish a report that waits, approve it or return it."""

from portal.progress.actions.approving import approve_report, return_report
from portal.progress.actions.reporting import correct_update, finish_report, report_status

__all__ = ["approve_report", "correct_update", "finish_report", "report_status", "return_report"]
