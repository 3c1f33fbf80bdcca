"""Monkey testing: the workspaces it runs on, the random input, and what has to hold afterwards."""
