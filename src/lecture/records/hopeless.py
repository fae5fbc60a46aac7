"""What no experiment can be computed or stored under."""

from lecture.errors import LectureError


class Hopeless(LectureError):
    """Whatever comes next would fail alike: a full disk, a GPU that torch cannot use. A schedule stops at the first."""
