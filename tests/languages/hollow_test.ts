import assert from "node:assert/strict";
import { hollow } from "../../src/languages/hollow.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { languagesOf } from "../../src/languages/languages_of.ts";

const hollowed = (path: string, text: string) => hollow(text, languagesOf(path, LANGUAGES));

Deno.test("functions and methods are emptied, their bodies stay as comments, and all names stand (Python)", () => {
  const text = `import re

LIMIT = 3


def slug(
    text,
    mark="-",
):
    """The text as a part of an address.

    For people.
    """
    return mark.join(text.split())


class Cart:
    size = 1

    def add(self, item):
        self.items.append(item)
        return len(self.items)

    @property
    def total(self):
        return 5
`;
  assert.equal(
    hollowed("slug.py", text),
    `import re

LIMIT = 3


def slug(
    text,
    mark="-",
):
    # """The text as a part of an address.
    #
    # For people.
    # """
    # return mark.join(text.split())
    return None


class Cart:
    size = 1

    def add(self, item):
        # self.items.append(item)
        # return len(self.items)
        return None

    @property
    def total(self):
        # return 5
        return None
`,
  );
});

Deno.test("functions of every form are emptied (JavaScript)", () => {
  const text = `export const LIMIT = 3;
/** Doubles. */
export function double(value) {
  return value * 2;
}
export const half = (value) => value / 2;
const wide = (value) =>
  value * 3;
export const long = async (value) => {
  const more = { value };
  return more;
};
export function one() { return 1; }
export function two({ a }) { return { a }; }
class Cart {
  add(item) {
    this.items.push(item);
  }
}
`;
  assert.equal(
    hollowed("src/a.js", text),
    `export const LIMIT = 3;
/** Doubles. */
export function double(value) {
  // return value * 2;
}
export const half = (value) => undefined; // export const half = (value) => value / 2;
const wide = (value) =>
  // value * 3;
  undefined;
export const long = async (value) => {
  // const more = { value };
  // return more;
};
export function one() {} // export function one() { return 1; }
export function two({ a }) {} // export function two({ a }) { return { a }; }
class Cart {
  add(item) {
    // this.items.push(item);
  }
}
`,
  );
});

Deno.test("fields, exports, methods in one line and types over several are emptied as what they are", () => {
  const text = `class A {
  half = (x, f = () => 1) => x / 2;
  add(a, b = () => 1) { return b(a); }
  of(): {
    a: number;
  } {
    return { a: 1 };
  }
}
exports.f = function (a) {
  return a;
};
const o = {
  sub: (a) => { return a; },
};
`;
  assert.equal(
    hollowed("a.ts", text),
    `class A {
  half = (x, f = () => 1) => undefined; // half = (x, f = () => 1) => x / 2;
  add(a, b = () => 1) {} // add(a, b = () => 1) { return b(a); }
  of(): {
    a: number;
  } {
    // return { a: 1 };
  }
}
exports.f = function (a) {
  // return a;
};
const o = {
  sub: (a) => {}, // sub: (a) => { return a; },
};
`,
  );
});

Deno.test("where nothing can be emptied, or what is empty cannot be compiled, there is no such text", () => {
  assert.equal(hollowed("a.py", "LIMIT = 3\n"), null);
  assert.equal(hollowed("a.go", "package a\n\nfunc Of() int {\n\treturn 1\n}\n"), null);
  assert.equal(hollowed("a.txt", "nothing"), null);
  assert.equal(hollowed("a.js", "function a() {\n  return 1;\n}\n".repeat(9_000)), null, "nobody wrote that");
});
