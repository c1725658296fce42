import assert from "node:assert/strict";
import { playLone } from "../../end_to_end/fixtures/lone_model.ts";

const MEAN = "export function mean(values) {\n  return values.reduce((sum, one) => sum + one, 0) / values.length;\n}\n";
/** A project whose checks pass. */
const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/stats.js": MEAN,
  "test/mean.test.js": `import test from "node:test";
import assert from "node:assert/strict";
import { mean } from "../src/stats.js";
test("the mean of three", () => assert.equal(mean([1, 2, 3]), 2));
test("the mean of one", () => assert.equal(mean([7]), 7));
`,
};
const GOAL = "Add a function median(values) to src/stats.js, beside mean: the value in the middle.";
const BY_EXAMPLES = `${GOAL} median([9, 1, 2]) is 2 and median([5]) is 5.`;
const MEDIAN =
  "export function median(values) {\n  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];\n}";
const TEST = "test/median.test.js";

const fenced = (code: string) => `\`\`\`js\n${code}\n\`\`\``;

/** The call that says what a new test is made of. */
function cases(all: readonly (readonly [call: string, gives: string])[]): string {
  return JSON.stringify({
    reason: "They are small.",
    name: "create_test",
    arguments: { path: TEST, subject: "src/stats.js", cases: all.map(([call, gives]) => ({ call, gives })) },
  });
}

Deno.test("a goal that says by examples what is to come costs a lone small model one ask, for the code: its test is made of the examples", async () => {
  const { asked, kind, cause, files } = await playLone([fenced(MEDIAN)], FILES, {
    goal: BY_EXAMPLES,
    read: [TEST, "src/stats.js"],
  });
  assert.deepEqual([asked.length, kind], [1, "partial"], cause);
  assert.match(cause, /wait for your yes/);
  assert.equal(files["src/stats.js"], `${MEAN}\n${MEDIAN}\n`);
  assert.match(files[TEST]!, /^import \{ median \} from "\.\.\/src\/stats\.js";$/m);
  assert.match(files[TEST]!, /assert\.deepStrictEqual\(median\(\[9, 1, 2\]\), 2\);/);
  assert.match(files[TEST]!, /assert\.deepStrictEqual\(median\(\[5\]\), 5\);/);
  assert.doesNotMatch(
    asked[0]!,
    /finish_task|create_task_plan|"parameters"/,
    "no tool is declared where a text is wanted",
  );
});

Deno.test("without examples it is asked for cases, with no test before its eyes that it could copy, and then for the code", async () => {
  const said = cases([["median([9, 1, 2])", "2"], ["const two = median([5]);", "5"], [
    "median([1])",
    "Stack [1, 2]",
  ]]);
  const { asked, kind, cause, files } = await playLone([said, fenced(MEDIAN)], FILES, { goal: GOAL, read: [TEST] });
  assert.deepEqual([asked.length, kind], [2, "partial"], cause);
  assert.match(cause, /wait for your yes/);
  assert.doesNotMatch(asked[0]!, /the mean of/);
  const calls = files[TEST]!.match(/deepStrictEqual\(.*/g);
  assert.deepEqual(
    calls,
    ["deepStrictEqual(median([9, 1, 2]), 2);", "deepStrictEqual(median([5]), 5);"],
    "what gives a call a name is left off, and what no code could write is left out",
  );
});

Deno.test("of a test that comes as a text it sees how the first one is written, and one that defines what it is to test is none", async () => {
  const none = cases([["nothing at all", "1"]]);
  const own = `import test from "node:test";
import assert from "node:assert/strict";
function median(values) {
  return values[0];
}
test("the median", () => assert.equal(median([9, 1, 2]), 2));`;
  const { asked, facts } = await playLone([none, fenced(own), fenced(own), fenced(MEDIAN)], FILES, { goal: GOAL });
  assert.match(asked[1]!, /the mean of three[^]*… \(further tests\)/);
  assert.doesNotMatch(asked[1]!, /the mean of one/);
  const found = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.summary] : []);
  assert.match(found[0]!, /it defines median itself: a test calls what the code is to define/);
});

