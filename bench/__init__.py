"""Benchmarks: each starts a site of its own, measures it as a user meets it, and names a target."""
