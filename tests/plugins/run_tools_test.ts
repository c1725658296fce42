import { deepEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool } from "./call_tool.ts";

const DENO = Deno.execPath();
const SHOW = "console.log(JSON.stringify(Deno.args));";

Deno.test("run_command runs a program without a shell, from words or from one line", () =>
  withWorkspace({ "show.ts": SHOW }, async (workspace) => {
    const shown = async (command: unknown) => {
      const { text } = await callTool("run_command", { command }, workspace);
      match(text, /^Exit code 0 after /);
      return JSON.parse(text.slice(text.indexOf("\n[") + 1));
    };
    deepEqual(await shown([DENO, "run", "show.ts", "a b", "*", "$HOME"]), ["a b", "*", "$HOME"]);
    deepEqual(await shown(`${DENO} run show.ts 'a b' "c|d" *`), ["a b", "c|d", "*"]);
  }));

Deno.test("run_command says how a program failed", () =>
  withWorkspace({ "fail.ts": "console.error('no luck'); Deno.exit(3);" }, async (workspace) => {
    const { text } = await callTool("run_command", { command: [DENO, "run", "fail.ts"] }, workspace);
    match(text, /^Exit code 3 after .*\n[\s\S]*no luck/);
  }));

Deno.test("run_command stops a program that does not end in its time", () =>
  withWorkspace({ "wait.ts": "setInterval(() => {}, 1000);" }, async (workspace) => {
    const { text } = await callTool(
      "run_command",
      { command: [DENO, "run", "wait.ts"], timeout_seconds: 1 },
      workspace,
    );
    match(text, /^Stopped after 1 s/);
  }));

Deno.test("run_command bounds the output and says what was cut", () =>
  withWorkspace({ "long.ts": "for (let i = 0; i < 5000; i++) console.log('line', i);" }, async (workspace) => {
    const { text } = await callTool("run_command", { command: [DENO, "run", "long.ts"] }, workspace);
    ok(text.length < 16_300);
    match(text, /line 0\n/);
    match(text, /line 4999\n/);
    match(text, /characters of the output were cut/);
  }));

Deno.test("run_command refuses what needs a shell before it runs anything", () =>
  withWorkspace({}, async (workspace) => {
    for (
      const command of [
        "npm test && npm run build",
        "npm test | head",
        "npm test > out.txt",
        ["npm test; ls"],
        "echo `ls`",
      ]
    ) {
      await rejects(callTool("run_command", { command }, workspace), /needs a shell/);
    }
    await rejects(callTool("run_command", { command: 'echo "a' }, workspace), /not closed/);
    await rejects(callTool("run_command", { command: "  " }, workspace), /command/);
  }));

Deno.test("run_checks shows how many checks pass and what the failing ones say", async () => {
  const test =
    'Deno.test("adds", () => {});\nDeno.test("takes away", () => { throw new Error("got 3, wanted 1"); });\n';
  await withWorkspace({ "deno.json": "{}", "sum_test.ts": test }, async (workspace) => {
    const { text } = await callTool("run_checks", { reason: "after the change" }, workspace);
    match(text, /^(\d) of (?!\1)\d checks pass/);
    match(text, /FAILS .*takes away\n[\s\S]*got 3, wanted 1/);
    await Deno.writeTextFile(
      join(workspace.root, "sum_test.ts"),
      test.replace('throw new Error("got 3, wanted 1");', ""),
    );
    match((await callTool("run_checks", { reason: "again" }, workspace)).text, /^(\d) of \1 checks pass[^\n]*$/);
  });
});

Deno.test("run_checks says when a project has none", () =>
  withWorkspace({ "a.txt": "" }, async (workspace) => {
    match((await callTool("run_checks", { reason: "to see" }, workspace)).text, /has no checks/);
  }));
