import type { Result } from "../../../src/effects/effect.ts";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FLEET_MODELS } from "../../../src/rehearsal/fleet.ts";
import type { PlayRequest } from "../../../src/rehearsal/play.ts";
import { copySample } from "../../../src/rehearsal/sample_project.ts";
import { REHEARSAL_WAYS, understudies } from "../../../src/rehearsal/understudies.ts";
import type { Stamped } from "../../../src/features/fact.ts";
import { testsInOwnProcess } from "../../run/fixtures/own_process.ts";
import { type PlayedEnd, type PlayedRun, playRun } from "../../rehearsal/played_run.ts";

const alone = testsInOwnProcess(import.meta.url);
const GOAL = "Make all tests pass.";
const hasNode = spawnSync("npm", ["--version"]).status === 0;
const hasGit = spawnSync("git", ["--version"]).status === 0;

interface Reply extends Extract<Result, { kind: "ask" }> {
  readonly key: string;
}

function replies({ facts }: PlayedEnd, role?: string): Reply[] {
  const roles = new Map(
    facts.flatMap((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" ? [[fact.effect.key, fact.effect.role]] : []
    ),
  );
  return facts.flatMap((fact) =>
    fact.type === "effect_finished" && fact.result.kind === "ask" &&
      (role === undefined || roles.get(fact.key) === role)
      ? [{ ...fact.result, key: fact.key }]
      : []
  );
}

function only<Type extends Stamped["type"]>({ facts }: PlayedEnd, type: Type): Extract<Stamped, { type: Type }>[] {
  return facts.filter((fact): fact is Extract<Stamped, { type: Type }> => fact.type === type);
}

async function rehearse(run: Omit<PlayedRun, "goal">, look: (end: PlayedEnd, root: string) => Promise<void> | void) {
  const root = await copySample();
  try {
    await look(await playRun(root, { goal: GOAL, ...run }), root);
  } finally {
    await rm(root, { recursive: true });
  }
}

Deno.test({
  name: "the crew of understudies gets the sample to green, although each of them does something wrong",
  ignore: !hasNode,
  fn: () =>
    rehearse({}, (end, root) => {
      assert.deepEqual(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
      assert.deepEqual(end.state.tasks.list.map(({ target, status }) => [target, status]), [
        ["src/duration.js", "done"],
        ["src/slug.js", "done"],
        ["src/table.js", "done"],
        ["src/table.js", "done"],
        [null, "done"],
      ]);
      assert.equal(spawnSync("npm", ["test"], { cwd: root }).status, 0);
      if (hasGit) {
        const { stdout } = spawnSync("git", ["diff", "--unified=0"], { cwd: root, encoding: "utf8" });
        assert.deepEqual(stdout.split("\n").filter((line) => /^\+(?!\+)/.test(line)), [
          "+| `renderTable(header, rows)` | lines up columns, each as wide as its title at least; numbers stand right, text stands left |",
          "+    const count = Math.floor(rest / size);",
          "+  const slug = (plain.match(/[a-z0-9]+/g) ?? []).join(separator);",
          "+    return lengths.reduce((most, length) => Math.max(most, length), title.length);",
        ]);
      }

      const [cut] = replies(end, "arbiter");
      assert.equal(cut?.endedBy, "length", "the arbiter's first reply is cut by its bound");
      assert.match(cut?.fault ?? "", /ended inside the call of consult_analysis_specialist/);
      const decisions = only(end, "decision_made");
      // Where only one decision is legal nobody is asked: to plan, to turn to the work, and to end.
      assert.deepEqual(decisions.slice(0, 5).map(({ name, by }) => [name, by]), [
        ["consult_analysis_specialist", "arbiter"],
        ["continue_current_phase", "rules"],
        ["change_phase", "rules"],
        ["continue_current_phase", "arbiter"],
        ["consult_interpreter_specialist", "arbiter"],
      ]);
      assert.deepEqual(
        decisions.slice(5).map(({ by }) => by).join(" "),
        "arbiter arbiter arbiter arbiter arbiter arbiter arbiter arbiter arbiter arbiter rules",
      );

      const [prose, fenced, quoted, reported, review] = replies(end, "reasoning");
      assert.ok(replies(end, "reasoning").every(({ way }) => way === "prompted"));
      assert.match(prose?.fault ?? "", /holds no call/);
      assert.match(fenced?.text.text ?? "", /```json[\s\S]*"parameters"/);
      assert.equal(fenced?.calls[0]?.name, "list_directory");
      assert.match(quoted?.text.text ?? "", /\{'name': 'create_task_plan'/);
      assert.equal(quoted?.step, "repair");
      assert.deepEqual([reported, review].map((one) => one?.calls[0]?.name), ["report_issue", "approve_code"]);

      const [misnamed, right] = replies(end, "interpreter");
      assert.ok(replies(end, "interpreter").every(({ way }) => way === "native"));
      assert.match(misnamed?.fault ?? "", /"text" is missing/);
      assert.equal(right?.calls[0]?.name, "answer");

      const attempts = only(end, "attempt_closed").map(({ task, verdict }) => `${task} ${verdict}`);
      assert.deepEqual(attempts, [
        "T1 refuted",
        "T1 kept",
        "T2 kept",
        "T3 refuted",
        "T3 refuted",
        "T3 kept",
        "T4 kept",
        "T5 kept",
      ]);
      assert.ok(only(end, "effect_failed").some(({ text }) => /no file lib\/slug\.js/.test(text)));
      assert.ok(replies(end, "coding").some(({ fault }) => /leaves something out/.test(fault ?? "")));
      const questions = only(end, "message_sent").flatMap(({ message }) =>
        message.kind === "question" ? [message] : []
      );
      assert.deepEqual(questions.map(({ from, to }) => `${from} ${to}`), [
        "coding reasoning",
        "coding analysis",
        "coding analysis",
      ]);
      assert.deepEqual(only(end, "message_reviewed").map(({ id, verdict }) => [id, verdict]), [
        [questions[0]?.id, "redirected to analysis"],
        [questions[1]?.id, "sent back"],
        [questions[2]?.id, "modified"],
      ]);
    }),
});

Deno.test({
  name:
    "in narrow windows the understudy of analysis summarises what was read, the turn goes on with it, and the run is accepted",
  ignore: !hasNode,
  fn: () =>
    rehearse({ windows: { coding: 2_300, reasoning: 2_300 } }, (end) => {
      assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
      const summaries = replies(end).filter(({ step }) => step === "summary");
      assert.ok(summaries.length > 0);
      for (const { key, way, fault, summary } of summaries) {
        assert.deepEqual([way, fault], ["prompted", null]);
        assert.match(summary?.text ?? "", /^- read_file \{"path":"src\/\w+\.js"\}: gave src\/\w+\.js \(\d+ lines\):\n/);
        const all = replies(end);
        const next = all.slice(all.findIndex((one) => one.key === key) + 1).find((one) =>
          one.key.startsWith(`${key.split(".")[0]}.`) && one.step !== "summary"
        );
        const request = JSON.parse(new TextDecoder().decode(end.blobs.getBlob(next!.prompt)));
        const said = request.messages.map(({ content }: { content: string }) => content).join("\n");
        assert.ok(said.includes(`(summary by analysis, to make room)\n${summary!.text}`), key);
      }
    }),
});

Deno.test({
  name: "understudies say the same in every rehearsal",
  ignore: !hasNode,
  fn: async () => {
    const said: string[][] = [];
    for (let round = 0; round < 2; round++) {
      await rehearse(
        {},
        (end) => void said.push(replies(end).map(({ text, calls }) => text.text + JSON.stringify(calls))),
      );
    }
    assert.deepEqual(said[0], said[1]);
  },
});

Deno.test({
  name: "one model plays all roles, by whatever way it is called",
  ignore: !hasNode,
  fn: async () => {
    const all = (way: "native" | "prompted") =>
      Object.fromEntries(Object.keys(REHEARSAL_WAYS).map((role) => [role, way]));
    await rehearse({ model: { host: "fast", name: "qwen2.5:14b" }, ways: all("prompted") }, (end) => {
      assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
      assert.ok(replies(end).every(({ way }) => way === "prompted"));
    });
    await rehearse({ model: { host: "fast", name: "functiongemma:latest" }, ways: all("native") }, (end) => {
      assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    });
  },
});

Deno.test({
  name: "the arbiter answers what the person says",
  ignore: !hasNode,
  fn: () =>
    rehearse({ words: "How far are you?" }, (end) => {
      assert.match(only(end, "person_told")[0]?.text ?? "", /You say: "How far are you\?".*0 of 0 tasks.*understudy/);
      assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    }),
});

Deno.test({
  name: "on a project that they do not know the understudies say so, write nothing, and the run ends by itself",
  ignore: !hasNode,
  fn: async () => {
    const root = await mkdtemp(join(tmpdir(), "autonomy-unknown-"));
    try {
      await mkdir(join(root, "test"));
      await writeFile(join(root, "package.json"), '{"type":"module","scripts":{"test":"node --test"}}\n');
      await writeFile(join(root, "add.js"), "export const add = (a, b) => a - b;\n");
      await writeFile(
        join(root, "test/add.test.js"),
        'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { add } from "../add.js";\n' +
          'test("adds", () => assert.equal(add(1, 2), 3));\n',
      );
      const end = await playRun(root, { goal: GOAL });
      assert.equal(end.state.run.ending?.kind, "failed", end.state.run.ending?.cause);
      assert.deepEqual(end.state.tasks.list.map(({ target, status }) => [target, status]), [["add.js", "parked"]]);
      assert.deepEqual(only(end, "write_opened"), []);
      assert.ok(
        only(end, "turn_closed").some(({ text }) => /understudy of the rehearsal and only know the sample/.test(text)),
      );
      // The small model is asked for the text of the file alone and gives it as it is.
      const bad = only(end, "turn_closed").filter(({ ending, text }) =>
        ending === "no_call" || ending === "capped" && !/nothing was changed/.test(text)
      );
      assert.deepEqual(bad, []);
    } finally {
      await rm(root, { recursive: true });
    }
  },
});

Deno.test("every model of the fleet has an understudy, and a request without a role or a tool gets a plain sentence", () => {
  const players = understudies();
  assert.deepEqual(Object.keys(players).sort(), Object.values(FLEET_MODELS).flat().sort());
  const request: PlayRequest = {
    host: "fast",
    model: "qwen2.5:14b",
    prompt: "",
    messages: [{ role: "user", content: "Who are you?", calls: [], toolName: "" }],
    tools: [],
    format: null,
    options: {},
    call: 1,
  };
  assert.match(String(players["qwen2.5:14b"]?.(request)), /^I am an understudy/);
});

alone({
  name:
    "the copied sample is a clean repository of one commit, also where a hook's environment names another repository",
  ignore: !hasGit,
  fn: async () => {
    const other = await mkdtemp(join(tmpdir(), "autonomy-other-"));
    spawnSync("git", ["init", "--quiet"], { cwd: other });
    Deno.env.set("GIT_DIR", join(other, ".git"));
    let root: string;
    try {
      root = await copySample();
    } finally {
      Deno.env.delete("GIT_DIR");
    }
    try {
      const git = (...words: string[]) => spawnSync("git", words, { cwd: root, encoding: "utf8" }).stdout.trim();
      assert.equal(git("status", "--porcelain"), "");
      assert.equal(git("rev-list", "--count", "HEAD"), "1");
      assert.equal(
        spawnSync("git", ["rev-list", "--count", "--all"], { cwd: other, encoding: "utf8" }).stdout.trim(),
        "0",
      );
    } finally {
      await rm(other, { recursive: true });
      await rm(root, { recursive: true });
    }
  },
});

alone({
  name: "the sample is copied whole where there is no git",
  fn: async () => {
    const path = Deno.env.get("PATH") ?? "";
    Deno.env.set("PATH", "/nonexistent");
    try {
      const root = await copySample();
      try {
        assert.deepEqual((await readdir(root)).sort(), ["README.md", "package.json", "src", "test"]);
        assert.match(await readFile(join(root, "src/slug.js"), "utf8"), /export function slugify/);
      } finally {
        await rm(root, { recursive: true });
      }
    } finally {
      Deno.env.set("PATH", path);
    }
  },
});
