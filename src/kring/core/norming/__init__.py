"""Norms that run over age: a model of scores and age instead of a table per grade, and how sure it is."""
