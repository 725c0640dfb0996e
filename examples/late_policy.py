"""What lateness costs in the demonstration; ``nbgrader_config.py`` of a course names such a class."""

from __future__ import annotations

from nbgrader.plugins import BasePlugin


class OnePointADay(BasePlugin):
    """Takes off one point for each day that has begun."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Return the points to take off; nbgrader takes no more than there are."""
        return total_seconds_late // 86400 + 1
