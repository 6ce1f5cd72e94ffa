"""What another system found at a school of the demo."""
