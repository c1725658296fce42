import assert from "node:assert/strict";
import { type CrewRun, withCrew } from "./fixtures/crew_run.ts";

const SAID = "Look for the kumquat in every file.";

const messageOf = ({ run }: CrewRun, id: string) => run.state().messages.list.find((message) => message.id === id);

Deno.test("messages are caught at pace 0: held, edited, sent to two roles, one of them dropped, taken back and let go, each reaches its reader once", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "hold", scope: "all", of: "" });
    const { message } = await crew.fact("message_sent");
    const { id } = message;
    const [to, also] = ["reasoning", "coding"] as const;
    const status = (one: string) => messageOf(crew, one)?.status;
    assert.equal(status(id), "held");
    crew.wish({ kind: "edit", message: id, text: "Never mind." });
    crew.wish({ kind: "edit", message: id, text: SAID });
    crew.wish({ kind: "redirect", message: id, to });
    crew.wish({ kind: "duplicate", message: id, to: also });
    const { message: other } = await crew.fact("message_sent", ({ message }) => message.duplicateOf === id);
    assert.equal(status(other.id), "held");
    crew.wish({ kind: "drop", message: other.id });
    assert.equal(status(other.id), "dropped");
    crew.wish({ kind: "take_back", message: other.id });
    assert.equal(status(other.id), "held");
    crew.wish({ kind: "edit", message: other.id, text: "Say nothing." });
    crew.wish({ kind: "take_back", message: other.id });
    const before = crew.facts().length;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(crew.facts().length, before, "nothing goes on meanwhile");
    crew.wish({ kind: "release_all" });
    for (const [one, role] of [[id, to], [other.id, also]] as const) {
      const turn = await crew.fact("turn_opened", (fact) => fact.message === one);
      assert.equal(turn.role, role);
      const ask = await crew.fact("effect_opened", ({ effect }) => effect.kind === "ask" && effect.turn === turn.id);
      await crew.fact("effect_finished", ({ key }) => key === ask.effect.key);
      const heard = crew.prompt(ask.effect.key);
      assert.ok(heard.includes(SAID) && !heard.includes(message.text), heard);
    }
    // Both answers wait as well, and the arbiter reads both in one outcome.
    for (const one of [id, other.id]) {
      const answer = await crew.fact("message_sent", (fact) => fact.message.answers === one);
      assert.equal(status(answer.message.id), "held");
    }
    crew.wish({ kind: "release_all" });
    const closed = await crew.fact("decision_closed");
    assert.ok(closed.outcome.includes(`${to}: `) && closed.outcome.includes(`${also}: `), closed.outcome);
    const gate = crew.run.state().messages.holds.find(({ scope }) => scope === "all");
    crew.wish({ kind: "lift", hold: gate?.id ?? "" });
    const ended = await crew.fact("run_ended");
    assert.equal(ended.kind, "accepted", ended.cause);
    const prompted = crew.facts().flatMap((fact) => fact.type === "message_in_prompt" ? [fact.id] : []);
    assert.deepEqual(prompted.filter((one, index) => prompted.indexOf(one) !== index), []);
  }));
