"""A sociogram as a talk: a grown-up asks a young child whom it chooses, one child at a time, and taps what the child says."""
