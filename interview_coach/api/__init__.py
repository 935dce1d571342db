"""What every REST route shares: app factory, error model, limits, headers."""
