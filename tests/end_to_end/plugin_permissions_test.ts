import assert from "node:assert/strict";
import { Grants } from "../../src/plugin/host/grants.ts";
import { NO_PERMISSIONS } from "../../src/plugin/host/permissions.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { type CrewRun, withCrew } from "./fixtures/crew_run.ts";

/** A plugin with a tool that wants something, and a word that tells its versions apart. */
const WANTS = (permissions: string, word = "first") =>
  `import { z } from "zod";
export default {
  name: "weather",
  tools: [{ name: "weather", describes: "Tells the weather.", input: z.object({ town: z.string() }), access: "reads",
    permissions: ${permissions}, run: () => "${word}" }],
};
`;
const NET = '{ net: ["weather.example"] }';
const MORE = '{ net: ["weather.example"], run: ["git"] }';

function save(crew: CrewRun, text: string): Promise<void> {
  return writeFiles(crew.pluginFolder, { "weather.ts": text });
}

/** What the plugin has. */
function granted(crew: CrewRun) {
  const { contained } = crew.offers().find(({ plugin }) => plugin === "weather")!;
  return contained!.granted();
}

/** The question that is open. */
async function question(crew: CrewRun) {
  const { people } = await crew.state(({ people }) => people.questions.length > 0);
  return people.questions.at(-1)!;
}

Deno.test("a plugin that wants more than its workspace is asked about once: a yes holds for later versions, more is asked for, and what was given stays", () =>
  withCrew(async (crew) => {
    await crew.fact("decision_made");
    crew.wish({ kind: "pause" });
    await save(crew, WANTS(NET));
    const first = await question(crew);
    assert.equal(
      first.text,
      "The plugin weather wants more than its workspace: it connects to weather.example. Allow it?",
    );
    assert.match(
      first.context,
      /It lies in .*\/weather\.ts\. A yes holds until you take it back: autonomy plugins revoke weather\./,
    );
    assert.deepEqual(granted(crew), NO_PERMISSIONS, "it is in use without");
    crew.wish({ kind: "answer", question: first.id, approved: true, text: "" });
    assert.deepEqual(granted(crew), { ...NO_PERMISSIONS, net: ["weather.example"] });
    assert.deepEqual(
      new Grants(crew.home).of({ path: `${crew.pluginFolder}/weather.ts`, origin: "user", hash: "" }, {
        ...NO_PERMISSIONS,
        net: ["weather.example"],
      }),
      granted(crew),
      "later runs know it",
    );

    await save(crew, WANTS(NET, "second"));
    await crew.fact("plugin_ready", ({ number }) => number === 2);
    assert.deepEqual(crew.run.state().people.questions, []);

    await save(crew, WANTS(MORE));
    const second = await question(crew);
    assert.match(second.text, /workspace: it starts git\. Allow it\?$/);
    assert.match(second.context, /A program that it may start can do all that you can\./);
    crew.wish({ kind: "answer", question: second.id, approved: true, text: "" });
    assert.deepEqual(granted(crew), { ...NO_PERMISSIONS, net: ["weather.example"], run: ["git"] });
  }, { live: true }));

Deno.test("a no is not asked again in the session, and what was given elsewhere, or is not wanted any more, is asked no longer", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "pause" });
    const asked = () => crew.facts().filter((fact) => fact.type === "question_asked").length;
    const first = await question(crew);
    crew.wish({ kind: "answer", question: first.id, approved: false, text: "" });
    await save(crew, WANTS(NET, "second"));
    await crew.fact("plugin_ready");
    assert.deepEqual(granted(crew), NO_PERMISSIONS);
    assert.equal(asked(), 1);

    await save(crew, WANTS(MORE));
    const second = await question(crew);
    const { hash } = crew.offers().find(({ plugin }) => plugin === "weather")!.contained!;
    const all = { ...NO_PERMISSIONS, net: ["weather.example"], run: ["git"] };
    new Grants(crew.home).allow({ path: `${crew.pluginFolder}/weather.ts`, origin: "user", hash }, all);
    const given = await crew.fact("question_answered", ({ id }) => id === second.id);
    assert.deepEqual([given.approved, given.text], [true, "allowed meanwhile"]);
    assert.deepEqual(granted(crew), all);

    await save(crew, WANTS('{ env: ["TOWN"] }'));
    const third = await question(crew);
    await save(crew, WANTS("{}"));
    const over = await crew.fact("question_answered", ({ id }) => id === third.id);
    assert.deepEqual([over.approved, asked()], [false, 3]);
  }, { live: true, plugins: { "weather.ts": WANTS(NET) } }));

Deno.test("without a screen a line says how a plugin is allowed what it wants, and nothing waits for it", () =>
  withCrew(async (crew) => {
    const { text, for: what } = await crew.fact("plugin_waits");
    assert.equal(what, "permission");
    assert.equal(
      text,
      "weather wants more than its workspace, and works without until you allow it: it connects to weather.example: autonomy plugins allow weather",
    );
    assert.equal((await crew.end())?.kind, "accepted");
    assert.ok(!crew.facts().some(({ type }) => type === "question_asked"));
  }, { live: true, plugins: { "weather.ts": WANTS(NET) }, begun: { headless: true } }));
