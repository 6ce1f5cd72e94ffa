"""Kring: follows how pupils are doing socially and emotionally, and helps the school act on it."""
