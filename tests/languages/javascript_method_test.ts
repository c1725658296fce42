import assert from "node:assert/strict";
import { javascriptMethod } from "../../src/languages/javascript_method.ts";

/** What stands there, what was written, and what comes in its place. */
const MEMBERS: readonly (readonly [title: string, before: string, written: string, after: string])[] = [
  [
    "a field that holds a function stays one",
    "  private readonly f = async (x): Promise<void> => {\n    await x;\n  };",
    "export const f = async (x): Promise<void> => {\n  await x + 1;\n};",
    "private readonly f = async (x): Promise<void> => {\n  await x + 1;\n};",
  ],
  [
    "a field whose name begins that of a word before it",
    "  t = (x) => x;",
    "export const t = (x) => x + 1;",
    "t = (x) => x + 1;",
  ],
  [
    "a field that was written as a function stays an arrow, since its object goes with it",
    "  private readonly f = (x) => {\n    return x;\n  };",
    "function f(x) {\n  return x + 1;\n}",
    "private readonly f = (x) => {\n  return x + 1;\n};",
  ],
  [
    "a member of an object that is an arrow",
    "  f: (x) => {\n    return x;\n  },",
    "const f = async (x) => {\n  return x + 1;\n};",
    "f: async (x) => {\n  return x + 1;\n},",
  ],
  ["a member of an object that is written as one", "  f: (x) => x,", "f: (x) => x + 1", "f: (x) => x + 1,"],
  [
    "what a file offers by a line, written as a function that takes what it was given by another name",
    "exports.f = (x) => x;",
    "function f() {\n  return arguments[0];\n}",
    "exports.f = function f() {\n  return arguments[0];\n};",
  ],
  [
    "what a file offers by a line, written as a function",
    "exports.f = (x) => x;",
    "function f(x) {\n  return x + 1;\n}",
    "exports.f = (x) => {\n  return x + 1;\n};",
  ],
  [
    "what a file offers by a line, written as a value",
    "module.exports.f = async function f(x) {\n}",
    "const f = (x) => x + 1;",
    "module.exports.f = (x) => x + 1;",
  ],
  [
    "what all objects of a kind have",
    "Stack.prototype.pop = function () {\n  return 1;\n};",
    "Stack.prototype.pop = function () {\n  return 2;\n};",
    "Stack.prototype.pop = function () {\n  return 2;\n};",
  ],
  [
    "the parameters of an arrow, whatever brackets they hold",
    "  f(x) {\n  }",
    "const f = <T>({ a = () => ({}) }: { a?: () => T }, b = ')'): T => a(b);",
    "f<T>({ a = () => ({}) }: { a?: () => T }, b = ')'): T {\n  return a(b);\n}",
  ],
  ["an arrow that is no function's stays as it was written", "  f(x) {\n  }", "const f = (x, y", "const f = (x, y"],
  [
    "a function at the margin stays as it was written",
    "const f = (x) => x;",
    "function f(x) {\n}",
    "function f(x) {\n}",
  ],
];

for (const [title, before, written, after] of MEMBERS) {
  Deno.test(`a member keeps the form of its place: ${title}`, () => {
    assert.equal(javascriptMethod(before, written), after);
  });
}
