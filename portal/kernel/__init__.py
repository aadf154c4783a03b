"""What every feature stands on: database, transactions, history, permissions, money, dates, language-free text.

The kernel knows no feature and no web request. The database keeps the history by itself (`history`), every write to a
versioned table happens inside a recorded change (`transaction`), and any query runs unchanged in the past (`asof`).
"""
