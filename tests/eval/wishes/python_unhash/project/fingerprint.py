"""Fingerprints of texts, to see whether one has changed."""

import hashlib


def fingerprint(text):
    """The first 16 characters of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def changed(text, known):
    """Whether a text has another fingerprint than the known one."""
    return fingerprint(text) != known
