import type { CaseResult, Check, Found, ProjectView, Reading, Runner } from "../runner.ts";
import { above } from "../parts.ts";

/** Cargo: its output as `cargo test` prints it (seen with cargo 1.95). Cases are named by the program that they stand in, as `slug::tests::boom`. */
export const cargo: Runner = {
  name: "cargo",
  runs: /\bcargo (\S+ )?test\b/,
  environment: { RUST_BACKTRACE: "0" },
  manifest: /^Cargo\.toml$/,
  async checks(project, found) {
    if (!project.has("Cargo.toml")) return [];
    const higher = await workspaceAbove(project, found);
    if (higher !== null) return [{ passedOver: "Cargo.toml", why: `${higher} tests the whole workspace` }];
    return await isEmpty(project) ? [] : [await checkOf(project)];
  },
  read: (output, beside) => read(output, beside?.files ?? []),
};

/** Whether all that is written of a package is an empty file: then there is nothing to build, nor to test. */
async function isEmpty({ files, text }: ProjectView): Promise<boolean> {
  const sources = files.filter((path) => path.endsWith(".rs"));
  return sources.length === 1 && (await text(sources[0]!)).trim() === "";
}

async function checkOf(project: ProjectView): Promise<Found> {
  const text = await project.text("Cargo.toml");
  // Beside a package of its own, a workspace tests that alone unless it is asked for all.
  const isBoth = /^\[workspace\]/m.test(text) && /^\[package\]/m.test(text) && !/^default-members\b/m.test(text);
  const whole = isBoth ? ["--workspace"] : [];
  return { name: "cargo test", command: ["cargo", "test", ...whole, "--no-fail-fast"] };
}

/** The check of a workspace that a package belongs to; null where it stands alone. */
async function workspaceAbove(project: ProjectView, found: readonly Check[]): Promise<string | null> {
  for (const folder of above(project.folder)) {
    const check = found.find((one) => one.runner?.name === "cargo" && one.folder === folder);
    if (check === undefined) continue;
    const text = await project.whole.text(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`);
    const path = folder === "" ? project.folder : project.folder.slice(folder.length + 1);
    const excluded = /^exclude[ \t]*=[ \t]*\[([^\]]{0,2000})\]/m.exec(text)?.[1] ?? "";
    if (/^\[workspace\]/m.test(text) && !excluded.includes(`"${path}"`)) return check.name;
  }
  return null;
}

function read(output: string, files: readonly string[]): Reading {
  const cases: CaseResult[] = [];
  let program = "";
  // Each test program prints its list, then its failures: names of two programs may be the same.
  for (const part of output.split(/^running \d+ tests?$/m)) {
    const evidence = evidences(part);
    const matches = part.matchAll(/^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED)(?: <.*>)?$/gm);
    for (const [, printed = "", verdict] of matches) {
      // The line of an example in a comment moves with what stands before it.
      const test = printed.replace(/ \(line \d+\)$/, "");
      const name = program === "" || test.includes(" - ") ? test : `${program}::${test}`;
      const passed = verdict === "ok";
      const held = files.length === 0 ? [] : moduleFiles(test, files);
      cases.push({ name, passed, evidence: passed ? "" : evidence.get(printed) ?? "", files: held });
    }
    program = programAfter(part) ?? program;
  }
  return { cases, broken: [] };
}

/** The name of the test program that begins after a part of the output, the number that Cargo gives it left out. */
function programAfter(part: string): string | null {
  const last = [...part.matchAll(/^ +Running .*\((?:\S*\/)?([\w-]+?)-[0-9a-f]{16}\)$|^ +Doc-tests (\S+)$/gm)].at(-1);
  return last?.[1] ?? last?.[2] ?? null;
}

/** The file of the module that a test stands in, where only one can be it. */
function moduleFiles(test: string, files: readonly string[]): readonly string[] {
  const names = test.split("::").slice(0, -1).filter((name) => !/^tests?$/.test(name));
  if (names.length === 0) return [];
  const ends = [`src/${names.join("/")}.rs`, `src/${names.join("/")}/mod.rs`];
  const found = files.filter((file) => ends.some((end) => file === end || file.endsWith(`/${end}`)));
  return found.length === 1 ? found : [];
}

/** The text of each failure by its case. */
function evidences(part: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of part.matchAll(/^---- (.+?) stdout ----\n([\s\S]*?)(?=^---- |^failures:$)/gm)) {
    const [, name = "", text = ""] = match;
    found.set(name, withoutBacktrace(text).trim());
  }
  return found;
}

/** Leaves out the frames of the library, which are most of a backtrace, and the thread's number, which differs each time. */
function withoutBacktrace(text: string): string {
  return text.replace(/^(thread '.*') \(\d+\)/gm, "$1").replace(/^stack backtrace:\n(?: +.*\n)*/m, "").replace(
    /^note: .*\n?/gm,
    "",
  );
}
