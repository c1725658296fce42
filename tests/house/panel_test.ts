import assert from "node:assert/strict";
import { span } from "../../src/tui/line.ts";
import type { Panel } from "../../src/tui/panel.ts";
import { PANELS, panelsOf } from "../../src/tui/panels.ts";
import { wished } from "../../src/tui/ui.ts";
import { DemoStore } from "../tui/demo_store.ts";
import { screenTest, session } from "../tui/screen_session.ts";

/** What waits for each host, with a key that asks the arbiter about the one for which most does. */
const queues: Panel = {
  id: "queues",
  key: "K",
  room: { rows: (hosts) => 2 + hosts },
  title: (state) => `queues in ${state.run.phase}`,
  lines: ({ store }) => store.hosts().map((host) => [span(`${host.name} lets ${host.waiting.length} wait`)]),
  brief: ({ store }) => [span(`most waiting ${Math.max(...store.hosts().map((host) => host.waiting.length))}`)],
  bindings: [{
    keys: ["o"],
    help: ["o", "ask why the fullest host is slow"],
    hints: () => [{ keys: "o", does: "ask why" }],
    press({ ui, store }) {
      const [fullest] = [...store.hosts()].sort((a, b) => b.waiting.length - a.waiting.length);
      return wished(ui, { kind: "say", to: "arbiter", text: `Why is ${fullest?.name} slow?` }, "The arbiter is asked.");
    },
  }],
};

const panels = { ...PANELS, queues };

screenTest(
  "a panel that a test brings stands on the screen, has its key, its hints and its help, and its wish is sent",
  async () => {
    const store = new DemoStore();
    await session([160, 45], store, async (_terminal, type) => {
      const shown = await type("K", /> K queues in coding/);
      assert.match(shown, /fast lets 0 wait/);
      assert.match(shown, /strong lets 1 wait/);
      assert.match(
        shown,
        /t tasks 1\/4[\s\S]*m messages, 1 held[\s\S]*K queues/,
        "below the others",
      );
      assert.match(shown, /o ask why {2}\? help {2}Esc back/);
      await type("?", /Queues \(after K\)\s[\s\S]*o +ask why the fullest host is slow/);
      assert.match(await type("", /t l c m f K/), /t l c m f K +tasks, decisions, changes,[\s\S]*fleet, queues/);
      await type("\x1b", /> K queues/);
      await type("o", /The arbiter is asked\./);
    }, { panels });
    assert.deepEqual(store.sent, [{ kind: "say", to: "arbiter", text: "Why is strong slow?" }]);
  },
);

screenTest("on a narrow screen it is in the row that stands for panels, and its key and Tab bring it", async () => {
  const store = new DemoStore();
  await session([100, 24], store, async (terminal, type) => {
    assert.match(await terminal.text(), /most waiting 1 ──\n/);
    assert.match(await type("K", /> K queues in coding/), /fast lets 0 wait/);
    await type("\x1b", /> 2 coding/);
    // Back from the first thread on the stage to the last panel.
    await type("\x1b[Z", /> K queues in coding/);
    store.refusal = "The arbiter is not listening.";
    await type("o", /The arbiter is not listening\./);
    assert.doesNotMatch(await type("z", /> K queues[\s\S]*Esc unzoom/), /─ 2 coding/, "it has the whole screen");
  }, { panels });
});

Deno.test("two panels of one name or one key are refused, and so is a key that means something already", () => {
  const others = (panel: Partial<Panel>) => () => panelsOf(["arbiter"], { ...PANELS, own: { ...queues, ...panel } });
  assert.throws(others({ id: "tasks" }), /Two panels are named "tasks"\. Give one of them another name\./);
  assert.throws(others({ key: "m" }), /"queues" wants the key m, which is a key of the panel "messages"/);
  for (const key of ["p", "1", "?", "G"]) {
    assert.throws(others({ key }), /wants the key .+, which is a key of all panels/);
  }
  assert.equal(others({})().at(-1)?.id, "queues");
});
