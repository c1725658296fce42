/** Measurements that take longer than tests: `deno task eval NAME`. */
import process from "node:process";
import { evalHealing } from "./healing.ts";

const EVALS: Readonly<Record<string, (words: readonly string[]) => Promise<boolean>>> = { healing: evalHealing };

const [name, ...words] = Deno.args;
const chosen = EVALS[name ?? ""];
if (chosen === undefined) {
  process.stderr.write(`There is no eval ${name ?? ""}; there are: ${Object.keys(EVALS).join(", ")}.\n`);
  process.exitCode = 2;
} else if (!await chosen(words)) process.exitCode = 1;
