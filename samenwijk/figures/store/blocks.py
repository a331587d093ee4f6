"""One block: whole numbers in units of their column's decimals, with a status for each, as bytes.

Layout: one byte for the form, then all values, then all statuses. Values are int32, which holds counts in the
millions to the last digit where float32 does not; a block with a value beyond int32 is int64 as a whole. What
becomes smaller is compressed. Statuses are one byte: the kind of status, and a bit for provisional figures.
"""

from __future__ import annotations

import zlib
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.int64] | NDArray[np.int32]
    Statuses = NDArray[np.uint8]

PROVISIONAL = 0x80
WIDE, SQUEEZED = 1, 2
# Every whole number of at most 15 digits is also exact as a float, so that JSON keeps it.
LIMIT = 10**15 - 1


class Status(IntEnum):
    """Why there is a figure or none; the names are those of `Observation.status`."""

    FIGURE = 0
    SECRET = 1
    TOO_SMALL = 2
    UNKNOWN = 3
    NOT_APPLICABLE = 4
    NOT_PUBLISHED = 5

    @property
    def word(self) -> str:
        return self.name.lower()


STATUS_WORDS = [status.word for status in Status]


def pack(values: Values, statuses: Statuses) -> bytes:
    """Values (any whole numbers up to 15 digits) and their statuses as one block of bytes. Both have one dimension."""
    import numpy as np

    narrow = values.astype("<i4")
    wide = not np.array_equal(narrow, values)
    body = (values.astype("<i8") if wide else narrow).tobytes() + statuses.tobytes()
    squeezed = zlib.compress(body, 1)
    if len(squeezed) < len(body):
        return bytes([WIDE * wide | SQUEEZED]) + squeezed
    return bytes([WIDE * wide]) + body


def unpack(block: bytes) -> tuple[Values, Statuses]:
    """The values and statuses of a block, as arrays of one dimension."""
    import numpy as np

    form, body = block[0], block[1:]
    if form & SQUEEZED:
        body = zlib.decompress(body)
    width = 8 if form & WIDE else 4
    count = len(body) // (width + 1)
    values = np.frombuffer(body, "<i8" if form & WIDE else "<i4", count)
    return values, np.frombuffer(body, "u1", count, count * width)
