import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A project with failing tests that prompts are measured on. */
export interface SampleProject {
  readonly name: string;
  /** Text of each file by its path. */
  readonly files: Readonly<Record<string, string>>;
}

const SAMPLE = fileURLToPath(new URL("../../src/rehearsal/sample", import.meta.url));

const sampleFile = (path: string) => Deno.readTextFileSync(join(SAMPLE, path));

/**
 * Makes three projects around the faults of the rehearsal's sample, so that its understudies can repair them: many modules in one
 * library, very long files, and a repository of several packages with rules of their own. Always the same text.
 *
 * @returns the projects
 */
export function sampleProjects(): readonly SampleProject[] {
  return [manyModules(), longFiles(), packages()];
}

/**
 * Writes a project to a new temporary folder, which the caller removes.
 *
 * @param project the project
 * @returns path of the folder
 */
export async function writeProject(project: SampleProject): Promise<string> {
  const root = await Deno.makeTempDir({ prefix: "autonomy_eval_" });
  for (const [path, text] of Object.entries(project.files)) {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  return root;
}

const PACKAGE = JSON.stringify(
  { name: "measured", version: "1.2.0", type: "module", private: true, scripts: { test: "node --test" } },
  null,
  2,
);

const PRETTIER = '{ "printWidth": 100, "singleQuote": false, "semi": true }\n';

/** A library of forty modules beside the three with faults. */
function manyModules(): SampleProject {
  const names = THINGS.flatMap((thing) => ACTIONS.slice(0, 4).map((action) => `${thing}_${action}`));
  return {
    name: "library of 43 modules",
    files: {
      "package.json": PACKAGE,
      ".prettierrc": PRETTIER,
      "eslint.config.js": eslint(),
      "AGENTS.md": rules("this library", 30),
      "README.md": readme("A library of small functions", names),
      ...Object.fromEntries(names.map((name) => [`src/${name}.js`, module(name, 8)])),
      ...sampleSources("src"),
      ...sampleTests("test", (text) => text),
      ...Object.fromEntries(names.slice(0, 6).map((name) => [`test/${name}.test.js`, moduleTest(name, "../src", 8)])),
    },
  };
}

/** Each fault stands in the middle of a file of more than a thousand lines. */
function longFiles(): SampleProject {
  const filler = (name: string, from: number) => functions(name, 70, from);
  const inside = (file: string, name: string) =>
    `${filler(name, 0)}\n${sampleFile(`src/${file}.js`)}\n${filler(name, 100)}`;
  return {
    name: "files of 1,000 lines",
    files: {
      "package.json": PACKAGE,
      ".editorconfig": "root = true\n\n[*]\nindent_style = space\nindent_size = 2\n",
      "CONVENTIONS.md": rules("these files", 20),
      "src/duration.js": inside("duration", "clock"),
      "src/slug.js": inside("slug", "letter"),
      "src/table.js": inside("table", "cell"),
      "src/index.js": sampleFile("src/index.js"),
      ...sampleTests("test", (text) => `${text}\n${longTest()}`),
    },
  };
}

/** Three packages with rules in their folders. */
function packages(): SampleProject {
  const names = THINGS.flatMap((thing) => ACTIONS.slice(0, 3).map((action) => `${thing}_${action}`));
  const sides = ["billing", "store"] as const;
  return {
    name: "repository of packages",
    files: {
      "package.json": PACKAGE,
      ".prettierrc": PRETTIER,
      "AGENTS.md": rules("this repository", 25),
      "README.md": readme("A repository of packages", names),
      "packages/format/CONVENTIONS.md": rules("the package format", 12),
      ...sampleSources("packages/format/src"),
      ...sampleTests("packages/format/test", (text) => text),
      ...Object.fromEntries(
        sides.flatMap((side, index) =>
          names.slice(index * 12, index * 12 + 12).map((name) => [`packages/${side}/src/${name}.js`, module(name, 10)])
        ),
      ),
      ...Object.fromEntries(
        sides.flatMap((side, index) =>
          names.slice(index * 12, index * 12 + 2).map((
            name,
          ) => [`packages/${side}/test/${name}.test.js`, moduleTest(name, "../src", 10)])
        ),
      ),
    },
  };
}

function sampleSources(folder: string): Record<string, string> {
  return Object.fromEntries(
    ["duration", "slug", "table", "index"].map((name) => [`${folder}/${name}.js`, sampleFile(`src/${name}.js`)]),
  );
}

function sampleTests(folder: string, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    ["duration", "slug", "table"].map((name) => [
      `${folder}/${name}.test.js`,
      change(sampleFile(`test/${name}.test.js`)),
    ]),
  );
}

