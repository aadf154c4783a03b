"""Who may read donors' workbooks, keep and map them, and fill them for a report."""

from portal.kernel.permission import any_of, declare, may_report, may_write, signed_in

PERMISSIONS = declare(
    {
        "donor_workbook.read": any_of(signed_in),
        "donor_workbook.add": any_of(may_report),
        "donor_workbook.edit": any_of(may_report),
        "donor_workbook.fill": any_of(may_write),
    }
)
