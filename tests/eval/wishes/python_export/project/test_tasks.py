import unittest

from tasks import Task, dump, load, still_open

TASKS = [Task("Paint", tags=["home"]), Task("Call", done=True, tags=["home", "work"]), Task("Rest")]


class TasksTest(unittest.TestCase):
    def test_reads_what_it_wrote(self):
        self.assertEqual(load(dump(TASKS)), TASKS)

    def test_still_open(self):
        self.assertEqual([task.title for task in still_open(TASKS)], ["Paint", "Rest"])

    def test_still_open_with_a_tag(self):
        self.assertEqual([task.title for task in still_open(TASKS, "home")], ["Paint"])


if __name__ == "__main__":
    unittest.main()
