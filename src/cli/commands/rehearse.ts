import type { CliContext } from "../context.ts";
import { onScreen } from "../on_screen.ts";
import type { RehearseRunFlags } from "../rehearse_run.ts";
import { wantsLines } from "../wants_lines.ts";
import { loadLater } from "../load_later.ts";

/** Flags of `rehearse`. */
export type RehearseCommandFlags = RehearseRunFlags & { readonly serve: boolean };

/**
 * Runs the crew on two built-in servers whose models are played, over a copy of a small sample project.
 *
 * @param flags manner and pace; `serve` only starts the servers
 * @throws {CommandError} exit code 2 where a rehearsal to continue does not exist
 */
export default async function rehearse(this: CliContext, flags: RehearseCommandFlags): Promise<void> {
  if (flags.serve) {
    const { serveRehearsal } = await loadLater<typeof import("../serve_rehearsal.ts")>(
      import.meta.resolve("../serve_rehearsal.ts"),
    );
    return await serveRehearsal(this, flags.pace, flags.keep);
  }
  const screenReader = await wantsLines(this, flags);
  const { color, theme } = flags;
  const wish = { headless: flags.headless || flags.json || screenReader, label: "REHEARSAL", color, theme };
  await onScreen(this, wish, async (screen) => {
    const { rehearseRun } = await loadLater<typeof import("../rehearse_run.ts")>(
      import.meta.resolve("../rehearse_run.ts"),
    );
    await rehearseRun(this, { ...flags, screenReader }, screen);
  });
}
