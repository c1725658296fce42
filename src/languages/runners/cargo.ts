import type { CaseResult, Reading, Runner } from "../runner.ts";

/** Cargo: its output as `cargo test` prints it (seen with cargo 1.95). */
export const cargo: Runner = {
  name: "cargo",
  runs: /\bcargo (\S+ )?test\b/,
  environment: { RUST_BACKTRACE: "0" },
  checks: (project) =>
    project.has("Cargo.toml") ? [{ name: "cargo test", command: ["cargo", "test", "--no-fail-fast"] }] : [],
  read,
};

function read(output: string): Reading {
  const cases: CaseResult[] = [];
  // Each test program prints its list, then its failures: names of two programs may be the same.
  for (const part of output.split(/^running \d+ tests?$/m).slice(1)) {
    const evidence = evidences(part);
    for (const match of part.matchAll(/^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED)(?: <.*>)?$/gm)) {
      const [, name = "", verdict] = match;
      cases.push({ name, passed: verdict === "ok", evidence: verdict === "ok" ? "" : evidence.get(name) ?? "" });
    }
  }
  return { cases, broken: [] };
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
