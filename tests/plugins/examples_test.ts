import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { fetchPage } from "../../plugins/examples/fetch_page.ts";
import speeds from "../../plugins/examples/speeds.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { loadPlugins } from "../../src/plugin/load.ts";
import { offerOf } from "../../src/plugin/offer.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { runView } from "../../src/plugin/view.ts";
import type { RunnableTool } from "../../src/ports/tool.ts";
import type { Workspace } from "../../src/ports/workspace.ts";
import { EMPTY } from "../../src/features/features.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { loaded, refusal } from "./call_tool.ts";

const folder = fileURLToPath(new URL("../../plugins/examples", import.meta.url));
const examples = await loadPlugins([{ path: folder, origin: "user", trusted: true }]);
const { registry, tools, faults } = buildRegistry({ offers: [...loaded.offers, ...examples.offers], prompts: {} });

/** Calls a tool as a run does. */
async function call(tool: RunnableTool | undefined, args: object, workspace: Workspace): Promise<string> {
  const checked = tool!.validate(args);
  if ("faults" in checked) throw new Error(checked.faults.join(" "));
  const signal = new AbortController().signal;
  return (await tool!.run(checked.value, { workspace, languages: LANGUAGES, settings: {}, signal, report: () => {} }))
    .text;
}

Deno.test("the examples load from where they lie, each in less than 60 lines, and none of them by itself", async () => {
  assert.deepEqual(examples.failures, []);
  assert.deepEqual(faults.filter(({ origin }) => origin === "user"), []);
  assert.deepEqual(examples.offers.map(({ plugin }) => plugin), [
    "fetch_page",
    "historian",
    "query_database",
    "second_opinion",
    "speeds",
  ]);
  assert.deepEqual(loaded.offers.filter(({ path }) => path.startsWith(folder)), []);
  for (const { path } of examples.offers) {
    assert.ok((await Deno.readTextFile(path)).split("\n").length <= 60, path);
  }
});

Deno.test("pages are fetched as text from the hosts that are named, and a redirect to elsewhere is told and not followed", () =>
  withWorkspace({}, async (workspace) => {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, ({ url }) => {
      if (url.endsWith("/moved")) {
        return new Response(null, { status: 302, headers: { location: "http://other.test/" } });
      }
      return new Response("<h1>Lists</h1>\n<script>x()</script><p>a &lt; b</p>", {
        headers: { "content-type": "text/html" },
      });
    });
    try {
      const host = `127.0.0.1:${server.addr.port}`;
      const place = { path: "/fetch.ts", origin: "user" as const, version: "" };
      const [tool] = offerOf({ name: "fetch", tools: [fetchPage([host], "http")] }, place).tools;
      assert.equal(await call(tool, { url: `http://${host}/` }, workspace), "Lists\na < b");
      assert.match(
        await refusal(call(tool, { url: `http://${host}/moved` }, workspace)),
        /302: it is at http:\/\/other\.test\//,
      );
      assert.match(await refusal(call(tool, { url: "http://localhost/" }, workspace)), /not from http:\/\/localhost/);
      assert.match(await refusal(call(tool, { url: `https://${host}/` }, workspace)), /by http from/);
    } finally {
      await server.shutdown();
    }
  }));

