import { openQueue } from "../../run/queue_store.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { projectFolder, stateHome } from "../places.ts";
import { reportJson, reportsOf, sayReport } from "../queue/queue_report.ts";

/** Flags of `queue list`. */
export interface QueueListFlags {
  readonly project?: string;
  readonly json: boolean;
}

/**
 * Says how the goals of the project's queue stand.
 *
 * @param flags the project and the form
 */
export default function queueList(this: CliContext, flags: QueueListFlags): void {
  const project = projectFolder(flags.project ?? ".", this.folder);
  const reports = reportsOf(this, openQueue(stateHome(this.environment), project).read());
  this.stdout.write(
    flags.json ? reportJson(project, reports, EXIT.accepted) : sayReport(project, reports, this.command),
  );
}
