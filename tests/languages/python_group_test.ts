import { equal, match } from "node:assert/strict";
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

Deno.test("a class of new tests gets what its methods use of it and nothing gives, as the class beside it has it", () => {
  const text = `import unittest


class MoreTest(unittest.TestCase):
    """More of them."""
    def test_two(self):
        self.birthdays.add("Bo")
        self.assertEqual(len(self.birthdays), 2)
        self.assertLess(2, self.LIMIT)


class PlainTest(unittest.TestCase):
    def test_none(self):
        self.assertEqual(len(Birthdays()), 0)
`;
  equal(
    grouped(text, LIKE),
    `import unittest


class MoreTest(unittest.TestCase):
    """More of them."""
    LIMIT = 3

    def setUp(self):
        self.birthdays = Birthdays()

        self.birthdays.add("Ada")

    def tearDown(self):
        pass

    def test_two(self):
        self.birthdays.add("Bo")
        self.assertEqual(len(self.birthdays), 2)
        self.assertLess(2, self.LIMIT)


class PlainTest(unittest.TestCase):
    def test_none(self):
        self.assertEqual(len(Birthdays()), 0)
`,
  );
});

Deno.test("a helper comes with what it uses itself, also where a decorator stands before it", () => {
  const like = `class ShopTest(unittest.TestCase):
    def setUp(self):
        self.shop, self.till = Shop(), Till()

    @staticmethod
    def price(name):
        return name

    def bought(self, name):
        return self.shop.buy(self.price(name))

    def test_buys(self):
        self.bought("tea")
`;
  const text = `class NewTest(unittest.TestCase):
    def test_more(self):
        self.bought("milk")
`;
  equal(
    grouped(text, like),
    like.replace("ShopTest", "NewTest").replace('    def test_buys(self):\n        self.bought("tea")\n', "") +
      text.slice(text.indexOf("    def")),
  );
});

Deno.test("a class that sets its tests up itself, is indented otherwise, or lacks what no class has stays as it is", () => {
  const sets =
    "class A(T):\n    def setUp(self):\n        self.x = 1\n    def test_two(self):\n        self.birthdays.add(1)\n";
  const narrow = "class A(unittest.TestCase):\n  def test_two(self):\n    self.birthdays.add(1)\n";
  const other = "class A(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(self.unknown, 1)\n";
  for (const text of [sets, narrow, other]) equal(grouped(text, LIKE), text);
});

Deno.test("a use is no gift, and of several classes that counts which gives most", () => {
  const like = `class OneTest(unittest.TestCase):
    def setUp(self):
        self.stack = []


class BothTest(unittest.TestCase):
    def setUp(self):
        self.stack = []
        self.queue = []
    def late(self):
        pass
`;
  const text = `class NewTest(unittest.TestCase):
    def test_it(self):
        if self.stack: x = 1
        self.assertEqual(self.stack, [1])
        self.late()
`;
  match(grouped(text, like), /^class NewTest[^\n]*\n {4}def setUp\(self\):\n {8}self\.stack = \[\]\n {8}self\.queue/);
});

Deno.test("no class gets what is not its own: one of another kind, without tests or in quotes, or where a piece would be cut", () => {
  const test = "    def test_it(self):\n        self.assertEqual(self.birthdays, self.LIMIT)\n";
  const quoted = `TEXT = """\nclass A(unittest.TestCase):\n${test}"""\n`;
  for (
    const text of [
      `class A(Base):\n${test}`,
      "class A(unittest.TestCase):\n    def go(self):\n        return self.birthdays\n",
      `${quoted}\nclass B:\n    pass\n`,
    ]
  ) equal(grouped(text, LIKE), text);
  const text = `class A(unittest.TestCase):\n${test}`;
  const cut = [
    "    def setUp(self):\n        self.birthdays = [\n# At the margin.\n            1,\n        ]\n",
    '    LIMIT = """\n    a = 1\n    b = 2\n    """\n',
  ];
  for (const piece of cut) equal(grouped(text, `class T(unittest.TestCase):\n${piece}`), text, piece);
});

Deno.test("what decorates a set-up over several lines comes with it", () => {
  const setUp =
    '    @patch(\n        "os.getcwd",\n    )\n    def setUp(self, folder):\n        self.folder = folder\n';
  const test = "    def test_it(self):\n        self.assertEqual(self.folder, 1)\n";
  const head = "class A(unittest.TestCase):\n";
  equal(grouped(`${head}${test}`, `class T(unittest.TestCase):\n${setUp}`), `${head}${setUp}\n${test}`);
});
