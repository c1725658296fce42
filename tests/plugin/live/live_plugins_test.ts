import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import type { ToolContext } from "../../../src/ports/tool.ts";
import { type LiveShelf, withLiveShelf } from "./live_shelf.ts";

/** A plugin with a tool that says something, and a specialist of its own. */
const PLUGIN = (name: string, { run = '() => "done"', more = "", prompt = "coding.md" } = {}) =>
  `import { z } from "zod";
import { ToolError } from "autonomy";
export default {
  name: "${name}",
  specialists: [{ role: "${name}", describes: "Does it.", models: ["m"], window: 8192, temperature: 0, prompt: "${prompt}",
    tools: ["${name}_tool"], phases: [] }],
  tools: [{ name: "${name}_tool", describes: "Does it.", input: z.object({ path: z.string() }), access: "reads", run: ${run} }],
  ${more}
};
`;

/** What happened, without what the crew is made of: types, with numbers of versions. */
function told(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap((fact) => {
    if (fact.type === "crew_assembled") return [];
    const number = "number" in fact ? ` v${fact.number}` : "";
    const before = "before" in fact && fact.before !== null ? ` after v${fact.before}` : "";
    return [`${fact.type}${number}${before}`];
  });
}

/** A turn of a role, which has the tools of the role. */
function turn(id: string, role: string): Fact {
  const rest = { message: "m1", purpose: "consult", tools: [`${role}_tool`], temperature: 0, seed: 1 };
  return { type: "turn_opened", id, role, ...rest, decision: null, attempt: null };
}

function over(id: string): Fact {
  return { type: "turn_closed", id, ending: "finished", text: "" };
}

/** Calls the tool of a plugin as it is now. */
function call({ crew }: LiveShelf, name: string, signal = new AbortController().signal): Promise<{ text: string }> {
  return crew().tools.get(`${name}_tool`)!.run({ path: "a" }, {
    signal,
    workspace: { root: "/" },
    report() {},
  } as unknown as ToolContext);
}

Deno.test("a plugin that is saved is in use; a broken save leaves it and says where; a repaired one is the next; a removed one retires", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({
      "one.ts": PLUGIN("one", { run: "() => text" }) + 'import { text } from "./_text.ts";',
      "_text.ts": 'export const text = "first";',
    });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"]);
    assert.equal((await call(shelf, "one")).text, "first");

    await shelf.save({ "_text.ts": "\nexport const text = ;" });
    const [refused] = shelf.takeUp();
    assert.ok(refused?.type === "plugin_refused");
    assert.equal(refused.place, `${shelf.folder}/_text.ts:2:21`);
    assert.deepEqual([refused.text, refused.number], ["it does not load: Expression expected", 1]);
    assert.equal((await call(shelf, "one")).text, "first", "the old version goes on");
    await shelf.look();
    assert.deepEqual(shelf.takeUp(), [], "what was told once is not told again");

    await shelf.save({ "_text.ts": 'export const text = "first";' });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"], "the version in use stands there again");
    assert.deepEqual(shelf.state().plugins.troubles, {});

    await shelf.save({ "_text.ts": 'export const text = "second";' });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v2 after v1"]);
    assert.equal((await call(shelf, "one")).text, "second", "no helper of the version before is left");

    await shelf.remove("one.ts");
    assert.deepEqual(told(shelf.takeUp()), ["plugin_retired v2"]);
    assert.equal(shelf.crew().tools.has("one_tool"), false);
    assert.equal(shelf.crew().registry.roles.one, undefined);
  }));

