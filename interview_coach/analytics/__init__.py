"""Dashboard and searchable history over finished work."""
