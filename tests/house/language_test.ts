import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { protectionOf } from "../../src/languages/protection_of.ts";
import { definitionsIn, replaceableDefinitions } from "../../src/languages/definitions.ts";
import { importStatements } from "../../src/languages/imports.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { languagesOf } from "../../src/languages/languages_of.ts";
import type { Runner } from "../../src/languages/runner.ts";
import { subjectsOf } from "../../src/languages/subjects.ts";
import { isTestPath } from "../../src/languages/test_path.ts";
import { detectStandards } from "../../src/effects/prepare/detect_standards.ts";
import { headOnly } from "../../src/prompt/head_only.ts";
import { linesIn, namesIn, rangesOf } from "../../src/prompt/ranges.ts";
import { detectChecks } from "../../src/work/detect_checks.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { type WantedCall, writeCall } from "../../src/rehearsal/understudy_call.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { shout, SHOUT_PROJECT, WITH_SHOUT } from "./shout.ts";

const never = new AbortController().signal;
const SONG = SHOUT_PROJECT["day.song"]!;
const BY = languagesOf("day.song", WITH_SHOUT);

Deno.test("a language that is added as a value has its checks detected, beside those that are built in", () =>
  withWorkspace({ ...SHOUT_PROJECT, "Cargo.toml": "" }, async (workspace) => {
    const found = await detectChecks(workspace.root, WITH_SHOUT, never);
    assert.deepEqual(found.map(({ name }) => name), ["cargo test", "chorus"]);
    assert.deepEqual((await detectChecks(workspace.root, LANGUAGES, never)).map(({ name }) => name), ["cargo test"]);
  }));

Deno.test("a whole round of checks in an added language names its cases, and leads from a test to what it is about", () =>
  withWorkspace(SHOUT_PROJECT, async (workspace) => {
    const { results, commands } = await workspace.check(never);
    assert.deepEqual(commands, ["sh chorus.sh"]);
    assert.deepEqual(results, [
      { name: "chorus", passed: true, evidence: "", files: [] },
      { name: "chorus: morning", passed: true, evidence: "", files: [] },
      { name: "chorus: evening", passed: false, evidence: "BAD evening (./day.ear)", files: ["day.ear", "day.song"] },
    ]);
    await workspace.write("day.song", SONG.replace("evening:\n  SAY hello", "evening:\n  SAY goodbye"));
    assert.deepEqual((await workspace.check(never)).results.filter(({ passed }) => !passed), []);
  }, { languages: WITH_SHOUT }));

Deno.test("a configured command gets the runner of an added language, and a file that says what it runs judges", () =>
  withWorkspace(SHOUT_PROJECT, async (workspace) => {
    const { results } = await workspace.check(never);
    assert.deepEqual(results.map(({ name }) => name), ["mine", "mine: morning", "mine: evening"]);
    const { files: judging } = await workspace.protectedFiles(() => false, never);
    assert.deepEqual(judging.map(({ path, as }) => [path, as]), [
      ["chorus.sh", "loaded"],
      ["day.ear", "test"],
      ["volume.txt", "loaded"],
    ]);
    assert.equal(protectionOf("volume.txt", LANGUAGES), null);
  }, { languages: WITH_SHOUT, checks: [{ name: "mine", command: ["sh", "./chorus.sh"] }] }));

Deno.test("the text of an added language is taken apart: its functions, imports, tests, names and what a test is about", async () => {
  const evening = { name: "evening", from: 6, to: 7, head: 6 };
  assert.deepEqual(BY, [shout]);
  assert.deepEqual(definitionsIn(SONG, BY).map(({ name }) => name), ["morning", "evening"]);
  assert.deepEqual(replaceableDefinitions(SONG, BY)[1], evening);
  assert.deepEqual(definitionsIn(SONG, languagesOf("day.song", LANGUAGES)), []);
  assert.deepEqual(importStatements(SONG, BY), ["HEAR sky.song"]);
  assert.ok(
    isTestPath("day.ear", WITH_SHOUT) && !isTestPath("day.song", WITH_SHOUT) &&
      !isTestPath("day.ear", LANGUAGES),
  );
  assert.deepEqual(namesIn("EXPECT (a) `evening`", WITH_SHOUT), ["evening"]);
  const files = Object.keys(SHOUT_PROJECT);
  const read = (path: string) => Promise.resolve(SHOUT_PROJECT[path] ?? null);
  assert.deepEqual(await subjectsOf("day.ear", files, read, WITH_SHOUT), ["day.song"]);
});

