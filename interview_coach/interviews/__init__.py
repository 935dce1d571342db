"""The interview: its state machine, its answers (takes) and their recordings."""
