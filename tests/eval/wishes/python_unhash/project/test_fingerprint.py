import unittest

from fingerprint import changed, fingerprint


class FingerprintTest(unittest.TestCase):
    def test_fingerprint(self):
        self.assertEqual(fingerprint(""), "e3b0c44298fc1c14")

    def test_changed(self):
        known = fingerprint("one")
        self.assertFalse(changed("one", known))
        self.assertTrue(changed("two", known))


if __name__ == "__main__":
    unittest.main()
