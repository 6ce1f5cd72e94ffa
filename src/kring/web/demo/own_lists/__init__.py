"""Lists that the team of De Beuk wrote itself."""
