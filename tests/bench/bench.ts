/**
 * Prints figures as ratios against what was measured in the same run: `deno task bench [NAME…]`. A figure that misses its bound
 * is printed as such; the exit code is 0 all the same, since a busy machine is no fault.
 */
import process from "node:process";
import type { Figure } from "./figure.ts";
import { measureFirstPaint } from "./first_paint.ts";
import { measureFold } from "./fold.ts";
import { measureIdle } from "./idle.ts";
import { measureKeyToPaint } from "./key_to_paint.ts";
import { measureMediate } from "./mediate.ts";
import { measureMemory } from "./memory.ts";
import { measureOverhead } from "./overhead.ts";
import { measurePlugins } from "./plugins.ts";
import { measureResume } from "./resume.ts";
import { measureWorkspaces } from "./workspaces.ts";
import { measureSandbox } from "./sandbox.ts";

const BENCHES: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  fold: measureFold,
  resume: measureResume,
  overhead: measureOverhead,
  mediate: measureMediate,
  first_paint: measureFirstPaint,
  key_to_paint: measureKeyToPaint,
  idle: measureIdle,
  memory: measureMemory,
  workspaces: measureWorkspaces,
  sandbox: measureSandbox,
  plugins: measurePlugins,
};

const wanted = Deno.args.length === 0 ? Object.keys(BENCHES) : Deno.args;
const write = (line: string) => process.stdout.write(`${line}\n`);
let missed = 0;
for (const name of wanted) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    missed += 1;
    write(`There is no figure ${name}; there are ${Object.keys(BENCHES).join(", ")}.`);
    continue;
  }
  try {
    for (const figure of await bench()) {
      if (figure.met === false) missed += 1;
      write(sentence(figure));
    }
  } catch (error) {
    missed += 1;
    write(`NOT MEASURED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
const [load] = Deno.loadavg();
write(
  `${missed === 0 ? "All bounds are met" : `${missed} not met`}; load of the machine at the end: ${load!.toFixed(1)}.`,
);
Deno.exitCode = missed === 0 ? 0 : 1;

function sentence({ what, value, baseline, bound, met }: Figure): string {
  const sign = met === null ? "for comparison" : met ? "met" : "NOT MET";
  const held = baseline === "" ? value : `${value} against ${baseline}`;
  return `${sign.padEnd(14)} ${what}: ${held}; bound ${bound}`;
}
