"""Advice on an answer: its shape, the facts behind it, and the local engine that words it. Pure:
no database, no network, no clock; the same answer gets the same advice."""
