import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseLanguage } from "./read_cases.ts";

/** Milliseconds that a check may take; compilers with empty caches need most of it. */
const LONGEST_CHECK = 180_000;

/** What a check of a case said. */
export interface CheckResult {
  /** Whether the command ended with 0. */
  readonly passed: boolean;
  /** Whether each test passed, by its name; suites and subtests have no entry. */
  readonly tests: ReadonlyMap<string, boolean>;
  /** All that was printed, to show where something else was expected. */
  readonly output: string;
}

/**
 * Runs the check of a case in a new folder, which is taken away afterwards.
 *
 * @param language the language of the case
 * @param command the check; it is told to print the name of each test
 * @param layers folders whose files make up the project, a later one over the earlier ones
 * @throws {Error} when the command cannot be started or does not end
 */
export async function runCheck(
  language: CaseLanguage,
  command: readonly string[],
  layers: readonly string[],
): Promise<CheckResult> {
  const folder = await mkdtemp(join(tmpdir(), "autonomy-case-"));
  try {
    for (const layer of layers) await cp(layer, folder, { recursive: true });
    const [program = "", ...args] = naming[language](command);
    const signal = AbortSignal.timeout(LONGEST_CHECK);
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd: folder, env, signal }).output();
    if (signal.aborted) {
      throw new Error(`${command.join(" ")} in ${layers.join(" and ")} did not end in ${LONGEST_CHECK / 1000} s`);
    }
    const decoder = new TextDecoder();
    const output = decoder.decode(stdout) + decoder.decode(stderr);
    return { passed: success, tests: new Map(readTests[language](output)), output };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same check, so that it prints the name of each test. */
const naming: Record<CaseLanguage, (command: readonly string[]) => readonly string[]> = {
  python: (command) => command.map((word) => word === "-q" ? "-v" : word),
  javascript: ([node = "", test = "", ...rest]) => [node, test, "--test-reporter=tap", ...rest],
  go: ([go = "", test = "", ...rest]) => [go, test, "-v", ...rest],
};

type NamedResult = readonly [name: string, passed: boolean];

const PYTHON_TEST = /^(\w+) \([\w.]+\) \.\.\. (ok|FAIL|ERROR)$/gm;
const GO_TEST = /^--- (PASS|FAIL): (\w+) /gm;
const TAP_TEST = /^ *(not )?ok \d+ - (.+)$/;

const readTests: Record<CaseLanguage, (output: string) => readonly NamedResult[]> = {
  python: (output) => [...output.matchAll(PYTHON_TEST)].map(([, name = "", word]) => [name, word === "ok"]),
  javascript: readTap,
  go: (output) => [...output.matchAll(GO_TEST)].map(([, word, name = ""]) => [name, word === "PASS"]),
};

/** Reads TAP as Node writes it: what is said below a result tells that it is one of a suite, which is left out. */
function readTap(output: string): readonly NamedResult[] {
  const results: NamedResult[] = [];
  for (const line of output.split("\n")) {
    const [, failed, name] = TAP_TEST.exec(line) ?? [];
    if (name !== undefined) results.push([name, failed === undefined]);
    else if (line.trim() === "type: 'suite'") results.pop();
  }
  return results;
}