Deno.test("of a test that stands in a group, and uses what the group sets up, it sees both in one piece", async () => {
  const grouped = {
    ...FILES,
    "test/mean.test.js": `import { beforeEach, describe, test } from "node:test";
import assert from "node:assert/strict";
import { mean } from "../src/stats.js";
${[1, 2, 3, 4, 5, 6, 7, 8].map((one) => `const UNUSED_${one} = 0;\n`).join("")}
describe("what is done with values", () => {
  let values;
  beforeEach(() => {
    values = [1, 2, 3];
  });
${
      Array.from({ length: 70 }, (_, one) => `  test("it adds ${one}", () => assert.equal(1 + ${one}, ${1 + one}));\n`)
        .join("")
    }
  test("the mean of three", () => assert.equal(mean(values), 2));
  test("the mean of one", () => assert.equal(mean([7]), 7));
});
`,
  };
  const goal = "Nobody can call mean(values) without values any more. It should stay as calm as it was.";
  const own = 'test("no values", () => assert.equal(mean([]), 0));';
  const { asked } = await playLone([fenced(own), fenced(own), fenced(MEAN)], grouped, { goal });
  const prompt = asked.find((one) => one.includes("its beginning"))!;
  const [, shown = ""] = /```\n(import \{ beforeEach[^]*?)\n```/.exec(prompt) ?? [];
  assert.match(shown, /\ndescribe\("what is done with values"/);
  assert.match(shown, /beforeEach\(\(\) => \{\n {4}values = \[1, 2, 3\];\n {2}\}\);/);
  assert.match(shown, /the mean of three[^]*… \(further tests\)$/);
  assert.doesNotMatch(shown, /UNUSED|it adds|the mean of one/);
  assert.equal(prompt.match(/test\/mean\.test\.js, its beginning/g)?.length, 1);
});

Deno.test("of a new file it is told what it defines and that its test imports from there, and sees what it is made of", async () => {
  const goal =
    "Add a module src/middle.js that exports a function median(values): of the same values as those of stats.";
  const none = cases([["nothing at all", "1"]]);
  const own = `import { median } from "../src/middle.js";\ntest("one", () => assert.equal(median([5]), 5));`;
  const { asked, files } = await playLone([none, fenced(own), fenced(MEDIAN)], FILES, {
    goal,
    read: ["src/middle.js"],
  });
  assert.match(asked[1]!, /src\/middle\.js is not there yet either.*the test imports median from there/);
  assert.match(asked[2]!, /\nIt defines median\(values\)\.\nNow write the complete content of src\/middle\.js/);
  assert.match(asked[2]!, /# File src\/stats\.js[^]*reduce/);
  assert.equal(files["src/middle.js"], `${MEDIAN}\n`);
});

Deno.test("of a wish about a function that is there it is asked for that alone, and for the file where that did not help", async () => {
  const goal = "For no values at all mean(values) stumbles. It should stay as calm as it was.";
  const test = `import test from "node:test";
import assert from "node:assert/strict";
import { mean } from "../src/stats.js";
test("no values", () => assert.equal(mean([]), 0));`;
  const other = "export const COUNT = 2;\n";
  const files = { ...FILES, "src/stats.js": other + MEAN };
  const wrong = MEAN.replace("values.length;", "(values.length - 0);");
  const right = MEAN.replace("values.length;", "Math.max(1, values.length);");
  const said = await playLone([fenced(test), fenced(right)], files, { goal, read: ["src/stats.js"] });
  assert.match(said.asked[1]!, /Now write the complete function mean of src\/stats\.js/);
  assert.equal(said.files["src/stats.js"], other + right);
  const again = await playLone([fenced(test), fenced(wrong), fenced(other + right)], files, {
    goal,
    read: ["src/stats.js"],
  });
  assert.match(again.asked[2]!, /Now write the complete content of src\/stats\.js/);
  assert.equal(again.files["src/stats.js"], other + right);
});

Deno.test("a wish that no test shows is written and left to the person: a lone small model is not asked for a review of it", async () => {
  const wrong = cases([["median([9, 1, 2])", "9"]]);
  const { asked, kind, cause, files } = await playLone([wrong, fenced(MEDIAN)], FILES, {
    goal: GOAL,
    read: ["src/stats.js"],
  });
  assert.equal(kind, "partial", cause);
  assert.match(cause, /no work made its test test\/median\.test\.js pass, so the test was taken back/);
  assert.match(files["src/stats.js"]!, /export function median/);
  assert.ok(asked.length <= 5, `${asked.length} asks`);
  for (const prompt of asked) assert.doesNotMatch(prompt, /report_issue|approve_code|create_task_plan/);
});

Deno.test("what is half right stays, and the half that its test refutes is repaired as any other code", async () => {
  const goal =
    `${GOAL} median([9, 1, 2]) is 2. Add a function largest(values), too: largest([1, 3]) is 3 and largest([2]) is 2.`;
  const wrong = "export function largest(values) {\n  return values[0];\n}";
  const right = wrong.replace("values[0]", "Math.max(...values)");
  const { asked, kind, cause, files } = await playLone([fenced(MEDIAN), fenced(wrong), fenced(right)], FILES, {
    goal,
    read: ["src/stats.js"],
  });
  assert.equal(kind, "partial", cause);
  assert.match(cause, /wait for your yes/);
  assert.equal(files["src/stats.js"], `${MEAN}\n${MEDIAN}\n\n${right}\n`);
  assert.match(asked[2]!, /largest\(\[1, 3\]\) gives 3/, "it sees which case fails");
});

Deno.test("of two criteria the second begins anew, whatever the test of the first gives", async () => {
  const goal = "- Add a function isEven(n) to src/stats.js. isEven(2) is true.\n" +
    "- Add a function median(values) to src/stats.js. median([9, 1, 2]) is 2 and median([5]) is 5.";
  const even = "export function isEven(n) {\n  return n % 2 === 0;\n}";
  const { asked, kind, cause } = await playLone([fenced(even), fenced(MEDIAN)], FILES, { goal });
  assert.deepEqual([asked.length, kind], [2, "partial"], cause);
  assert.match(cause, /wait for your yes/);
  assert.doesNotMatch(cause, /not shown/);
});

Deno.test("what gets another name costs a lone small model its test alone: it gets it in all files at once", async () => {
  const test = `import test from "node:test";
import assert from "node:assert/strict";
import { average } from "../src/stats.js";
test("the average", () => assert.equal(average([2]), 2));`;
  const user = (name: string) =>
    `import { ${name} } from "./stats.js";\nexport const twice = (all) => 2 * ${name}(all); // ${name}\n`;
  const { "test/mean.test.js": old, ...files } = FILES;
  const own = {
    ...files,
    "src/twice.js": user("mean"),
    "test/twice.test.js": old.replace("mean }", "twice }").replace("stats.js", "twice.js").replaceAll("mean(", "twice(")
      .replace("), 2)", "), 4)").replace("), 7)", "), 14)"),
  };
  const said = await playLone([fenced(test)], own, {
    goal: "Rename the function mean in src/stats.js to average, wherever it is used.",
    read: ["src/stats.js", "src/twice.js"],
  });
  assert.deepEqual([said.asked.length, said.kind], [1, "partial"], said.cause);
  assert.match(said.cause, /wait for your yes/);
  assert.equal(said.files["src/stats.js"], MEAN.replace("mean", "average"));
  assert.equal(said.files["src/twice.js"], user("average").replace("// average", "// mean"));
});

const MEMBERS = {
  "package.json": '{ "type": "commonjs" }\n',
  "lib/members.js": `const members = new Map();
function put(number, name) {
  members.set(number, name);
}
function get(number) {
  return members.get(number);
}
module.exports = { get, put };
`,
  "test/members.test.js": `const test = require("node:test");
const assert = require("node:assert/strict");
const { get, put } = require("../lib/members.js");
test("a member is found", () => {
  put(7, "Ada");
  assert.equal(get(7), "Ada");
});
`,
};
const NEW_NAMES =
  "Rename the function get to findMember and the function put to addMember in lib/members.js, everywhere.";
const BY_NEW_NAMES = `const test = require("node:test");
const assert = require("node:assert/strict");
const { findMember, addMember } = require("../lib/members.js");
test("who is entered is there", () => {
  addMember(9, "Bo");
  assert.equal(findMember(9), "Bo");
});
`;

Deno.test("what tests name by its old name is renamed in them, too, the one before the work is written by the new one, and a person agrees to that", async () => {
  const { asked, kind, cause, files } = await playLone([`\`\`\`js\n${BY_NEW_NAMES}\`\`\``], MEMBERS, {
    goal: NEW_NAMES,
    read: ["lib/members.js", "test/members.test.js"],
  });
  assert.deepEqual([asked.length, kind], [1, "partial"], cause);
  assert.match(
    cause,
    /members\.test\.js, which judges the work, got new names: nobody has agreed to that/,
  );
  assert.match(asked[0]!, /const \{ findMember, addMember \} = require/);
  assert.doesNotMatch(asked[0]!, /\bput\(/, "it sees no old name but in the wish");
  const named = (text: string) => text.replace(/\bput\b/g, "addMember").replace(/(?<!\.)\bget\b/g, "findMember");
  assert.equal(files["lib/members.js"], named(MEMBERS["lib/members.js"]));
  assert.equal(files["test/members.test.js"], named(MEMBERS["test/members.test.js"]));
});

Deno.test("a test that takes what is renamed by its old name is none, and neither is one of half of the new names", async () => {
  const old = BY_NEW_NAMES.replaceAll("addMember", "put");
  const half = BY_NEW_NAMES.replace(", addMember }", " }").replace(/ {2}addMember.*\n/, "");
  const fence = (code: string) => `\`\`\`js\n${code}\`\`\``;
  const { facts } = await playLone([fence(old), fence(half), fence(BY_NEW_NAMES)], MEMBERS, { goal: NEW_NAMES });
  const found = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.summary] : []);
  assert.match(found[0]!, /it uses put, which is called addMember once the work is done/);
  assert.match(found[1]!, /it does not use addMember/);
});

Deno.test("what only a person can see is written once by a lone small model: it is not asked on, and does not write the same again", async () => {
  const plan = JSON.stringify({
    reason: "One file.",
    name: "create_task_plan",
    arguments: { tasks: [{ description: "Make src/stats.js nicer", target_file: "src/stats.js" }] },
  });
  const approved = JSON.stringify({ reason: "Fine.", name: "approve_code", arguments: { notes: "Fine." } });
  const nicer = MEAN.replace("sum, one", "total, value").replace("sum + one", "total + value");
  const said = await playLone([plan, fenced(nicer), approved], FILES, {
    goal: "Make the code of src/stats.js a bit nicer.",
    read: ["src/stats.js"],
  });
  assert.deepEqual([said.asked.length, said.kind], [3, "partial"], said.cause);
  assert.equal(said.files["src/stats.js"], nicer);
});

Deno.test("a goal to repair what fails ends at once where nothing does, with what passes, and nobody is asked", async () => {
  const said = await playLone([fenced(MEAN)], FILES, { goal: "Make the failing tests of this project pass." });
  assert.deepEqual([said.asked.length, said.kind], [0, "blocked"], said.cause);
  assert.match(
    said.cause,
    /^Nothing fails: 3 check results pass \(\S.*\)\. Nothing was done: say what else shall be true\.$/,
  );
});

Deno.test("of two functions that are wished for it is asked for cases of each, and a test of one of them alone is none", async () => {
  const goal =
    "Add two functions to src/stats.js: median(values) gives the value in the middle; largest(values) the largest.";
  const one = cases([["median([9, 1, 2])", "2"], ["median([5])", "5"]]);
  const both = `import test from "node:test";
import assert from "node:assert/strict";
import { largest, median } from "../src/stats.js";
test("the middle", () => assert.equal(median([9, 1, 2]), 2));
test("the largest", () => assert.equal(largest([1, 3]), 3));`;
  const LARGEST = "export function largest(values) {\n  return Math.max(...values);\n}";
  const { asked, kind, cause, facts, files } = await playLone(
    [one, fenced(both), fenced(MEDIAN), fenced(LARGEST)],
    FILES,
    { goal, read: ["src/stats.js"] },
  );
  assert.match(asked[0]!, /at least one call of each of them: median, largest/);
  const [first] = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.summary] : []);
  assert.match(first!, /does not use largest/);
  assert.equal(kind, "partial", cause);
  assert.match(cause, /wait for your yes/);
  assert.match(files["src/stats.js"]!, /function median[^]*function largest/);
});

