import { offers, type WantedCall } from "./understudy_call.ts";
import type { Scene, WantedText } from "./understudy_scene.ts";

/** The wish of a rehearsal that no test of the sample stands for. */
export const WISH_GOAL = "Give renderTable in src/table.js an option json: with it the rows come as JSON.";

/** The new test, and the line that makes it pass. */
const TEST_PATH = "test/json.test.js";
const TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTable } from "../src/index.js";

test("with json the rows come as JSON", () => {
  assert.equal(renderTable(["id"], [["a1"]], { json: true }), '[["a1"]]');
});
`;
const SOURCE_PATH = "src/table.js";
const HEAD = "export function renderTable(header, rows) {";
const NEW_HEAD = `export function renderTable(header, rows, { json = false } = {}) {
  if (json) return JSON.stringify(rows);`;

/** Whether the task at hand is the wish. */
function isWish(scene: Scene): boolean {
  const isAboutDocuments = scene.sections.some(({ name }) => name === "changes");
  return !isAboutDocuments && scene.heard[0]?.includes(WISH_GOAL) === true;
}

/**
 * Decides the next call of who fulfils the wish: a test that says it, then the code.
 *
 * @param scene the request
 * @returns the call; null where the task is another, or both are written
 */
export function wishCall(scene: Scene): WantedCall | null {
  if (!isWish(scene)) return null;
  const wrote = (name: string) => scene.results.some((result) => result.ok && result.name === name);
  if (!wrote("create_file") && offers(scene, "create_file") && !scene.paths.includes(TEST_PATH)) {
    return { name: "create_file", arguments: { path: TEST_PATH }, reason: "No test says yet what is wanted." };
  }
  if (wrote("edit_file") && offers(scene, "finish_task")) {
    const summary = "The option is written, and a test that asks for it.";
    return { name: "finish_task", arguments: { summary }, reason: summary };
  }
  if (wrote("edit_file") || !offers(scene, "edit_file")) return null;
  const reason = "Now the code can be written that the test asks for.";
  return { name: "edit_file", arguments: { path: SOURCE_PATH, old_text: HEAD }, reason };
}

/**
 * Writes the text that was asked for after such a call.
 *
 * @returns the reply; null where the task is another
 */
export function wishText(scene: Scene, wanted: WantedText): string | null {
  if (!isWish(scene)) return null;
  return `\`\`\`js\n${wanted.path === TEST_PATH ? TEST : NEW_HEAD}\n\`\`\``;
}
