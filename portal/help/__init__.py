"""The user guide, the glossary, the keys and the accessibility statement.

Invariants: each chapter has one source, `docs/guide/<language>/<chapter>.md`; what is shown here is made from it by
`make docs` and nothing is converted while a page is asked for. A term of the glossary has one definition in each language
(`glossary.json`), from which the page, the README and `docs/guide` are made. Nothing here reads a record.
"""
