import { equal } from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";

const python = LANGUAGES.python!;
const grouped = (text: string, like: string) => python.inGroupOf!(text, like, python);
const LIKE = `import unittest
from birthdays import Birthdays

class BirthdaysTest(unittest.TestCase):
    LIMIT = 3

    def setUp(self):
        self.birthdays = Birthdays()

        self.birthdays.add("Ada")

    def test_one(self):
        self.assertEqual(len(self.birthdays), 1)

    def tearDown(self):
        pass


if __name__ == "__main__":
    unittest.main()
`;

Deno.test("tests that are written as methods and stand in no class get the class of the test beside them, with what sets it up", () => {
  const text = `from birthdays import Birthdays
def test_two(self):
    self.birthdays.add("Bo")
    text = """one
two"""
    self.assertEqual(len(self.birthdays), 2)

def test_none(self):
    self.assertEqual(len(Birthdays()), 0)
`;
  equal(
    grouped(text, LIKE),
    `from birthdays import Birthdays


class BirthdaysTest(unittest.TestCase):
    def setUp(self):
        self.birthdays = Birthdays()

        self.birthdays.add("Ada")

    def tearDown(self):
        pass

    def test_two(self):
        self.birthdays.add("Bo")
        text = """one
two"""
        self.assertEqual(len(self.birthdays), 2)

    def test_none(self):
        self.assertEqual(len(Birthdays()), 0)
`,
  );
});

Deno.test("tests that stand by themselves, or in a class of their own, stay as they are, and so do all beside a test without a class", () => {
  const plain = "def test_two():\n    assert two() == 2\n";
  const own = "class A:\n    def test_two(self):\n        assert two() == 2\n";
  const mixed = `${plain}\ndef test_one(self):\n    pass\n`;
  for (const text of [plain, own, mixed]) equal(grouped(text, LIKE), text);
  const method = "def test_two(self):\n    assert two() == 2\n";
  equal(grouped(method, plain), method);
});
