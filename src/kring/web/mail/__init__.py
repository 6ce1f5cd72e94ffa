"""Mail without content: own addresses, an outbox that loses nothing, and what the administrator hears about it."""
