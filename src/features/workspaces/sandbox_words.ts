import type { State } from "../state.ts";

/** How well the person's machine and files are kept from what a run executes. */
export interface SandboxWords {
  /** Word for a title: `sandbox ✓`. */
  readonly short: string;
  /** What holds, in a sentence. */
  readonly long: string;
  /** `held`: copies in a sandbox; `half`: one of both; `open`: neither. */
  readonly kind: "held" | "half" | "open";
}

/**
 * Says what keeps the person's machine and files from what a run executes.
 *
 * @returns null while that is not known
 */
export function sandboxWords({ workspaces: { offered, proof }, run }: State): SandboxWords | null {
  if (run.info === null) return null;
  if (offered === null) {
    return { short: "no sandbox", long: "none; attempts work in the project itself", kind: "open" };
  }
  if (proof === null) return null;
  const { tier, why } = offered;
  const isEnclosed = tier !== "none";
  const because = why === null ? "" : ` (${why})`;
  if (!proof.holds) {
    return { short: "no sandbox", long: `none; attempts work in the project itself: ${proof.why}`, kind: "open" };
  }
  const network = proof.network ? ", with the network" : "";
  return isEnclosed
    ? {
      short: why === null ? "sandbox ✓" : "sandbox",
      long: `${tier}${network}; attempts work in copies of the project${because}`,
      kind: "held",
    }
    : {
      short: "copies only",
      long: `none${because}; attempts work in copies of the project, their commands with all rights of the user`,
      kind: "half",
    };
}
