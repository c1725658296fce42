import hashlib
import secrets
import unittest

from fingerprint import changed, fingerprint


class HiddenTest(unittest.TestCase):
    def test_fingerprints_are_as_before(self):
        for text in ("", "one", "Größe", secrets.token_hex(40)):
            expected = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
            self.assertEqual(fingerprint(text), expected)
            self.assertFalse(changed(text, expected))

    def test_a_change_is_seen(self):
        self.assertTrue(changed("one", fingerprint("two")))
