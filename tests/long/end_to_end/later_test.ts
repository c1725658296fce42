import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "../../../src/features/fact.ts";
import { leftCommands } from "../../../src/features/later/left_commands.ts";
import { apartTests } from "../../end_to_end/fixtures/apart_tests.ts";
import { undoWrites } from "../../../src/work/undo.ts";
import { type CrewRun, type CrewStart, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

const OLD = "export const add = (a, b) => a - b;\n";
const NEW = OLD.replace("a - b", "a + b");
const ENDS: ScriptedCall = { name: "finish_task", arguments: { summary: "Done." } };

/** A package manager that needs no network: it installs a folder, notes it in `package.json` and in a lock; `broken` is not to be had. */
const NPM = `#!/bin/sh
echo "$*" >> ../npm.log
[ "$2" = broken ] && { echo "no such package"; exit 3; }
mkdir -p "node_modules/$2" && echo 'module.exports = 1;' > "node_modules/$2/index.js"
printf '{ "type": "module", "scripts": { "test": "node --test" }, "dependencies": { "%s": "1" } }\\n' "$2" > package.json
echo "$2" > package-lock.json
`;

const FILES = {
  ".gitignore": "node_modules\n",
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  "tools/npm": NPM,
  "src/add.js": OLD,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
  "test/installed.test.js":
    `import test from "node:test";\nimport assert from "node:assert/strict";\nimport fs from "node:fs";\nconst { dependencies = {} } = JSON.parse(fs.readFileSync("package.json", "utf8"));\ntest("has what it uses", () => Object.keys(dependencies).forEach((name) => assert.ok(fs.existsSync("node_modules/" + name))));\n`,
};

const GOAL = "Run the commands that are needed, then make the tests pass.";

const runs = (...command: string[]): ScriptedCall => ({ name: "run_command", arguments: { command } });
const installs = (name: string) => runs("./tools/npm", "install", name);
const commits = runs("git", "-c", "user.name=me", "-c", "user.email=me@host", "commit", "-qam", "Adds rightly");

function prepare(project: string): void {
  Deno.chmodSync(join(project, "tools/npm"), 0o755);
  const git = (...args: string[]) => new Deno.Command("git", { args, cwd: project }).outputSync();
  git("init", "-q");
  git("add", ".");
  git("-c", "user.name=me", "-c", "user.email=me@host", "commit", "-qm", "First");
}

const gitSays = (project: string, ...args: string[]) =>
  new TextDecoder().decode(new Deno.Command("git", { args, cwd: project }).outputSync().stdout).trim();

/** What the package manager was called with. */
const called = (project: string) =>
  existsSync(join(project, "../npm.log")) ? Deno.readTextFileSync(join(project, "../npm.log")).trim().split("\n") : [];

/** A run whose attempts work in copies. */
const apart = apartTests({ files: FILES, prepare, begun: { goal: GOAL } });

/** What happened to commands and the project, each fact in a word or two. */
function story(crew: CrewRun): string[] {
  return crew.facts().flatMap((fact) => {
    switch (fact.type) {
      case "command_postponed":
        return [`noted ${fact.command.slice(-2).join(" ")}`];
      case "question_asked":
        return ["asked"];
      case "attempt_closed":
        return [fact.verdict];
      case "effect_finished":
        if (fact.result.kind === "later") return [`ran ${fact.result.command.slice(-2).join(" ")}${fact.result.why}`];
        return ["apply", "prove"].includes(fact.result.kind) ? [fact.result.kind] : [];
      default:
        return [];
    }
  });
}

async function answered(crew: CrewRun, approved: boolean) {
  const question = await crew.fact("question_asked");
  crew.wish({ kind: "answer", question: question.id, approved, text: "" });
  return question;
}

apart(
  "what an attempt wants installed and committed is asked once its work stands, runs in order, and is judged once more with it",
  [installs("left-pad"), commits, installs("left-pad"), writes("src/add.js", NEW)],
  async (crew) => {
    const before = treeOf(crew.project);
    const question = await crew.fact("question_asked");
    assert.equal(Deno.readTextFileSync(join(crew.project, "src/add.js")), NEW, "the work stands already");
    assert.deepEqual(called(crew.project), []);
    assert.equal(
      question.shows?.text,
      `runs     ./tools/npm install left-pad\nruns     git -c user.name=me -c user.email=me@host commit -qam "Adds rightly"\nin       ${crew.project}\nat most  900 s each`,
    );
    assert.match(question.context, /nothing in ignored folders/);
    crew.wish({ kind: "answer", question: question.id, approved: true, text: "" });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.deepEqual(called(crew.project), ["install left-pad"]);
    assert.equal(gitSays(crew.project, "log", "-1", "--format=%s"), "Adds rightly");
    assert.equal(gitSays(crew.project, "show", "HEAD:src/add.js"), NEW.trim());
    assert.match(Deno.readTextFileSync(join(crew.project, "package.json")), /left-pad/, "it is not put back");
    assert.ok(existsSync(join(crew.project, "node_modules/left-pad")));
    assert.deepEqual(story(crew), [
      "prove",
      "noted install left-pad",
      "noted -qam Adds rightly",
      "noted install left-pad",
      "apply",
      "kept",
      "asked",
      "ran install left-pad",
      "ran -qam Adds rightly",
      "prove",
    ]);
    assert.ok(crew.facts().some((fact) => fact.type === "effect_opened" && fact.effect.key.startsWith("later.check")));
    assert.deepEqual(leftCommands(crew.run.state()), []);
    const written = crew.facts().flatMap((fact) => {
      if ("workspace" in fact && fact.workspace !== undefined) return [];
      if (fact.type === "command_closed") return fact.writes;
      return fact.type === "write_closed" && fact.done ? [fact.write] : [];
    });
    undoWrites(crew.project, written, crew.journal);
    const without = (tree: ReturnType<typeof treeOf>) =>
      Object.fromEntries(Object.entries(tree).filter(([path]) => !/^(?:\.git|node_modules)(?:\/|$)/.test(path)));
    assert.deepEqual(without(treeOf(crew.project)), without(before), "undo takes their files back");
  },
);

apart(
  "with a no nothing of it runs, and the end names the commands",
  [installs("left-pad"), commits, writes("src/add.js", NEW)],
  async (crew) => {
    await answered(crew, false);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(called(crew.project), []);
    assert.equal(gitSays(crew.project, "log", "-1", "--format=%s"), "First");
    assert.deepEqual(leftCommands(crew.run.state()), [
      { command: "./tools/npm install left-pad", why: "" },
      { command: "git -c user.name=me -c user.email=me@host commit -qam 'Adds rightly'", why: "" },
    ]);
  },
);

apart(
  "a command that fails stops those behind it, and all of them are left to the person",
  [installs("left-pad"), installs("broken"), commits, writes("src/add.js", NEW)],
  async (crew) => {
    await answered(crew, true);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(called(crew.project), ["install left-pad", "install broken"]);
    assert.equal(gitSays(crew.project, "log", "-1", "--format=%s"), "First");
    assert.deepEqual(leftCommands(crew.run.state()).map(({ command, why }) => `${command.slice(0, 19)}: ${why}`), [
      "./tools/npm install: exit code 3",
      "git -c user.name=me: ",
    ]);
  },
);

apart(
  "without a person nothing is asked and nothing runs: the end names the commands",
  [installs("left-pad"), writes("src/add.js", NEW)],
  async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(story(crew), ["prove", "noted install left-pad", "apply", "kept"]);
    assert.deepEqual(called(crew.project), []);
    assert.deepEqual(leftCommands(crew.run.state()), [{ command: "./tools/npm install left-pad", why: "" }]);
    const told = crew.facts().flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "tool" ? [fact.result.text.text] : []
    );
    assert.match(
      told.find((text) => text.includes("left-pad")) ?? "",
      /^`\.\/tools\/npm install left-pad` was not run: .* It is noted;/,
    );
  },
  { begun: { headless: true } },
);

