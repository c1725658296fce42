import { namedScripts } from "../named_scripts.ts";
import { fieldsIn, fieldsOf } from "../fields.ts";
import type { Runner } from "../runner.ts";
import { CONFIGURATIONS } from "./deno.ts";
import { readTap } from "./read_tap.ts";

/** Node, by the test script of package.json or its own test runner; much of what scripts run speaks the Test Anything Protocol too. */
export const node: Runner = {
  name: "node",
  runs: /\bnode\b.*--test\b|^(npm|pnpm|yarn)\b|\btap\b/,
  async checks(project) {
    if (!project.has("package.json")) return [];
    const scripts = fieldsOf(fieldsIn(await project.text("package.json")).scripts);
    const script = scripts.test;
    if (typeof script === "string" && !/no test specified/.test(script)) {
      const tool = project.has("pnpm-lock.yaml") ? "pnpm" : project.has("yarn.lock") ? "yarn" : "npm";
      return [{
        name: `${tool} test`,
        command: [tool, "test"],
        environment: environmentOf(script),
        files: await namedScripts(scriptsOf(scripts), project.text),
      }];
    }
    // A Deno project may have a package.json for its dependencies alone.
    if (CONFIGURATIONS.some(project.has)) return [];
    if (!project.files.some((file) => /(^test\/.*|[._-]test)\.[cm]?js$/.test(file))) return [];
    return [{ name: "node --test", command: ["node", "--test"], environment: environmentOf("node --test") }];
  },
  read: readTap,
};

/** Scripts that run others, at most so many one after the other. */
const MOST_SCRIPTS = 20;

/** The test script and the scripts of tests that it runs. */
function scriptsOf(scripts: Readonly<Record<string, unknown>>): string {
  const names = ["pretest", "test", "posttest"];
  const texts: string[] = [];
  for (let index = 0; index < Math.min(names.length, MOST_SCRIPTS); index += 1) {
    const script = scripts[names[index]!];
    if (typeof script !== "string") continue;
    texts.push(script.slice(0, 4_000));
    const words = texts.at(-1)!.split(/[\s"';&|]+/);
    names.push(...words.filter((word) => /test|check/.test(word) && word in scripts && !names.includes(word)));
  }
  return texts.join("\n");
}

/** Asks Node's own test runner for the protocol that names every case, where a script starts it and chooses no reporter itself. */
function environmentOf(script: string): Readonly<Record<string, string>> {
  const canBeAsked = /\bnode\b.*\s--test\b/.test(script) && !script.includes("--test-reporter");
  // In a variable, since the script of package.json cannot be given flags of node. Node 18 and newer know it there.
  return canBeAsked ? { NODE_OPTIONS: "--test-reporter=tap" } : {};
}
