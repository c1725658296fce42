import { copyPlainSample } from "../rehearsal/plain_sample.ts";
import assert from "node:assert/strict";
import { z } from "zod";
import type { EffectKind } from "../../src/effects/effect_kind.ts";
import { defineFeature, onFailure } from "../../src/features/feature.ts";
import type { State } from "../../src/features/state.ts";
import type { AnyFact } from "../../src/kernel/fact.ts";
import { type Granted, granted } from "../../src/kernel/granted.ts";
import { type Due, effects, NOTHING } from "../../src/kernel/owed.ts";
import { unknownIn } from "../../src/plugin/built_in.ts";
import { type CrewRun, started, withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** File that says what is new in the project. */
const NEWS = "NEWS.md";

/** Writes a line about a task that is done to the file of news. */
const Announce = z.object({ kind: z.literal("announce"), key: z.string(), task: z.string(), line: z.string() });
type Announce = z.infer<typeof Announce>;

const Announced = z.object({ kind: z.literal("announce"), task: z.string(), line: z.string() });
type Announced = z.infer<typeof Announced>;

interface News {
  /** Tasks by the key of their announcement, while it is open. */
  readonly open: Readonly<Record<string, string>>;
  readonly told: readonly string[];
  /** How announcements ended that told nothing. */
  readonly lost: readonly string[];
  readonly hushed: boolean;
}

type NewsFact = { readonly type: "news_hushed" };

const news = defineFeature<News, NewsFact, Announce, Announced>({
  name: "news",
  facts: { news_hushed: z.object({}) },
  empty: { open: {}, told: [], lost: [], hushed: false },
  on: {
    effect_opened: (own, { effect }) =>
      effect.kind === "announce" ? { ...own, open: { ...own.open, [effect.key]: effect.task } } : own,
    effect_finished: (own, { key, result }) =>
      result.kind === "announce" ? { ...over(own, key), told: [...own.told, result.task] } : own,
    ...onFailure<News>((own, { key, type }) =>
      own.open[key] === undefined ? own : { ...over(own, key), lost: [...own.lost, type] }
    ),
    news_hushed: (own) => ({ ...own, hushed: true }),
  },
  due: dueNews,
  wishes: { hush_news: (): Granted<NewsFact> => granted<NewsFact>({ type: "news_hushed" }) },
});

function over(own: News, key: string): News {
  const { [key]: _over, ...open } = own.open;
  return { ...own, open };
}

function dueNews(state: State): Due<never, Announce> {
  const { open, told, hushed } = news.of(state);
  const task = state.tasks.list.find(({ id, status }) => status === "done" && !told.includes(id));
  // One after the other: each adds to what the one before it wrote.
  if (task === undefined || hushed || Object.keys(open).length > 0) return NOTHING;
  const key = `announce.${task.id}.${state.effects.count}`;
  return effects({ kind: "announce", key, task: task.id, line: `- ${task.description.split("\n")[0]}` });
}

const announce: EffectKind<Announce, Announced> = {
  schema: Announce,
  result: Announced,
  feature: news,
  orphan: (state: State) => news.of(state).hushed,
  says: ({ task }) => `announcing ${task}`,
  async perform({ task, line }, { workspace }) {
    const before = await workspace.exists(NEWS) ? (await workspace.read(NEWS)).text : "";
    await workspace.write(NEWS, `${before}${line}\n`);
    return { kind: "announce", task, line };
  },
  settle({ key, task, line }, { written }) {
    return written.length === 0 ? null : { type: "effect_finished", key, result: { kind: "announce", task, line } };
  },
};

/** What happened to effects of this kind, in the order of their facts. */
function endings({ facts }: CrewRun): string[] {
  const all: readonly (AnyFact & { readonly key?: string })[] = facts();
  return all.filter(({ type, key }) => type.startsWith("effect_") && key?.startsWith("announce.") === true)
    .map(({ type, key }) => `${key!.split(".")[1]} ${type}`);
}

Deno.test("an effect that is added writes through the workspace, and its feature hears what it gave", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const state = crew.run.state();
    // With the last one, the documents, the run is over: nothing is owed any more.
    const done = state.tasks.list.flatMap(({ id, kind, status }) =>
      status === "done" && kind !== "documentation" ? [id] : []
    );
    assert.ok(done.length > 1);
    assert.deepEqual([news.of(state).told.toSorted(), news.of(state).open, news.of(state).lost], [done, {}, []]);
    assert.equal(state.files.byPath[NEWS]?.original, null, "its writes are known, so that they can be taken back");
    const text = new TextDecoder().decode(crew.journal.getBlob(state.files.byPath[NEWS]!.current!));
    assert.equal(text.split("\n").filter((line) => line.startsWith("- ")).length, done.length);
    assert.deepEqual(crew.facts().map(unknownIn).filter((one) => one?.startsWith("result.kind")).length, done.length);
  }, { sample: copyPlainSample, added: { effects: { announce } } }));

Deno.test("an added effect that nobody waits for any more is cancelled while it is at work", () => {
  const perform: typeof announce.perform = (_effect, _world, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  return withCrew(async (crew) => {
    await crew.state((state) => Object.keys(news.of(state).open).length > 0);
    crew.wish<{ readonly kind: "hush_news" }>({ kind: "hush_news" });
    const state = await crew.state((now) => Object.keys(news.of(now).open).length === 0);
    assert.deepEqual([news.of(state).lost, state.run.ending], [["effect_cancelled"], null]);
  }, { added: { effects: { announce: { ...announce, perform } } } });
});

Deno.test("an added effect that was open when the program ended is settled by its kind: done where it wrote, due again where not", () => {
  const open = (task: string) => ({
    type: "effect_opened",
    effect: { kind: "announce", key: `announce.${task}.0`, task, line: "- It works." },
  });
  const write = { path: NEWS, before: null, after: "a", modeBefore: null, modeAfter: 0o644, createdFolders: [] };
  return withCrew(async (crew) => {
    const state = await crew.state((now) => Object.keys(news.of(now).open).length === 0);
    assert.deepEqual(news.of(state).told, ["T1"]);
    assert.deepEqual(news.of(state).lost, ["effect_failed"]);
    assert.deepEqual(endings(crew), ["T1 effect_finished", "T2 effect_failed"]);
  }, {
    added: { effects: { announce } },
    past: (project) => [
      started(project),
      open("T1"),
      { type: "write_opened", key: "announce.T1.0", write },
      { type: "write_closed", key: "announce.T1.0", write, done: true },
      open("T2"),
    ],
  });
});
