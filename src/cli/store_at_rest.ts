import type { Store } from "../tui/store.ts";

const NO_SIGNALS: ReturnType<Store["signals"]> = new Map();
const NO_PANES: ReturnType<Store["panes"]> = [];

/**
 * What the screen reads of a run at which nothing is at work: nothing streams, no plugin takes part, and nothing can be sent.
 *
 * @param why a sentence why nothing can be sent
 */
export function storeAtRest(
  why: string,
): Pick<Store, "signals" | "commands" | "runCommand" | "panes" | "send"> {
  return {
    signals: () => NO_SIGNALS,
    commands: () => [],
    runCommand: () => Promise.reject(new Error(why)),
    panes: () => NO_PANES,
    send: () => why,
  };
}
