"""Who in the demo wants messages."""
