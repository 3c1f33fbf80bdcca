"""The exit codes of the program; a signal's is 128 plus its number."""

DONE, REFUSED, INVALID, UNUSABLE, NOT_FOUND, STOPPED, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
TERMINAL_CLOSED = 129
