import assert from "node:assert/strict";
import { NOON } from "./demo_parts.ts";
import { ASKING, DEMO, ENDED, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

screenTest("several keys in one chunk all act, words go to the focused thread, earlier words come back", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("2ihello\r", /> 2 coding/);
    await type("3i", /to reasoning ›/);
    await type("\x1b[A", /to reasoning › hello/);
    await type(" again\x7f!\r", /> 3 reasoning/);
    await type("p", /Paused\. p goes on/);
    await type("p", /The run goes on/);
  });
  assert.deepEqual(store.sent, [
    { kind: "say", to: "coding", text: "hello" },
    { kind: "say", to: "reasoning", text: "hello agai!" },
    { kind: "pause" },
    { kind: "unpause" },
  ]);
});

screenTest(
  "words behind @ and a role go to that role, as the label says, and an unknown one names the roles",
  async () => {
    const store = new DemoStore();
    await session([160, 45], store, async (_terminal, type) => {
      await type("2i@reason", /\n to coding › @reason/);
      await type("ing", /\n to reasoning › @reasoning/);
      await type("\r", /Write behind @reasoning what you say to it\./);
      await type(" Mind the\x0aquotes.", /\n to reasoning › @reasoning Mind the/);
      await type("\r", /Said to reasoning\./);
      await type(
        "i@resoning Go on\r",
        /There is no role @resoning\. There are @arbiter, @coding, @reasoning, @analysis/,
      );
      await type("", /\n to coding › @resoning Go on/);
      await type("\x15 @reasoning is a word\r", /> 2 coding/);
      await type("i@types/react is old\r", /> 2 coding/);
      await type("?", /@ROLE +before words: to that role/);
    });
    assert.deepEqual(store.sent, [
      { kind: "say", to: "reasoning", text: "Mind the\nquotes." },
      { kind: "say", to: "coding", text: "@reasoning is a word" },
      { kind: "say", to: "coding", text: "@types/react is old" },
    ]);
  },
);

screenTest("a paste goes to the input line with its lines, and is never taken for keys", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("\x1b[200~pause\rdrop\x1b[201~", /to coding › pause\s+.*drop/s);
    await type("\r", /\? help/);
  });
  assert.deepEqual(store.sent, [{ kind: "say", to: "coding", text: "pause\ndrop" }]);
});

screenTest("a refused wish keeps the words and says why", async () => {
  const store = new DemoStore();
  store.refusal = "The arbiter is not listening.";
  await session([80, 24], store, async (_terminal, type) => {
    await type("iplease\r", /The arbiter is not listening\./);
    await type("", /please/);
  });
});

screenTest(
  "a run that ends while a person writes takes no letter for a command, and only a second q quits",
  async () => {
    const store = new DemoStore();
    await session([80, 24], store, async (terminal, type, quits) => {
      await type("iWrite", /to coding › Write/);
      store.commit(ENDED);
      store.refusal = "The run has ended.";
      await terminal.until((text) => text.includes("the run is over"), "the summary");
      await type(" q quick", /to coding › Write q quick/);
      await type("\r", /The run is over: nobody reads this any more/);
      await type("ly", /to coding › Write q quickly/);
      await type("\x1b", /Esc closes/);
      await type("q", /Press q again to quit\. What you wrote was not sent/);
      await type("\x1b", /1-9 pin/);
      await type("q", /Press q again to quit/);
      await type("j", /1-9 pin/);
      assert.equal(quits(), 0);
      terminal.input.type("qq");
      await terminal.until(() => quits() === 1, "the end");
    });
    await session([80, 24], new DemoStore(ENDED), async (terminal, type, quits) => {
      await type("i", /The run is over|1-9 pin/);
      await type("\x1b[200~quit q\x1b[201~", /The run is over\. q quits/);
      await type("sq", /the run is over/);
      await terminal.until(() => quits() === 1, "the end");
    });
  },
);

screenTest("no key of a run that is over is dead while it is at work: it says when it comes", async () => {
  await session([80, 24], new DemoStore(), async (_terminal, type) => {
    for (const key of ["C", "T", "P", "S", "U", "R"]) {
      await type(key, /that key is for when it is over/);
      await type("p", /Paused|goes on/);
    }
  });
});