apart(
  "the commands of an attempt that the checks refute are dropped",
  [installs("left-pad"), writes("src/add.js", OLD.replace("a - b", "a * b")), writes("src/add.js", NEW)],
  async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(story(crew), ["prove", "noted install left-pad", "refuted", "apply", "kept"]);
    assert.deepEqual([called(crew.project), leftCommands(crew.run.state())], [[], []]);
  },
);

apart(
  "an attempt that writes nothing and only wants something installed is done once that ran and its checks pass",
  [installs("left-pad"), ENDS],
  async (crew) => {
    await answered(crew, true);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(story(crew), [
      "prove",
      "noted install left-pad",
      "empty",
      "asked",
      "ran install left-pad",
      "prove",
    ]);
    assert.deepEqual(called(crew.project), ["install left-pad"]);
  },
  {
    files: {
      ...FILES,
      "src/add.js": NEW,
      "test/installed.test.js":
        'import test from "node:test";\nimport fs from "node:fs";\ntest("is installed", () => { if (!fs.existsSync("node_modules/left-pad")) throw new Error("left-pad is missing"); });\n',
    },
  },
);

Deno.test("where attempts work in the project itself such a command is asked about and run at once, as ever", () =>
  withCrew(async (crew) => {
    const question = await answered(crew, true);
    assert.match(question.text, /^May coding run: \.\/tools\/npm install left-pad$/);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(called(crew.project), ["install left-pad"]);
    assert.ok(!crew.facts().some(({ type }) => type === "command_postponed"));
  }, {
    files: FILES,
    prepare,
    player: scriptedCoder([installs("left-pad"), writes("src/add.js", NEW)]),
    begun: { goal: GOAL },
  }));

Deno.test("a command that was open when the program was killed is not run again, and those behind it are not begun", async () => {
  let past: readonly Fact[] = [];
  let first = "";
  const script = [installs("left-pad"), commits, writes("src/add.js", NEW)];
  const start: CrewStart = {
    files: FILES,
    prepare,
    player: scriptedCoder(script),
    begun: { goal: GOAL },
    apart: "none",
  };
  await withCrew(async (crew) => {
    first = crew.run.state().run.info!.project;
    await answered(crew, true);
    const opened = await crew.fact("effect_opened", ({ effect }) => effect.kind === "later");
    past = crew.facts().slice(0, opened.seq);
  }, start);
  await withCrew(async (crew) => {
    assert.equal((await crew.fact("effect_unknown")).key.includes(".later"), true);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(called(crew.project), []);
    assert.equal(gitSays(crew.project, "log", "-1", "--format=%s"), "First");
    const [one, other, ...others] = leftCommands(crew.run.state());
    assert.match(one?.why ?? "", /^It is not known how `\.\/tools\/npm install left-pad` ended/);
    assert.deepEqual([other?.command.slice(0, 3), others], ["git", []]);
  }, {
    ...start,
    past: (project) => JSON.parse(JSON.stringify(past).replaceAll(first, project)),
    prepare(project) {
      prepare(project);
      Deno.writeTextFileSync(join(project, "src/add.js"), NEW);
    },
  });
});
