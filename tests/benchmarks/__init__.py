"""Speed as ratios of two things measured in the same run: `python -m tests.benchmarks` prints them with their goals."""
