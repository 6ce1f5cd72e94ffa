"""What is done around two pupils of the demo."""
