import assert from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

/** What a definition is added to, what was written, and the file after it. */
interface Addition {
  readonly title: string;
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly written: string;
  readonly after: string;
}

const ADDITIONS: readonly Addition[] = [
  {
    title: "in Python behind the other functions, before what is run, with its import",
    path: "stats.py",
    name: "median",
    before:
      '"""Figures."""\nimport sys\n\n\ndef mean(values):\n    return sum(values) / len(values)\n\n\nif __name__ == "__main__":\n    print(mean([1]))\n',
    written: "import statistics\n\ndef median(values):\n    return statistics.median(values)\n",
    after:
      '"""Figures."""\nimport sys\nimport statistics\n\n\ndef mean(values):\n    return sum(values) / len(values)\n\n\ndef median(values):\n    return statistics.median(values)\n\n\nif __name__ == "__main__":\n    print(mean([1]))\n',
  },
  {
    title: "of a whole file that was written nothing else counts",
    path: "stats.py",
    name: "median",
    before: "def mean(values):\n    return sum(values) / len(values)\n",
    written:
      "def mean(values):\n    return 0\n\n\ndef median(values):\n    return half(values)\n\n\ndef half(values):\n    return 1\n",
    after:
      "def mean(values):\n    return sum(values) / len(values)\n\n\ndef half(values):\n    return 1\n\ndef median(values):\n    return half(values)\n",
  },
  {
    title:
      "in Python inside its class, behind the other methods, and in the list of what the file offers where all are",
    path: "shapes.py",
    name: "Shape.title",
    before: "class Shape:\n    def name(self):\n        return 1\n\n\ndef area():\n    return 2\n",
    written: "@property\ndef title(self):\n    return 3\n",
    after:
      "class Shape:\n    def name(self):\n        return 1\n\n    @property\n    def title(self):\n        return 3\n\n\ndef area():\n    return 2\n",
  },
  {
    title: "in Go a method of one type has the name of another's",
    path: "geo.go",
    name: "Area",
    before: "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n",
    written:
      "func (c Circle) Area() float64 {\n\treturn 0\n}\n\nfunc (s *Square) Area() float64 {\n\treturn s.a * s.a\n}\n",
    after:
      "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n\nfunc (s *Square) Area() float64 {\n\treturn s.a * s.a\n}\n",
  },
  {
    title: "in Rust a method stands in the implementation of its type, not in the type, nor in that of a trait",
    path: "stack.rs",
    name: "Stack.len",
    before:
      "struct Stack<T> {\n    items: Vec<T>,\n}\n\nimpl<T> Drop for Stack<T> {\n    fn drop(&mut self) {}\n}\n\nimpl<T: Into<String>> Stack<T> {\n    pub fn new() -> Self {\n        Stack { items: Vec::new() }\n    }\n}\n",
    written: "pub fn len(&self) -> usize {\n    self.items.len()\n}\n",
    after:
      "struct Stack<T> {\n    items: Vec<T>,\n}\n\nimpl<T> Drop for Stack<T> {\n    fn drop(&mut self) {}\n}\n\nimpl<T: Into<String>> Stack<T> {\n    pub fn new() -> Self {\n        Stack { items: Vec::new() }\n    }\n\n    pub fn len(&self) -> usize {\n        self.items.len()\n    }\n}\n",
  },
  {
    title: "in Rust a type is that of an implementation however its path is written, and of a function's answer",
    path: "stack.rs",
    name: "fill",
    before: "pub fn empty() {}\n",
    written:
      "pub struct Full;\n\nimpl<F: Fn() -> u8> fmt::Display for crate::stack::Full {\n    fn fmt(&self) {}\n}\n\npub struct Other;\n\nimpl fmt::Display for crate::stack::Other {\n    fn fmt(&self) {}\n}\n\npub fn fill() -> Result<(), Full> {\n    Err(Full)\n}\n",
    after:
      "pub fn empty() {}\n\npub struct Full;\n\nimpl<F: Fn() -> u8> fmt::Display for crate::stack::Full {\n    fn fmt(&self) {}\n}\n\npub fn fill() -> Result<(), Full> {\n    Err(Full)\n}\n",
  },
  {
    title: "a method stands in its class where that has none yet",
    path: "shapes.ts",
    name: "Shape.area",
    before: "export class Shape {\n  side = 2;\n}\n",
    written: "area(): number {\n  return this.side ** 2;\n}\n",
    after: "export class Shape {\n  side = 2;\n\n  area(): number {\n    return this.side ** 2;\n  }\n}\n",
  },
  {
    title: "in JavaScript it is exported as the others are, before the list of exports",
    path: "lib/members.js",
    name: "find",
    before:
      "const members = new Map();\n\nfunction get(number) {\n  return members.get(number);\n}\n\nmodule.exports = { get };\n",
    written: "function find(name) {\n  return [...members.values()].find((one) => one === name);\n}\n",
    after:
      "const members = new Map();\n\nfunction get(number) {\n  return members.get(number);\n}\n\nfunction find(name) {\n  return [...members.values()].find((one) => one === name);\n}\n\nmodule.exports = { get, find };\n",
  },
  {
    title: "in a module by its first line, with its description and what it imports",
    path: "src/collections.ts",
    name: "countBy",
    before:
      'import { a } from "./a.ts";\n\n/** Groups. */\nexport function groupBy() {\n  return a;\n}\n\ngroupBy();\n',
    written: 'import { b } from "./b.ts";\n\n/** Counts. */\nfunction countBy() {\n  return b;\n}\n',
    after:
      'import { a } from "./a.ts";\nimport { b } from "./b.ts";\n\n/** Groups. */\nexport function groupBy() {\n  return a;\n}\n\n/** Counts. */\nexport function countBy() {\n  return b;\n}\n\ngroupBy();\n',
  },
  {
    title: "in Go before main, its packages in the block of imports",
    path: "main.go",
    name: "Reverse",
    before:
      'package main\n\nimport (\n\t"fmt"\n)\n\nfunc Add(a, b int) int {\n\treturn a + b\n}\n\nfunc main() {\n\tfmt.Println(Add(1, 2))\n}\n',
    written:
      'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\n// Reverse turns a text round.\nfunc Reverse(s string) string {\n\treturn strings.ToUpper(s)\n}\n',
    after:
      'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\nfunc Add(a, b int) int {\n\treturn a + b\n}\n\n// Reverse turns a text round.\nfunc Reverse(s string) string {\n\treturn strings.ToUpper(s)\n}\n\nfunc main() {\n\tfmt.Println(Add(1, 2))\n}\n',
  },
  {
    title: "a method in Go stands at the margin, its package in an import of its own",
    path: "colour.go",
    name: "Colour.Hex",
    before: "package colour\n\ntype Colour struct{ Red uint8 }\n\nfunc Red() Colour {\n\treturn Colour{255}\n}\n",
    written: 'import "fmt"\n\nfunc (c Colour) Hex() string {\n    return fmt.Sprint(c.Red)\n}\n',
    after:
      'package colour\n\nimport "fmt"\n\ntype Colour struct{ Red uint8 }\n\nfunc Red() Colour {\n\treturn Colour{255}\n}\n\nfunc (c Colour) Hex() string {\n\treturn fmt.Sprint(c.Red)\n}\n',
  },
  {
    title: "in Rust before the tests inside the file; in other languages behind the other functions",
    path: "src/lib.rs",
    name: "half",
    before: "pub fn twice(n: i32) -> i32 {\n    n * 2\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n",
    written: "pub fn half(n: i32) -> i32 {\n    n / 2\n}\n",
    after:
      "pub fn twice(n: i32) -> i32 {\n    n * 2\n}\n\npub fn half(n: i32) -> i32 {\n    n / 2\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n",
  },
  {
    title: "a class, into a file without any definition, behind its imports and values",
    path: "stack.py",
    name: "Stack",
    before: "import sys\n\nMOST = 3\n",
    written: "class Stack:\n    def push(self, x):\n        return x\n",
    after: "import sys\n\nMOST = 3\n\n\nclass Stack:\n    def push(self, x):\n        return x\n",
  },
  {
    title: "before the exports of a file that defines nothing yet",
    path: "lib/limit.js",
    name: "twice",
    before: "const limit = 3;\n\nmodule.exports = { limit };\n",
    written: "function twice() {\n  return limit * 2;\n}\n",
    after: "const limit = 3;\n\nfunction twice() {\n  return limit * 2;\n}\n\nmodule.exports = { limit };\n",
  },
  {
    title: "into a list of names in quotes",
    path: "names.py",
    name: "two",
    before: '__all__ = ["one"]\n\n\ndef one():\n    return 1\n',
    written: "def two():\n    return 2\n",
    after: '__all__ = ["one", "two"]\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n',
  },
  {
    title: "with a value over several lines that it needs, without the example",
    path: "words.py",
    name: "two",
    before: "def one():\n    return 1\n",
    written:
      "WORDS = {\n    'a': 1,\n}\n\ndef two(x):\n    result = WORDS[x]\n    return result\n\nresult = two('a')\n\ndef test_two():\n    assert result\n",
    after:
      "def one():\n    return 1\n\n\nWORDS = {\n    'a': 1,\n}\n\ndef two(x):\n    result = WORDS[x]\n    return result\n",
  },
  {
    title: "with the types that it needs",
    path: "a.ts",
    name: "g",
    before: "export function f() {\n  return 1;\n}\n",
    written:
      "export interface Options {\n  n: number;\n}\n\nclass Other {}\n\nexport function g(o: Options): number {\n  return o.n;\n}\n",
    after:
      "export function f() {\n  return 1;\n}\n\nexport interface Options {\n  n: number;\n}\n\nexport function g(o: Options): number {\n  return o.n;\n}\n",
  },
  {
    title: "a type with what is added to it, and what that imports",
    path: "src/lib.rs",
    name: "parse",
    before: "pub fn f() {}\n",
    written:
      'use std::fmt;\n\n#[derive(Debug)]\npub enum Bad {\n    No,\n}\n\nimpl fmt::Display for Bad {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        write!(f, "no")\n    }\n}\n\npub fn parse() -> Result<u32, Bad> {\n    Err(Bad::No)\n}\n\nfn main() {\n    parse().unwrap();\n}\n',
    after:
      'use std::fmt;\npub fn f() {}\n\n#[derive(Debug)]\npub enum Bad {\n    No,\n}\n\nimpl fmt::Display for Bad {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        write!(f, "no")\n    }\n}\n\npub fn parse() -> Result<u32, Bad> {\n    Err(Bad::No)\n}\n',
  },
  {
    title: "a function that a method needs stands above its class",
    path: "a.js",
    name: "A.f",
    before: "const a = 1;\n\nclass A {\n  g() {\n    return 1;\n  }\n}\n",
    written: "const LIMIT = 3;\n\nclass A {\n  f() {\n    return LIMIT;\n  }\n}\n\nnew A().f();\n",
    after:
      "const a = 1;\n\nconst LIMIT = 3;\n\nclass A {\n  g() {\n    return 1;\n  }\n\n  f() {\n    return LIMIT;\n  }\n}\n",
  },
  {
    title: "a text between backticks in a method stays as it was written",
    path: "a.js",
    name: "A.f",
    before: "class A {\n  g() {\n    return 1;\n  }\n}\n",
    written: "f() {\n  return `usage:\n  -h  help\n`;\n}\n",
    after: "class A {\n  g() {\n    return 1;\n  }\n\n  f() {\n    return `usage:\n  -h  help\n`;\n  }\n}\n",
  },
  {
    title: "a method in Rust stands in what its type has of itself, not in the type and in no trait",
    path: "src/lib.rs",
    name: "Stack.push",
    before:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n\nimpl Stack {\n    fn len(&self) -> usize {\n        self.items.len()\n    }\n}\n",
    written: "fn push(&mut self, v: i32) {\n    self.items.push(v);\n}\n",
    after:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n\nimpl Stack {\n    fn len(&self) -> usize {\n        self.items.len()\n    }\n\n    fn push(&mut self, v: i32) {\n        self.items.push(v);\n    }\n}\n",
  },
  {
    title: "a method in Rust of a type that has none yet",
    path: "src/lib.rs",
    name: "Stack.push",
    before:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n",
    written: "fn push(&mut self, v: i32) {\n    self.items.push(v);\n}\n",
    after:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n\nimpl Stack {\n    fn push(&mut self, v: i32) {\n        self.items.push(v);\n    }\n}\n",
  },
  {
    title: "a method in Rust of a type that is made for others",
    path: "src/lib.rs",
    name: "Stack.len",
    before: "pub struct Stack<'a, T: Into<Vec<u8>>, const N: usize> {\n    items: &'a [T; N],\n}\n",
    written: "pub fn len(&self) -> usize {\n    N\n}\n",
    after:
      "pub struct Stack<'a, T: Into<Vec<u8>>, const N: usize> {\n    items: &'a [T; N],\n}\n\nimpl<'a, T: Into<Vec<u8>>, const N: usize> Stack<'a, T, N> {\n    pub fn len(&self) -> usize {\n        N\n    }\n}\n",
  },
  {
    title: "a method in Rust of an enumeration, with what it was written in",
    path: "src/lib.rs",
    name: "Side.other",
    before: "pub enum Side {\n    Left,\n}\n",
    written: "impl Side {\n    pub fn other(&self) -> u8 {\n        1\n    }\n}\n",
    after: "pub enum Side {\n    Left,\n}\n\nimpl Side {\n    pub fn other(&self) -> u8 {\n        1\n    }\n}\n",
  },
  {
    title: "what a type in Rust has of a trait stands by itself",
    path: "src/lib.rs",
    name: "Stack.default",
    before:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Stack {\n    fn len(&self) -> usize {\n        self.items.len()\n    }\n}\n",
    written: "impl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n",
    after:
      "struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Stack {\n    fn len(&self) -> usize {\n        self.items.len()\n    }\n}\n\nimpl Default for Stack {\n    fn default() -> Self {\n        Stack { items: vec![] }\n    }\n}\n",
  },
  {
    title: "a class in one line is opened, and what did nothing in it goes",
    path: "a.py",
    name: "Empty.text",
    before: "class Empty(Exception): pass  # Says.\n\n\ndef f():\n    return 1\n",
    written: "def text(self):\n    return 'x'\n",
    after: "class Empty(Exception):  # Says.\n    def text(self):\n        return 'x'\n\n\ndef f():\n    return 1\n",
  },
  {
    title: "a class in one line keeps what it holds",
    path: "a.py",
    name: "A.f",
    before: "class A: size = {1: 2}\n",
    written: "def f(self):\n    return 2\n",
    after: "class A:\n    size = {1: 2}\n\n    def f(self):\n        return 2\n",
  },
  {
    title: "a class of two brackets is opened",
    path: "a.js",
    name: "A.f",
    before: "class A {}\n\nmodule.exports = { A };\n",
    written: "f() {\n  return 1;\n}\n",
    after: "class A {\n  f() {\n    return 1;\n  }\n}\n\nmodule.exports = { A };\n",
  },
  {
    title: "it is exported by a line of its own where the others are",
    path: "a.js",
    name: "mul",
    before: "function add(a, b) {\n  return a + b;\n}\n\nexports.add = add;\n",
    written: "function mul(a, b) {\n  return a * b;\n}\n\nexports.mul = mul;\n",
    after:
      "function add(a, b) {\n  return a + b;\n}\n\nfunction mul(a, b) {\n  return a * b;\n}\n\nexports.add = add;\nexports.mul = mul;\n",
  },
  {
    title: "it is exported behind values that are exported, without the list that was written",
    path: "a.js",
    name: "mul",
    before: "module.exports.add = (a, b) => a + b\n",
    written: "function mul(a, b) {\n  return a * b;\n}\n\nmodule.exports = { mul };\n",
    after:
      "function mul(a, b) {\n  return a * b;\n}\n\nmodule.exports.add = (a, b) => a + b\nmodule.exports.mul = mul\n",
  },
  {
    title: "it is in the list of exports where it was written so, though not all are",
    path: "a.js",
    name: "mul",
    before: "function add(a, b) {\n  return a + b;\n}\n\nmodule.exports = { other };\n",
    written: "function mul(a, b) {\n  return a * b;\n}\n\nmodule.exports = { other, mul };\n",
    after:
      "function add(a, b) {\n  return a + b;\n}\n\nfunction mul(a, b) {\n  return a * b;\n}\n\nmodule.exports = { other, mul };\n",
  },
  {
    title: "it is not exported at its first line where the file has a list",
    path: "a.js",
    name: "mul",
    before: "function add(a, b) {\n  return a + b;\n}\n\nmodule.exports = {};\n",
    written: "export function mul(a, b) {\n  return a * b;\n}\n",
    after:
      "function add(a, b) {\n  return a + b;\n}\n\nfunction mul(a, b) {\n  return a * b;\n}\n\nmodule.exports = { mul };\n",
  },
  {
    title: "a method in Rust stands in what goes over several lines before its bracket",
    path: "src/lib.rs",
    name: "Stack.len",
    before:
      "pub struct Stack<T> {\n    items: Vec<T>,\n}\n\nimpl<T> Stack<T>\nwhere\n    T: Into<String>,\n{\n    pub fn new() -> Self {\n        Stack { items: vec![] }\n    }\n}\n",
    written: "pub fn len(&self) -> usize {\n    self.items.len()\n}\n",
    after:
      "pub struct Stack<T> {\n    items: Vec<T>,\n}\n\nimpl<T> Stack<T>\nwhere\n    T: Into<String>,\n{\n    pub fn new() -> Self {\n        Stack { items: vec![] }\n    }\n\n    pub fn len(&self) -> usize {\n        self.items.len()\n    }\n}\n",
  },
  {
    title: "it is named in the object that holds all that the file offers",
    path: "a.js",
    name: "mul",
    before: "module.exports = {\n  add(a, b) {\n    return a + b;\n  }\n};\n",
    written: "function mul(a, b) {\n  return a * b;\n}\n",
    after:
      "function mul(a, b) {\n  return a * b;\n}\n\nmodule.exports = {\n  add(a, b) {\n    return a + b;\n  },\n  mul,\n};\n",
  },
  {
    title: "with what its decorators and it itself need, above it or below",
    path: "a.py",
    name: "fib",
    before: "def f(xs):\n    return xs\n",
    written:
      "MOST = 3\n\n@limit(MOST, is_admin)\ndef fib(n):\n    return _memo[n]\n\n\ndef is_admin(user):\n    return user\n\n_memo = {}\n",
    after:
      "def f(xs):\n    return xs\n\n\nMOST = 3\n\ndef is_admin(user):\n    return user\n\n_memo = {}\n\n@limit(MOST, is_admin)\ndef fib(n):\n    return _memo[n]\n",
  },
  {
    title: "it is no setting, though no function was there",
    path: "webpack.config.js",
    name: "isDev",
    before:
      'const path = require("path");\n\nmodule.exports = {\n  entry: "./a.js",\n  module: {\n    rules: [{ test: /a/ }],\n  },\n  before(app) {\n    return app;\n  },\n};\n',
    written: "function isDev() {\n  return true;\n}\n",
    after:
      'const path = require("path");\n\nfunction isDev() {\n  return true;\n}\n\nmodule.exports = {\n  entry: "./a.js",\n  module: {\n    rules: [{ test: /a/ }],\n  },\n  before(app) {\n    return app;\n  },\n};\n',
  },
  {
    title: "it is named among settings where it was written so",
    path: "a.js",
    name: "g",
    before: "module.exports = {\n  rules: {\n    a: 1,\n  },\n};\n",
    written: "function g() {\n  return 1;\n}\n\nmodule.exports = { g };\n",
    after: "function g() {\n  return 1;\n}\n\nmodule.exports = {\n  rules: {\n    a: 1,\n  },\n  g,\n};\n",
  },
  {
    title: "it goes into no object that is a default export, whatever that holds",
    path: "a.js",
    name: "g",
    before: "const X = 1;\n\nfunction f() {\n  return X;\n}\n\nexport default { f };\n",
    written: "function g() {\n  return 1;\n}\n\nexport default { f, g };\n",
    after:
      "const X = 1;\n\nfunction f() {\n  return X;\n}\n\nfunction g() {\n  return 1;\n}\n\nexport default { f };\n",
  },
  {
    title: "it goes into no settings that are a default export",
    path: "vite.config.js",
    name: "g",
    before: "const X = 1;\n\nexport default {\n  plugins: [],\n  test: {\n    globals: true,\n  },\n};\n",
    written: "function g() {\n  return 1;\n}\n",
    after:
      "const X = 1;\n\nexport default {\n  plugins: [],\n  test: {\n    globals: true,\n  },\n};\n\nfunction g() {\n  return 1;\n}\n",
  },
];

