"""Random SQL against the schema alone: what the part `schema` is made of."""
