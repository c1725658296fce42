import assert from "node:assert/strict";
import type { Screen, ScreenOptions, Store } from "../../src/tui/screen.tsx";
import { VirtualTerminal } from "./virtual_terminal.ts";

Deno.env.set("NODE_ENV", "production");
Deno.env.set("TZ", "UTC");

/** The screen's door, loaded once the environment says that React is to be quick. */
export const { openScreen } = await import("../../src/tui/screen.tsx");

/** A test with an open screen. Ink's frame throttle and its exit hook keep a timer and signal listeners for a moment after its end. */
export function screenTest(name: string, fn: (context: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Opens the screen on a store, hands it to the test, closes it. */
export async function session(
  size: readonly [number, number],
  store: Store,
  work: (
    terminal: VirtualTerminal,
    type: (keys: string, shows: RegExp) => Promise<string>,
    quits: () => number,
    screen: Screen,
  ) => Promise<void>,
  options: Partial<
    Pick<ScreenOptions, "env" | "every" | "after" | "panels" | "attention" | "colourist" | "theme" | "programs">
  > = {},
): Promise<void> {
  const terminal = new VirtualTerminal(...size);
  let quits = 0;
  const screen = openScreen({
    store,
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    ...options,
    onQuit: () => {
      quits++;
      terminal.look();
    },
  });
  const type = (keys: string, shows: RegExp): Promise<string> => {
    terminal.input.type(keys);
    return terminal.until((text) => shows.test(text), `${shows} after ${JSON.stringify(keys)}`);
  };
  try {
    await terminal.until(
      (text) => text.includes("autonomy") || text.includes("csv-tools") || text.includes("REHEA"),
      "a title",
    );
    await work(terminal, type, () => quits, screen);
  } finally {
    screen.close();
    await screen.closed;
  }
  await terminal.text();
  assert.equal(terminal.alternate, false, "the alternate screen is left");
  assert.equal(terminal.input.raw, false, "raw mode is left");
}
