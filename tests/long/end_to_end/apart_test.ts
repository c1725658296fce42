import assert from "node:assert/strict";
import { join } from "node:path";
import { apartTests } from "../../end_to_end/fixtures/apart_tests.ts";
import { undoWrites } from "../../../src/work/undo.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

const SEPARATE = "\n\n\n\n\n\n";
const OLD =
  `export const name = "sum";\n${SEPARATE}export const add = (a, b) => a - b;\n${SEPARATE}export const last = 0;\n`;
const NEW = OLD.replace("a - b", "a + b");

const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/add.js": OLD,
  "src/other.js": "export const other = 1;\n",
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};

/** A run whose attempts work in copies, nobody being there to be asked. */
const apart = apartTests({ files: FILES, begun: { headless: true } });

/** Calls back at the first fact that fits, before anything follows from it. */
function once(crew: CrewRun, fits: (fact: ReturnType<CrewRun["facts"]>[number]) => boolean, then: () => void): void {
  const quiet = crew.run.subscribe((facts) => {
    if (!facts.some(fits)) return;
    quiet();
    then();
  });
}

const textOf = (crew: CrewRun, path: string) => Deno.readTextFileSync(join(crew.project, path));

apart(
  "nothing of an attempt stands in the project before it is accepted, and nothing of a refuted one ever",
  [writes("src/add.js", OLD.replace("a - b", "a * b")), writes("src/add.js", NEW)],
  async (crew) => {
    const seen = new Set<string>();
    crew.run.subscribe(() => void seen.add(textOf(crew, "src/add.js")));
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.deepEqual([...seen], [OLD, NEW]);
    assert.deepEqual(
      crew.facts().flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []).slice(0, 2),
      ["refuted", "kept"],
    );
  },
);

apart(
  "what a person saves in other lines of a file while a model writes it is merged, and judged once more",
  [writes("src/add.js", NEW)],
  async (crew) => {
    once(crew, (fact) => fact.type === "write_closed", () => {
      Deno.writeTextFileSync(join(crew.project, "src/add.js"), OLD.replace('"sum"', '"plus"'));
    });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(textOf(crew, "src/add.js"), NEW.replace('"sum"', '"plus"'));
  },
);

/** Moments of the ordinary suite at which a person saves the very file that a model writes; `AUTONOMY_SAVES` asks for more. */
const SAVES = Number(Deno.env.get("AUTONOMY_SAVES") ?? "3");

for (let moment = 0; moment < SAVES; moment += 1) {
  apart(
    `a person's lines in the file of an attempt are there at the end, saved ${
      moment + 1
    } of ${SAVES} parts into the run`,
    [{
      name: "edit_file",
      arguments: { path: "src/add.js", old_text: "export const add = (a, b) => a - b;" },
      text: "export const add = (a, b) => a + b;",
    }],
    async (crew) => {
      const facts = 20 + Math.floor(moment * 110 / SAVES);
      const line = "// by hand\n";
      once(crew, ({ seq }) => seq >= facts, () => {
        const path = join(crew.project, "src/add.js");
        const text = Deno.readTextFileSync(path);
        Deno.writeTextFileSync(path, moment % 2 === 0 ? text + line : line + text);
      });
      const ending = await crew.end();
      assert.equal(ending?.kind, "accepted", ending?.cause);
      const lines = textOf(crew, "src/add.js").split("\n").filter((one) => one !== "");
      const wanted = NEW.split("\n").filter((one) => one !== "");
      assert.deepEqual(lines, moment % 2 === 0 ? [...wanted, "// by hand"] : ["// by hand", ...wanted]);
    },
  );
}

apart(
  "what a person saves in the same lines stands: the attempt is not kept, says why, and the next one begins with it",
  [writes("src/add.js", NEW), writes("src/add.js", NEW.replace("a + b", "b + a"))],
  async (crew) => {
    const theirs = OLD.replace("a - b", "a - b - 0");
    once(crew, (fact) => fact.type === "write_closed", () => {
      Deno.writeTextFileSync(join(crew.project, "src/add.js"), theirs);
    });
    const first = await crew.fact("attempt_closed");
    assert.equal(first.verdict, "refuted");
    assert.match(first.summary, /src\/add\.js was changed by somebody else in the same lines/);
    assert.equal(textOf(crew, "src/add.js"), theirs);
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(textOf(crew, "src/add.js"), NEW.replace("a + b", "b + a"));
  },
);

apart(
  "a project that moves on between the verdict and the applying is judged once more with that",
  [writes("src/add.js", NEW)],
  async (crew) => {
    once(crew, (fact) => fact.type === "effect_opened" && fact.effect.kind === "apply", () => {
      Deno.writeTextFileSync(join(crew.project, "src/other.js"), "export const other = 2;\n");
    });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.deepEqual([textOf(crew, "src/add.js"), textOf(crew, "src/other.js")], [NEW, "export const other = 2;\n"]);
    const moved = crew.facts().flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "apply" ? [fact.result.moved] : []
    );
    assert.deepEqual(moved, [["src/other.js"], []]);
  },
);

