"""Dialogs over a place, which awaits their answers."""
