#!/usr/bin/env python3
"""Writes digests.tsv: digests and numbers, and the ETag fields made from them.

Everything is computed by the standard library of Python (hashlib, hmac, base64, and its formatting of integers), and
nothing by the crate. `tests/data/digests.py --check` fails when the file is not what this program writes.
"""

import base64
import hashlib
import hmac
import pathlib
import sys

FILE = pathlib.Path(__file__).with_suffix(".tsv")

HEAD = """\
# Digests and numbers, and the ETag field values made from them (RFC 9110 section 8.8.3).
#
# Written by digests.py beside this file, with Python's hashlib, hmac and base64 modules and its formatting of
# integers; the crate has no part in it. Columns, separated by one tab:
#   hex        octets in hex   what they are                  "the octets in lower-case hex"
#   base64url  octets in hex   what they are                  "the octets in base64url without padding"
#   version    number          -                              "the number in decimal"
#   signed     number          -                              "the number in decimal, - before it where it is negative"
#   file       length          seconds.nanoseconds since 1970 W/"length.seconds.nanoseconds", each in hex
# In the fourth column is the field value. Lines starting with `#` are comments, blank lines count for nothing.
"""

CONTENTS = [b"", b"a", b"abc", b"message digest", bytes(range(256)), b"<!doctype html>\n" * 100]
HASHES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2s"]


def name(content):
    return ascii(content)[1:] if len(content) < 20 else f"{len(content)} octets"


def hexadecimal(digest):
    return '"' + "".join(f"{octet:02x}" for octet in digest) + '"'


def base64url(digest):
    return '"' + base64.urlsafe_b64encode(digest).decode().rstrip("=") + '"'


def digests():
    for hash_name in HASHES:
        for content in CONTENTS:
            yield f"{hash_name} of {name(content)}", hashlib.new(hash_name, content).digest()
    for user in [b"alice", b"bob"]:
        mac = hmac.new(b"key of the server", user + b"\0" + b"one content for both", "sha256")
        yield f"hmac-sha256 for {user.decode()}", mac.digest()
    # Every length up to 17, since base64url ends in three ways, with all bits set and with none.
    for length in range(18):
        yield f"{length} octets", hashlib.sha256(b"length").digest()[:length]
        yield f"{length} octets of ones", b"\xff" * length
        yield f"{length} octets of zeros", b"\0" * length
    # Every value of six bits: the 64 characters in their order.
    yield "the alphabet", base64.urlsafe_b64decode(
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    yield "every octet", bytes(range(256))


def versions():
    yield from range(12)
    for power in range(1, 20):
        yield from [10**power - 1, 10**power, 10**power + 1]
    for power in [8, 16, 31, 32, 53, 63]:
        yield from [2**power - 1, 2**power]
    yield from [12345678901234567890, 2**64 - 1]


def signed_versions():
    for power in [0, 1, 8, 16, 31, 32, 53, 62]:
        yield from [2**power, -(2**power)]
    yield from [0, -9, -10, -99, -100, 17, -17, 2**63 - 1, -(2**63) + 1, -(2**63)]


def files():
    """Length, seconds, nanoseconds."""
    lengths = [0, 1, 9, 10, 15, 16, 255, 256, 4096, 65535, 65536, 2**32 - 1, 2**32, 2**63, 2**64 - 1]
    times = [
        (0, 0), (0, 1), (0, 999_999_999), (1, 0), (783_459_811, 0), (783_459_811, 900_000_000),
        (-1, 0), (-1, 500_000_000), (-1, 999_999_999), (-783_459_811, 1),
        (2**31 - 1, 16), (2**31, 15), (2**32, 255),
        (-62_135_596_800, 0), (253_402_300_799, 999_999_999),  # the first and the last of HTTP
    ]
    for length in lengths:
        yield length, 783_459_811, 123_456_789
    for seconds, nanoseconds in times:
        yield 500, seconds, nanoseconds
    yield 2**64 - 1, -62_135_596_800, 999_999_999
    yield 2**64 - 1, 253_402_300_799, 999_999_999


def rows():
    yield "\n# Digests in lower-case hex"
    for what, digest in digests():
        yield f"hex\t{digest.hex()}\t{what}\t{hexadecimal(digest)}"
    yield "\n# Digests in base64url (RFC 4648 section 5) without padding"
    for what, digest in digests():
        yield f"base64url\t{digest.hex()}\t{what}\t{base64url(digest)}"
    yield "\n# Versions, up to the last of 64 bits"
    for version in versions():
        yield f"version\t{version}\t-\t\"{version}\""
    yield "\n# Signed versions, from the first of 64 bits to the last"
    for version in signed_versions():
        yield f"signed\t{version}\t-\t\"{version}\""
    yield "\n# Length and modification time, before 1970 too: the nanoseconds are after the second that is named"
    for length, seconds, nanoseconds in files():
        yield f"file\t{length}\t{seconds}.{nanoseconds:09}\tW/\"{length:x}.{seconds:x}.{nanoseconds:x}\""


text = HEAD + "\n".join(rows()) + "\n"
if "--check" not in sys.argv:
    FILE.write_text(text)
elif FILE.read_text() != text:
    sys.exit(f"{FILE.name} is not what {pathlib.Path(__file__).name} writes")
