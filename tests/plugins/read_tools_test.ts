import { equal, match, ok } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

Deno.test("list_directory shows one folder, or all files below it without ignored ones", () =>
  withWorkspace(
    { "a.txt": "12345", "src/b.ts": "", "src/deep/c.ts": "", "out/d.js": "", ".gitignore": "out/\n" },
    async (workspace) => {
      const list = async (args: Record<string, unknown>) => (await callTool("list_directory", args, workspace)).text;
      equal(await list({ path: "./src/" }), "src/b.ts (0 bytes)\nsrc/deep/");
      match(await list({ path: "." }), /a\.txt \(5 bytes\)/);
      equal(await list({ path: "src", recursive: true }), "src/b.ts\nsrc/deep/c.ts\n(2 files.)");
      const all = await list({ path: ".", recursive: true });
      ok(!all.includes("out/d.js"));
      match(all, /\n\(4 files\.\)\n\(Ignored, and not looked at: out\/\.\)$/);
      match(await refusal(list({ path: "nowhere", recursive: true })), /no folder nowhere/);
      match(await refusal(list({ path: "../.." })), /leaves the project/);
    },
  ));

Deno.test("read_file shows ranges with line numbers and says how much of the file that is", () =>
  withWorkspace({ "a.txt": "one\ntwo\nthree\n", "empty.txt": "" }, async (workspace) => {
    const read = async (args: Record<string, unknown>) => (await callTool("read_file", args, workspace)).text;
    equal(await read({ path: "a.txt" }), "a.txt (3 lines):\none\ntwo\nthree");
    equal(
      await read({ path: "a.txt", from_line: 2, to_line: 9, line_numbers: true }),
      "a.txt, lines 2 to 3 of 3:\n2| two\n3| three",
    );
    equal(await read({ path: "empty.txt" }), "empty.txt is empty.");
    match(await refusal(read({ path: "a.txt", from_line: 4 })), /3 lines; there is no line 4/);
    match(await refusal(read({ path: "a.txt", from_line: 3, to_line: 2 })), /before/);
  }));

Deno.test("read_file bounds what it shows, and reading on shows all of the file", () =>
  withWorkspace({
    "long.txt": Array.from({ length: 1000 }, (_, index) => `line ${index + 1} ${"x".repeat(50)}\n`).join(""),
  }, async (workspace) => {
    const seen: string[] = [];
    let from: number | undefined = 1;
    while (from !== undefined) {
      const { text } = await callTool("read_file", { path: "long.txt", from_line: from }, workspace);
      ok(text.length < 16_200);
      seen.push(...(text.match(/^line \d+/gm) ?? []));
      const next = /read on with from_line (\d+)/.exec(text)?.[1];
      from = next === undefined ? undefined : Number(next);
    }
    equal(seen.length, 1000);
    equal(new Set(seen).size, 1000);
  }));

Deno.test("read_file cuts a line that alone is too long and says so", () =>
  withWorkspace({ "wide.txt": "x".repeat(40_000) }, async (workspace) => {
    const { text } = await callTool("read_file", { path: "wide.txt" }, workspace);
    ok(text.length < 16_200);
    match(text, /24000 characters of this line are not shown/);
  }));

