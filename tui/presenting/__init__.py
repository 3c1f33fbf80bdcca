"""A presenter's program beside the one that the audience sees, connected by a socket."""