const THINGS = [
  "account",
  "invoice",
  "customer",
  "parcel",
  "ticket",
  "vehicle",
  "sensor",
  "project",
  "library",
  "recipe",
];
const ACTIONS = ["totals", "filters", "labels", "limits", "orders"];
const VERBS = ["sum", "count", "pick", "sort", "merge", "split", "trim", "rate", "find", "drop"];

function module(name: string, functionsOfIt: number): string {
  return `// What is needed of ${name.replace("_", " ")} by others.\n\n${functions(name, functionsOfIt, 0)}`;
}

function functions(name: string, many: number, from: number): string {
  return Array.from({ length: many }, (_, index) => oneFunction(name, from + index)).join("\n");
}

function oneFunction(name: string, index: number): string {
  const verb = VERBS[index % VERBS.length]!;
  const called = functionName(name, index);
  return `/**
 * Does the work of ${verb} on the items of ${name.replace("_", " ")}, step ${index}.
 *
 * @param {{ amount: number, active: boolean }[]} items what is looked at
 * @param {number} limit from which an item counts
 * @returns {number} the result, 0 where nothing counts
 */
export function ${called}(items, limit = ${index}) {
  let result = 0;
  for (const item of items) {
    if (!item.active || item.amount < limit) continue;
    result += item.amount * ${index + 1};
  }
  return result;
}
`;
}

function functionName(name: string, index: number): string {
  const verb = VERBS[index % VERBS.length]!;
  const words = name.split("_").map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return `${verb}${words}${index}`;
}

function moduleTest(name: string, folder: string, many: number): string {
  const names = Array.from({ length: many }, (_, index) => functionName(name, index));
  const cases = names.map((called, index) =>
    `test("${called} multiplies what counts by ${
      index + 1
    }", () => {\n  assert.equal(${called}([{ amount: 100, active: true }]), ${
      100 * (index + 1)
    });\n  assert.equal(${called}([{ amount: 100, active: false }]), 0);\n});\n`
  );
  return `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { ${
    names.join(", ")
  } } from "${folder}/${name}.js";\n\n${cases.join("\n")}`;
}

function longTest(): string {
  return Array.from(
    { length: 40 },
    (_, index) => `test("filler ${index} holds", () => {\n  assert.equal(${index} + 1, ${index + 1});\n});\n`,
  )
    .join("\n");
}

function rules(where: string, many: number): string {
  const lines = Array.from(
    { length: many },
    (_, index) =>
      `- Rule ${index + 1} of ${where}: ${
        [
          "a function does one thing and says it in its name",
          "bad input throws a RangeError with the value in its message",
          "no default exports",
          "loops before chains where both are as clear",
          "every exported function has a comment that names units",
        ][index % 5]
      }.`,
  );
  return `# Rules\n\nWho changes ${where} keeps to these rules.\n\n${lines.join("\n")}\n`;
}

function readme(title: string, names: readonly string[]): string {
  return `# ${title}\n\n${
    names.map((name) => `## ${name}\n\nFunctions on the items of ${name}: sums, counts and picks with a limit.\n`).join(
      "\n",
    )
  }`;
}

function eslint(): string {
  return `export default [{ rules: {\n${
    ["eqeqeq", "no-var", "prefer-const", "no-console", "curly", "no-shadow", "no-undef", "no-unused-vars"].map((rule) =>
      `  "${rule}": "error",\n`
    ).join("")
  }} }];\n`;
}
