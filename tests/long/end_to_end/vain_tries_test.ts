import assert from "node:assert/strict";
import { playLone } from "../../end_to_end/fixtures/lone_model.ts";

const ADD = "export function add(a, b) {\n  return a - b;\n}";
const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/add.js": `${ADD}\n\nexport function unused(a) {\n  return a;\n}\n`,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};

/** Plays such a crew; gives what its model was asked, how the run ended, and its attempts. */
async function played(texts: readonly string[]) {
  const { asked, kind, facts } = await playLone(texts, FILES);
  return { asked, kind, attempts: facts.filter(({ type }) => type === "attempt_opened").length };
}

/** Whether a prompt asks for the whole file. */
const isForFile = (prompt: string) => prompt.includes("with nothing left out");

const fenced = (code: string) => `\`\`\`js\n${code}\n\`\`\``;

Deno.test("a lone small model that writes what stands there already is asked four times for the function that the test leads to, then for the file", async () => {
  const { asked, kind, attempts } = await played([
    fenced(ADD),
    fenced(ADD),
    fenced(ADD),
    fenced(ADD),
    fenced(FILES["src/add.js"]),
  ]);
  assert.deepEqual([asked.length, kind, attempts], [6, "failed", 3]);
  assert.deepEqual(asked.map(isForFile), [
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
  for (const prompt of asked) assert.doesNotMatch(prompt, /create_task_plan|change_phase|consult_|approve_work/);
});

Deno.test("a lone small model whose texts the checks refute is asked five times, and its sixth text would come too late", async () => {
  const wrong = ["*", "/", "%", "**", "<"].map((sign) => fenced(ADD.replace("-", sign)));
  const { asked, kind } = await played([...wrong, fenced(ADD.replace("-", "+"))]);
  assert.deepEqual(kind, "failed");
  assert.deepEqual(asked.map(isForFile), [false, false, false, true, false]);
});

Deno.test("a lone small model that is right at the fifth text is accepted, and asked nothing after that", async () => {
  const wrong = ["*", "/", "%", "**"].map((sign) => fenced(ADD.replace("-", sign)));
  const { asked, kind } = await played([...wrong, fenced(ADD.replace("-", "+"))]);
  assert.deepEqual([asked.length, kind], [5, "accepted"]);
});

const OTHER_TESTS = ["b", "c", "d", "e", "f", "g"].map((title) =>
  `test("is ${title}", () => {\n  const shelf = make();\n  shelf[0] = { title: "${title}" };\n  assert.equal(titles(shelf)[0], "${title}");\n});\n`
).join("\n");
const SHELF = {
  "package.json": '{ "type": "module" }\n',
  "src/shelf.js": [
    "export function make() {\n  return [];\n}",
    "export function put(shelf, book) {\n  const end = shelf.length;\n  shelf[end] = book;\n}",
    "export function titles(shelf) {\n  const all = [];\n  for (const { title } of shelf) all.push(title);\n  return all;\n}",
  ].join("\n\n") + "\n",
  "test/shelf.test.js":
    `import test from "node:test";\nimport assert from "node:assert/strict";\nimport { make, put, titles } from "../src/shelf.js";\n\nconst late = { title: "b" };\n\n${OTHER_TESTS}\ntest("puts", () => {\n  const shelf = make();\n  put(shelf, late);\n  put(shelf, { title: "a" });\n  assert.deepEqual(titles(shelf), ["a", "b"]);\n});\n`,
};
const TITLES = "export function titles(shelf) {\n  return shelf.map(({ title }) => title).sort();\n}";
const PUT = "export function put(shelf, book) {\n  shelf.unshift(book);\n}";
/** The function that a prompt says is wrong. */
const wrongIn = (prompt: string) => /The function (\S+) of \S+ is wrong\./.exec(prompt)?.[1];

Deno.test("of several functions to which the test leads a lone small model is not asked to choose: it is told that the longest is wrong", async () => {
  const { asked, kind, cause } = await playLone([fenced(TITLES)], SHELF);
  assert.equal(kind, "accepted", cause);
  assert.deepEqual(asked.map(wrongIn), ["titles"]);
  assert.match(asked[0]!, /const late = \{ title: "b" \};/, "what the failing test stands on is shown with it");
});

Deno.test("what the checks refute of the longest function lets a lone small model try the next longest before it tries one again", async () => {
  const vain = [fenced(TITLES.replace(".sort()", ".slice(1)")), fenced(PUT)];
  const { asked, kind, cause, files } = await playLone(vain, SHELF, { read: ["src/shelf.js"] });
  assert.equal(kind, "accepted", cause);
  assert.deepEqual(asked.map(wrongIn), ["titles", "put"]);
  assert.doesNotMatch(asked[1]!, /tried before/, "what came of another function says nothing of this one");
  assert.match(files["src/shelf.js"] ?? "", /unshift/);
});

Deno.test("a lone small model that writes a function as it stands sees the next one, each for the first time at temperature 0", async () => {
  const same = /export function titles[^]*?\n\}/.exec(SHELF["src/shelf.js"])![0];
  const { asked, kind, cause, facts } = await playLone([fenced(same), fenced(PUT)], SHELF);
  assert.equal(kind, "accepted", cause);
  assert.deepEqual(asked.map(wrongIn), ["titles", "put"]);
  assert.doesNotMatch(asked[1]!, /not taken/, "what was wrong with another function's text is no fault of this one's");
  const temperatures = facts.flatMap((fact) =>
    fact.type === "effect_opened" && fact.effect.kind === "ask" ? [fact.effect.temperature] : []
  );
  assert.deepEqual(temperatures, [0, 0]);
});

const RENT =
  "export function share(cents, month, day) {\n  const days = daysIn(month);\n  return (cents * (days - day + 1)) / days;\n}";
const DAYS = "export function daysIn(month) {\n  return month === 2 ? 28 : 31;\n}";
const IMPORTED = {
  "package.json": '{ "type": "module" }\n',
  "src/rent.js":
    `import { daysIn, hours } from "./days.js";\n\n${RENT}\n\nexport function ofYear(cents) {\n  return cents * 12 * hours(1);\n}\n`,
  "src/days.js":
    `${DAYS}\n\nexport function hours(days) {\n  return days;\n}\n\nexport function minutes(days) {\n  return hours(days) * 60;\n}\n`,
  "test/rent.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { hours } from "../src/days.js";\nimport { ofYear, share } from "../src/rent.js";\n\ntest("half of April", () => assert.equal(share(90, 4, 16), 45));\n\ntest("hours", () => assert.deepEqual([1, 2].map(hours), [1, 2]));\n\ntest("a year", () => assert.equal(ofYear(1), 12));\n',
};
const VAIN = ["+ 2", "- 1"].map((sign) => fenced(RENT.replace("+ 1", sign)));

Deno.test("where its file was changed in vain a lone small model is told that the one function behind it is wrong to which the test leads", async () => {
  const right = DAYS.replace("31", "[4, 6, 9, 11].includes(month) ? 30 : 31");
  const { asked, kind, cause, files } = await playLone([VAIN[0]!, fenced(right)], IMPORTED, { read: ["src/days.js"] });
  assert.deepEqual([asked.length, kind], [2, "accepted"], cause);
  assert.match(files["src/days.js"] ?? "", /\[4, 6, 9, 11\]/);
  assert.deepEqual(asked.map(wrongIn), ["share", "daysIn"]);
  assert.match(asked[1]!, /The file to change is most likely src\/days\.js\./);
  assert.doesNotMatch(
    asked[1]!,
    /tried before|days - day/,
    "what was tried elsewhere, and stands there, says nothing of it",
  );
});

Deno.test("a function behind its file that the checks refute is one try like any other, and the file comes before the last", async () => {
  const wrong = fenced(DAYS.replace("31", "32"));
  const { asked, kind } = await playLone([VAIN[0]!, wrong, ...VAIN], IMPORTED);
  assert.equal(kind, "failed");
  assert.deepEqual(asked.slice(0, 2).map(wrongIn), ["share", "daysIn"]);
  const [forFile, ...more] = asked.filter(isForFile);
  assert.equal(more.length, 0);
  assert.match(
    forFile!,
    /most likely src\/rent\.js\./,
    "a file is not asked for under the words that changes of it did not help",
  );
  assert.ok(asked.length <= 6, `${asked.length} asks`);
});

Deno.test("each ask for a function names its own file as the likely one, in whatever words it asks", async () => {
  const { asked } = await playLone([VAIN[0]!, ...Array(5).fill(fenced(DAYS))], IMPORTED);
  const behind = asked.filter((ask) => /function daysIn of src\/days\.js/.test(ask));
  assert.ok(behind.some((ask) => ask.includes("anew")) && behind.some((ask) => !ask.includes("anew")));
  for (const ask of behind) assert.doesNotMatch(ask, /most likely src\/rent\.js/);
});

const ORDER =
  "def order(stock, wanted):\n    if not stock.reserve(wanted):\n        raise ValueError(wanted)\n    return wanted";
const RESERVE =
  "    def reserve(self, wanted):\n        if self.left <= wanted:\n            return False\n        self.left -= wanted\n        return True";

Deno.test("a file that only the test hands to its file is looked at as well, whole where it is short", async () => {
  const vain = fenced(ORDER.replace("return wanted", "return wanted + 1"));
  const { asked, kind, cause } = await playLone([vain, fenced(RESERVE.replace("<=", "<"))], {
    "orders.py": `${ORDER}\n`,
    "stock.py":
      `MOST = 9\n\n\nclass Stock:\n    def __init__(self, left):\n        self.left = min(left, MOST)\n\n${RESERVE}\n`,
    "test_orders.py":
      "import unittest\n\nfrom orders import order\nfrom stock import Stock\n\n\nclass OrdersTest(unittest.TestCase):\n    def test_sells_out(self):\n        self.assertEqual(order(Stock(5), 5), 5)\n",
  });
  assert.equal(kind, "accepted", cause);
  assert.match(asked[1] ?? "", /MOST = 9/, "what stands beside its functions is shown, too");
});
