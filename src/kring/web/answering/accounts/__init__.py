"""Pupils with an account of their own fill in their lists."""
