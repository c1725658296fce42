import { EMPTY } from "../../src/features/features.ts";
import assert from "node:assert/strict";
import { z } from "zod";
import { differenceOf } from "../../src/effects/difference.ts";
import type { World } from "../../src/effects/effect_kind.ts";
import { preview } from "../../src/effects/preview/preview.ts";
import { tool } from "../../src/effects/tool/tool.ts";
import { readText } from "../../src/effects/stored_text.ts";
import { definePlugin, defineTool, ToolError, type Workspace } from "../../src/plugin/mod.ts";
import { offerOf } from "../../src/plugin/offer.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { memoryBlobs, withWorkspace } from "../fakes/plain_workspace.ts";
import { loaded } from "../plugins/call_tool.ts";

let deployed = 0;

/** A tool that acts beyond the workspace: trying it would be doing it. */
const deploy = defineTool({
  name: "deploy",
  describes: "Deploys.",
  input: z.object({ notes: z.string().describe("What is new."), to: z.string().describe("Where to.") }),
  access: "runs",
  run() {
    deployed += 1;
    return "Deployed.";
  },
});

const own = offerOf(definePlugin({ name: "deploys", tools: [deploy] }), { path: "", origin: "user", version: "" });
const { registry, tools } = buildRegistry({ offers: [...loaded.offers, own], prompts: {} });
const never = new AbortController().signal;

/** What a person is shown of a call. */
async function shown(
  workspace: Workspace,
  name: string,
  args: Readonly<Record<string, unknown>>,
  text?: string,
): Promise<string> {
  const blobs = memoryBlobs();
  const world = { state: EMPTY, registry, tools, workspace, blobs } as unknown as World;
  const call = { name, arguments: { ...args } };
  const stored = text === undefined ? undefined : blobs.putBlob(text);
  const { shows } = await preview.perform(
    { kind: "preview", key: "t1.preview1", turn: "t1", role: "coding", call, text: stored },
    world,
    never,
  );
  return readText(shows, blobs);
}

const FILE = Array.from({ length: 60 }, (_, at) => `line ${at + 1}`).join("\n") + "\n";

Deno.test("a write is shown as the whole difference to the file as it stands, and nothing is written", () =>
  withWorkspace({ "a.txt": FILE }, async (workspace) => {
    const rewritten = FILE.replace("line 3\n", "").replace("line 50", "line fifty");
    assert.equal(
      await shown(workspace, "rewrite_file", { path: "a.txt" }, rewritten),
      [
        "changes a.txt",
        "--- a.txt",
        "+++ a.txt",
        "@@ -1,6 +1,5 @@",
        " line 1",
        " line 2",
        "-line 3",
        ...[4, 5, 6].map((at) => ` line ${at}`),
        "@@ -47,7 +46,7 @@",
        ...[47, 48, 49].map((at) => ` line ${at}`),
        "-line 50",
        "+line fifty",
        ...[51, 52, 53].map((at) => ` line ${at}`),
      ].join("\n"),
    );
    assert.equal((await workspace.read("a.txt")).text, FILE);
  }));

Deno.test("of a file that is new or becomes another every line is shown, however many", () =>
  withWorkspace({ "a.txt": FILE }, async (workspace) => {
    const many = Array.from({ length: 290 }, (_, at) => `new ${at}`).join("\n") + "\n";
    for (const [name, path] of [["create_file", "b.txt"], ["rewrite_file", "a.txt"]] as const) {
      const lines = (await shown(workspace, name, { path }, many)).split("\n");
      assert.equal(lines.filter((line) => /^\+new \d+$/.test(line)).length, 290, name);
      assert.equal(lines.filter((line) => /^-line \d+$/.test(line)).length, name === "create_file" ? 0 : 60);
    }
    assert.equal(await workspace.exists("b.txt"), false);
  }));

Deno.test("of two long texts with nothing in common every line is shown, without a search for the shortest difference", () => {
  const lines = (word: string) => Array.from({ length: 9_000 }, (_, at) => `${word} ${at}`).join("\n") + "\n";
  const shown = differenceOf("a.txt", lines("old"), lines("new"), 3).split("\n");
  assert.equal(shown.filter((line) => /^-old \d+$/.test(line)).length, 9_000);
  assert.equal(shown.filter((line) => /^\+new \d+$/.test(line)).length, 9_000);
});

Deno.test("what cannot be seen in a text is shown by its number", () =>
  withWorkspace({ "a.txt": "x\n" }, async (workspace) => {
    const text = await shown(workspace, "rewrite_file", { path: "a.txt" }, "x\u202e\u001b[2J\u200b\u00a0y\n\tz\n");
    assert.match(text, /^\+x\\u\{202e\}\\u\{1b\}\[2J\\u\{200b\}\\u\{a0\}y\n\+\tz$/m);
  }));

Deno.test("a command is shown with each of its words, its folder and its time, and is not run", () =>
  withWorkspace({}, async (workspace) => {
    const command = ["touch", "made", "a b", "", "x\ny"];
    const { root } = workspace;
    assert.equal(
      await shown(workspace, "run_command", { command }),
      `runs     touch made "a b" "" "x\\ny"\nin       ${root}\nat most  120 s`,
    );
    assert.match(await shown(workspace, "run_command", { command, timeout_seconds: 7 }), /^at most {2}7 s$/m);
    assert.equal(await workspace.exists("made"), false);
  }));

Deno.test("a tool that does not promise to act through the workspace alone is not tried: its arguments are shown whole", () =>
  withWorkspace({}, async (workspace) => {
    const notes = Array.from({ length: 400 }, (_, at) => `note ${at}`).join("\n");
    const text = await shown(workspace, "deploy", { notes, to: "there" });
    assert.equal(text, `notes:\n${notes.replaceAll(/^/gm, "  ")}\nto: there`);
    assert.equal(deployed, 0);
  }));

Deno.test("a call that could not be carried out fails before a person is asked", () =>
  withWorkspace({ "a.txt": FILE }, async (workspace) => {
    const wrong = { path: "a.txt", old_text: "nowhere", new_text: "x" };
    await assert.rejects(shown(workspace, "edit_file", wrong), ToolError);
    await assert.rejects(shown(workspace, "rewrite_file", { path: "../a.txt" }, "x"), ToolError);
  }));

Deno.test("a call that was approved does what was shown, or nothing where that has become another", () =>
  withWorkspace({ "a.txt": FILE }, async (workspace) => {
    const blobs = memoryBlobs();
    const world = { state: EMPTY, registry, tools, workspace, blobs, now: () => 0, show: () => {} } as unknown as World;
    const call = { name: "edit_file", arguments: { path: "a.txt", old_text: "line 3\n", new_text: "line three\n" } };
    const base = { key: "t1.call1", turn: "t1", role: "coding", call };
    const look = async () => (await preview.perform({ kind: "preview", ...base }, world, never)).shows;
    const run = async (approved: Awaited<ReturnType<typeof look>>) =>
      await tool.perform({ kind: "tool", access: "writes", ...base, approved }, world, never);
    const before = await look();
    await workspace.write("a.txt", FILE.replace("line 4\n", "line 4, as the person saved it\n"));
    await assert.rejects(
      run(before),
      (error: unknown) => error instanceof ToolError && /no longer what the person approved/.test(error.message),
    );
    assert.match((await workspace.read("a.txt")).text, /^line 3\nline 4, as the person saved it$/m);
    await run(await look());
    assert.match((await workspace.read("a.txt")).text, /^line three\nline 4, as the person saved it$/m);
  }));
