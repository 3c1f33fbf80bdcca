"""Hostile text: the texts, the ways in and out of the program, and what a way out may contain."""