apart(
  "what a person saves makes an attempt fail that would pass without: it is judged with that",
  [writes("src/add.js", NEW)],
  async (crew) => {
    once(crew, (fact) => fact.type === "effect_opened" && fact.effect.kind === "apply", () => {
      Deno.writeTextFileSync(
        join(crew.project, "test/other.test.js"),
        'import test from "node:test";\ntest("is new", () => { throw new Error("not yet"); });\n',
      );
    });
    const { verdict } = await crew.fact("attempt_closed");
    assert.equal(verdict, "kept", "the task's own check passes");
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial", ending?.cause);
    assert.match(ending.cause, /is new/);
  },
);

const CHANGES = `import fs from "node:fs";
fs.writeFileSync("src/add.js", ${JSON.stringify(NEW.replaceAll("\n", "\r\n"))});
fs.rmSync("src/other.js");
fs.mkdirSync("data/deep", { recursive: true });
fs.writeFileSync("data/deep/bytes.bin", Buffer.from([0, 255, 10, 13, 0]));
fs.writeFileSync("run.sh", "#!/bin/sh\\n", { mode: 0o755 });
fs.symlinkSync("add.js", "src/link.js");
`;

apart(
  "what an approved command changes is applied exactly: bytes, modes, links, deletions; and is undone exactly",
  [{ name: "run_command", arguments: { command: ["node", "change.mjs"] } }],
  async (crew) => {
    const before = treeOf(crew.project);
    const question = await crew.fact("question_asked");
    crew.wish({ kind: "answer", question: question.id, approved: true, text: "" });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(textOf(crew, "src/add.js"), NEW.replaceAll("\n", "\r\n"));
    assert.deepEqual([...Deno.readFileSync(join(crew.project, "data/deep/bytes.bin"))], [0, 255, 10, 13, 0]);
    assert.equal(Deno.statSync(join(crew.project, "run.sh")).mode! & 0o777, 0o755);
    assert.equal(Deno.readLinkSync(join(crew.project, "src/link.js")), "add.js");
    assert.throws(() => Deno.lstatSync(join(crew.project, "src/other.js")), Deno.errors.NotFound);
    const written = crew.facts().flatMap((fact) =>
      fact.type === "write_closed" && fact.done && fact.workspace === undefined ? [fact.write] : []
    );
    undoWrites(crew.project, written, crew.journal);
    assert.deepEqual(treeOf(crew.project), before);
  },
  {
    files: { ...FILES, "change.mjs": CHANGES },
    begun: { goal: "Run the script change.mjs, then make the tests pass.", headless: false },
  },
);

apart(
  "what checks write is no work of an attempt and arrives nowhere",
  [writes("src/add.js", `import fs from "node:fs";\nfs.writeFileSync("planted.txt", "x");\n${NEW}`)],
  async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.throws(() => Deno.lstatSync(join(crew.project, "planted.txt")), Deno.errors.NotFound);
    assert.deepEqual(Object.keys(crew.run.state().files.byPath), ["src/add.js"]);
  },
);

Deno.test("checks that look at the project and not at a copy are found out, and work is done in the project", () => {
  const script = '{ "type": "module", "scripts": { "test": "node run.mjs" } }\n';
  return withCrew(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.match(crew.run.state().workspaces.proof?.why ?? "", /they look at the project and not at the copy/);
    assert.ok(crew.facts().every((fact) => !("workspace" in fact)));
    assert.equal(textOf(crew, "src/add.js"), NEW);
  }, {
    files: { ...FILES, "package.json": script, "run.mjs": "", "place.txt": "" },
    player: scriptedCoder([writes("src/add.js", NEW)]),
    begun: { headless: true },
    apart: "none",
    prepare: (project) =>
      Deno.writeTextFileSync(
        join(project, "run.mjs"),
        `import { spawnSync } from "node:child_process";\nconst { status } = spawnSync("node", ["--test"], { cwd: ${
          JSON.stringify(project)
        }, stdio: "inherit" });\nprocess.exit(status);\n`,
      ),
  });
});

/** A person who saves the very line that a model writes, and is asked whose shall stand. */
function conflicting(approved: boolean, last: string): (crew: CrewRun) => Promise<void> {
  return async (crew) => {
    once(crew, (fact) => fact.type === "write_closed", () => {
      Deno.writeTextFileSync(join(crew.project, "src/add.js"), OLD.replace("a - b", "a - b - 0"));
    });
    const question = await crew.fact("question_asked");
    assert.match(
      question.text,
      /^src\/add\.js: you and T1 changed the same lines\. Take the work of T1 in place of yours\?/,
    );
    assert.match(question.shows?.text ?? "", /^-.*a - b - 0.*\n\+.*a \+ b/m);
    crew.wish({ kind: "answer", question: question.id, approved, text: "" });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(textOf(crew, "src/add.js"), last);
  };
}

apart(
  "a person who is asked takes the work of a model in place of what they saved in the same lines",
  [writes("src/add.js", NEW)],
  conflicting(true, NEW),
  { begun: { headless: false } },
);

apart(
  "a person who is asked keeps what they saved, and the next attempt begins with it",
  [writes("src/add.js", NEW), writes("src/add.js", NEW.replace("a + b", "b + a"))],
  conflicting(false, NEW.replace("a + b", "b + a")),
  { begun: { headless: false } },
);
