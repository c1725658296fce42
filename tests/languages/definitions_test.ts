import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { languagesOf } from "../../src/languages/languages_of.ts";
import { definitionsIn, replaceableDefinitions } from "../../src/languages/definitions.ts";

const said = (text: string) =>
  definitionsIn(text, Object.values(LANGUAGES)).map(({ name, head, from, to }) => `${name} ${head}/${from}-${to}`);

Deno.test("functions and methods of Python are found with their decorators, docstrings and long signatures", () => {
  const text = `import os

def first(a):
    """Begins.
Not indented, and def inside(text): too.
    """
    def inner():
        pass
    return inner

@cached
async def second(
    a,
    b,
) -> int:
    return a

class Third(Base):
    limit = 3

    def one(self): return 1

    # says two
    def two(self):
        if self:

            return 2
x = 1
`;
  assert.deepEqual(said(text), ["first 3/3-9", "second 11/12-16", "Third.one 21/21-21", "Third.two 23/24-27"]);
});

Deno.test("functions of JavaScript and TypeScript are found: declared, assigned, in classes", () => {
  const text = `/**
 * Adds.
 */
export function add(a: number, b: number): number {
  return a + b;
}
const half = (n) => n / 2;
export const twice = async (n: number): Promise<number> => {
  if (n) {
    return n * 2;
  }
  return 0;
};
export class Cart {
  #items = [];
  constructor(owner) {
    this.owner = owner;
  }
  async total({ tax }: Options): Promise<number> {
    for (const one of this.#items) {
      tax += one;
    }
    return tax;
  }
}
if (half(2) > 1) {
  add(1, 2);
}
`;
  assert.deepEqual(said(text), [
    "add 1/4-6",
    "half 7/7-7",
    "twice 8/8-13",
    "Cart.constructor 16/16-18",
    "Cart.total 19/19-24",
  ]);
});

Deno.test("functions of Rust, Go, Java and C are found", () => {
  assert.deepEqual(
    said(`impl<T> Stack<T> {
    /// Pops.
    pub fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }
}

fn main() {
    println!("{}", 1);
}
`),
    ["Stack.pop 2/3-5", "main 8/8-10"],
  );
  assert.deepEqual(
    said(`package main

// Sum adds.
func (s *Set) Sum(a int) int {
	return a
}

func main() {
	fmt.Println("}")
}
`),
    ["Set.Sum 3/4-6", "main 8/8-10"],
  );
  assert.deepEqual(
    said(`public class Bank {
    private int sum;

    public int add(int amount) throws IOException {
        while (amount > 0) {
            sum += amount;
        }
        return sum;
    }
}
`),
    ["Bank.add 4/4-9"],
  );
  assert.deepEqual(
    said(`#include <stdio.h>
static int twice(int n) {
    return n * 2;
}
`),
    ["twice 2/2-4"],
  );
});

Deno.test("prose and data have no functions", () => {
  assert.deepEqual(said("# Read me\n\nCall the function add (it adds).\n\n- def: a definition\n"), []);
  assert.deepEqual(said('{ "function": { "name": "x" } }\n'), []);
});

const within = (path: string, text: string) =>
  definitionsIn(text, languagesOf(path, LANGUAGES)).map(({ name, from, to }) => `${name} ${from}-${to}`);

/** A title, a text, and the definitions in it. */
type Case = readonly [string, string, readonly string[]];

