import { dirname } from "node:path/posix";
import { fieldsOf } from "../fields.ts";
import { namedScripts } from "../named_scripts.ts";
import { type PackageTool, packageTool, type TestScripts, testScripts } from "../package_scripts.ts";
import { above } from "../parts.ts";
import type { Check, ConfiguredCheck, Found, ProjectView, Reading, Reporting, Runner } from "../runner.ts";
import { bunReporting, readBun } from "./bun.ts";
import { CONFIGURATIONS } from "./deno.ts";
import { mergeReadings } from "./merge_readings.ts";
import { readScriptReports } from "./script_reports.ts";
import { readTap } from "./read_tap.ts";

/** Files by which runners of scripts name their cases. */
const BROUGHT = ["name_cases.cjs", "mocha_reporter.cjs", "jasmine_reporter.cjs"]
  .map((name) => new URL(`./${name}`, import.meta.url));

/** Brings the runners that Node's programs are to name each case, wherever in a script they are started. */
export const nodeReporting: Reporting = {
  brings: BROUGHT,
  variables: { AUTONOMY_REPORTS: "{reports}", NODE_OPTIONS: '--require="{reports}/name_cases.cjs"' },
};

/** A script that runs those of other packages. */
const RUNS_OTHERS =
  /(?:^|\s)(?:-r|--recursive|-ws|--workspaces?(?:=\S+)?|--filter\S*|--prefix|-C|cd)(?=\s|$)|\b(?:turbo|nx|lerna|wireit|rush|moon|lage|foreach)\b/;
/** pnpm runs the scripts of all packages, also once one failed, and installs nothing for a check; older ones know these by npm's names. */
const OF_PNPM = { pnpm_config_bail: "false", npm_config_bail: "false", pnpm_config_verify_deps_before_run: "false" };
/** Files that Node's own test runner takes for tests. */
const OF_NODE = /(?:^test\/.*|[._-]test|(?:^|\/)test(?:-[^/]+)?)\.[cm]?[jt]sx?$/;
/** Packages whose scripts are read. */
const MOST_PACKAGES = 200;
/** Runners that look for tests in all folders by themselves. */
const TOOLS = /\b(?:node|tsx)\b[^\n&|;]{0,200}--test\b|\b(?:jest|vitest|mocha|ava|jasmine|tap|bun test)\b/;

/**
 * Node, by the test script of package.json or its own test runner: jest, vitest, mocha, jasmine and ava name their cases in files, and
 * much of what scripts run speaks the Test Anything Protocol.
 */
export const node: Runner = {
  name: "node",
  runs: /\b(?:node|tsx)\b.*--test\b|^(npm|pnpm|yarn|npx|bun|bunx)\b|\b(tap|jest|vitest|mocha|jasmine|ava)\b/,
  reporting: nodeReporting,
  manifest: /^package\.json$/,
  async checks(project, found) {
    if (!project.has("package.json")) return await withoutPackage(project);
    const scripts = testScripts(await project.text("package.json"));
    const check = await checkOf(project, scripts);
    if (check === null) return project.folder === "" && scripts.fields.workspaces === undefined ? [] : [noTest()];
    const why = await whyCovered(project, found, scripts);
    return [why === null ? check : { passedOver: "package.json", why }];
  },
  read: (output, beside) =>
    mergeReadings(
      ...tapIn(output).map(readOne),
      readScriptReports(beside?.reports ?? []),
      readBun(beside?.reports ?? []),
    ),
};

function readOne([from, text]: readonly [string, string]): Reading {
  const { cases, broken } = readTap(text);
  return from === "" ? { cases, broken } : {
    cases: cases.map((one) => ({ ...one, name: `${from} > ${one.name}` })),
    broken: broken.map((one) => `${from}: ${one}`),
  };
}

/**
 * Takes apart what the packages of a project say at once, where a program that runs their scripts puts the name of each before its lines,
 * as pnpm, Yarn and Turborepo do.
 *
 * @returns the name of each package, empty where there is none, and what it says
 */
