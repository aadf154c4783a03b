"""The calendar: events, follow-ups and tasks by day, on a page and as a feed for one's own calendar.

Invariants: nothing invents a day: what is dated to a month or a year stands beside the days, and in no feed. The address of a
feed is secret, kept as its hash, and dies when it is revoked or its person is disabled.
"""
