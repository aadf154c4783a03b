"""Scheduled work and mail: a thin layer over huey. Knows no feature; features register what is to be done and when.

Invariants: no request waits for a job; a job that fails is logged and ends nobody else's; each job opens its own
transactions and holds none while it sends.
"""