/** A project with a function that is to use a new one. */
const REPORTS = {
  ...FILES,
  "src/report.js": "export function reportOf(values) {\n  return `${values.length} values`;\n}\n",
};
const OF_REPORT = `import test from "node:test";
import assert from "node:assert/strict";
import { reportOf } from "../src/report.js";
test("the report", () => assert.equal(reportOf([9, 1, 2]), "3 values, 2"));`;
const REPORT =
  'import { median } from "./stats.js";\n\nexport function reportOf(values) {\n  return `${values.length} values, ${median(values)}`;\n}';

Deno.test("what is there already and is to change with what is added is shown by the same test, or that is none", async () => {
  const goal = "Add a function median(values) to src/stats.js, and let reportOf in src/report.js end with it.";
  const alone = cases([["median([9, 1, 2])", "2"]]);
  const both = OF_REPORT.replace(/(import \{ reportOf.*)/, '$1\nimport { median } from "../src/stats.js";') +
    '\ntest("the middle", () => assert.equal(median([9, 1, 2]), 2));';
  const { kind, cause, facts, files } = await playLone(
    [alone, fenced(both), fenced(MEDIAN), fenced(REPORT), fenced(REPORT), fenced(REPORT)],
    REPORTS,
    { goal, read: ["src/stats.js", "src/report.js"] },
  );
  const summaries = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.summary] : []);
  assert.match(summaries[0]!, /does not use reportOf/, summaries.join("\n"));
  assert.equal(kind, "partial", `${cause}\n${summaries.join("\n")}`);
  assert.match(cause, /wait for your yes/, summaries.join("\n"));
  assert.match(files["src/report.js"]!, /median\(values\)/);
});

