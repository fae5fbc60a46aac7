"""The command line: ``lecture``, also ``python -m lecture``."""

import contextlib
import io
import os
import sys


def main() -> None:
    """Run the command that the arguments name; whatever a person can mend is one line on stderr and a status of 2.

    Exits with 0, with 1 where a measured verdict is not the expected one, with 2 on bad input, with 130 on Ctrl-C.
    """
    sys.exit(_status())


def _status() -> int:
    try:
        import typer

        from lecture.cli import commands, judging, travelling  # noqa: F401 - each adds its own to the app
        from lecture.cli.options import app
        from lecture.errors import LectureError, Stopped

        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal without "°" shows "?", not a traceback

        try:
            status = app(prog_name="lecture", standalone_mode=False)
            sys.stdout.flush()
            return int(status or 0)
        except Stopped as stopped:
            return _said(str(stopped), 130)
        except LectureError as error:
            return _said(str(error), 2)
        except typer.TyperException as error:
            return _said(f"{error.format_message()} ('lecture --help' shows what there is)", 2)
        except typer.Abort:
            return _said("stopped", 130)
    except KeyboardInterrupt:
        return _said("stopped", 130)
    except BrokenPipeError:
        # Whoever read our output has enough (``lecture list | head -1``); Python must not complain about it on exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _said(message: str, status: int) -> int:
    print("lecture: " + " ".join(message.split()), file=sys.stderr)
    return status
