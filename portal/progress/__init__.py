"""Progress: status updates of projects and frameworks.

Invariants: an update is dated no later than today; the latest one by date sets the project's light and report date; an
update states, it never derives.
"""
