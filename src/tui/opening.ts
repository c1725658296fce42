import { installGuard, ModeLedger } from "./guard.ts";
import { cut, oneLine } from "./text.ts";

/** Enters the alternate screen and hides the cursor, as the screen itself does. */
export const ENTERED = "\x1b[?1049h\x1b[?25l";

/** What stands on the terminal while the screen is loaded. */
export interface Opening {
  /** Leaves the terminal as it is to the screen, which goes on from here. */
  handOver(): void;
  /** Gives the terminal back. */
  close(): void;
}

/**
 * Shows the title at once: what draws the screen takes twice as long to load as all before it. A signal or an error in the meantime gives
 * the terminal back.
 *
 * @param title stands in the first row
 * @param terminal where it is shown; `columns` is the width in cells, 80 where it is not known
 */
export function showOpening(
  title: string,
  terminal: { readonly columns?: number; write(text: string): unknown },
): Opening {
  const ledger = new ModeLedger();
  const write = (text: string) => void terminal.write(text);
  const guard = installGuard({ ledger, write, leaveRaw: () => {} });
  ledger.observe(ENTERED);
  write(`${ENTERED}\x1b[2J\x1b[H\x1b[1m ${cut(oneLine(title), (terminal.columns ?? 80) - 1)}\x1b[0m`);
  return {
    handOver: guard.remove,
    close() {
      guard.restore();
      guard.remove();
    },
  };
}
