import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { course, lookFor } from "../../src/tui/line.ts";
import { checkCourse, hostCourse, tokenCourse } from "../../src/tui/select/course.ts";
import { NOON } from "./demo_parts.ts";
import { DEMO, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

const PIECE = 15_000;
const drawn = (shares: readonly (number | null)[], env = {}) =>
  course(shares, lookFor(env)).map(({ text }) => text).join("");

/** The run more than two minutes after its start, with asks on its hosts. */
function scene(state: State, now = NOON + 9.5 * PIECE) {
  const past = [
    { host: "fast", from: NOON + 2 * PIECE, to: NOON + 3 * PIECE, tokens: 1_000 },
    { host: "fast", from: NOON + 3 * PIECE, to: NOON + 3.5 * PIECE, tokens: 3_000 },
    { host: "strong", from: NOON + 2 * PIECE, to: NOON + 5 * PIECE, tokens: 8_000 },
  ];
  const ask = {
    thread: "coding",
    turn: "t2",
    host: "strong",
    model: "m",
    loads: false,
    estimated: 1,
    seen: 0,
    area: 0,
  };
  const open = { "t2.ask.3": { ...ask, since: NOON + 9 * PIECE } };
  const store = new DemoStore({ ...state, ledger: { ...state.ledger, past, open } });
  store.time = now;
  return { state: store.state(), store };
}

Deno.test("a host's course is the share of its slots that were at work in each piece of time", () => {
  const at = scene(DEMO);
  assert.deepEqual(hostCourse(at, "fast", 1), [1, 0.5, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(hostCourse(at, "fast", 2)[1], 0.25);
  assert.deepEqual(hostCourse(at, "strong", 1), [1, 1, 1, 0, 0, 0, 0, 1]);
  assert.equal(drawn(hostCourse(at, "fast", 1)), "█▅▁▁▁▁▁▁");
  assert.equal(drawn(hostCourse(at, "fast", 1), { TERM: "dumb" }), "#=______");
});

Deno.test("of the time before the run nothing is shown, and the piece under way counts as far as it went", () => {
  const early = scene(DEMO, NOON + 2 * PIECE + 3_000);
  assert.deepEqual(hostCourse(early, "fast", 1), [null, null, null, null, null, 0, 0, 1]);
  assert.equal(drawn(hostCourse(early, "fast", 1)), "     ▁▁█");
});

Deno.test("while nothing goes on, the course stands where the run stands", () => {
  const [one, other] = [scene(IDLE, NOON + 9.5 * PIECE), scene(IDLE, NOON + 900_000)];
  assert.deepEqual(hostCourse(one, "strong", 1), hostCourse(other, "strong", 1));
});

Deno.test("tokens go by the time at which their asks were over, against the most of any piece", () => {
  assert.deepEqual(tokenCourse(scene(DEMO)), [0, 1 / 2, 0, 1, 0, 0, 0, 0]);
  const none = scene(DEMO);
  assert.deepEqual(tokenCourse({ ...none, state: { ...none.state, ledger: DEMO.ledger } }), []);
});

Deno.test("checks have a course from the second round on", () => {
  const round = (passed: number) => ({ passed, of: 4 });
  const after = (course: State["checks"]["course"]) => checkCourse({ ...DEMO, checks: { ...DEMO.checks, course } });
  assert.deepEqual(after([round(1)]), []);
  assert.deepEqual(after([1, 2, 2, 4].map(round)), [0.25, 0.5, 0.5, 1]);
  assert.equal(after(Array(20).fill(round(3))).length, 8);
});

screenTest("hosts, tokens and checks have their courses where there is room", async () => {
  const { state, store } = scene(DEMO);
  store.current = { ...state, checks: { ...state.checks, course: [{ passed: 0, of: 2 }, { passed: 1, of: 2 }] } };
  await session([160, 45], store, async (terminal) => {
    const text = await terminal.text();
    assert.match(text, /● strong up +███▁▁▁▁█/);
    assert.match(text, /● fast up +█▅▁▁▁▁▁▁/);
    assert.match(text, /tokens {2}[▏█░]+ ▁▅▁█▁▁▁▁ +31k\/400k/);
    assert.match(text, /checks {2}▁▅ ✗ 1 pass, 1 fail/);
  });
});
