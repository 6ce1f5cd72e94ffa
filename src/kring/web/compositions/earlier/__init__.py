"""Who sat near whom in the last plans of a group, and who never did."""