Deno.test("a database of the project is asked and never changed, and none outside of it is opened", () =>
  withWorkspace({ "notes.txt": "no database" }, async (workspace) => {
    const file = `${workspace.root}/notes.db`;
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE notes (id INTEGER, text TEXT)");
    for (let id = 1; id <= 60; id++) database.prepare("INSERT INTO notes VALUES (?, ?)").run(id, `note ${id}`);
    database.close();
    const before = await Deno.readFile(file);
    const tool = tools.get("query_database");
    const ask = (sql: string, path = "notes.db") => call(tool, { path, sql }, workspace);
    assert.equal(await ask("SELECT * FROM notes WHERE id < 3"), '{"id":1,"text":"note 1"}\n{"id":2,"text":"note 2"}');
    assert.match(await ask("SELECT id FROM notes"), /\{"id":50\}\n\(the first 50 rows; ask for fewer\)$/);
    assert.equal(await ask("SELECT id FROM notes WHERE id > 60"), "No row.");
    assert.match(await refusal(ask("DELETE FROM notes")), /Only SELECT/);
    assert.match(await refusal(ask("WITH x AS (SELECT 1) DELETE FROM notes")), /gave no rows: .*syntax error/);
    assert.equal(await ask("SELECT count(*) AS c FROM notes -- all"), '{"c":60}');
    assert.match(await refusal(ask("SELECT wrong FROM notes")), /no such column: wrong/);
    assert.match(await refusal(ask("SELECT 1", "../../etc/passwd")), /not in the project|no file/);
    assert.match(await refusal(ask("SELECT 1", "gone.db")), /There is no file gone\.db/);
    assert.match(await refusal(ask("SELECT * FROM x", "notes.txt")), /gave no rows/);
    assert.deepEqual(await Deno.readFile(file), before);
  }));

Deno.test("the history of a file is read from git, and a folder without one says so", () =>
  withWorkspace({ "a.txt": "one" }, async (workspace) => {
    const tool = tools.get("git_log");
    assert.match(await refusal(call(tool, { path: "a.txt" }, workspace)), /gave no history of a\.txt: .*not a git/);
    const git = async (...words: string[]) => {
      const args = ["-c", "user.name=A", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...words];
      const { code, stderr } = await new Deno.Command("git", { args, cwd: workspace.root }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    };
    await git("init", "-q");
    await git("add", "a.txt");
    await git("commit", "-qm", "Counts from one");
    assert.match(await call(tool, { path: "a.txt" }, workspace), /^[0-9a-f]{7,} \d{4}-\d\d-\d\d A: Counts from one$/);
    assert.equal(await call(tool, { path: "b.txt" }, workspace), "No commit changed b.txt.");
    const answers = examples.offers.flatMap(({ specialists }) => specialists)[0]?.answers;
    assert.deepEqual(answers?.required, ["summary", "commits", "certain"]);
    assert.match(
      registry.roles.historian?.ownPrompt?.text ?? "",
      /^You are the historian .* git_log before you answer/,
    );
  }));

Deno.test("a pane shows which model plays each role, where, and how many tokens it writes per second", async () => {
  const [pane] = offerOf(speeds, { path: "/speeds.ts", origin: "user", version: "" }).panes;
  const lines = (view: ReturnType<typeof runView>, width = 80) =>
    pane!.lines(view, { width, height: 10 }, new AbortController().signal);
  assert.deepEqual(await lines(runView(EMPTY)), ["no model was asked yet"]);
  const counted = { asks: 2, right: 2, repaired: 0, failed: 0, failedInARow: 0, promptTokens: 900 };
  const thread = { host: "strong", asks: 2 };
  const view = runView({
    ...EMPTY,
    threads: {
      coding: { ...EMPTY.threads.coding!, ...thread, role: "coding", model: "big:32b" },
      analysis: { ...EMPTY.threads.analysis!, ...thread, role: "analysis", model: null, host: null },
    },
    statistics: {
      ...EMPTY.statistics,
      asks: {
        "coding big:32b": { ...counted, answerTokens: 300, ms: 10_000 },
        "coding small:7b": { ...counted, failed: 1, answerTokens: 20, ms: 100 },
      },
    },
  });
  assert.deepEqual(view.threads[0], {
    role: "coding",
    model: "big:32b",
    host: "strong",
    asks: 2,
    failures: 1,
    promptTokens: 1800,
    answerTokens: 320,
    tokensPerSecond: 30,
  });
  assert.deepEqual(await lines(view), [
    "coding         30.0 /s     320 written ▇▇▇▇▇▇▇▇ big:32b on strong",
    "analysis          ? /s       0 written          ? on ?",
  ]);
  assert.equal((await lines(view, 20))[0]?.length, 20);
});
