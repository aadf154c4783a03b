"""People, their roles and rights, sign-in and server-side sessions.

Invariants: a password is kept only as an argon2 hash; a session lives in the database, so disabling a person ends all of
theirs at once; account data is not versioned (it can be erased), changes of rights go to the security log.
"""
