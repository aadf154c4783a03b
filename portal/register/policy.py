"""Who may look at the register, and who may send: whoever may read or move on the report. Seeing the list of what was sent is no
right to what is in a file: that is asked for each record in it (`queries.in_the_way`)."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {"sent_file.read": any_of(signed_in), "sent_file.add": any_of(writes_everywhere, writes_in_its_framework)}
)