const SCRIPTS: readonly Case[] = [
  [
    "a method with parameters over several lines",
    "class Cart {\n  add(\n    sku: string,\n    count: number,\n  ): void {\n    this.n += count;\n  }\n\n  total() {\n    return 1;\n  }\n}\n",
    ["Cart.add 2-7", "Cart.total 9-11"],
  ],
  [
    "a function and an arrow with parameters over several lines",
    "export function add(\n  a: number,\n  b = (1),\n) {\n  return a;\n}\n\nexport const sub = async (\n  a: number,\n): Promise<number> => {\n  return a;\n};\n",
    ["add 1-6", "sub 8-12"],
  ],
  [
    "parameters in an object over several lines",
    "export function Box({\n  a,\n  b,\n}: Props) {\n  return a;\n}\nexport const Bag = ({\n  a,\n}) => (\n  <b>{a}</b>\n);\nconst c = 1;\n",
    ["Box 1-6", "Bag 7-11"],
  ],
  [
    "fields of a class that hold a function",
    "class A {\n  n = 1;\n  handle = (x) => {\n    return x;\n  };\n  #later = async (x: number): Promise<void> => {\n    await x;\n  };\n  private readonly twice: Fn = function (x) {\n    return x;\n  };\n  half = x => x / 2;\n}\n",
    ["A.handle 3-5", "A.later 6-8", "A.twice 9-11", "A.half 12-12"],
  ],
  [
    "what is given to exports and to a prototype",
    "exports.foo = function (a) {\n  return a;\n};\nexports.bar = (a) => {\n  return a;\n};\nmodule.exports.baz = async function baz(a) {\n  return a;\n};\nStack.prototype.push = function (a) {\n  return a;\n};\nStack.of = (a) => new Stack(a);\nexports.limit = 3;\nexports.alias = foo;\nmodule.exports = function main() {\n  return 1;\n};\n",
    ["foo 1-3", "bar 4-6", "baz 7-9", "Stack.push 10-12", "Stack.of 13-13", "main 16-18"],
  ],
  [
    "properties of an object that hold a function",
    "const api = {\n  sub: (a) => {\n    return a;\n  },\n  mul: function (a, b) {\n    return a * b;\n  },\n  div: async function div(a) {\n    return a;\n  },\n  get(key) {\n    return key;\n  },\n  size: 3,\n};\n",
    ["sub 2-4", "mul 5-7", "div 8-10", "get 11-13"],
  ],
  [
    "types that a function takes, and values that its parameters have",
    "export const id = <T>(x: T) => x;\nexport const all = <T extends { a: number }>(x: T): T[] => {\n  return [x];\n};\nfunction at(d = new Date()) {\n  return d;\n}\nconst now = (d = new Date(), f = (x) => ({ x })) => d;\nclass A {\n  map<K extends string, V = Map<K, (a: K) => void>>(k: K): Map<K, V> {\n    return k;\n  }\n}\n",
    ["id 1-1", "all 2-4", "at 5-7", "now 8-8", "A.map 10-12"],
  ],
  [
    "types with brackets that a function gives, and a comment behind what opens it",
    "class A {\n  f(): { a: number } {\n    return { a: 1 };\n  }\n  g(a) { // note\n    return a;\n  }\n  is(x: unknown): x is { a: number } | Array<{ b: 1 }> {\n    return true;\n  }\n  go(): Promise<{\n    a: number;\n  }> {\n    return 1;\n  }\n}\nexport function h(): {\n  a: number;\n} {\n  return { a: 1 };\n}\n",
    ["A.f 2-4", "A.g 5-7", "A.is 8-10", "A.go 11-15", "h 17-21"],
  ],
  [
    "methods in one line",
    "class A {\n  get size() { return this.n; }\n  add(a, b) { return a + b; }\n  static of = (x) => new A(x);\n}\nconst o = {\n  add(a) { return a; },\n};\n",
    ["A.size 2-2", "A.add 3-3", "A.of 4-4", "add 7-7"],
  ],
  [
    "names that other languages keep for themselves",
    "class A {\n  match(x) {\n    return x;\n  }\n  with(x) {\n    return x;\n  }\n  delete(x) {\n    return x;\n  }\n}\nexport const match = (x) => x;\nexport function loop() {\n  return 1;\n}\n",
    ["A.match 2-4", "A.with 5-7", "A.delete 8-10", "match 12-12", "loop 13-15"],
  ],
  [
    "no statement, whatever it goes over",
    "class A {\n  [Symbol.iterator]() {\n    if (a) {\n      b();\n    } else if (c) {\n      d();\n    }\n    for (const x of y) {\n      z();\n    }\n    while (a) { b(); }\n    switch (a) {\n      default: {\n      }\n    }\n    try {\n      a();\n    }\n    catch (e) {\n      b();\n    }\n  }\n  last() {\n    return 1;\n  }\n}\n  if (\n    a\n  ) {\n    b();\n  }\n  for await (const x of y) {\n  }\n",
    ["A.last 23-25"],
  ],
  [
    "no call that takes a function",
    'foo(() => {\n  a();\n});\n  foo(x, function (y) {\n    a();\n  });\ndescribe("x", () => {\n  it("y", async () => {\n    a();\n  });\n  it.each([1])("z", (a) => {\n  });\n  const add = (a) => {\n    return a;\n  };\n  beforeEach(function () {\n  });\n});\nconst b = memo((x) => {\n  return x;\n});\nconst c = foo(1);\nx.y = foo((z) => {\n});\n',
    ["add 13-15"],
  ],
  [
    "no type, no signature, nothing that stands in quotes or in a comment",
    "export type T = {\n  get: (id: string) => {\n    name: string;\n  };\n};\ninterface I {\n  f(a: number): { b: number };\n  g: (a: number) => void;\n}\nexport function f(a: string): void;\nexport function f(a: number): void\nexport function f(a: any) {\n  return `\n  function no() {\n    ${a.map((x) => `don't\n  function nor() {`)}\n  }\n`;\n}\nabstract class B {\n  abstract h(\n    a: number,\n  ): void;\n  k(): void {\n  }\n}\n/*\n  function none() {\n  }\n*/\n",
    ["f 12-19", "B.k 24-25"],
  ],
  [
    "types over several lines before the parameters, and signs of names that other languages have not",
    "export function make<\n  Own,\n  F extends Own = never,\n>(\n  own: Own,\n): Own {\n  return own;\n}\nclass $Set {\n  $add(a) {\n    return a! / 2 + b! / 2;\n  }\n}\nmodule.exports = (a) => {\n  return a;\n};\n",
    ["make 1-8", "$Set.$add 10-12"],
  ],
  [
    "patterns are no quotes and open no brackets",
    'function a(s) {\n  return s.replace(/[`\'"({[]/g, "") / 2;\n}\nfunction b(s) {\n  return s.split(/\\//) || /`/.test(s);\n}\n',
    ["a 1-3", "b 4-6"],
  ],
];

