import assert from "node:assert/strict";
import type { Stamped } from "../../../src/features/fact.ts";
import { openAutonomy } from "../../bench/subjects.ts";
import { type FollowedJournal, followJournal } from "../../end_to_end/fixtures/followed_journal.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";

const SAID = "Look for the kumquat.";

/** Removes what stands in the input line, and writes something else. */
const writing = (text: string) => `\x15${text}\r`;

/** Messages that stand in a prompt, in order. */
function prompted(facts: readonly Stamped[]): readonly string[] {
  return facts.flatMap((fact) => fact.type === "message_in_prompt" ? [fact.id] : []);
}

/** Roles in whose turns a message stands. */
function readersOf(facts: readonly Stamped[], id: string): readonly string[] {
  return facts.flatMap((fact) => fact.type === "turn_opened" && fact.message === id ? [fact.role] : []);
}

Deno.test({
  name:
    "messages that wait at the gate at pace 0 are edited, redirected, sent to a second role, dropped, taken back and passed by keys, also when the program is killed in the middle",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const environment = { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` };
      const opened: { end(): Promise<void> }[] = [];
      let journal: FollowedJournal | undefined;
      const open = async (...words: readonly string[]) => {
        const program = await openAutonomy(["rehearse", "--pace", "0", ...words], environment);
        opened.push(program);
        return program;
      };
      try {
        const first = await open("--step", "--keep", `${folder}/kept`);
        journal = await followJournal(`${folder}/state`);
        const { message } = await journal.fact("message_sent");
        await first.shows("GATE");
        await first.type("e");
        await first.shows("edit message");
        await first.type(writing(SAID));
        await journal.fact("message_edited", ({ id, text }) => id === message.id && text === SAID);
        const crew = await journal.fact("crew_assembled");
        const digit = (role: string) => String(1 + crew.roles.findIndex((one) => one.role === role));
        await first.type(`r${digit("reasoning")}`);
        await journal.fact("message_redirected", ({ to }) => to === "reasoning");
        await first.type(`D${digit("coding")}`);
        const { message: other } = await journal.fact(
          "message_sent",
          ({ message }) => message.duplicateOf !== undefined,
        );
        Deno.kill(first.pid, "SIGKILL");
        await first.end();

        const second = await open("--continue");
        await journal.fact("run_resumed");
        await second.shows("GATE");
        // The first is passed, so that the keys mean its duplicate.
        await second.type("\r");
        await journal.fact("message_released", ({ id }) => id === message.id);
        // In one go: once its sender was told of the drop it stays, and at pace 0 that may be before a second key arrives.
        await second.type("xb");
        await journal.fact("message_dropped", ({ id }) => id === other.id);
        await journal.fact("message_taken_back", ({ id }) => id === other.id);
        await second.type("\r");
        await journal.fact("message_released", ({ id }) => id === other.id);
        const answers: string[] = [];
        for (const { id } of [message, other]) {
          const { message: answer } = await journal.fact("message_sent", (fact) => fact.message.answers === id);
          answers.push(answer.id);
        }
        await second.type("A");
        for (const answer of answers) await journal.fact("message_in_prompt", ({ id }) => id === answer);
        await second.type("H");
        await journal.fact("hold_lifted");
        const ended = await journal.fact("run_ended");
        assert.equal(ended.kind, "accepted", ended.cause);
        assert.deepEqual(readersOf(journal.facts(), message.id), ["reasoning"]);
        assert.deepEqual(readersOf(journal.facts(), other.id), ["coding"]);
        const twice = prompted(journal.facts());
        assert.deepEqual(twice.filter((id, index) => twice.indexOf(id) !== index), [], "no message is read twice");
      } finally {
        journal?.close();
        for (const program of opened) await program.end();
      }
    }),
});
