"""Who may read, ask and settle questions."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {
        "question.read": any_of(signed_in),
        "question.add": any_of(writes_everywhere, writes_in_its_framework),
        "question.edit": any_of(writes_everywhere, writes_in_its_framework),
    }
)
