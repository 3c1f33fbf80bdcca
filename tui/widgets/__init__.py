"""What several places share: cards, facts, countdowns, timelines, verdicts."""
