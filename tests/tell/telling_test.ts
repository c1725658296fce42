import assert from "node:assert/strict";
import { z } from "zod";
import { defineFeature } from "../../src/features/feature.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { TellOf } from "../../src/features/known.ts";
import type { RunFeature } from "../../src/features/registry.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { Earlier } from "../../src/tell/earlier.ts";
import { rowsOf } from "../../src/tell/report_rows.ts";
import { tellingOf } from "../../src/tell/telling.ts";
import { oneOfEach } from "./fixtures/one_of_each.ts";
import { TELLING, told } from "./fixtures/told.ts";

Deno.test("each type of fact has the line of JSON that it always had, byte for byte", async () => {
  const always = await Deno.readTextFile(new URL("./fixtures/one_of_each.jsonl", import.meta.url));
  assert.equal(told(oneOfEach(), TELLING.json).join(""), always);
});

Deno.test("every type of fact that a built-in feature brings is told, and every kind of effect", () => {
  const untold = BUILT_IN.features.flatMap(({ facts = {}, tell = {} }) =>
    Object.keys(facts).filter((type) => !type.startsWith("effect_") && tell[type] === undefined)
  );
  assert.deepEqual(untold, []);
  const kinds = Object.entries(BUILT_IN.effects).filter(([, { tell }]) => tell === undefined);
  assert.deepEqual(kinds, []);
});

/** Nothing beside a task. */
const SCOPE = { missing: [], beyond: [], unexported: [], signatures: [], shrunk: [] };

Deno.test("progress is told in plain words: who has which task, which try it is, and what became of it", () => {
  const by = { seq: 1, at: 0 };
  const opened = { ...by, type: "attempt_opened", task: "T2", role: "coding", temperature: 0, seed: 1 } as const;
  const closed = { ...by, type: "attempt_closed", task: "T2", number: 1, summary: "changed a.js" } as const;
  const decided = { ...by, type: "decision_made", id: "d6", by: "arbiter", fingerprint: "f" } as const;
  const reason = "There is work in coding.";
  const over = { ...by, type: "decision_closed", id: "d6" } as const;
  const cases: readonly [fact: Stamped, lines: readonly string[]][] = [
    [{ ...opened, number: 1 }, ["assigned T2 to coding"]],
    [{ ...opened, number: 3 }, ["assigned T2 to coding, try 3"]],
    [{ ...closed, verdict: "refuted", passed: [], broke: [] }, ["T2, try 1: still failing"]],
    [{ ...closed, verdict: "refuted", passed: [], broke: ["a"] }, ["T2, try 1: taken back, broke 1 result"]],
    [{
      ...closed,
      verdict: "refuted",
      passed: [],
      broke: [],
      scope: { ...SCOPE, missing: ["median"], beyond: ["mean in s.py"] },
    }, [
      "T2, try 1: taken back, not there: median, changed unasked: mean in s.py",
    ]],
    [{
      ...closed,
      verdict: "kept",
      passed: [],
      broke: [],
      scope: { ...SCOPE, unexported: ["f in a.js"], signatures: ["g in a.js"] },
    }, [
      "T2, try 1: kept, not exported any more: f in a.js, other parameters: g in a.js",
    ]],
    [{ ...closed, verdict: "kept", broke: [], passed: ["a"] }, ["T2, try 1: kept, 1 result passes now"]],
    [{ ...closed, verdict: "kept", broke: [], passed: ["a", "b"] }, ["T2, try 1: kept, 2 results pass now"]],
    [{ ...closed, verdict: "empty", passed: [], broke: [] }, ["T2, try 1: nothing changed"]],
    [{ ...decided, name: "continue_current_phase", arguments: { reason }, reason }, [
      "decision d6 by arbiter: plan the work (There is work in coding.)",
    ]],
    [{ ...decided, name: "finish", arguments: { summary: "All is done." }, reason: "All is done." }, [
      "decision d6 by arbiter: finish: All is done.",
    ]],
    [{ ...decided, name: "consult_analysis_specialist", arguments: { query: "Where?" }, reason: "" }, [
      "decision d6 by arbiter: ask analysis: Where?",
    ]],
    [{ ...decided, name: "dance_on_tables", arguments: { table: "T1", reason }, reason }, [
      "decision d6 by arbiter: dance on tables: T1 (There is work in coding.)",
    ]],
    [{ ...by, type: "decision_refused", name: "change_phase", reason: "There is no phase x.", by: "arbiter" }, [
      "decision refused: turn to another phase: There is no phase x.",
    ]],
    [{ ...by, type: "task_changed", id: "T2", status: "in_review", reason: "" }, ["task T2 in review"]],
    // The decision that ends a run says by itself how it ended.
    [{ ...over, ok: false, outcome: "failed: no task is done" }, ["decision d6 failed: no task is done"]],
    [{ ...over, ok: true, outcome: "Answered." }, ["decision d6 succeeded: Answered."]],
    [{ ...by, type: "message_expired", id: "m1" }, []],
    [{ ...by, type: "message_expired", id: "m1", reason: "late" }, [
      "message m1 expired: what it answers was decided before it came",
    ]],
    [{ ...by, type: "message_expired", id: "m1", reason: "unheard", cause: "Its prompt does not fit." }, [
      "message m1 expired: no model answered it: Its prompt does not fit.",
    ]],
    [{ ...by, type: "run_ended", kind: "no_host", cause: "It is down." }, ["no host: It is down."]],
  ];
  for (const [fact, lines] of cases) assert.deepEqual(told([fact], TELLING.lines), [lines]);
});

