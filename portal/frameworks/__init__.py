"""Frameworks: policy frameworks, dialogues, panels, partnerships and national programmes, as one tree.

Invariants: no framework lies under itself; a framework may be silent, without project or money, and says so.
"""
