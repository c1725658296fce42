import type { Arranged, ArrangedReport, RunWorkspace } from "../../ports/workspace.ts";

/**
 * Executes the checks while some files stand otherwise. What the checks themselves rewrite each time, as a formatter does, is put back as it
 * was; what else became of such a file somebody may have saved: it stays, and is named, since the work that stood there is not there any more.
 *
 * @param habits files that the checks change also where nothing was changed; null while that is not known
 * @returns what the checks say, and the files that do not stand as before
 */
export async function arrangedCheck(
  workspace: RunWorkspace,
  arranged: readonly Arranged[],
  habits: ReadonlySet<string> | null,
  signal: AbortSignal,
): Promise<{ readonly report: ArrangedReport; readonly left: readonly string[] }> {
  const wanted = new Map(arranged.map(({ path }) => [path, workspace.stateOf(path)]));
  const report = await workspace.check(signal, arranged);
  const left: string[] = [];
  for (const [path, file] of wanted) {
    if (workspace.stateOf(path)?.hash === file?.hash) continue;
    if (habits?.has(path) === true) workspace.putBack(path, file);
    else left.push(path);
  }
  return { report, left };
}
