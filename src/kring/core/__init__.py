"""The profession as values: no Django, no database, no files, no clock."""
