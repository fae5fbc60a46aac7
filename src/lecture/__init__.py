"""Why did deep learning suddenly work? The computations behind the book.

Rooms, from the ground up (imports run downwards only; a test keeps it so):
``errors``, ``devices``, ``seeds``, ``statistics``, ``style``; then ``data``, ``models`` and ``records``;
then ``training``;
then ``experiments``; then ``claims``; then ``publishing`` and ``cli``.
"""

__version__ = "0.1.0"
