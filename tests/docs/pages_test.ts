import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { EXIT } from "../../src/cli/exit_code.ts";
import { ENDINGS } from "../../src/features/run/endings.ts";
import { keyGroups } from "../../src/tui/key_groups.ts";
import { readPages, ROOT } from "./pages.ts";

/** The name that a heading is linked by. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(" ", "-");
}

Deno.test("README is at most 120 lines, and leads to every page", async () => {
  const [readme, ...pages] = await readPages();
  assert.ok(readme!.text.split("\n").length - 1 <= 120, "Move what a first hour does not need to docs/.");
  for (const { path } of pages) assert.ok(readme!.text.includes(`](${path})`), `README has no link to ${path}.`);
});

Deno.test("each page begins with what it is for", async () => {
  for (const { path, text } of (await readPages()).slice(1)) assert.match(text, /^# [^\n]+\n\nThis page /, path);
});

Deno.test("each link between pages leads to a file, and to a heading where it names one", async () => {
  const pages = await readPages();
  const headings = new Map(
    pages.map(({ path, text }) => [path, [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => anchorOf(title))]),
  );
  for (const { path, text } of pages) {
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      await assert.doesNotReject(Deno.stat(`${ROOT}/${target}`), `${path} leads to ${link}`);
      if (anchor !== undefined) assert.ok(headings.get(target)?.includes(anchor), `${path} leads to ${link}`);
    }
  }
});

Deno.test("the exit codes that are printed are those of the program, each beside its ending", async () => {
  const page = (await readPages()).find(({ path }) => path === "docs/files_and_exit_codes.md")!;
  const rows = [...page.text.matchAll(/^\| ([a-z ]*)\| ([\d, ]+) \|/gm)].map(([, ending = "", codes = ""]) =>
    [ending.trim().replaceAll(" ", "_"), codes.split(", ").map(Number)] as const
  );
  assert.deepEqual(rows.flatMap(([, codes]) => codes).sort(), Object.values(EXIT).sort());
  assert.deepEqual(rows.flatMap(([ending]) => ending === "" ? [] : [ending]).sort(), [...ENDINGS].sort());
  for (const [ending, codes] of rows) {
    if (ending in EXIT) assert.deepEqual(codes, [EXIT[ending as keyof typeof EXIT]], ending);
  }
});

Deno.test("the keys that README shows do what it says", async () => {
  const [readme] = await readPages();
  const groups = keyGroups([], []).flatMap(({ entries }) => entries);
  const rows = [...readme!.text.matchAll(/^\| (`[^|]+) \| ([^|]+) \|$/gm)];
  assert.equal(rows.length, 6);
  for (const [, keys = "", does = ""] of rows) {
    const shown = keys.replaceAll("`", "");
    const [, meant] = groups.find(([own]) => own === shown || own.split(" ").includes(shown)) ?? [];
    assert.ok(meant !== undefined, `There is no key ${shown}.`);
    const first = meant.split(/[^a-z]/)[0]!;
    const words = first === "to" ? "write" : first === "this" ? "keys" : first;
    assert.match(does, new RegExp(`\\b${words}`), `${shown}: ${meant}`);
  }
});
