"""Plans on paper: places and names, never a wish or a reason."""
