"""Choices go on their dates, and those of a pupil who takes no part any more at once; what was counted stays."""
