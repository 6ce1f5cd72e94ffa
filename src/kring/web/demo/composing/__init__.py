"""Classes of a coming year in the demo."""
