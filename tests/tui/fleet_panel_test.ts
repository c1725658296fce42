import assert from "node:assert/strict";
import type { HostLedger } from "../../src/features/ledger/slice.ts";
import type { HostStatus } from "../../src/ports/host_status.ts";
import { lookFor } from "../../src/tui/line.ts";
import { fleet } from "../../src/tui/panels/fleet.ts";
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
  const state = { ledger: { open: {}, hosts: { [HOSTS[0]!.name]: measured } } };
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

Deno.test("the fleet panel tells a host that holds nothing from one that does not say what it holds", () => {
  assert.ok(linesOf({}).includes("  no model loaded"));
  assert.ok(linesOf({ residentUnknown: true }).includes("  what it holds it does not say"));
});