for (const [title, text, names] of SCRIPTS) {
  Deno.test(`definitions of TypeScript: ${title}`, () => assert.deepEqual(within("a.ts", text), names));
}

Deno.test("a word that begins a statement in one language names a function in another", () => {
  assert.deepEqual(
    within(
      "a.rs",
      "impl Stack {\n    pub fn new() -> Self {\n        Stack\n    }\n    fn try(&self) {}\n}\nfn r#loop() {}\nfn catch() {\n}\n",
    ),
    ["Stack.new 2-4", "Stack.try 5-5", "loop 7-7", "catch 8-9"],
  );
  assert.deepEqual(
    within(
      "a.py",
      "def match(a):\n    return a\n\nclass A:\n    def new(self):\n        return 1\n\n    def throw(self):\n        return 2\n",
    ),
    ["match 1-2", "A.new 5-6", "A.throw 8-9"],
  );
  assert.deepEqual(
    within(
      "A.java",
      "class A {\n    boolean match(String s) {\n        if (s) {\n        }\n        return true;\n    }\n    A with(String s) {\n        return this;\n    }\n    while (true) {\n    }\n}\n",
    ),
    ["A.match 2-6", "A.with 7-9"],
  );
});

Deno.test("a method of Go is named with the type of its receiver", () => {
  const text = `package shapes

func (c Circle) Area() float64 {
	return c.r
}

func (s *Square) Area() float64 {
	return s.a
}

func (s *Stack[T]) Push(x T) {
	s.items = append(s.items, x)
}

func (Pair[K, V]) Size() int { return 2 }

func Map[T any](all []T) []T {
	return all
}
`;
  assert.deepEqual(within("a.go", text), [
    "Circle.Area 3-5",
    "Square.Area 7-9",
    "Stack.Push 11-13",
    "Pair.Size 15-15",
    "Map 17-19",
  ]);
});

Deno.test("a method of Rust is named with the type that its implementation is of", () => {
  const heads: readonly (readonly [string, string])[] = [
    ["impl fmt::Display for A", "A.f"],
    ["impl<T: Into<String>> Stack<T>", "Stack.f"],
    ["impl<T> From<Vec<T>> for crate::stack::Stack<T>", "Stack.f"],
    ["impl<F: Fn(i32) -> i32> Apply<F>", "Apply.f"],
    ["impl<'a, T> Iterator for &'a mut Iter<T>", "Iter.f"],
    ["impl<F> Run for Job<F> where F: for<'a> Fn(&'a str)", "Job.f"],
    ["impl<T> Stack<T>\nwhere\n    T: Clone,\n", "Stack.f"],
    ["unsafe impl Send for A", "A.f"],
    ["pub trait Shape", "Shape.f"],
    ["pub(crate) unsafe trait Shape: Sized", "Shape.f"],
    ["impl<T> Run for (T, T)", "f"],
  ];
  for (const [head, name] of heads) {
    const text = `${head} {\n    fn f(&self) -> bool {\n        true\n    }\n}\n`;
    assert.deepEqual(definitionsIn(text, languagesOf("a.rs", LANGUAGES)).map((one) => one.name), [name], head);
  }
});

