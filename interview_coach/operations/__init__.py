"""Health of the running system."""
