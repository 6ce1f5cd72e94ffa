"""Questions that may hurt, in the demo."""
