import assert from "node:assert/strict";
import { span } from "../../src/tui/line.ts";
import type { Panel } from "../../src/tui/panel.ts";
import { PANELS, panelsOf } from "../../src/tui/panels.ts";
import { wished } from "../../src/tui/ui.ts";
import { DemoStore } from "../tui/demo_store.ts";
import { screenTest, session } from "../tui/screen_session.ts";

/** Tokens per second of each host, with a key that asks the arbiter about the slowest. */
const velocity: Panel = {
  id: "velocity",
  key: "y",
  room: { rows: (hosts) => 2 + hosts },
  title: (state) => `velocity in ${state.run.phase}`,
  lines: ({ store }) =>
    store.hosts().map((host) => [span(`${host.name} writes ${host.tokensPerSecond} tokens a second`)]),
  brief: ({ store }) => [span(`fastest ${Math.max(...store.hosts().map((host) => host.tokensPerSecond ?? 0))}`)],
  bindings: [{
    keys: ["o"],
    help: ["o", "ask why the slowest host is slow"],
    hints: () => [{ keys: "o", does: "ask why" }],
    press({ ui, store }) {
      const [slowest] = [...store.hosts()].sort((a, b) => (a.tokensPerSecond ?? 0) - (b.tokensPerSecond ?? 0));
      return wished(ui, { kind: "say", to: "arbiter", text: `Why is ${slowest?.name} slow?` }, "The arbiter is asked.");
    },
  }],
};

const panels = { ...PANELS, velocity };

screenTest(
  "a panel that a test brings stands on the screen, has its key, its hints and its help, and its wish is sent",
  async () => {
    const store = new DemoStore();
    await session([160, 45], store, async (_terminal, type) => {
      const shown = await type("y", /> y velocity in coding/);
      assert.match(shown, /fast writes 41 tokens a second/);
      assert.match(shown, /strong writes 18\.4 tokens a second/);
      assert.match(
        shown,
        /t tasks 1\/4[\s\S]*m messages, 1 held[\s\S]*f fleet[\s\S]*run[\s\S]*y velocity/,
        "below the others",
      );
      assert.match(shown, /o ask why {2}\? help {2}Esc back/);
      await type("?", /Velocity \(after y\)\s[\s\S]*o +ask why the slowest host is slow/);
      assert.match(await type("", /t f m y/), /t f m y +tasks, fleet, messages, velocity/);
      await type("\x1b", /> y velocity/);
      await type("o", /The arbiter is asked\./);
    }, { panels });
    assert.deepEqual(store.sent, [{ kind: "say", to: "arbiter", text: "Why is strong slow?" }]);
  },
);

screenTest("on a narrow screen it is in the row that stands for panels, and its key and Tab bring it", async () => {
  const store = new DemoStore();
  await session([110, 24], store, async (terminal, type) => {
    assert.match(await terminal.text(), /fastest 41 *\n/);
    assert.match(await type("y", /> y velocity in coding/), /fast writes 41 tokens/);
    await type("\x1b", /> 1 arbiter/);
    // Back from the first thread to the last panel.
    await type("\x1b[Z", /> y velocity in coding/);
    store.refusal = "The arbiter is not listening.";
    await type("o", /The arbiter is not listening\./);
    assert.match(await type("z", /Esc unzoom/), /y velocity {2}/, "it has a tab");
  }, { panels });
});

Deno.test("two panels of one name or one key are refused, and so is a key that means something already", () => {
  const others = (panel: Partial<Panel>) => () => panelsOf(["arbiter"], { ...PANELS, own: { ...velocity, ...panel } });
  assert.throws(others({ id: "tasks" }), /Two panels are named "tasks"\. Give one of them another name\./);
  assert.throws(others({ key: "m" }), /"velocity" wants the key m, which is a key of the panel "messages"/);
  for (const key of ["p", "1", "?", "G"]) {
    assert.throws(others({ key }), /wants the key .+, which is a key of all panels/);
  }
  assert.equal(others({})().at(-1)?.id, "velocity");
});
