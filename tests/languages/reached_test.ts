import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { reachedIn } from "../../src/languages/reached.ts";

const by = Object.values(LANGUAGES);
const reached = (source: string, named: string, ...through: readonly string[]) => [
  ...reachedIn({ text: source, by }, named, through.map((text) => ({ text, by }))),
];

const GO = `package wrap

// Lines parts a text.
func Lines(text string) []string {
	return split(text, width)
}

func split(text string, width int) []string {
	return nil
}

// Centre puts blanks before a line, unlike split.
func Centre(line string) string {
	return line
}
`;

Deno.test("a failing test leads to the functions that it names and to those that these name, and to no other", () => {
  assert.deepEqual(reached(GO, 'if got := Lines("a b"); got != nil {'), ["Lines", "split"]);
  assert.deepEqual(reached(GO, 'got := Centre("a")'), ["Centre", "split"]);
  assert.deepEqual(reached(GO, "got := split(text, 3)"), ["split"]);
});

Deno.test("what stands outside of functions, methods and what is called without a name is always reached", () => {
  const python = `TABLE = build()

def build():
    return {}

class Cart:
    def __init__(self):
        self.items = []

    def total(self):
        return 0

def price(item):
    return 1

def unused(item):
    return 2
`;
  assert.deepEqual(reached(python, "assert price(1) == 2"), ["price", "build", "Cart.__init__", "Cart.total"]);
});

Deno.test("the longest of the functions to which a failing test leads comes first, as the likeliest", () => {
  const source =
    "def start():\n    return 1\n\ndef total(all):\n    some = 0\n    return some\n\ndef end():\n    return 2\n";
  assert.deepEqual(reached(source, "assert start() + total([]) + end() == 0"), ["total", "start", "end"]);
});

Deno.test("a method of Go is taken as named as in other languages, since an interface leads to it without its name", () => {
  const source = `${GO}
func (b *Box) String() string {
	return "box"
}
`;
  assert.deepEqual(reached(source, "got := Centre(text)"), ["Centre", "split", "Box.String"]);
  assert.deepEqual(reached(source, "got := box.String()"), ["Box.String"]);
});

Deno.test("a test leads through the helpers of its own file, and not to what its other tests name", () => {
  const test = `package wrap

func check(text string) {
	Lines(text)
}

func TestCentre(t *testing.T) {
	Centre("a")
}

func TestLines(t *testing.T) {
	check("a b")
}
`;
  assert.deepEqual(reached(GO, 'func TestLines(t *testing.T) {\n\tcheck("a b")\n}', test), ["Lines", "split"]);
});

Deno.test("where a test names nothing of a file, or the file is too long to be searched, nobody knows", () => {
  assert.deepEqual(reached(GO, "run(t)"), []);
  assert.deepEqual(reached(`${GO}\n${"// more\n".repeat(7_000)}`, "Lines(1)"), []);
});

Deno.test("a function is not called without a name because its own begins like one that is", () => {
  const source = `def initials(name):
    return name[0]

def settle(bill):
    return bill

def setUp():
    return initials("a")

def shorten(text):
    return text
`;
  assert.deepEqual(reached(source.replace('initials("a")', "None"), "assert shorten(1) == 2"), ["shorten", "setUp"]);
  assert.deepEqual(reached(source, "assert shorten(1) == 2"), ["shorten", "initials", "setUp"]);
});

Deno.test("what the failing tests name in code, or what that names, stands before methods that may be meant as well", () => {
  const source = `class Pager:
    def __init__(self, items, size=10):
        self.items = items
        self.size = size
        self.first = 1

    def count(self):
        """The number of pages, one page at least."""
        return len(self.items) // self.size

    def page(self, number):
        if not 1 <= number <= self.count():
            raise IndexError("no page")
        start = (number - 1) * self.size
        return self.items[start:start + self.size]

    def neighbours(self, number):
        # as page has it
        after = number + 1 if number < self.count() else None
        return number - 1 or None, after
`;
  const test =
    "def test_end(self):\n    # the last page\n    self.assertEqual(Pager(range(20)).neighbours(2), (1, None))";
  assert.deepEqual(reached(source, test), ["Pager.neighbours", "Pager.count", "Pager.page", "Pager.__init__"]);
});