Deno.test("what a trait only asks for is no function of it", () => {
  const text =
    "pub trait Shape {\n    fn area(&self, a: f64) -> f64;\n    fn twice(\n        &self,\n    ) -> f64;\n    fn half(&self) -> f64 {\n        1.0\n    }\n}\n";
  assert.deepEqual(within("a.rs", text), ["Shape.half 6-8"]);
});

const replaceable = (path: string, text: string) =>
  replaceableDefinitions(text, languagesOf(path, LANGUAGES)).map(({ name }) => name);

Deno.test("two methods of one name in one type cannot be told apart, and harm no other", () => {
  const head = "fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        Ok(())\n    }\n}\n";
  const text =
    `impl fmt::Display for A {\n    fn ${head}impl fmt::Debug for A {\n    fn ${head}impl fmt::Display for B {\n    fn ${head}`;
  assert.deepEqual(replaceable("a.rs", text), ["B.fmt"]);
});

Deno.test("brackets and quotes that are text open nothing", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a.py", "def f(s):\n    return s.startswith('(') or s == \"`\" or s == '[{'  # (\n"],
    ["a.go", "package a\n\nfunc f(r rune) bool {\n\treturn r == '(' || r == '`' || s == `\\` // {\n}\n"],
    ["a.ts", "function f(s) {\n  return s.split(/[({[]/) + `(${s}` + s.replace(/`/g, '') /* { */;\n}\n"],
    [
      "a.rb",
      'def f(s)\n  s.split(/[#("]/) if s =~ /\\(/\nend\n',
    ],
    [
      "a.rs",
      "fn f<'a>(s: &'a str, c: char) -> &'a str {\n    if c == '(' || c == '\\'' || c == '\"' { r#\"\"{\"# } else { \"\n{\" }\n}\n",
    ],
    ["A.java", "class A {\n    boolean f(char c) {\n        return c == '{' || \"(\".isEmpty();\n    }\n}\n"],
  ];
  for (const [path, text] of cases) {
    assert.deepEqual(replaceable(path, text).map((name) => name.split(".").at(-1)), ["f"], path);
  }
});

Deno.test("what is truly open makes a function one that cannot be replaced", () => {
  assert.deepEqual(replaceable("a.ts", "function f(s) {\n  return (s;\n}\n"), []);
  assert.deepEqual(replaceable("a.ts", "function f(s) {\n  return `s;\n}\n"), []);
  assert.deepEqual(replaceable("a.py", 'def f(s):\n    """Says.\n    return s\n'), []);
});

Deno.test("a backtick in a string ends no class where backticks are no quotes", () => {
  const python =
    'class A:\n    def f(self, ch):\n        return ch == "`"\n\n    def g(self):\n        return 1\n\n\ndef h():\n    return 2\n';
  assert.deepEqual(within("a.py", python), ["A.f 2-3", "A.g 5-6", "h 9-10"]);
  const go =
    "package a\n\nfunc F(r rune) bool {\n\treturn r == '`'\n}\n\nfunc G() string {\n\treturn `a\nfunc no() {\n`\n}\n\nfunc H() {\n}\n";
  assert.deepEqual(within("a.go", go), ["F 3-5", "G 7-11", "H 13-14"]);
  const rust = "/// Says `a.\nfn f(c: char) -> bool {\n    c == '`'\n}\n\nfn g() {\n}\n";
  assert.deepEqual(within("a.rs", rust), ["f 2-4", "g 6-7"]);
});

Deno.test("a long text of calls and open brackets is read in one go", () => {
  const texts = [
    "  foo(() => {\n",
    "  foo<a<(\n",
    "`${`${\n",
    "x = '`' + `\\`\n",
    "const a: b<c =>\n",
    "impl<A<B<\n",
    "/[/[\n",
    "class A {\n",
  ];
  for (const one of texts) {
    const text = one.repeat(Math.floor(80_000 / one.length));
    for (const language of Object.values(LANGUAGES)) {
      assert.ok(definitionsIn(text, [language]).length >= 0);
    }
  }
});

Deno.test("what stands at the margin within brackets ends nothing, a decorator behind a function does", () => {
  const python =
    'class A:\n    def f(self):\n        self.same(one,\n"""text""")\n        return 1\n\n    # note\n    @skip(a,\n          "b")\n    def g(self):\n        return 2\n';
  assert.deepEqual(within("a.py", python), ["A.f 2-5", "A.g 10-11"]);
  const go = "package a\n\nfunc F() {\n\tfor {\n\t\tbreak done\n\t}\ndone:\n\treturn\n}\n\nfunc G() {\n}\n";
  assert.deepEqual(within("a.go", go), ["F 3-9", "G 11-12"]);
});
