"""The machine of the part `rules`: the real use cases beside a model of the domain, one act after the other."""
