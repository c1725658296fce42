import { deepEqual, equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";
import type { Workspace } from "../../src/plugin/mod.ts";

/** What the tools say that look at a project. */
function looking(workspace: Workspace) {
  const call = async (tool: string, args: Record<string, unknown>) => (await callTool(tool, args, workspace)).text;
  return {
    search: (args: Record<string, unknown>) => call("search_code", args),
    list: (args: Record<string, unknown>) => call("list_directory", args),
  };
}

Deno.test("a project of 12,000 files is searched to its last one, and each of its folders is found", () =>
  withWorkspace(
    { "src/calc.py": "def needle_function():\n    pass\n", "zz/last.txt": "needle_function\n" },
    async (workspace) => {
      await Deno.mkdir(`${workspace.root}/assets`);
      for (let index = 0; index < 12_000; index++) Deno.writeTextFileSync(`${workspace.root}/assets/${index}.txt`, "");
      const { search, list } = looking(workspace);
      const places = "src/calc.py:1: def needle_function():\nzz/last.txt:1: needle_function";
      equal(await search({ query: "needle_function" }), `${places}\n(12002 files searched.)`);
      equal(await search({ query: "needle_function", path: "src" }), "src/calc.py:1: def needle_function():");
      equal(await search({ query: "needle_function", path: "src/calc.py" }), "src/calc.py:1: def needle_function():");
      equal(await search({ query: "nowhere" }), '"nowhere" was not found in 12002 files.');
      equal(await list({ path: "src", recursive: true }), "src/calc.py");
      match(
        await list({ path: "assets", recursive: true }),
        /\n\(11600 more are not shown; list one of the folders\.\)\n\(12000 files\.\)$/,
      );
      equal((await workspace.below("zz")).files.length, 1);
    },
  ));

Deno.test("what is ignored is named, and never told as if nothing were there", async (t) => {
  const files = {
    ".gitignore": "*.log\n/out/\nsub/secret\n",
    "a.ts": "word\n",
    "b.log": "word\n",
    "out/c.js": "word\n",
    "logs/d.log": "word\n",
    "sub/secret": "word\n",
    "sub/.gitignore": "deep/\n",
    "sub/deep/e.ts": "word\n",
    "dist/f.js": "word\n",
  };
  const told: readonly (readonly [tool: "search" | "list", path: string, said: RegExp])[] = [
    [
      "search",
      ".",
      /^a\.ts:1: word\n\(3 files searched\.\)\n\(Ignored, and not looked at: b\.log, dist\/, logs\/d\.log, out\/, sub\/deep\/, sub\/secret\.\)$/,
    ],
    ["list", ".", /^\.gitignore\na\.ts\nsub\/\.gitignore\n\(3 files\.\)\n\(Ignored, and not looked at: b\.log, dist\//],
    ["list", "logs", /^logs holds no files but ignored ones\.\n\(Ignored, and not looked at: logs\/d\.log\.\)$/],
    ["search", "logs", /^logs holds no files but ignored ones, so there is nothing to search\.\n\(Ignored/],
    ["list", "out", /^out\/c\.js\n\(out is ignored by the project's rules/],
    ["search", "out", /^out\/c\.js:1: word\n\(out is ignored by the project's rules/],
    ["search", "sub/deep", /^sub\/deep\/e\.ts:1: word\n\(sub\/deep is ignored/],
    ["list", "dist", /^dist\/f\.js\n\(dist is ignored/],
    ["search", "b.log", /^b\.log:1: word$/],
    ["list", "sub", /^sub\/\.gitignore\n\(Ignored, and not looked at: sub\/deep\/, sub\/secret\.\)$/],
  ];
  for (const [tool, path, said] of told) {
    await t.step(`${tool} ${path}`, () =>
      withWorkspace(files, async (workspace) => {
        const { search, list } = looking(workspace);
        const call = tool === "list" ? list({ path, recursive: true }) : search({ query: "word", path });
        const text = await call.catch(() => refusal(call));
        match(text, said);
      }));
  }
  await t.step("an empty folder, and one that is not there", () =>
    withWorkspace({ "a.ts": "" }, async (workspace) => {
      await Deno.mkdir(`${workspace.root}/empty`);
      const { search, list } = looking(workspace);
      equal(await list({ path: "empty", recursive: true }), "empty holds no files.");
      equal(await list({ path: "empty" }), "empty is empty.");
      match(
        await refusal(search({ query: "x", path: "empty" })),
        /^empty holds no files, so there is nothing to search\.$/,
      );
      match(await refusal(search({ query: "x", path: "gone" })), /There is no folder gone; list "\."/);
    }));
});

Deno.test("files below a folder are those that the whole project has there, in order", () =>
  withWorkspace({
    ".gitignore": "*.log\n",
    "a/b/.gitignore": "!keep.log\n",
    "a/b/keep.log": "",
    "a/b/other.log": "",
    "a/b/c/d.ts": "",
    "a/e.ts": "",
    "f.ts": "",
  }, async (workspace) => {
    const all = await workspace.files();
    for (const folder of ["a", "a/b", "a/b/c", "."]) {
      const within = folder === "." ? all : all.filter((file) => file.startsWith(`${folder}/`));
      deepEqual((await workspace.below(folder)).files, within, folder);
    }
    deepEqual((await workspace.below("a/b")).ignored, ["a/b/other.log"]);
  }));
