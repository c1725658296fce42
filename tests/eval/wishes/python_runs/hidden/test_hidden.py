import unittest

import runs


class HiddenTest(unittest.TestCase):
    def test_encode(self):
        for text, code in {"aaab": "3a1b", "": "", "x": "1x", "abba": "1a2b1a", "x" * 12: "12x"}.items():
            self.assertEqual(runs.encode(text), code)

    def test_decode(self):
        for code, text in {"3a1b": "aaab", "": "", "12x": "x" * 12, "1a10b2 ": "a" + "b" * 10 + "  "}.items():
            self.assertEqual(runs.decode(code), text)

    def test_decode_reads_what_encode_wrote(self):
        for text in ("hello  world", "\n\n\tä", "aAaA", "--++"):
            self.assertEqual(runs.decode(runs.encode(text)), text)

    def test_runs_are_as_before(self):
        self.assertEqual(runs.longest("abbaa"), ("b", 2))
