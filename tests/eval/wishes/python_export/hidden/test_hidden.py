import csv
import io
import unittest

from export import to_csv
from tasks import Task


class HiddenTest(unittest.TestCase):
    def test_lines(self):
        tasks = [Task("Paint", tags=["home"]), Task("Call", done=True, tags=["home", "work"]), Task("Rest")]
        self.assertEqual(to_csv(tasks), "title,done,tags\nPaint,no,home\nCall,yes,home work\nRest,no,\n")

    def test_no_tasks(self):
        self.assertEqual(to_csv([]), "title,done,tags\n")

    def test_commas_and_quotes(self):
        text = to_csv([Task('Say "hi", then go', tags=["a,b"])])
        self.assertNotIn("\r", text)
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(rows, [["title", "done", "tags"], ['Say "hi", then go', "no", "a,b"]])
