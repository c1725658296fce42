import os
import subprocess
import sys
import tempfile
import unittest


class HiddenTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "text.txt")
        with open(self.path, "w", encoding="utf-8") as target:
            target.write("c b a b c c")

    def tally(self, *arguments):
        return subprocess.run(
            [sys.executable, "tally.py", *arguments, self.path], capture_output=True, text=True, check=False
        )

    def test_limit(self):
        done = self.tally("--limit", "2")
        self.assertEqual((done.returncode, done.stdout), (0, "3 c\n2 b\n"))

    def test_limit_beyond_the_end(self):
        self.assertEqual(self.tally("--limit", "9").stdout, "3 c\n2 b\n1 a\n")

    def test_no_limit(self):
        self.assertEqual(self.tally().stdout, "3 c\n2 b\n1 a\n")

    def test_limit_beside_the_other_option(self):
        self.assertEqual(self.tally("--min-length", "1", "--limit", "1").stdout, "3 c\n")

    def test_limit_below_one(self):
        for limit in ("0", "-1"):
            self.assertEqual(self.tally(f"--limit={limit}").returncode, 2)
