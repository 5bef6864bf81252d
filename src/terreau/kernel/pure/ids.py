"""Identifiers of records: UUID version 7 (RFC 9562, section 5.7), so that rows of one day stay neighbours on disk."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Make a UUID of 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10))
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | noise
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return UUID(int=value)
