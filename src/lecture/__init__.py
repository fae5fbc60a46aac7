"""Why did deep learning suddenly work? The computations behind the book.

Rooms, from the ground up (imports run downwards only; a test keeps it so):
``errors``, ``devices``, ``seeds``, ``statistics``, ``style``; then ``data``, ``models`` and ``records``;
then ``training``;
then ``experiments``; then ``claims``; then ``publishing`` and ``cli``.
"""

import os

# Intel's matrix products round differently where a replica's numbers happen to start elsewhere in memory, unless told
# not to; it costs no time, but they listen only before their first product. One seed alone must equal itself among ten.
os.environ.setdefault("MKL_CBWR", "AUTO")

__version__ = "0.1.0"
