"""Hostile texts, every way into the program, every way out, and what a way out may hold."""
