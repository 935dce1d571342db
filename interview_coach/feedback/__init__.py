"""The analysis of an answer: speech and scoring, stored with their evidence."""
