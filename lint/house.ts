import process from "node:process";
import exceptions from "./exceptions.json" with { type: "json" };
import { type Exceptions, grouped, needless, shrunk } from "./finding.ts";
import { houseText } from "./house_text.ts";
import { measureTree } from "./measure_tree.ts";
import { fileFindings, treeFindings } from "./rules.ts";

/** `deno task house`: prints how the house stands and fails where it breaks a rule; `--shrink` takes off exceptions that are not needed. */
async function house(): Promise<number> {
  const root = new URL("..", import.meta.url);
  const files = await measureTree(root);
  const findings = [...files.flatMap(fileFindings), ...treeFindings(files)];
  let known: Exceptions = exceptions;
  if (Deno.args.includes("--shrink")) {
    known = shrunk(grouped(findings, known), known);
    await Deno.writeTextFile(new URL("lint/exceptions.json", root), `${JSON.stringify(known, null, 2)}\n`);
  }
  const groups = grouped(findings, known);
  const { text, faults } = houseText({ files, groups, needless: needless(groups, known) });
  process.stdout.write(text);
  return faults === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await house());
