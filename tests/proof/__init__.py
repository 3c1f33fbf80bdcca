"""The proof: what the program promises (tests/README.md, "What you can rely on"), each with the attempt to break it.

`python -m tests.proof` runs the long form and prints its figures; the short form is part of the tests.
"""
