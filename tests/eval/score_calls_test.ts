import assert from "node:assert/strict";
import { join } from "node:path";
import { callsMatch, type MatchRow } from "./calls_match.ts";
import { readCorpus } from "./corpus.ts";
import { reportCalls } from "./report_calls.ts";
import { scoreCalls } from "./score_calls.ts";
import { readStrictly } from "./strict_reader.ts";

const TOOL = {
  type: "function",
  function: {
    name: "book_table",
    description: "Books a table.",
    parameters: {
      type: "object",
      required: ["guests"],
      properties: { guests: { type: "integer" }, near_window: { type: "boolean" }, name: { type: "string" } },
    },
  },
};

const real = (id: string, category: string, raw: string, expected: unknown, traits: readonly string[] = []) => ({
  id,
  model: "m",
  format_family: "hermes_json",
  raw,
  tools: [TOOL],
  expected,
  category,
  traits,
});

const answer = (id: string, raw: string, wanted: unknown, valid: boolean | null, sample = "uniform") => ({
  id,
  model: "m",
  mode: "prompt",
  category: "simple",
  raw,
  tools: [TOOL],
  possible_answer: wanted,
  bfcl_valid: valid,
  sample,
});

const FOUR = [{ name: "book_table", arguments: { guests: 4 } }];
const WANTED = [{ name: "book_table", arguments: { guests: [4], near_window: [true, ""] } }];
const CALL = '{"name": "book_table", "arguments": {"guests": 4}}';

async function inFolder(files: Readonly<Record<string, readonly unknown[]>>, check: (folder: string) => void) {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_eval_" });
  try {
    for (const [name, rows] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    }
    check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("rows are right, wrong, missed or false calls; fragments are left out; a cut call counts as cut", async () => {
  const rows = [
    real("right", "wellformed_single", `<tool_call>${CALL}</tool_call>`, FOUR),
    real("wrong", "wellformed_single", `<tool_call>${CALL.replace("4", "5")}</tool_call>`, FOUR),
    real("missed", "wellformed_single", "I book it.", FOUR),
    real("false", "not_a_call", CALL, null),
    real("quiet", "not_a_call", "There are 4 guests.", null),
    real("fragment", "malformed_other", '{"guests": 4}', [{ name: null, arguments: { guests: 4 } }], [
      "inner_fragment",
    ]),
    real("cut", "partial_arguments", '<tool_call>{"name": "book_table", "arguments": {"name": "Ann', [
      { name: "book_table", arguments: null, arguments_text: '{"name": "Ann' },
    ]),
  ];
  await inFolder({ "real_calls.jsonl": rows }, (folder) => {
    const scores = scoreCalls(readCorpus(folder));
    const verdicts = new Map(
      scores.rows.flatMap((row) => "reader" in row && row.reader === "unknown family" ? [[row.id, row.verdict]] : []),
    );
    assert.deepEqual([...verdicts.values()], ["right", "wrong", "missed", "false call", "right", "left out", "right"]);
    const single = scores.categories.find(({ name }) => name === "wellformed_single");
    assert.deepEqual(single?.readers["known family"], {
      right: 1,
      wrong: 1,
      missed: 1,
      "false call": 0,
      "left out": 0,
    });
    const report = reportCalls(scores);
    assert.match(report, /must parse\s+1 \/ 1 \/ 1 \/ 0 = 33\.33 %/);
    assert.match(report, /no call\s+1 \/ 0 \/ 0 \/ 1 = 50\.00 %/);
  });
});

Deno.test("answers are scored by model where BFCL has a verdict, on rows drawn at random only", async () => {
  const rows = [
    answer("both", "[book_table(guests=4)]", WANTED, true),
    answer("ours", `Here: ${CALL}`, WANTED, false),
    answer("unjudged", "[book_table(guests=4)]", WANTED, null),
    answer("hard", "no", WANTED, true, "hard"),
    answer("irrelevant", "It cannot be booked.", null, true),
  ];
  await inFolder({ "bfcl_raw.jsonl": rows }, (folder) => {
    const [score] = scoreCalls(readCorpus(folder)).models;
    assert.deepEqual(score, {
      model: "m",
      rows: 3,
      judged: 2,
      ours: 2,
      strict: 1,
      bfcl: 1,
      irrelevant: 1,
      oursIrrelevant: 1,
      strictIrrelevant: 1,
      bfclIrrelevant: 1,
      oursOfAll: 3,
      strictOfAll: 2,
    });
  });
});

Deno.test("a folder without rows, and a line that is no row, say what is wanted", async () => {
  assert.throws(() => readCorpus("/no/such/folder"), /The folder of the corpus, \/no\/such\/folder, cannot be read/);
  await inFolder({ "other.txt": [] }, (folder) => {
    assert.throws(() => readCorpus(folder), /holds neither real_calls\.jsonl nor bfcl_raw\.jsonl/);
  });
  await inFolder({ "real_calls.jsonl": [real("a", "b", "c", null), { id: 1 }] }, (folder) => {
    assert.throws(() => readCorpus(folder), /Line 2 of .*real_calls\.jsonl is no row/);
  });
});

Deno.test("the strict reader reads five forms and mends nothing", () => {
  const forms = [
    `<tool_call>\n${CALL}\n</tool_call>`,
    `{"tool_calls": [${CALL}]}`,
    `[${CALL}]`,
    'book_table\n{"guests": 4}',
    "[book_table(guests=4)]",
    "book_table(guests=0x4);",
  ];
  for (const form of forms) assert.deepEqual(readStrictly(form), FOUR, form);
  const none = [
    "I book it.",
    "[book_table(4)]",
    "[book_table(guests=four)]",
    "[book_table(guests=4), ]]",
    "<tool_call>{'name': 'book_table'}</tool_call>",
    "[book_table(guests=4)] now",
  ];
  for (const form of none) assert.equal(readStrictly(form), null, form);
  assert.deepEqual(readStrictly("[a.b(c='x\\n', d=[-1, 2.5, (1, 2)], e={'f': None}, g=True), h()]"), [
    { name: "a.b", arguments: { c: "x\n", d: [-1, 2.5, [1, 2]], e: { f: null }, g: true } },
    { name: "h", arguments: {} },
  ]);
});

Deno.test("calls match by BFCL's rule: any order, allowed values, loose texts, no argument too many or too few", () => {
  const row: MatchRow = {
    tools: [TOOL],
    possible_answer: [
      { name: "book_table", arguments: { guests: [4], near_window: [true, ""], name: ["Ann O'Hara", "Ann"] } },
      { name: "book_table", arguments: { guests: [2, 3], name: [""] } },
    ],
  };
  const match = (...given: Record<string, unknown>[]) =>
    callsMatch(given.map((one) => ({ name: "book_table", arguments: one })), row);
  assert.ok(match({ guests: 3 }, { guests: 4, name: 'ann o"hara' }));
  assert.ok(match({ guests: 4, near_window: true, name: "Ann" }, { guests: 2 }));
  assert.ok(!match({ guests: 3 }), "one is missing");
  assert.ok(!match({ guests: 4 }, { guests: 2 }), "the name may not be left out");
  assert.ok(!match({ guests: true, name: "Ann" }, { guests: 2 }), "true is no number");
  assert.ok(!match({ guests: 4, name: "Ann", table: 1 }, { guests: 2 }), "no such argument");
  assert.ok(callsMatch([], { ...row, possible_answer: null }));
  assert.ok(!callsMatch(FOUR, { ...row, possible_answer: null }));
});
