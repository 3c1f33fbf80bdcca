"""Multi-step flows: create, link, unlink.

Going back keeps what was typed; leaving asks for confirmation.
"""
