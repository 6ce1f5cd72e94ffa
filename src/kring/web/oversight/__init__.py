"""The log as people read it: the weekly review, searching, who looked at a pupil, and anchors that lie elsewhere."""
