import { fieldsIn, fieldsOf } from "../fields.ts";
import { above } from "../parts.ts";
import type { CaseResult, Reading, Report, Runner } from "../runner.ts";
import { readJunit } from "./junit_report.ts";

/** Files by which PHPUnit is configured. */
const CONFIGURATIONS = ["phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml"];
/** Name of its report. */
const NAME = "phpunit.xml";

/** PHPUnit, and Pest on top of it, by the report in JUnit's XML (seen with PHPUnit 9.6 and PHP 8.2). Cases are named `Class::method`. */
export const phpunit: Runner = {
  name: "phpunit",
  runs: /\b(?:phpunit|pest)\b/,
  reporting: { words: ["--log-junit", `{reports}/${NAME}`] },
  manifest: /^(?:composer\.json|phpunit(?:\.dist)?\.xml(?:\.dist)?)$/,
  async checks(project, found) {
    const composer = fieldsIn(await project.text("composer.json"));
    const needs = { ...fieldsOf(composer.require), ...fieldsOf(composer["require-dev"]) };
    const isMeant = CONFIGURATIONS.some(project.has) || "phpunit/phpunit" in needs || "pestphp/pest" in needs;
    const tests = project.files.some((path) => /(^|\/)tests?\/.*\.php$/i.test(path));
    if (!isMeant || !tests) return [];
    const folders = above(project.folder);
    const higher = found.find(({ runner, folder }) => runner?.name === "phpunit" && folders.includes(folder));
    const installed = await project.names("vendor/bin");
    if (higher !== undefined && installed.length === 0) {
      return [{ passedOver: "composer.json", why: "what it uses is not installed" }];
    }
    const program = ["pest", "phpunit"].find((name) => installed.includes(name));
    const alone = "pestphp/pest" in needs ? "pest" : "phpunit";
    const where = CONFIGURATIONS.some(project.has) ? [] : ["tests"];
    return [{ name: program ?? alone, command: [program === undefined ? alone : `vendor/bin/${program}`, ...where] }];
  },
  read: (_output, beside) => read(beside?.reports ?? []),
};

function read(reports: readonly Report[]): Reading {
  const cases: CaseResult[] = [];
  for (const { name, group, file, verdict, evidence } of readJunit(reports.filter(({ path }) => path === NAME))) {
    if (verdict === "skipped") continue;
    const passed = verdict === "passed";
    const whole = group === "" ? name : `${group.replaceAll(".", "\\")}::${name}`;
    cases.push({ name: whole, passed, evidence: passed ? "" : evidence, files: file === "" ? [] : [file] });
  }
  return { cases, broken: [] };
}