screenTest("what a key cannot do where one is, it says, whole in eighty columns", async () => {
  await session(
    [80, 24],
    new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list: [], holds: [] } }),
    async (_, type) => {
      await type("\x07", /i begins to write, then Ctrl-G goes on in your editor\./);
      await type("u", /No message is selected: m goes to them, H has each wait\./);
      await type("1", /1 arbiter/);
      await type("o", /No changed file here: a thread with a try has some, and c, the changes\./);
    },
  );
  await session([80, 24], new DemoStore(ENDED), async (_, type) => {
    await type("s", /1-9 pin/);
    await type("U", /c goes to the changes, where that key means the part that is shown\./);
  });
});

screenTest("a call waits for approval: d denies it, the strip goes away", async () => {
  const store = new DemoStore(ASKING);
  await session([80, 24], store, async (terminal, type) => {
    assert.match(await terminal.text(), /NEEDS YOU[\s\S]*pip install regex[\s\S]*a approve/);
    await type("d", /Denied/);
    assert.doesNotMatch(await terminal.text(), /NEEDS YOU/);
    await type("a", /Nothing is asked of you now/);
  });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q1", approved: false, text: "" }]);
});

screenTest("a question for words is answered in the input line", async () => {
  const store = new DemoStore({
    ...IDLE,
    people: {
      ...IDLE.people,
      questions: [{ id: "q2", kind: "input", text: "Which dialect is meant?", context: "", turn: null, at: NOON }],
    },
  });
  await session([80, 24], store, async (_terminal, type) => {
    await type("i", /answer ›/);
    await type("RFC 4180\r", /\? help/);
  });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q2", approved: true, text: "RFC 4180" }]);
});

for (const [kind, goesOn] of [["accepted", false], ["partial", true]] as const) {
  screenTest(`Ctrl-C over a run that ended ${kind} says ${goesOn ? "" : "nothing of "}how it goes on`, async () => {
    const ending = { kind, cause: "It ended.", at: ENDED.at };
    await session([110, 40], new DemoStore({ ...ENDED, run: { ...ENDED.run, ending } }), async (_terminal, type) => {
      const asked = await type("\x03", /Press Ctrl-C again to quit\./);
      assert.equal(asked.includes("The run can be continued later."), goesOn);
    });
  });
}

screenTest("Ctrl-C clears the input, asks, then quits; Ctrl-D on an empty line quits", async () => {
  await session([80, 24], new DemoStore(), async (terminal, type, quits) => {
    await type("idraft", /to coding › draft/);
    terminal.input.type("\x03");
    await terminal.until((text) => !text.includes("draft"), "an empty line");
    await type("\x03", /Press Ctrl-C again to quit/);
    assert.equal(quits(), 0);
    terminal.input.type("\x03");
    await terminal.until(() => quits() === 1, "the end");
    terminal.input.type("\x04");
    await terminal.until(() => quits() === 2, "the end");
  });
});

screenTest(
  "after each letter the screen is as it is painted anew, also what a list above the line shows of it",
  () =>
    session([120, 40], new DemoStore(), async (terminal, type) => {
      await type("2", /0: follow/);
      await type("i", /›/);
      for (const words of ["Hi", "@reasoning", "/re"]) {
        for (const typed of [...words].map((_, at) => words.slice(0, at + 1))) {
          terminal.input.type(typed.at(-1)!);
          await terminal.until((text) => text.split("\n").at(-2)!.includes(typed), `the line with ${typed}`);
          const shown = (await terminal.lines()).slice(0, -1);
          terminal.bytes = "";
          terminal.input.type("\x0c");
          await terminal.until(() => terminal.bytes.includes("\x1b[2J"), "the screen anew");
          // What the last row says stands until the next key.
          assert.deepEqual((await terminal.lines()).slice(0, -1), shown, typed);
        }
        terminal.input.type("\x03");
        await terminal.until((text) => !text.split("\n").at(-2)!.includes(words), "an empty line");
      }
    }, { every: () => () => {} }),
);
