import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { definitionsIn } from "../../src/languages/definitions.ts";

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
    ["Sum 3/4-6", "main 8/8-10"],
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
