"""Interview Coach: practise interviews aloud and see honestly how you did."""

__version__ = "0.1.0"
