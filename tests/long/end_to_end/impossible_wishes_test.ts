import assert from "node:assert/strict";
import type { CrewRun } from "../../end_to_end/fixtures/crew_run.ts";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { wished } from "../../end_to_end/fixtures/wished.ts";

const HEAD = 'import test from "node:test";\nimport assert from "node:assert/strict";\n';
const NUMBERS = "export const half = (n) => n / 2;\n";
const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/numbers.js": NUMBERS,
  "test/half.test.js":
    `${HEAD}import { half } from "../src/numbers.js";\ntest("half of four", () => assert.equal(half(4), 2));\n`,
};
const double = (code: string) => writes("src/numbers.js", `${NUMBERS}export const double = (n) => ${code};\n`);
const doubleTest = (value: number) =>
  `${HEAD}import { double } from "../src/numbers.js";\ntest("double", () => assert.equal(double(2), ${value}));\n`;
const BOTH = "Add a function double(n) to src/numbers.js. double(2) shall be 4 and shall be 5.";

/** All files of a project but those of git, with what stands in them. */
async function filesOf(folder: string, under = ""): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${under}`)) {
    const path = `${under}${name}`;
    if (isDirectory) Object.assign(found, await filesOf(folder, `${path}/`));
    else found[path] = await Deno.readTextFile(`${folder}/${path}`);
  }
  return found;
}

/** What becomes of a crew's work once it is over. */
async function unchanged(crew: CrewRun, files: Readonly<Record<string, string>>): Promise<void> {
  assert.deepEqual(await filesOf(crew.project), files);
}

for (
  const [who, code] of Object.entries({
    "that takes the first example": "n * 2",
    "that takes the second": "n + 3",
    "that knows no way": "{ throw new Error() }",
  })
) {
  Deno.test(`examples that contradict each other begin nothing where nobody is there, with a crew ${who}`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "blocked", ending?.cause);
      assert.match(ending.cause, /contradicts itself: double\(2\) .* 4 and 5/);
      await unchanged(crew, FILES);
      assert.ok(crew.facts().every(({ type }) => type !== "attempt_opened"));
    }, { goal: BOTH, files: FILES, tests: [doubleTest(4)], code: [double(code)], answer: null }));
}

const PRICE = (from: number) => `export const price = (pieces) => pieces >= ${from} ? pieces * 1.8 : pieces * 2;\n`;
const priceTest = (name: string, pieces: number, price: number) =>
  `${HEAD}import { price } from "../src/price.js";\ntest("${name}", () => assert.equal(price(${pieces}), ${price}));\n`;
const SHOP = {
  "package.json": '{ "type": "module" }\n',
  "src/price.js": PRICE(10),
  "test/price.test.js": priceTest("ten are cheaper", 10, 18),
};
const TEN = priceTest("ten are not", 10, 20);
const RULE = "The price in src/price.js is a tenth less from 20 pieces on: price(10) is 20.";

/** Whether a question is about what was wished for, and not about a test of the project. */
const onlyCriteria = ({ text }: { readonly text: string }) => /test\/price\.test/.test(text) ? false : "";
const FORBIDDEN = {
  "that does what was wished for, where nobody is there": { code: [writes("src/price.js", PRICE(20))], answer: null },
  "that changes the old test as well, and a person who lets no test be changed": {
    code: [writes("test/price.test.js", priceTest("ten are cheaper", 10, 20)), writes("src/price.js", PRICE(20))],
    answer: onlyCriteria,
  },
};

for (const [who, { code, answer }] of Object.entries(FORBIDDEN)) {
  Deno.test(`a wish that a test of the project forbids changes nothing, with a crew ${who}`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "failed", ending?.cause);
      assert.match(ending.cause, /what makes its test pass breaks node --test: ten are cheaper, which says otherwise/);
      await unchanged(crew, SHOP);
      assert.equal(crew.run.state().tasks.list.filter(({ kind }) => kind === "work").length, 1, "it is not tried anew");
    }, { goal: RULE, files: SHOP, tests: [TEN], code: Array.from({ length: 6 }, () => code).flat(), answer }));
}

Deno.test("a wish that a test of the project forbids is not accepted with a crew that does something else", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.notEqual(ending?.kind, "accepted", ending?.cause);
    assert.match(ending?.cause ?? "", /is not shown: no work made its test .* pass/);
    assert.equal((await filesOf(crew.project))["test/price.test.js"], SHOP["test/price.test.js"]);
  }, {
    goal: RULE,
    files: SHOP,
    tests: [TEN],
    code: Array.from({ length: 6 }, (_one, index) => writes("src/price.js", `${PRICE(10)}// ${index}\n`)),
    answer: null,
  }));

Deno.test("examples that contradict each other are asked about once, and what the person says then is done", () => {
  const asked: string[] = [];
  return wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.match(asked[0] ?? "", /double\(2\) shall give both 4 and 5/);
    assert.equal(asked.filter((text) => /contradicts/.test(text)).length, 1);
  }, {
    goal: BOTH,
    files: FILES,
    tests: [doubleTest(4)],
    code: [double("n * 2")],
    answer: ({ text }) => {
      asked.push(text);
      return /contradicts/.test(text) ? "Add a function double(n) to src/numbers.js. double(2) is 4." : "";
    },
  });
});

Deno.test("examples that contradict each other begin nothing where the person leaves it open", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "blocked", ending?.cause);
    await unchanged(crew, FILES);
  }, { goal: BOTH, files: FILES, tests: [doubleTest(4)], code: [double("n * 2")], answer: () => false }));
