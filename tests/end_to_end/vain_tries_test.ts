import assert from "node:assert/strict";
import { playLone } from "./fixtures/lone_model.ts";

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
