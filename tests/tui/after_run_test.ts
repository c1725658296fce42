import { valuesOf } from "../../src/features/buckets.ts";
import { bucketsOf } from "../features/buckets_of.ts";
import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { DEMO, ENDED, IDLE } from "./demo_state.ts";
import { FORM } from "./demo_form.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A store of a screen that stays; what is brought in is recorded. */
class StayingStore extends DemoStore {
  readonly inSession = true;
  readonly applied: string[] = [];

  apply(task: string): Promise<string> {
    this.applied.push(task);
    return Promise.resolve(`1 file of ${task} brought in.`);
  }
}

const BLOCKED: State = {
  ...ENDED,
  run: { ...ENDED.run, ending: { kind: "blocked", cause: "The project is not trusted.", at: ENDED.at } },
  people: { ...ENDED.people, trusted: false, denied: true },
};

/** The same run, partly done: work at two tasks was not accepted. */
const PARTLY: State = {
  ...ENDED,
  run: { ...ENDED.run, ending: { kind: "partial", cause: "Two tasks are parked.", at: ENDED.at } },
  tasks: {
    ...ENDED.tasks,
    list: ENDED.tasks.list.map((task) => task.status === "done" ? { ...task, status: "parked" as const } : task),
  },
};

const RUN = DEMO.run.info!.id;

screenTest(
  "once a run is over the next goal is written under its summary, and the draft stays where it is left",
  async () => {
    const store = new StayingStore(ENDED);
    await session([80, 24], store, async (_terminal, type, _quits, screen) => {
      await type("", /the run is over[\s\S]*i next goal/);
      await type("i", /goal › /);
      await type("Now the other one", /the run is over[\s\S]*goal › Now the other one/);
      await type("\x1b", /i next goal/);
      await type("i", /goal › Now the other one/);
      await type("\r", /The run begins/);
      assert.deepEqual(await screen.next(), { kind: "goal", goal: "Now the other one" });
      screen.show(new DemoStore(IDLE));
      await type("", /› *\n/);
      await type("i", /to arbiter › *\n|to coding › *\n/);
    });
  },
);

screenTest("a run that is over is gone on with, played and left for the start screen, each by its key", async () => {
  const store = new StayingStore(PARTLY);
  await session([160, 45], store, async (_terminal, type, _quits, screen) => {
    await type("G", /What follows[\s\S]*C {2}go on with the run/);
    await type("C", /Press C again to go on/);
    await type("C", /Going on with the run/);
    assert.deepEqual(await screen.next(), { kind: "continue", run: RUN });
    await type("P", /Reading the run/);
    assert.deepEqual(await screen.next(), { kind: "replay", run: RUN });
    // The same keys outside of the summary.
    await type("\x1b", /1 arbiter/);
    await type("S", /Asking the hosts/);
    assert.deepEqual(await screen.next(), { kind: "start" });
    screen.ask(FORM);
    await type("", /> start[\s\S]*RUNS/);
  });
});

screenTest("an accepted run is not gone on with, and nothing is brought in where all was accepted", async () => {
  const store = new StayingStore(ENDED);
  await session([80, 24], store, async (_terminal, type) => {
    await type("C", /The run was accepted: i begins the next one/);
    await type("A", /There is no work that was not accepted/);
    await type("T", /does not wait for trust/);
    assert.deepEqual(store.applied, []);
  });
});

screenTest("who denied the trust is asked again when they want to be", async () => {
  const store = new StayingStore(BLOCKED);
  await session([80, 24], store, async (_terminal, type, _quits, screen) => {
    await type("", /T trust/);
    await type("T", /The run goes on with its question/);
    assert.deepEqual(await screen.next(), { kind: "continue", run: RUN });
  });
});

screenTest(
  "work that was not accepted is brought in at the second press, of several tasks that of the chosen one",
  async () => {
    const past = PARTLY.attempts.past;
    const [first, second] = PARTLY.tasks.list.map(({ id }) => id);
    const [attempt] = valuesOf(past).flat();
    assert.ok(attempt !== undefined && attempt.writes.length > 0, "the demo has an attempt that wrote");
    const leaving = (tasks: readonly string[]): State => ({
      ...PARTLY,
      attempts: { ...PARTLY.attempts, past: bucketsOf(Object.fromEntries(tasks.map((task) => [task, [attempt]]))) },
    });
    const store = new StayingStore(leaving([first!]));
    await session([80, 24], store, async (_terminal, type) => {
      await type("A", new RegExp(`Press A again to bring the best work at ${first} in`));
      await type("A", new RegExp(`1 file of ${first} brought in`));
      store.commit(leaving([first!, second!]));
      await type("A", new RegExp(`bring in[\\s\\S]*1 ${first}[\\s\\S]*2 ${second}`));
      await type("2", new RegExp(`1 file of ${second} brought in`));
      assert.deepEqual(store.applied, [first, second]);
    });
  },
);

screenTest("all that can follow is found in the palette by its name, and only once the run is over", async () => {
  const store = new StayingStore(IDLE);
  await session([80, 24], store, async (_terminal, type, _quits, screen) => {
    await type(":", /command ›/);
    await type("replay", /Nothing fits replay/);
    await type("\x1b", /› *\n/);
    store.commit(PARTLY);
    await type("", /the run is over/);
    await type(":", /command ›/);
    await type("replay", /> replay +P +play the run/);
    await type("\r", /Reading the run/);
    assert.deepEqual(await screen.next(), { kind: "replay", run: RUN });
  });
});

screenTest("where the screen ends with the run none of these keys begins anything", async () => {
  await session([80, 24], new DemoStore(PARTLY), async (_terminal, type) => {
    await type("", /c what changed/);
    for (const key of ["C", "P", "S", "A", "T", "i"]) {
      await type(key, /1 arbiter/);
      await type("s", /the run is over/);
    }
  });
});

screenTest("a run that was left is called so, and nobody is called for one that is past", async () => {
  const wants = { bell: true, notify: true, title: true };
  class PastStore extends StayingStore {
    readonly isPast = true;
  }
  const left: State = {
    ...ENDED,
    run: { ...ENDED.run, ending: { kind: "cancelled", cause: "It can be continued.", at: ENDED.at, left: true } },
  };
  await session([80, 24], new PastStore(left), async (terminal, type) => {
    await type("", /■ left[\s\S]*the run was left[\s\S]*can be continued/);
    assert.doesNotMatch(await terminal.text(), /cancelled/i);
    assert.ok(!terminal.bytes.includes("\x1b]9;"));
  }, { attention: wants });
  await session([80, 24], new StayingStore(ENDED), async (terminal, type) => {
    await type("", /the run is over/);
    assert.ok(terminal.bytes.includes("\x1b]9;Autonomy: csv-tools accepted"));
  }, { attention: wants });
});
