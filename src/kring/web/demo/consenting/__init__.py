"""What was asked of parents and pupils of the demo."""