Deno.test("what an open turn uses changes once it is over, and waits are told once; what it does not use changes at once", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "one.ts": PLUGIN("one"), "two.ts": PLUGIN("two") });
    shelf.takeUp();
    shelf.happens(turn("t1", "one"));
    await shelf.save({
      "one.ts": PLUGIN("one", { run: '() => "new"' }),
      "two.ts": PLUGIN("two", { run: '() => "new"' }),
    });
    assert.deepEqual(told(shelf.takeUp()).toSorted(), ["plugin_ready v2 after v1", "plugin_waits"]);
    assert.deepEqual([(await call(shelf, "one")).text, (await call(shelf, "two")).text], ["done", "new"]);
    assert.deepEqual(shelf.takeUp(), []);
    shelf.happens(over("t1"));
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v2 after v1"]);
    assert.equal((await call(shelf, "one")).text, "new");

    shelf.happens(turn("t2", "one"));
    await shelf.remove("one.ts");
    assert.deepEqual(told(shelf.takeUp()), ["plugin_waits"]);
    assert.ok(shelf.crew().tools.has("one_tool"));
    shelf.happens(over("t2"));
    assert.deepEqual(told(shelf.takeUp()), ["plugin_retired v2"]);
  }));

Deno.test("a call that is under way ends on the version that it began with, which is closed only then", () =>
  withLiveShelf(async (shelf) => {
    const gate = `gate_${crypto.randomUUID().replaceAll("-", "")}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    Object.assign(globalThis, { [gate]: promise });
    const slow = PLUGIN("one", {
      run: `async () => { await globalThis.${gate}; return (await import("./_late.ts")).text; }`,
    });
    await shelf.save({ "one.ts": slow, "_late.ts": 'export const text = "old";' });
    shelf.takeUp();
    const running = call(shelf, "one");
    for (const text of ["new", "newer"]) {
      await shelf.save({ "_late.ts": `export const text = "${text}";` });
      shelf.takeUp();
    }
    assert.equal(shelf.held().length, 3, "the version before is kept, and the one at work");
    resolve();
    assert.equal((await running).text, "old");
    await shelf.look();
    assert.equal(shelf.held().length, 2);
    Reflect.deleteProperty(globalThis, gate);
  }));

Deno.test("a version whose first calls fail by its own fault gives way to the one before; a call that it refuses is none of its faults", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "one.ts": PLUGIN("one") });
    shelf.takeUp();
    await shelf.save({ "one.ts": PLUGIN("one", { run: '() => { throw new Error("no such thing"); }' }) });
    shelf.takeUp();
    shelf.happens(turn("t1", "one"));
    for (let calls = 0; calls < 2; calls++) await assert.rejects(call(shelf, "one"), /no such thing/);
    const [back] = shelf.takeUp();
    assert.ok(back?.type === "plugin_rolled_back", "models see no difference: nothing waits for the turn");
    assert.deepEqual([back.number, back.from], [1, 2]);
    assert.match(back.reason, /first 2 calls failed.*no such thing/);
    assert.equal((await call(shelf, "one")).text, "done");
    await shelf.look();
    assert.deepEqual(shelf.takeUp(), [], "what was given up is not opened again");
    shelf.happens(over("t1"));
    await shelf.save({ "one.ts": PLUGIN("one", { run: '() => { throw new ToolError("not that"); }' }) });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v3 after v1"]);
    for (let calls = 0; calls < 3; calls++) await assert.rejects(call(shelf, "one"), /not that/);
    assert.deepEqual(shelf.takeUp(), []);
  }));

Deno.test("a version whose kind of host gives what is no answer gives way to the one before", () =>
  withLiveShelf(async (shelf) => {
    const kind = (survey: string) =>
      `export default { name: "kinds", hosts: [{ kind: "plain", survey: () => (${survey}), chat: () => ({ text: "" }) }] };`;
    await shelf.save({ "kinds.ts": kind("{ models: [] }") });
    shelf.takeUp();
    await shelf.save({ "kinds.ts": kind("{ names: [] }") });
    shelf.takeUp();
    const survey = async () => {
      const [host] = shelf.offers().flatMap(({ hosts }) => hosts);
      const server = { url: "http://127.0.0.1:1", headers: {}, certificates: null, settings: {} };
      return await host!.ask({ ask: "survey", server }, new AbortController().signal, () => {});
    };
    for (let asks = 0; asks < 2; asks++) await assert.rejects(survey(), { failure: "protocol" });
    const [back] = shelf.takeUp();
    assert.ok(back?.type === "plugin_rolled_back");
    assert.match(back.reason, /first 2 calls failed.*its kind "plain" gave what is no answer to that \(models: /);
    assert.deepEqual(await survey(), { models: [] });
  }));

Deno.test("a person has the version before back, which stays until another one is saved", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "one.ts": PLUGIN("one") });
    shelf.takeUp();
    const second = PLUGIN("one", { run: '() => "second"' });
    await shelf.save({ "one.ts": second });
    shelf.takeUp();
    shelf.happens({ type: "rollback_wished", plugin: "one" });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_rolled_back v1"]);
    assert.equal((await call(shelf, "one")).text, "done");
    await shelf.save({ "two.ts": PLUGIN("two"), "one.ts": second });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"], "only the other one is new");
    await shelf.save({ "one.ts": PLUGIN("one", { run: '() => "third"' }) });
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v3 after v1"]);
  }));

Deno.test("a file that is renamed gives its names to the other, and a name that stays taken is refused until it is free", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "one.ts": PLUGIN("one") });
    shelf.takeUp();
    shelf.happens(turn("t1", "one"));
    await Deno.rename(`${shelf.folder}/one.ts`, `${shelf.folder}/moved.ts`);
    await shelf.look();
    assert.deepEqual(told(shelf.takeUp()), ["plugin_waits"]);
    shelf.happens(over("t1"));
    assert.deepEqual(told(shelf.takeUp()), ["plugin_retired v1", "plugin_ready v2"]);

    await shelf.save({ "taken.ts": PLUGIN("one") });
    const [taken] = shelf.takeUp();
    assert.ok(taken?.type === "plugin_refused");
    assert.match(taken.text, /a name that is taken: plugin "one" is offered by .*moved\.ts/);
    await shelf.remove("moved.ts");
    assert.deepEqual(told(shelf.takeUp()), ["plugin_retired v2", "plugin_ready v3"]);
  }));

Deno.test("a specialist whose prompt is not there yet is refused with its place, and in use once the prompt is", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "one.ts": PLUGIN("one", { prompt: "one.md" }) });
    const [refused] = shelf.takeUp();
    assert.ok(refused?.type === "plugin_refused");
    assert.match(refused.text, /^specialists\[0\]\.prompt \(role "one"\): There is no prompt file "one\.md"/);
    assert.equal(refused.number, null);
    shelf.prompt("one.md");
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"]);
  }));

Deno.test("what was declared before keeps its place, whatever the name of the new file", () =>
  withLiveShelf(async (shelf) => {
    await shelf.save({ "middle.ts": PLUGIN("middle") });
    shelf.takeUp();
    const before = Object.keys(shelf.crew().registry.roles);
    await shelf.save({ "a_first.ts": PLUGIN("first") });
    shelf.takeUp();
    assert.deepEqual(Object.keys(shelf.crew().registry.roles), [...before, "first"]);
    assert.equal([...shelf.crew().tools.keys()].at(-1), "first_tool");
  }));

Deno.test("a plugin that opens slowly keeps no other from being in use, and is forgotten where another version was saved meanwhile", () => {
  const slow = Promise.withResolvers<void>();
  let isFirst = true;
  return withLiveShelf(async (shelf) => {
    const woken = shelf.woken();
    await shelf.begin({ "slow.ts": PLUGIN("slow"), "two.ts": PLUGIN("quick") });
    await woken;
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"]);
    assert.equal([...shelf.crew().tools.keys()].at(-1), "quick_tool");
    const newer = shelf.woken();
    await shelf.begin({ "slow.ts": PLUGIN("slow", { run: '() => "newer"' }) });
    await newer;
    assert.deepEqual(told(shelf.takeUp()), ["plugin_ready v1"]);
    slow.resolve();
    await shelf.look();
    assert.deepEqual(shelf.takeUp(), []);
    assert.equal((await call(shelf, "slow")).text, "newer");
    assert.equal(shelf.held().length, 2, "nothing of it is left open");
  }, (open) => async (place, bounds) => {
    const offer = await open(place, bounds);
    if (!place.path.endsWith("slow.ts") || !isFirst) return offer;
    isFirst = false;
    await slow.promise;
    return offer;
  });
});