for (const { title, path, name, before, written, after } of ADDITIONS) {
  Deno.test(`add_function adds what is new in its place: ${title}`, () =>
    withWorkspace({ [path]: before }, async (workspace) => {
      const { text } = await callTool("add_function", argumentsFor(path, name, written), workspace);
      assert.equal((await workspace.read(path)).text, after);
      assert.match(text, new RegExp(`Changed ${path.replaceAll(".", "\\.")}`));
    }));
}

Deno.test("add_function refuses what is there already, what does not define it, and a class that is not there", () =>
  withWorkspace({ "stats.py": "def mean(values):\n    return 1\n" }, async (workspace) => {
    const call = (name: string, content: string, path = "stats.py") =>
      callTool("add_function", argumentsFor(path, name, content), workspace);
    assert.match(await refusal(call("mean", "def mean(values):\n    return 2\n")), /There is mean already/);
    assert.match(await refusal(call("median", "def mean(values):\n    return 2\n")), /does not define median/);
    assert.match(await refusal(call("median", "return 2\n")), /does not define median/);
    assert.match(
      await refusal(call("Stack.pop", "class Stack:\n    def pop(self):\n        return 2\n")),
      /no Stack in stats\.py/,
    );
    assert.match(
      await refusal(call("median", "def median(values):\n    # ... rest of the code ...\n")),
      /leaves text out/,
    );
    assert.match(await refusal(call("median", "def median(values):\n    return 1\n", "gone.py")), /no file gone\.py/);
    assert.equal((await workspace.read("stats.py")).text, "def mean(values):\n    return 1\n");
  }));

function argumentsFor(path: string, name: string, content: string) {
  return { path, function: name, description: "It is new.", signature: content.split("\n")[0] ?? "", content };
}

Deno.test("a method of Go that its type has already is not added once more, though it was asked for by its name alone", () =>
  withWorkspace(
    { "geo.go": "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n" },
    async (workspace) => {
      const content = "func (c Circle) Area() float64 {\n\treturn 0\n}\n";
      const call = { path: "geo.go", function: "Area", description: "x", signature: "x", content };
      assert.match(await refusal(callTool("add_function", call, workspace)), /There is Circle\.Area already/);
    },
  ));
