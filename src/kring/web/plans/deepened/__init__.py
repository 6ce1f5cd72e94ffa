"""The deepened cycle: it grows from a small trial, with goals on four levels, talks, and a look at where a skill is used."""