function tapIn(output: string): readonly (readonly [from: string, text: string])[] {
  const heads = [...output.matchAll(/^(\S[^\n]{0,100}?:) TAP version 1[34]$/gm)].map(([, head = ""]) => head);
  if (heads.length === 0) return [["", output]];
  const lines = output.split("\n");
  return [...new Set(heads)].map((head) => {
    const own = lines.filter((line) => line.startsWith(head)).map((line) => line.slice(head.length + 1));
    return [/[^\s[\]]+/.exec(head)![0].replace(/:(?:\w+:?)?$/, ""), own.join("\n")];
  });
}

function noTest(): Found {
  return { passedOver: "package.json", why: 'it has no "test" script' };
}

/** The check of one package; null where it has none. */
async function checkOf(project: ProjectView, scripts: TestScripts): Promise<ConfiguredCheck | null> {
  const tool = await packageTool(project);
  if (scripts.test !== null) {
    const command = tool === "bun" ? ["bun", "run", "test"] : [tool, "test"];
    return {
      name: `${tool} test`,
      command,
      environment: {
        ...environmentOf(await withOthers(scripts.all, project), project),
        ...(tool === "pnpm" ? OF_PNPM : {}),
      },
      files: await namedScripts(scripts.all, project.text),
      ...addedWords(tool, scripts.test),
    };
  }
  // A Deno project may have a package.json for its dependencies alone.
  if (CONFIGURATIONS.some(project.has)) return null;
  const own = ownFiles(project);
  const tests = own.filter((file) => OF_NODE.test(file));
  const named = runnerNamed(own, scripts.fields, tool);
  if (named !== null) return named;
  if (tool === "bun" && tests.length > 0) {
    return { name: "bun test", command: ["bun", "test"], reporting: bunReporting([]) };
  }
  if (!tests.some((file) => /\.[cm]?js$/.test(file))) return null;
  return { name: "node --test", command: ["node", "--test"], environment: environmentOf("node --test", project) };
}

/** Runners that a package names among what it needs, with their words, and the files in which each looks for tests by itself. */
const NAMED: readonly (readonly [name: string, words: readonly string[], tests: RegExp])[] = [
  ["vitest", ["run"], /\.(?:test|spec)\.[cm]?[jt]sx?$/],
  ["jest", [], /(?:^|\/)__tests__\/.*\.[jt]sx?$|(?:^|\/|\.)(?:test|spec)\.[jt]sx?$/],
  ["mocha", [], /^test\/[^/]+\.[cm]?js$/],
];
/** How the program that manages the packages starts one of theirs, and installs none for that. */
const STARTS: Readonly<Record<PackageTool, readonly string[]>> = {
  npm: ["npx", "--no"],
  pnpm: ["pnpm", "exec"],
  yarn: ["yarn", "run"],
  bun: ["bun", "run"],
};

/** The check of a package without a test script by the runner that it needs; null where it needs none, or has no tests for it. */
function runnerNamed(
  files: readonly string[],
  fields: TestScripts["fields"],
  tool: PackageTool,
): ConfiguredCheck | null {
  const needs = { ...fieldsOf(fields.dependencies), ...fieldsOf(fields.devDependencies) };
  const one = NAMED.find(([name, , tests]) => name in needs && files.some((file) => tests.test(file)));
  if (one === undefined) return null;
  const [name, words] = one;
  return { name, command: [...STARTS[tool], name, ...words] };
}

/** Files of a folder, but those of packages below it, which belong to these. */
function ownFiles({ files }: ProjectView): readonly string[] {
  const packages = files.filter((path) => path.endsWith("/package.json")).map((path) => dirname(path));
  return files.filter((file) => !packages.some((folder) => file.startsWith(`${folder}/`)));
}