Deno.test("what a model is shown of an added language is what matters in it", () =>
  withWorkspace(SHOUT_PROJECT, async (workspace) => {
    const ranges = rangesOf(SONG, { places: [], words: ["evening"] }, 1_000, BY);
    assert.deepEqual(ranges.map((range) => linesIn(SONG, range)), ["HEAR sky.song", "SHOUT evening:\n  SAY hello"]);
    // What defines a name comes before what uses it, where there is no room for both.
    const song = "SHOUT one:\n  SAY two\nHUSH\n\nSHOUT two:\n  SAY one\nHUSH\n";
    assert.deepEqual(rangesOf(song, { places: [], words: ["two"] }, 24, BY), [{ from: 5, to: 6 }]);
    assert.match(headOnly(SONG, "evening", "… (to be written)", BY) ?? "", /SHOUT evening:\n {2}… \(to be written\)/);
    const standards = await detectStandards(
      workspace,
      await workspace.files(),
      "day.song",
      {},
      never,
      WITH_SHOUT,
    );
    assert.deepEqual(standards, [
      "Songs are sung at full voice.",
      "The tests of day.song stand in day.ear.",
      "Words are small.",
    ]);
  }));

Deno.test("a runner that is added to a language that is known comes before what the language has", () =>
  withWorkspace({ "tests/test_a.py": "import unittest\n", "noxfile.py": "" }, async (workspace) => {
    const nox: Runner = {
      name: "nox",
      checks: (project) => project.has("noxfile.py") ? [{ name: "nox", command: ["nox"] }] : [],
    };
    const python = { ...LANGUAGES.python, runners: [nox, ...LANGUAGES.python.runners ?? []] };
    const found = await detectChecks(workspace.root, { ...LANGUAGES, python }, never);
    assert.deepEqual([found.length, found[0]?.runner], [2, nox]);
  }));

Deno.test("a crew repairs a project in an added language: its tests judge, and its functions are shown and written anew", () => {
  const RIGHT = "SHOUT evening:\n  SAY goodbye";
  return withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const planned = all.flatMap((fact) => fact.type === "tasks_planned" ? fact.tasks : []);
    assert.deepEqual(planned.flatMap(({ kind, target }) => kind === "work" ? [target] : []), ["day.song"]);
    const writes = all.flatMap((fact) => fact.type === "write_closed" ? [fact.write] : []);
    assert.deepEqual(writes.map(({ path }) => path), ["day.song"]);
    const text = new TextDecoder().decode(crew.journal.getBlob(writes[0]!.after!));
    assert.equal(text, SONG.replace("SHOUT evening:\n  SAY hello", RIGHT));
    const asked = all.findLast((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "text"
    );
    assert.ok(asked?.type === "effect_opened");
    const prompt = crew.prompt(asked.effect.key);
    for (const shown of ["Songs are sung at full voice.", "HEAR sky.song", "EXPECT evening goodbye"]) {
      assert.ok(prompt.includes(shown), shown);
    }
  }, {
    added: { languages: { shout } },
    files: SHOUT_PROJECT,
    player(request) {
      const scene = readScene(request, MARKS);
      if (scene.role !== "coding" || !scene.heard[0]?.includes("day.song")) return null;
      if (scene.wantedText !== null) return `\`\`\`\n${RIGHT}\n\`\`\``;
      const call = (name: string, args: WantedCall["arguments"]) =>
        writeCall(scene, { name, arguments: args, reason: "It says the wrong word." }, null);
      if (scene.replies.length > 1) return call("finish_task", { summary: "The evening says goodbye." });
      return call("rewrite_function", { path: "day.song", function: "evening" });
    },
  });
});
