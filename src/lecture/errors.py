"""The one kind of error that a person is meant to read."""


class LectureError(Exception):
    """Something a person can mend: one line that names the thing and the way out.

    The command line prints the message without a traceback and exits with status 2; a book build fails with
    it.
    """


class Stopped(LectureError):
    """Somebody pressed Ctrl-C; what was finished is stored. The command line exits with status 130."""