/** The check of files alone that are written for Node's own test runner. */
async function withoutPackage(project: ProjectView): Promise<readonly Found[]> {
  if (project.folder !== "" || CONFIGURATIONS.some(project.has)) return [];
  const tests = ownFiles(project).filter((file) => OF_NODE.test(file) && /js$/.test(file));
  for (const test of tests.slice(0, MOST_PACKAGES)) {
    if (!/\b(?:from|import|require\()\s{0,9}["']node:test["']/.test(await project.text(test))) continue;
    return [{ name: "node --test", command: ["node", "--test"], environment: environmentOf("node --test", project) }];
  }
  return [];
}

/** Scripts of tests, with those of the packages below that they run. */
async function withOthers(scripts: string, project: ProjectView): Promise<string> {
  if (!RUNS_OTHERS.test(scripts)) return scripts;
  const packages = project.files.filter((path) => path.endsWith("/package.json")).slice(0, MOST_PACKAGES);
  const texts = await Promise.all(packages.map(project.text));
  return [scripts, ...texts.map((text) => testScripts(text).all)].join("\n");
}

/** Asks Node's own test runner for the protocol that names every case, where a script starts it and nobody chose a reporter. */
function environmentOf(scripts: string, project: ProjectView): Readonly<Record<string, string>> {
  const chosen = `${scripts} ${project.variable("NODE_OPTIONS") ?? ""}`.includes("--test-reporter");
  const canBeAsked = /\b(?:node|tsx)\b.*\s--test\b/.test(scripts) && !chosen;
  // In a variable, since the script of package.json cannot be given flags of node. Node 18 and newer know it there.
  return canBeAsked ? { NODE_OPTIONS: "--test-reporter=tap" } : {};
}

/** Words by which a script reports that no variable reaches: Bun's own runner, and a script that sets NODE_OPTIONS itself. */
function addedWords(tool: string, test: string): { readonly reporting?: Reporting } {
  // What npm and its kin add stands behind the last command of a script.
  const last = test.split(/&&|\|\||[;|&\n]/).at(-1)!.trim();
  const between = tool === "npm" ? ["--"] : [];
  if (/^(?:\w+=\S*\s+)*bun\s+(?:--\S+\s+)*test\b/.test(last)) return { reporting: bunReporting(between) };
  if (!/\bNODE_OPTIONS=/.test(last) || /--(?:json|outputFile|reporter)\b/.test(last)) return {};
  const file = "{reports}/words.json";
  const words = /\bvitest\b/.test(last)
    ? ["--run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]
    : /\bjest\b/.test(last)
    ? ["--json", `--outputFile=${file}`, "--watch=false", "--watchAll=false"]
    : null;
  return words === null ? {} : { reporting: { ...nodeReporting, words: [...between, ...words] } };
}

/** Says why a package below another check is none of its own; null where it is one. */
async function whyCovered(project: ProjectView, found: readonly Check[], own: TestScripts): Promise<string | null> {
  const folders = above(project.folder);
  const higher = found.filter((check) => check.runner?.name === node.name && folders.includes(check.folder)).at(-1);
  if (higher !== undefined) {
    const at = higher.folder === "" ? "package.json" : `${higher.folder}/package.json`;
    const { all } = testScripts(await project.whole.text(at));
    const tool = TOOLS.exec(all)?.[0];
    const is = `${higher.command.join(" ")} of ${at}`;
    if (RUNS_OTHERS.test(all)) return `it is taken to be run by ${is}`;
    if (tool !== undefined && TOOLS.exec(own.test === null ? "node --test" : own.all)?.[0] === tool) {
      return `${is} finds its tests, too`;
    }
  }
  const needs = Object.keys({ ...fieldsOf(own.fields.dependencies), ...fieldsOf(own.fields.devDependencies) });
  if (project.folder === "" || needs.length === 0 || found.length === 0) return null;
  const places = [project.folder, ...folders].map((folder) =>
    folder === "" ? "node_modules" : `${folder}/node_modules`
  );
  for (const place of places) if ((await project.whole.names(place)).length > 0) return null;
  return "what it uses is not installed";
}
