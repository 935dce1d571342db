"""Slow work: outbox table, dispatcher, RQ worker, reconciler, progress channel."""
