"""A presenter's program beside the one that the audience sees: one socket between them."""
