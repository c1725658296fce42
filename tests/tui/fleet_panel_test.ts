import assert from "node:assert/strict";
import type { HostLedger, ModelLedger } from "../../src/features/ledger/slice.ts";
import type { HostStatus } from "../../src/ports/host_status.ts";
import { lookFor } from "../../src/tui/line.ts";
import { fleet } from "../../src/tui/panels/fleet.ts";
import { measuredModel } from "../fleet/fleet_fixture.ts";
import { IDLE } from "./demo_state.ts";
import { DemoStore, HOSTS } from "./demo_store.ts";

class FleetStore extends DemoStore {
  constructor(readonly told: Partial<HostStatus>) {
    super();
  }

  override hosts(): readonly HostStatus[] {
    return [{ ...HOSTS[0]!, resident: [], ...this.told }];
  }
}

/** The lines of the panel for one host, as text. */
function linesOf(told: Partial<HostStatus>, measured: HostLedger = {}): string[] {
  const state = { ...IDLE, ledger: { open: {}, hosts: { [HOSTS[0]!.name]: measured }, past: [] } };
  const source = { store: new FleetStore(told), look: lookFor({}), state };
  const lines = fleet.lines(source as unknown as Parameters<typeof fleet.lines>[0], { width: 60, height: 20 });
  return lines.map((line) => line.map(({ text }) => text).join(""));
}

const LOADS: readonly (readonly [HostStatus["load"], string | null])[] = [
  [{ running: 3, waiting: 2, cache: 0.412 }, "  the server serves 3, lets 2 wait, has its cache 41% full"],
  [{ running: 0, waiting: 0, cache: null }, "  the server serves 0"],
  [{ running: null, waiting: null, cache: 1 }, "  the server has its cache 100% full"],
  [{ running: 1, waiting: null, cache: null }, "  the server serves 1"],
  [null, null],
  [undefined, null],
];

Deno.test("the fleet panel shows how busy a server says that it is, and nothing where it does not say", () => {
  for (const [load, wanted] of LOADS) {
    assert.deepEqual(
      linesOf({ load }).filter((line) => line.startsWith("  the server")),
      wanted === null ? [] : [wanted],
    );
  }
});

Deno.test("the fleet panel counts loads, says which were not planned, and how many slots are worth something", () => {
  const loads = { loads: 2, reloads: 0, unplanned: 0, loadMs: 40_000 };
  const shown = (...models: readonly ModelLedger[]) =>
    linesOf({ slots: 2 }, Object.fromEntries(models.map((model, index) => [`m${index}`, model])));
  assert.ok(shown(measuredModel(30, loads)).includes("  2 loads took 40 s"));
  const again = measuredModel(30, { loads: 1, reloads: 1, unplanned: 1, loadMs: 20_000 });
  assert.ok(shown(measuredModel(30, loads), again).includes("  3 loads took 1 min 00 s, 1 again, 1 unplanned"));
  const ahead = measuredModel(30, { loads: 1, ahead: 1, loadMs: 20_000 });
  assert.ok(shown(ahead).includes("  1 load took 20 s, 1 ahead"));
  assert.ok(linesOf({ loading: ["big"] }).includes("  loads big ahead"));
  assert.ok(!shown(measuredModel(30)).some((line) => line.includes(" took ")));
  assert.ok(shown(measuredModel(30)).some((line) => line.includes("30 tok/s")));
  const level = (tokens: number) => ({ replies: 2, tokens, ms: 1_000 });
  const writes = { 1: level(30), 2: level(15) };
  assert.ok(shown(measuredModel(30, { writes })).includes("  1 at once is as fast as 2"));
});

Deno.test("the fleet panel tells a host that holds nothing from one that does not say what it holds", () => {
  assert.ok(linesOf({}).includes("  no model loaded"));
  assert.ok(linesOf({ residentUnknown: true }).includes("  what it holds it does not say"));
});
