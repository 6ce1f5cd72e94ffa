"""Who sits where in the demo."""
