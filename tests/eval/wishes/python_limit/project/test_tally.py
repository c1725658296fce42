import contextlib
import io
import os
import tempfile
import unittest

from tally import main, tally


class TallyTest(unittest.TestCase):
    def test_most_frequent_first(self):
        self.assertEqual(tally("b a b"), [("b", 2), ("a", 1)])

    def test_short_words_may_be_left_out(self):
        self.assertEqual(tally("to be or not", min_length=3), [("not", 1)])

    def test_prints_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "text.txt")
            with open(path, "w", encoding="utf-8") as target:
                target.write("One two TWO")
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(main([path]), 0)
        self.assertEqual(out.getvalue(), "2 two\n1 one\n")


if __name__ == "__main__":
    unittest.main()
