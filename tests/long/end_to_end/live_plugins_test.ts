import { copySample } from "../../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { standingOf, trustProject } from "../../../src/cli/trust.ts";
import { EMPTY, fold } from "../../../src/features/features.ts";
import { whenAlive } from "../../plugin/host/hosted.ts";
import { writeFiles } from "../../plugin/live/write_files.ts";
import { COUNTING, counting, COUNTING_PROMPT, COUNTS, WORDS } from "../../end_to_end/fixtures/counting.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";

/** Holds the crew before its first message, so that what is saved is there before the next decision. */
async function held(crew: CrewRun, meanwhile: () => Promise<void>): Promise<void> {
  crew.wish({ kind: "pause" });
  await meanwhile();
  crew.wish({ kind: "unpause" });
}

Deno.test("a specialist that is saved during a run is consulted in that run, and the facts say which version was used", () => {
  const { player, consult, declared } = counting();
  return withCrew(async (crew) => {
    await crew.fact("decision_made");
    await held(crew, async () => {
      await writeFiles(crew.pluginFolder, { "_words.ts": WORDS, "counting.ts": COUNTS });
      const ready = await crew.fact("plugin_ready");
      assert.deepEqual([ready.plugin, ready.number, ready.before, ready.roles], ["counting", 1, null, ["counting"]]);
      consult();
    });
    const turn = await crew.fact("turn_opened", ({ role }) => role === "counting");
    const { version } = await crew.fact("plugin_ready");
    assert.equal(turn.version, version);
    const called = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "tool" && effect.role === "counting",
    );
    assert.ok(called.effect.kind === "tool" && called.effect.version === version);
    const over = await crew.fact("turn_closed", ({ id }) => id === turn.id);
    assert.equal(over.text, "3 words");
    const assembled = await crew.fact("crew_assembled", ({ reason }) => reason === "counting v1");
    assert.ok(assembled.roles.some(({ role }) => role === "counting") && assembled.tools.includes("count"));
    const consults = declared.map((names) => names.filter((name) => name.startsWith("consult_")));
    const last = consults.findLast((names) => names.includes("consult_counting_specialist"));
    const [first] = consults;
    assert.deepEqual(last?.filter((name) => first?.includes(name)), first?.filter((name) => last?.includes(name)));
    assert.equal(last?.at(-1), "consult_counting_specialist", "what was declared before keeps its place");
  }, { sample: copySample, live: true, player, prompts: { "counting.md": COUNTING_PROMPT } });
});

Deno.test("a broken save leaves the old version at work in the run, the repaired one follows it, a removed one retires, and the run ends well", () => {
  const { player } = counting();
  return withCrew(async (crew) => {
    const asks = async (turns: number) => {
      crew.wish({ kind: "say", to: "counting", text: "How many words?" });
      await crew.state(({ turns: { count } }) => count >= turns);
      const all = crew.facts().flatMap((fact) => fact.type === "turn_opened" && fact.role === "counting" ? [fact] : []);
      const turn = all.at(-1)!;
      return { turn, text: (await crew.fact("turn_closed", ({ id }) => id === turn.id)).text };
    };
    const opened = () => crew.run.state().turns.count;
    await crew.fact("decision_made");
    crew.wish({ kind: "hold", scope: "from", of: "arbiter" });
    await writeFiles(crew.pluginFolder, { "_words.ts": WORDS, "counting.ts": COUNTS });
    const first = await crew.fact("plugin_ready");
    await writeFiles(crew.pluginFolder, { "counting.ts": COUNTS.replace("run:", "run") });
    const refused = await crew.fact("plugin_refused");
    assert.match(refused.place, /counting\.ts:22:20$/);
    assert.equal(refused.number, 1);
    const old = await asks(opened() + 1);
    assert.deepEqual([old.turn.version, old.text], [first.version, "3 words"]);

    await writeFiles(crew.pluginFolder, { "counting.ts": COUNTING("`${words(text)} of them`") });
    const second = await crew.fact("plugin_ready", ({ number }) => number === 2);
    const repaired = await asks(opened() + 1);
    assert.deepEqual([repaired.turn.version, repaired.text], [second.version, "3 of them"]);

    await Deno.remove(`${crew.pluginFolder}/counting.ts`);
    await crew.fact("plugin_retired");
    assert.equal(crew.run.registry().roles.counting, undefined);
    for (const hold of crew.run.state().messages.holds) crew.wish({ kind: "lift", hold: hold.id });
    for (const { id, status } of crew.run.state().messages.list) {
      if (status === "held") crew.wish({ kind: "release", message: id });
    }
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(fold(crew.journal.read(), EMPTY), crew.run.state(), "what is so follows from the facts alone");
  }, { sample: copySample, live: true, player, prompts: { "counting.md": COUNTING_PROMPT } });
});

/** A plugin with one tool. */
const TOOL = (name: string, said = "done") =>
  `import { z } from "zod";
export default {
  name: "${name}",
  tools: [{ name: "${name}", describes: "Does it.", input: z.object({ path: z.string() }), access: "reads", run: () => "${said}" }],
};
`;

