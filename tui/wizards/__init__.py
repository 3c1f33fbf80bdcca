"""Flows of several steps: create, link, unlink.

Back keeps what was typed, leaving asks once.
"""