Deno.test("what a sentence of its own asks to be done with something new has a test of its own, and both parts are shown", async () => {
  const goal =
    "Add a function median(values) to src/stats.js. median([9, 1, 2]) is 2. Then let reportOf in src/report.js end with it.";
  const { asked, kind, cause, files, facts } = await playLone(
    [fenced(MEDIAN), fenced(OF_REPORT), fenced(REPORT), fenced(REPORT)],
    REPORTS,
    { goal, read: ["src/stats.js", "src/report.js"] },
  );
  const summaries = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.summary] : []);
  assert.equal(kind, "partial", `${cause}\n${summaries.join("\n")}`);
  assert.match(cause, /wait for your yes/, summaries.join("\n"));
  assert.match(asked[1]!, /asked for before, and is there by then: Add a function median/);
  assert.match(files["src/report.js"]!, /median\(values\)/);
  assert.match(files["src/stats.js"]!, /function median/);
});

Deno.test("where no test of a wish can be written, the short source that it speaks of is asked for as a text, and no tool is declared", async () => {
  const bank = `/** What is not carried out. */
export class BankError extends Error {}

/** Moves an amount. */
export function transfer(source, target, amount) {
  if (amount > source.balance) throw new BankError("not enough money");
  source.balance -= amount;
  target.balance += amount;
}

/** Opens an account. */
export function opened(name) {
  return { name, balance: 0 };
}

/** Closes an account, and tells what was in it. */
export function closed(account) {
  const left = account.balance;
  account.balance = 0;
  account.isClosed = true;
  return left;
}
`;
  const right = bank.replace('"not enough money"', "`not enough money: ${amount} wanted`");
  const broken = fenced('import test from "node:test";\ntest("says it", () => nothing());');
  const { asked, files } = await playLone([broken, broken, fenced(right)], {
    "package.json": '{ "type": "module" }\n',
    "src/bank.js": bank,
    "test/bank.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { opened } from "../src/bank.js";\ntest("opens", () => assert.equal(opened("Ada").balance, 0));\n',
  }, {
    goal: "The error of a transfer in the bank should say how much was wanted. It stays a BankError.",
    read: ["src/bank.js"],
  });
  assert.match(asked[2]!, /Now write the complete content of src\/bank\.js/);
  assert.match(asked[2]!, /# File src\/bank\.js \(22 lines\)/);
  assert.doesNotMatch(asked[2]!, /finish_task|"parameters"/);
  assert.equal(files["src/bank.js"], right);
});

Deno.test("where nobody says which of two sources is meant, that which holds what the wish speaks of is asked for first, then the other", async () => {
  const price =
    "// What customers pay for pieces of one kind: many of them get a discount.\nexport const price = (pieces) => pieces * 2;\n";
  const invoice =
    'import { price } from "./price.js";\n\n// The lines of an order, as customers take them.\nexport const invoice = (order) => order.map(price).join(" ");\n';
  const broken = fenced('import test from "node:test";\ntest("says it", () => nothing());');
  const wrong = fenced(price.replace("2;", "3;"));
  const { asked } = await playLone([broken, broken, wrong, fenced(invoice)], {
    "package.json": '{ "type": "module" }\n',
    "src/invoice.js": invoice,
    "src/price.js": price,
    "test/invoice.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { invoice } from "../src/invoice.js";\ntest("lists", () => assert.equal(invoice([1, 2]), "2 4"));\n',
  }, { goal: "Customers who take ten pieces get a discount of a tenth.", read: [] });
  assert.match(asked[2]!, /Now write the complete content of src\/price\.js/);
  assert.match(asked[3]!, /Now write the complete content of src\/invoice\.js/);
  for (const prompt of asked.slice(2, 4)) assert.doesNotMatch(prompt, /finish_task|"parameters"/);
});

Deno.test("a wish that goes on with another one is asked for what it speaks of itself, also where that one came to nothing", async () => {
  const posts =
    "/** The address of a post. */\nexport function addressOf(post) {\n  return `/${post.number}`;\n}\n\n/** Its title. */\nexport function titleOf(post) {\n  return post.title;\n}\n";
  const { asked } = await playLone([
    ...Array.from({ length: 5 }, (_, index) => fenced(`export const nothing = ${index};`)),
    fenced(
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { addressOf } from "../src/posts.js";\ntest("addresses", () => assert.equal(addressOf({ number: 1, title: "Ab" }), "/ab"));',
    ),
    fenced("export function addressOf(post) {\n  return `/${slug(post.title)}`;\n}"),
  ], {
    "package.json": '{ "type": "module" }\n',
    "src/posts.js": posts,
    "test/posts.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { titleOf } from "../src/posts.js";\ntest("titles", () => assert.equal(titleOf({ title: "A" }), "A"));\n',
  }, {
    goal:
      'Add a module src/slug.js with a function slug(title) for lower case: slug("Ab") is "ab". Then let addressOf in src/posts.js use it for the title, in place of the number.',
    read: [],
  });
  assert.match(asked[0]!, /Now write the complete content of src\/slug\.js/);
  const ofPosts = asked.find((prompt) => /Now write the complete [^\n]* of src\/posts\.js/.test(prompt));
  assert.match(ofPosts!, /Now write the complete function addressOf of/);
});

Deno.test("among many sources of which a wish names none nothing is taken for the likeliest: it is looked for", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 13 }, (_, index) => [`src/part${index}.js`, `export const discount${index} = ${index};\n`]),
  );
  const broken = fenced('import test from "node:test";\ntest("says it", () => nothing());');
  const { asked } = await playLone([broken], {
    "package.json": '{ "type": "module" }\n',
    ...many,
    "test/part0.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { discount0 } from "../src/part0.js";\ntest("is none", () => assert.equal(discount0, 0));\n',
  }, { goal: "Customers get a discount of a tenth.", read: [] });
  const ofCode = asked.filter((prompt) => !/complete new test/.test(prompt));
  assert.ok(ofCode.length > 0);
  for (const prompt of ofCode) assert.doesNotMatch(prompt, /Now write the complete content/);
});

