"""Monkeys at the screens: where they play, what they do, and what has to hold afterwards."""
