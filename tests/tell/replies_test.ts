import assert from "node:assert/strict";
import { openJournal } from "../../src/run/journal.ts";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";
import { historyOf, repliesOf, shownOf } from "./fixtures/told.ts";

Deno.test("the evidence of a reply that the interpreter read names its raw text, what was offered, and who helped", () =>
  withCrew(async (crew) => {
    const interpreted = await crew.fact(
      "effect_finished",
      (fact) => fact.result.kind === "ask" && fact.result.step === "interpreter" && fact.result.calls.length > 0,
    );
    const opened = crew.facts().find((fact) => fact.type === "effect_opened" && fact.effect.key === interpreted.key);
    assert.ok(opened?.type === "effect_opened" && opened.effect.kind === "ask");
    const of = opened.effect.interprets;
    const replies = repliesOf(crew.journal);
    const state = crew.run.state();
    const all = Array.from({ length: replies.count("reasoning") }, (_, at) => replies.read("reasoning", at, state));
    const found = all.find((one) => one?.key === of);
    assert.ok(found !== null && found !== undefined, `no reply ${of}`);
    const part = (title: string) => found.parts.find((one) => one.title === title)?.text ?? "";
    assert.match(part("raw reply"), /I will call list_directory with path "\."/);
    assert.match(part("fault, as the model is told it"), /holds no call/);
    assert.match(part("tools offered"), /list_directory/);
    assert.match(part("may mean a call"), /names list_directory/);
    assert.equal(part("interpreter"), 'list_directory {"path":"."}');
    assert.match(part("record"), /failed in a row now; of \d+ in this run/);
    assert.match(part("why here"), /^wanted for reasoning; (loaded|to be loaded) on strong/);
    assert.match(found.where, /qwen2\.5:32b@strong, prompted \(config: /);
    assert.equal(replies.read("reasoning", 999, state), null);
    const thread = historyOf(crew.journal).read("interpreter", Number.MAX_SAFE_INTEGER, 50);
    assert.deepEqual(thread.map(({ kind, title, of }) => [kind, title, of]).slice(0, 2), [
      ["message", "reasoning", null],
      ["call", "list_directory", null],
    ]);
    assert.match(thread[0]?.text ?? "", /\(to be read\) .*I will call list_directory/);
    const shown = shownOf(crew.journal, opened.effect.turn ?? "");
    assert.match(shown, /fault, as the model is told it: The reply holds no call/);
    assert.match(shown, /read by interpreter: list_directory \{"path":"\."\}/);
  }));

Deno.test("a call that was not asked of the model is told with its reason, in the thread and in `show`", () =>
  inTemporaryFolder((folder) => {
    const journal = openJournal<Fact>({ path: `${folder}/run.db`, validate: parseFact });
    try {
      journal.append([
        {
          type: "turn_opened",
          id: "t1",
          role: "coding",
          message: "m1",
          purpose: "work",
          tools: ["rewrite_function"],
          temperature: 0,
          seed: 1,
        },
        {
          type: "call_given",
          turn: "t1",
          call: {
            name: "rewrite_function",
            arguments: { path: "a.js", function: "add" },
            reason: "Its text was not taken.",
          },
        },
      ], 1);
      const thread = historyOf(journal).read("coding", Number.MAX_SAFE_INTEGER, 50);
      const call = 'rewrite_function {"path":"a.js","function":"add"}';
      assert.deepEqual(thread.map(({ text }) => text), [`Not asked of the model: ${call}. Its text was not taken.`]);
      const shown = shownOf(journal, "t1");
      assert.ok(shown.includes(`not asked of the model: ${call}\nIts text was not taken.`), shown);
    } finally {
      journal.close();
    }
  }));
