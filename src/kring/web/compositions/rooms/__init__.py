"""The room of a class: where desks and doors stand."""
