import assert from "node:assert/strict";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import type { Turn } from "../../../src/features/turns/slice.ts";
import { due } from "../../../src/kernel/due.ts";
import { compose } from "../../../src/prompt/compose.ts";
import type { PromptFrame } from "../../../src/prompt/prompt.ts";
import { after, opening, prepared, replied, withTurn } from "../../given/given.ts";
import { atWork, FILES, planned, registry, wrote } from "../../given/given_attempt.ts";
import { crew } from "../../laws/crew.ts";

/** A call of a model. */
interface Wanted {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

const A: Wanted = { name: "read_file", arguments: { path: "a.ts" } };
const B: Wanted = { name: "read_file", arguments: { path: "b.ts", start_line: "1" } };
const TESTS: Wanted = { name: "run_command", arguments: { command: "npm test" } };

/** A turn that looks at code, with the tools of a reviewer. */
function looking(able: Registry = registry): State {
  const state = prepared(atWork(planned([]), able), FILES, able);
  const [turn] = Object.values(state.turns.open);
  const tools = [...new Set([...turn!.tools, "run_command", "approve_code", "report_issue"])];
  return withTurn(state, { ...turn!, purpose: "review", attempt: null, tools });
}

function turnIn(state: State): Turn {
  const [turn] = Object.values(state.turns.open);
  return turn!;
}

/** The state after a model called a tool; the tool, where it ran, said this. */
function called(state: State, call: Wanted, said: string): { state: State; ran: boolean } {
  const asked = replied(state, [call]);
  const owed = due(asked, registry, asked.at);
  if (owed.facts.length > 0) return { state: after(asked, ...owed.facts), ran: false };
  const tool = owed.effects.find(({ kind }) => kind === "tool");
  assert.ok(tool !== undefined);
  const result = { kind: "tool" as const, text: { text: said, chars: said.length }, outcome: null, ms: 1 };
  return { state: after(asked, opening(tool), { type: "effect_finished", key: tool.key, result }), ran: true };
}

/** Makes calls one after the other, and says which of them ran. */
function each(state: State, calls: readonly (readonly [Wanted, string])[]): { state: State; ran: boolean[] } {
  const ran: boolean[] = [];
  let now = state;
  for (const [call, said] of calls) {
    const next = called(now, call, said);
    now = next.state;
    ran.push(next.ran);
  }
  return { state: now, ran };
}

Deno.test("a call that was made before is answered from what is known, in a row and by turns, whatever the order of its arguments", () => {
  assert.deepEqual(each(looking(), [[A, "one"], [A, "one"]]).ran, [true, false]);
  const turned = { ...B, arguments: { start_line: "1", path: "b.ts" } };
  const rounds = each(looking(), [[A, "one"], [B, "two"], [A, "one"], [turned, "two"]]);
  assert.deepEqual(rounds.ran, [true, true, false, false]);
  const last = turnIn(rounds.state).exchange.at(-1);
  assert.ok(last?.from === "tool" && last.ok && last.text.text === "two");
  assert.match(last.advice ?? "", /^\(You called read_file 2 times with the same arguments, and nothing has changed/);
});

Deno.test("the model reads the answer once more, and the advice to go on or to end the turn", () => {
  const { state } = each(looking(), [[A, "the text of a"], [A, ""]]);
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask");
  assert.ok(ask?.kind === "ask");
  for (const way of ["constrained", "native"] as const) {
    const frame: PromptFrame = { way, window: 16_384, ratio: 1, billions: 7, declare: () => "# Tools" };
    const text = compose(state, registry, ask, frame).messages.map(({ pieces }) =>
      pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")
    ).join("\n");
    assert.equal(text.split("the text of a").length, 3, way);
    assert.match(
      text,
      /the text of a\n\n\(You called read_file 2 times .* or end the turn: approve_code, report_issue\.\)/,
    );
  }
});

Deno.test("what was written meanwhile, by whomever, or said, makes the call again", () => {
  const read = each(looking(), [[A, "one"]]).state;
  assert.equal(called(wrote(read, "src/a.ts"), A, "new").ran, true);
  const told = after(read, { type: "turn_told", turn: turnIn(read).id, text: "The person says: look again." });
  assert.equal(called(told, A, "new").ran, true);
  assert.equal(called(read, B, "two").ran, true, "other arguments");
  const [turn] = Object.values(wrote(read, "src/a.ts").turns.open);
  assert.equal(turn?.fresh, 2, "what was read before the write");
});

Deno.test("a command that says the same twice is not run a third time; one that says something else is", () => {
  assert.deepEqual(
    each(looking(), [[TESTS, "1 failed"], [B, "b"], [TESTS, "1 failed"], [A, "a"], [
      TESTS,
      "",
    ]]).ran,
    [true, true, true, true, false],
  );
  assert.deepEqual(
    each(looking(), [[TESTS, "1 failed"], [B, "b"], [TESTS, "2 failed"], [A, "a"], [
      TESTS,
      "",
    ]]).ran,
    [true, true, true, true, true],
  );
});

Deno.test("a reviewer that goes round is answered without a tool and its turn is over, with the reason", () => {
  let state = looking();
  const ran: boolean[] = [];
  for (let times = 0; times < 40; times++) {
    const next = called(state, times % 2 === 0 ? A : B, "the same");
    state = next.state;
    ran.push(next.ran);
    const [closed] = due(state, registry, state.at).facts;
    if (closed === undefined) continue;
    assert.ok(closed.type === "turn_closed" && closed.ending === "capped");
    assert.match(closed.text, /^It goes round: 5 calls in a row, such as read_file, were made before/);
    assert.deepEqual(ran, [true, true, false, false, false, false, false]);
    return;
  }
  assert.fail("It went round for ever.");
});

Deno.test("many different calls that are all known end a turn, too; a new one between them does not", () => {
  const files = Array.from({ length: 9 }, (_, index) => ({ name: "read_file", arguments: { path: `${index}.ts` } }));
  const long = crew({ steps: 60 });
  let state = looking(long);
  for (const call of files) state = called(state, call, call.arguments.path).state;
  for (const [index, call] of files.entries()) {
    if (index === 4) state = called(state, B, "new").state;
    assert.equal(called(state, call, "").ran, false);
    state = called(state, call, "").state;
    assert.equal(due(state, long, state.at).facts.length, 0, `${index}`);
  }
  for (const call of files.slice(0, 3)) state = called(state, call, "").state;
  const [closed] = due(state, long, state.at).facts;
  assert.ok(closed?.type === "turn_closed" && /^It goes round: 8 calls/.test(closed.text), JSON.stringify(closed));
});

Deno.test("a call that writes, concludes or waits for a text is made each time", () => {
  const write = { name: "rewrite_file", arguments: { path: "src/a.ts" } };
  let state = looking();
  for (let times = 0; times < 2; times++) {
    state = replied(state, [write]);
    const ask = due(state, registry, state.at).effects[0];
    assert.ok(ask?.kind === "ask" && ask.purpose === "text");
    state = after(state, { type: "call_refused", turn: turnIn(state).id, name: "rewrite_file", reason: "no" });
  }
});

Deno.test("a call that fails three times in the same words ends its turn, whatever is called in between; after a write it counts anew", () => {
  const fails = (from: State, text: string) => {
    const edit = { path: "src/a.ts", old_text: "x", new_text: "y" };
    const asked = replied(from, [{ name: "edit_file", arguments: edit }]);
    const [tool] = due(asked, registry, asked.at).effects;
    return after(asked, opening(tool), { type: "effect_failed", key: tool!.key, failure: "tool_error", text, ms: 1 });
  };
  const between = (from: State, path: string) => called(from, { name: "read_file", arguments: { path } }, path).state;
  const twice = between(fails(between(fails(looking(), "it is not there"), "c.ts"), "it is not there"), "d.ts");
  assert.deepEqual(due(twice, registry, twice.at).facts, []);
  const [closed] = due(fails(twice, "it is not there"), registry, twice.at).facts;
  assert.ok(closed?.type === "turn_closed" && closed.ending === "capped");
  assert.match(
    closed.text,
    /^edit_file failed 3 times in the same words, and nothing was changed in between: it is/,
  );
  for (const other of [fails(twice, "another fault"), fails(wrote(twice, "src/a.ts"), "it is not there")]) {
    assert.deepEqual(due(other, registry, other.at).facts, []);
  }
});