Deno.test("a project's plugin is used after the person's yes to its difference, and a later version after another", () =>
  withCrew(async (crew) => {
    const folder = `${crew.project}/.autonomy/plugins`;
    const asked = (at: number) =>
      crew.state(({ people }) => people.questions.length > 0).then(() =>
        crew.fact("question_asked", ({ kind, id }) => kind === "plugin" && id.startsWith(`plugin${at}.`))
      );
    await crew.fact("decision_made");
    crew.wish({ kind: "pause" });
    await writeFiles(folder, { "shout.ts": TOOL("shout") });
    const first = await asked(1);
    assert.equal(first.text, "Use the plugin .autonomy/plugins/shout.ts of this project? It is new.");
    assert.match(first.shows?.text ?? "", /^--- \.autonomy\/plugins\/shout\.ts\n\+\+\+ .*\n@@ .*\n\+import \{ z \}/);
    assert.ok(!crew.offers().some(({ plugin }) => plugin === "shout"));
    crew.wish({ kind: "answer", question: first.id, approved: true, text: "" });
    assert.equal((await crew.fact("plugin_ready")).origin, "project");

    await writeFiles(folder, { "shout.ts": TOOL("shout", "louder") });
    const second = await asked(2);
    assert.match(second.text, /It changed\.$/);
    assert.match(second.shows?.text ?? "", /\n-.*"done".*\n\+.*"louder"/);
    await writeFiles(folder, { "shout.ts": TOOL("shout", "loudest") });
    const third = await asked(3);
    assert.deepEqual(
      crew.run.state().people.questions.map(({ id }) => id),
      [third.id],
      "the question of before is gone",
    );
    crew.wish({ kind: "answer", question: third.id, approved: false, text: "" });
    await crew.state(({ people }) => people.questions.length === 0);
    assert.equal(crew.run.state().plugins.byName.shout?.number, 1);
    assert.ok(crew.run.state().people.trusted, "a no is one to the plugin alone");
  }, { live: true }));

Deno.test("the process of a tool of a specialist is there once its turn begins, before any call", () =>
  withCrew(async (crew) => {
    await crew.fact("turn_opened", ({ tools }) => tools.includes("shout"));
    assert.equal((await whenAlive(crew.home, 1)).length, 1);
    const calls = crew.facts().filter((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "tool" && fact.effect.call.name === "shout"
    );
    assert.deepEqual(calls, []);
  }, {
    live: true,
    plugins: { "shout.ts": TOOL("shout") },
    config: { roles: { reasoning: { tools: ["shout"] } } },
  }));

Deno.test("without a screen a project's plugin waits, is said to, and is used once the project is trusted elsewhere", () =>
  withCrew(async (crew) => {
    await crew.fact("decision_made");
    crew.wish({ kind: "pause" });
    await writeFiles(`${crew.project}/.autonomy/plugins`, { "shout.ts": TOOL("shout") });
    const waits = await crew.fact("plugin_waits");
    assert.equal(
      waits.text,
      "The plugin .autonomy/plugins/shout.ts of this project is new: it is used once you say yes: autonomy trust",
    );
    assert.deepEqual(crew.run.state().people.questions, []);
    trustProject(crew.home, standingOf(crew.home, crew.project));
    assert.equal((await crew.fact("plugin_ready")).plugin, "shout");
  }, { live: true, begun: { headless: true } }));

Deno.test("hosts and limits of the configuration are taken up, each with its line; a wrong file is told with its place", () =>
  withCrew(async (crew) => {
    const save = (text: string) => writeFiles(dirname(crew.configFile), { "config.jsonc": text });
    const [fast] = crew.fleet.status();
    const names = () => crew.fleet.status().map(({ name }) => name);
    crew.wish({ kind: "pause" });
    await save('{ "limits": { "tokens": 123000, "turns": 7, } }');
    const { limits } = await crew.fact("limits_raised");
    assert.deepEqual([limits.tokens, limits.turns], [123000, 7]);

    const before = names();
    await save('{ "limits": { "tokens": "many" } }');
    const wrong = await crew.fact("configuration_changed", ({ faults }) => faults.length > 0);
    assert.match(wrong.faults[0]!.place, /config\.jsonc:1:25$/);
    assert.match(wrong.faults[0]!.text, /^limits\.tokens must be a/);
    assert.deepEqual(names(), before);

    await save(`{ "hosts": { "own": { "url": "${fast!.url}" } }, "limits": { "tokens": 123000, "turns": 7 } }`);
    const added = await crew.fact("configuration_changed", ({ added }) => added.length > 0);
    assert.deepEqual([added.added, added.removed], [["own"], before]);
    assert.deepEqual(names(), ["own"]);
  }, { live: true }));

Deno.test("a specialist in Markdown that is saved during a run joins the crew, follows its saves, and goes with its file", () =>
  withCrew(async (crew) => {
    const agents = `${crew.pluginFolder}/../agents`;
    const file = (words: string) => `---\ndescribes: ${words}\ntools: [read_file, answer]\n---\nYou read. ${words}\n`;
    await crew.fact("decision_made");
    crew.wish({ kind: "pause" });
    await writeFiles(agents, { "reader.md": file("Reads files.") });
    assert.deepEqual((await crew.fact("plugin_ready")).roles, ["reader"]);
    assert.equal(crew.run.registry().roles.reader?.describes, "Reads files.");
    await writeFiles(agents, { "reader.md": file("Reads whole files.") });
    await crew.fact("plugin_ready", ({ number }) => number === 2);
    assert.equal(crew.run.registry().roles.reader?.describes, "Reads whole files.");
    await writeFiles(agents, { "reader.md": "---\ndescribes: 7\n---\n" });
    assert.match((await crew.fact("plugin_refused")).place, /reader\.md/);
    crew.wish({ kind: "rollback", plugin: crew.run.state().plugins.byName.reader!.plugin });
    const back = await crew.fact("plugin_rolled_back");
    assert.deepEqual([back.number, back.from], [1, 2]);
    await Deno.remove(`${agents}/reader.md`);
    await crew.fact("plugin_retired");
    assert.equal(crew.run.registry().roles.reader, undefined);
  }, { live: true }));