/** A fact that no built-in feature knows. */
type WeatherChanged = { readonly type: "weather_changed"; readonly to: string };

const facts = { weather_changed: z.object({ to: z.string() }) };
const CHANGED = { type: "weather_changed", to: "rain", seq: 1, at: 0 } as const;

/** A feature that the program does not have, which tells its fact or not. */
function weather(tell: RunFeature["tell"]): Pick<typeof BUILT_IN, "features" | "effects" | "decisions" | "phases"> {
  const feature = defineFeature<never, WeatherChanged>({ name: "weather", facts, tell });
  return { ...BUILT_IN, features: [...BUILT_IN.features, feature] };
}

/** Every way in which a fact is told. */
function everywhere(kinds: ReturnType<typeof weather>) {
  const [telling, earlier] = [tellingOf(kinds), new Earlier(kinds)];
  return {
    json: JSON.parse(telling.json(CHANGED, earlier)),
    lines: telling.lines(CHANGED, earlier),
    entries: telling.entries(CHANGED, earlier),
    parts: telling.parts(CHANGED, earlier).map(({ of }) => of),
    rows: rowsOf([CHANGED as unknown as Stamped], kinds),
  };
}

Deno.test("a fact of a type that nobody tells is told by its name everywhere", () => {
  for (const kinds of [BUILT_IN, weather(undefined)]) {
    assert.deepEqual(everywhere(kinds), {
      json: { version: 1, type: "weather.changed", seq: 1, at: "1970-01-01T00:00:00.000Z" },
      lines: ["weather changed"],
      entries: [],
      parts: [],
      rows: { Also: "  weather changed\n" },
    });
  }
});

Deno.test("a feature that is added tells its own facts", () => {
  const tell: TellOf<"weather_changed", WeatherChanged> = {
    weather_changed: {
      json: ["to"],
      lines: ({ to }) => [`the weather: ${to}`],
      entries: ({ to }) => [{ role: "coding", kind: "application", of: null, title: "", text: to }],
      row: ({ to }) => ({ section: "Weather", id: "w", cells: [to] }),
      parts: ({ to }) => [{ of: ["w1"], text: to }],
    },
  };
  assert.deepEqual(everywhere(weather(tell)), {
    json: { version: 1, type: "weather.changed", seq: 1, at: "1970-01-01T00:00:00.000Z", to: "rain" },
    lines: ["the weather: rain"],
    entries: [{ role: "coding", kind: "application", of: null, title: "", text: "rain" }],
    parts: [["w1"]],
    rows: { Weather: "  rain\n" },
  });
});

Deno.test("threads hold what was told to a role, what it said and called, what came of that, and how its turn ended", () => {
  const entries = told(oneOfEach(), TELLING.entries).flat().map(({ role, kind, of, title, text }) =>
    [role, kind, of ?? "", title, text].join("|")
  );
  assert.deepEqual(entries, [
    "arbiter|decision|d1|consult_coding_specialist|to know",
    // As it was edited until then.
    "coding|message|t1|arbiter|Where is it?",
    "coding|model|t1||It is named.",
    "coding|call|t1|read_file|a.js",
    "coding|result|t1|read_file|1",
    "coding|failure|||It said nothing.",
    "coding|failure|t1|read_file|It is outside the project.",
    "coding|application|t1||The person edited your message.",
    'coding|application|t1||Not asked of the model: read_file {"path":"a.js"}. It is named.',
    "coding|application|t1||Not asked of the model: read_file {}. ",
    "coding|failure|t1|run_command|not allowed",
    "coding|outcome|t1|finished|In a.js.",
    "arbiter|outcome|d1||coding: in a.js",
    "coding|outcome|t1|later|noted, to run in the project once the work stands there: npm install left-pad",
    "coding|application|t1|read_file|(It says the same again.)",
  ]);
});

Deno.test("what a person was asked is shown with its turn, whole: all that would have been written or run", () => {
  const shows = { text: "changes a.ts", chars: 9_000, blob: "b1" };
  const fact = { type: "question_asked", id: "q1", kind: "call", text: "May it?", context: "", turn: "t1", shows };
  const texts = { whole: ({ blob }: { blob?: string }) => `all of ${blob}`, stored: () => null };
  const [part, ...others] = TELLING.parts({ ...fact, seq: 1, at: 0 }, new Earlier(BUILT_IN));
  assert.deepEqual([part?.of, others], [["t1"], []]);
  assert.ok(typeof part?.text === "function");
  assert.equal(part.text(texts), "── asked the person: May it?\nall of b1");
});
