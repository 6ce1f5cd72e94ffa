"""A whole school that answers at once: who answers, what was acknowledged, the servers that are asked, and what their database holds."""