Deno.test("of sources that a wish names, or where something new is to be made, none is taken for the one that is meant", async () => {
  const main =
    "// Starts what this is for: prints the option that is given.\nexport function format(option) {\n  return `<${option}>`;\n}\n";
  const files = {
    "package.json": '{ "type": "module" }\n',
    "src/main.js": main,
    "src/text.js": "// Texts and options.\nexport const text = (option) => `${option}`;\n",
    "test/main.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { format } from "../src/main.js";\ntest("formats", () => assert.equal(format(1), "<1>"));\n',
  };
  const broken = fenced('import test from "node:test";\ntest("says it", () => nothing());');
  for (
    const goal of [
      "Move format out of src/main.js into src/text.js, and let nothing else change.",
      "Write a small program that prints the phase of the moon for a date, an option with which it starts.",
    ]
  ) {
    const { asked } = await playLone([broken], files, { goal, read: ["src/main.js"] });
    const ofCode = asked.filter((prompt) => !/complete new test/.test(prompt));
    assert.ok(ofCode.length > 0);
    for (const prompt of ofCode) assert.doesNotMatch(prompt, /Now write the complete content/, goal);
  }
});

Deno.test("a folder that a wish speaks of is looked into, also where its sources share no other word with it", async () => {
  const broken = fenced('import test from "node:test";\ntest("says it", () => nothing());');
  const { asked } = await playLone([broken], {
    "package.json": '{ "type": "module" }\n',
    "stack/core.js": "export const push = (all, one) => [...all, one];\n",
    "other/list.js": "export const first = (all) => all[0];\n",
    "test/core.test.js":
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { push } from "../stack/core.js";\ntest("pushes", () => assert.deepEqual(push([], 1), [1]));\n',
  }, { goal: "Let the stack say how big it is.", read: [] });
  const ofCode = asked.filter((prompt) => !/complete new test/.test(prompt));
  assert.match(ofCode[0]!, /# File stack\/core\.js \(1 line/);
  assert.match(ofCode[0]!, /Now write the complete content of stack\/core\.js/);
});
