"""Speed as ratios, each side measured in the same run: `python -m tests.benchmarks` prints them with their goals."""
