import { decisionAtWork } from "../../src/features/decisions/slice.ts";
import assert from "node:assert/strict";
import { type CrewRun, withCrew } from "./fixtures/crew_run.ts";

const SAID = "Look for the kumquat in every file.";
const TOLD = "The kumquat stands in src/slug.js.";

/** Waits for the first message that comes up while all are held. */
async function firstHeld(crew: CrewRun) {
  crew.wish({ kind: "hold", scope: "all", of: "" });
  const { message } = await crew.fact("message_sent");
  assert.equal(statusOf(crew, message.id), "held");
  return message;
}

function statusOf({ run }: CrewRun, id: string): string | undefined {
  return run.state().messages.list.find((message) => message.id === id)?.status;
}

/** The prompt of the first ask that fits and has an answer; opened after a place in the journal. */
async function promptOf(crew: CrewRun, after: number, who: { readonly turn: string | null }): Promise<string> {
  const { effect } = await crew.fact(
    "effect_opened",
    ({ seq, effect }) =>
      seq > after && effect.kind === "ask" && effect.turn === who.turn &&
      (who.turn !== null || effect.purpose === "decide"),
  );
  await crew.fact("effect_finished", ({ key }) => key === effect.key);
  return crew.prompt(effect.key);
}

Deno.test("what a person edits in a held message stands in its receiver's prompt and in the arbiter's brief", () =>
  withCrew(async (crew) => {
    const message = await firstHeld(crew);
    crew.wish({ kind: "edit", message: message.id, text: SAID });
    assert.equal(statusOf(crew, message.id), "held");
    crew.wish({ kind: "release", message: message.id });
    const turn = await crew.fact("turn_opened", (fact) => fact.message === message.id);
    assert.equal(turn.role, message.to);
    const heard = await promptOf(crew, turn.seq, { turn: turn.id });
    assert.ok(heard.includes(SAID), heard);
    assert.ok(!heard.includes(message.text), heard);
    // The answer is held by the same order, and what is made of it is what the arbiter reads.
    const { message: answer } = await crew.fact("message_sent", (fact) => fact.message.answers === message.id);
    assert.equal(statusOf(crew, answer.id), "held");
    crew.wish({ kind: "edit", message: answer.id, text: TOLD });
    crew.wish({ kind: "release", message: answer.id });
    const closed = await crew.fact("decision_closed");
    assert.ok(closed.outcome.includes(TOLD), closed.outcome);
    const brief = await promptOf(crew, closed.seq, { turn: null });
    assert.ok(brief.includes(`The person changed message ${message.id}`), brief);
    assert.ok(brief.includes(SAID) && brief.includes(TOLD), brief);
    assert.ok(!brief.includes(answer.text), brief);
  }));

Deno.test("a message that a person redirects is worked on by another specialist, and the arbiter is told", () =>
  withCrew(async (crew) => {
    const message = await firstHeld(crew);
    const to = message.to === "reasoning" ? "analysis" : "reasoning";
    crew.wish({ kind: "redirect", message: message.id, to });
    crew.wish({ kind: "lift", hold: crew.run.state().messages.holds[0]?.id ?? "" });
    const turn = await crew.fact("turn_opened", (fact) => fact.message === message.id);
    assert.equal(turn.role, to);
    assert.ok((await promptOf(crew, turn.seq, { turn: turn.id })).includes(message.text));
    const closed = await crew.fact("decision_closed");
    const brief = await promptOf(crew, closed.seq, { turn: null });
    assert.ok(brief.includes(`The person changed message ${message.id} (${message.from} to ${to})`), brief);
  }));

Deno.test("a dropped message starts no turn, the arbiter is told, and the run still ends accepted", () =>
  withCrew(async (crew) => {
    const message = await firstHeld(crew);
    crew.wish({ kind: "drop", message: message.id });
    assert.match(crew.run.send({ kind: "edit", message: message.id, text: "late" }) ?? "", /dropped/);
    const closed = await crew.fact("decision_closed");
    assert.equal(closed.ok, false);
    assert.match(closed.outcome, /dropped by (the )?person/);
    crew.wish({ kind: "lift", hold: crew.run.state().messages.holds[0]?.id ?? "" });
    const brief = await promptOf(crew, closed.seq, { turn: null });
    assert.match(brief, new RegExp(`The person changed message ${message.id} .{0,60}dropped`));
    const ended = await crew.fact("run_ended");
    assert.equal(ended.kind, "accepted", ended.cause);
    assert.ok(!crew.facts().some((fact) => fact.type === "turn_opened" && fact.message === message.id));
  }));

Deno.test("while a run is paused nothing begins and nothing is written; unpaused it answers what was said", () =>
  withCrew(async (crew) => {
    await crew.fact("decision_made");
    crew.wish({ kind: "pause" });
    await crew.state(({ effects }) => Object.keys(effects.open).length === 0);
    crew.wish({ kind: "say", to: "arbiter", text: SAID });
    const said = crew.facts().length;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(crew.facts().length, said);
    const paused = await crew.fact("run_paused");
    assert.ok(!crew.facts().some(({ seq, type }) => seq > paused.seq && type === "effect_opened"));
    crew.wish({ kind: "unpause" });
    const told = await crew.fact("person_told");
    assert.ok(told.text.includes(SAID), told.text);
  }));

Deno.test("an ask that waits for a slot when a run is paused is sent only once it goes on", () =>
  withCrew(async (crew) => {
    // Told of the fact itself, a person is quicker than the placing of the ask that it opens.
    let key = "";
    const quiet = crew.run.subscribe((facts) => {
      for (const fact of facts) {
        if (key !== "" || fact.type !== "effect_opened" || fact.effect.kind !== "ask") continue;
        key = fact.effect.key;
        crew.wish({ kind: "pause" });
      }
    });
    await crew.fact("run_paused");
    quiet();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(crew.facts().filter((fact) => fact.type === "ask_placed"), []);
    crew.wish({ kind: "unpause" });
    assert.equal((await crew.fact("ask_placed")).key, key);
  }));

Deno.test("what a person says to the arbiter is answered while a specialist works, and the work goes on", () =>
  withCrew(async (crew) => {
    const attempt = await crew.fact("attempt_opened");
    const decision = decisionAtWork(crew.run.state())?.id;
    crew.wish({ kind: "say", to: "arbiter", text: SAID });
    const told = await crew.fact("person_told");
    assert.ok(told.text.includes(SAID), told.text);
    const heard = crew.facts().filter(({ seq }) => seq < told.seq).findLast((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "decide"
    );
    assert.ok(heard?.type === "effect_opened");
    assert.ok(crew.prompt(heard.effect.key).includes(`The person says: ${SAID}`));
    const closed = await crew.fact("decision_closed", ({ id }) => id === decision);
    assert.equal(closed.ok, true);
    assert.ok(crew.facts().some((fact) => fact.type === "attempt_closed" && fact.task === attempt.task));
  }));
