"""Widgets shared by screens: cards, facts, countdowns, timelines, verdicts."""
