"""Widgets that several screens share: cards, facts, countdowns, timelines, verdicts."""
