import assert from "node:assert/strict";
import { Signals } from "../../src/run/signals.ts";

Deno.test("what streams in is appended to the same list, and begins a new one when the reply is asked for again", () => {
  const signals = new Signals();
  signals.show("a", "reading the prompt", 1);
  const at = () => signals.all.get("a")!;
  const { text } = at();
  signals.append("a", { thinking: "Hm" }, 2);
  assert.deepEqual(at(), { text: [], thinking: ["Hm"], status: "thinking", since: 1 });
  signals.append("a", { text: "One" }, 3);
  signals.append("a", { text: " two" }, 4);
  assert.deepEqual(at(), { text: ["One", " two"], thinking: ["Hm"], status: "writing", since: 1 });
  assert.equal(at().text, text, "nothing is copied");
  signals.restart("a");
  assert.deepEqual(at(), { text: [], thinking: [], status: "writing", since: 1 });
  assert.deepEqual(text, ["One", " two"], "who still reads the old list is not disturbed");
});

Deno.test("what an effect does is shown from the time it changed, and streams begin with an effect that was not shown", () => {
  const signals = new Signals();
  signals.append("a", { text: "One" }, 5);
  signals.show("a", "writing", 6);
  assert.equal(signals.all.get("a")!.since, 5);
  signals.show("a", "running tests", 7);
  assert.deepEqual(signals.all.get("a"), { text: ["One"], thinking: [], status: "running tests", since: 7 });
  signals.delete("a");
  assert.equal(signals.all.size, 0);
});
