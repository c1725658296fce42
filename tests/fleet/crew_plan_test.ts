import assert from "node:assert/strict";
import { planCrew } from "../../src/fleet/crew_plan.ts";
import { place } from "../../src/fleet/place.ts";
import { windowsFor } from "../../src/fleet/windows_for.ts";
import { fleetOf, held, hostWith } from "./fleet_fixture.ts";

const ROLES = [
  { role: "arbiter", models: ["qwen2.5:14b@fast", "qwen2.5:14b"], window: 8192 },
  { role: "coding", models: ["qwen2.5-coder:32b@strong", "qwen2.5-coder:32b", "qwen2.5-coder:7b"], window: 16384 },
];

Deno.test("a crew with all its first choices needs no note", () => {
  const fleet = fleetOf(hostWith("fast", ["qwen2.5:14b"]), hostWith("strong", ["qwen2.5-coder:32b"]));
  assert.deepEqual(planCrew(ROLES, fleet), [
    { role: "arbiter", model: "qwen2.5:14b", host: "fast", window: 8192, note: "" },
    { role: "coding", model: "qwen2.5-coder:32b", host: "strong", window: 16384, note: "" },
  ]);
});

Deno.test("the plan says in words what falls back, and one host with one model is a full crew", () => {
  const later = fleetOf(hostWith("here", ["qwen2.5:14b", "qwen2.5-coder:7b"]));
  assert.deepEqual(planCrew(ROLES, later).map(({ note }) => note), [
    "",
    "coding wants qwen2.5-coder:32b@strong: no host is called strong; qwen2.5-coder:7b is its choice number 3",
  ]);
  const one = fleetOf(hostWith("here", ["tiny:1b"]));
  assert.deepEqual(planCrew(ROLES, one).map(({ model, window, note }) => ({ model, window, note })), [
    {
      model: "tiny:1b",
      window: 16384,
      note:
        "arbiter wants qwen2.5:14b@fast: no host is called fast; nor is any other of its models there; it falls back to tiny:1b, the best that is there",
    },
    {
      model: "tiny:1b",
      window: 16384,
      note:
        "coding wants qwen2.5-coder:32b@strong: no host is called strong; nor is any other of its models there; it falls back to tiny:1b, the best that is there",
    },
  ]);
});

Deno.test("hosts that are down or not heard yet, and missing models that a person named, are told", () => {
  const down = hostWith("strong", ["qwen2.5-coder:32b"], { state: "down", reason: "connection refused", downSince: 0 });
  const [arbiter, coding] = planCrew(ROLES, fleetOf(down));
  assert.match(arbiter?.note ?? "", /no host is called fast; .*it falls back .*; strong is down: connection refused/);
  assert.equal(coding?.note, "strong is down: connection refused");
  const [asked] = planCrew(ROLES, fleetOf(hostWith("fast", [], { state: "asking" })));
  assert.deepEqual([asked?.model, asked?.note], [null, "fast has not answered yet"]);
  const named = [{ role: "coding", models: ["absent:1b"], window: 4096, userNamed: true }];
  assert.match(planCrew(named, fleetOf(hostWith("fast", ["m"])))[0]?.note ?? "", /Run `ollama pull absent:1b` on fast/);
});

Deno.test("asks go where the plan says", () => {
  const fleet = fleetOf(
    hostWith("a", ["qwen2.5:14b", "mistral:22b"], { slots: 2 }),
    hostWith("b", ["qwen2.5-coder:7b:latest", "qwen2.5:14b"], { slots: 2, resident: held("qwen2.5:14b") }),
  );
  for (const role of ROLES) {
    const ask = { ...role, key: role.role, since: 0, userNamed: false };
    const [placement] = place(fleet, [ask], 0, windowsFor(ROLES, fleet)).placements;
    const plan = planCrew(ROLES, fleet).find((one) => one.role === role.role);
    assert.deepEqual([placement?.host, placement?.model, placement?.window], [plan?.host, plan?.model, plan?.window]);
  }
});