Deno.test("search_code finds a text as it stands, an expression only when asked, and skips files without text", () =>
  withWorkspace({ "a.py": "x = f(1)\ny = g(2)\n", "src/b.py": "z = F(3)\n", "c.bin": "f(1)\0" }, async (workspace) => {
    const search = async (args: Record<string, unknown>) => (await callTool("search_code", args, workspace)).text;
    match(await search({ query: "f(" }), /^a\.py:1: x = f\(1\)\n\(3 files searched\.\)\n\(1 files that hold no text/);
    match(await search({ query: "f(", ignore_case: true, path: "src" }), /^src\/b\.py:1: z = F\(3\)$/);
    match(await search({ query: "[fg]\\(\\d\\)", regex: true }), /^a\.py:1: x = f\(1\)\na\.py:2: y = g\(2\)\n/);
    match(await search({ query: "[fg]\\(" }), /was not found in 3 files/);
    match(await refusal(search({ query: "f(", regex: true })), /Leave out regex/);
    match(await refusal(search({ query: "f", path: "nowhere" })), /There is no folder nowhere; list "\."/);
  }));

/** Expressions for which an engine that tries all ways takes years, or hours, on a line of `a`s. */
const HEAVY = [
  "(a+)+$",
  "(a|aa)*$",
  "((a*)b?)+$",
  "(?:a{2,})+$",
  ".*.*.*.*.*x",
  "(x+x+)+y|(a?){40}b",
  "(.*)(.*)(.*)(.*)=",
];

Deno.test("search_code answers any expression in a time that grows with the text alone", () =>
  withWorkspace({ "a.txt": `${"a".repeat(5_000)}!\n`.repeat(5) + "end = 1\n" }, async (workspace) => {
    const search = async (query: string) => (await callTool("search_code", { query, regex: true }, workspace)).text;
    for (const query of HEAVY) match(await search(query), /^(?:"|a\.txt:1: aaa|a\.txt:6: end)/, query);
    match(
      await search("^(e|x)nd\\s*=\\s*\\d$"),
      /^a\.txt:6: end = 1\n\(Of 5 long lines only the first 2000 characters/,
    );
    match(await search("\\u0065nd"), /^a\.txt:6: end = 1/);
  }));

Deno.test("search_code says what of an expression its engine lacks, and what to do", () =>
  withWorkspace({ "a.txt": "x\n" }, async (workspace) => {
    const refused = (query: string) => refusal(callTool("search_code", { query, regex: true }, workspace));
    for (const query of ["a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b"]) {
      match(await refused(query), /looks ahead or behind/);
    }
    for (const query of ["(a)\\1", "(?<n>a)\\k<n>"]) match(await refused(query), /refers back to a group/);
    match(await refused("(?>a)b"), /atomic group/);
    match(await refused("a[b"), /missing closing \].*Leave out regex/);
    match(await refused("a".repeat(501)), /too large \(501 characters, at most 500\)/);
    match(await refused("(?:a{1,40}b?){1,25}$"), /too large \(\d+ steps, at most 1000\)/);
  }));

Deno.test("search_code leaves room for everything else while it is at work, and can be cancelled in the middle", () =>
  withWorkspace({ "a.txt": `${"ab".repeat(1_000)} !\n`.repeat(100) }, async (workspace) => {
    const controller = new AbortController();
    const reason = new Error("the person stopped it");
    // The file's lines are searched as soon as its text is there: only a search that gives turns lets the timer run.
    const read = workspace.read.bind(workspace);
    workspace.read = async (path) => {
      const file = await read(path);
      setTimeout(() => controller.abort(reason), 0);
      return file;
    };
    const args = { query: "(?:\\w{1,30}\\s?){1,15}$", regex: true };
    const thrown = await callTool("search_code", args, workspace, controller.signal).then(() => null, (cause) => cause);
    equal(thrown, reason);
  }));

Deno.test("search_code bounds what it shows", () =>
  withWorkspace({ "a.txt": `needle ${"x".repeat(1000)}\n`.repeat(500) }, async (workspace) => {
    const { text } = await callTool("search_code", { query: "needle" }, workspace);
    ok(text.length < 16_200);
    match(text, /more places, which are not shown/);
  }));

Deno.test("search_code stops when its call is cancelled", () =>
  withWorkspace({ "a.txt": "x\n" }, async (workspace) => {
    const reason = new Error("the person stopped it");
    const call = callTool("search_code", { query: "x" }, workspace, AbortSignal.abort(reason));
    const thrown = await call.then(() => null, (cause: unknown) => cause);
    equal(thrown, reason);
  }));
