"""Who may read and write projects and themes."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {
        "project.read": any_of(signed_in),
        "project.add": any_of(writes_everywhere, writes_in_its_framework),
        "project.edit": any_of(writes_everywhere, writes_in_its_framework),
        "theme.edit": any_of(writes_everywhere),
        "theme.add": any_of(writes_everywhere),
    }
)
