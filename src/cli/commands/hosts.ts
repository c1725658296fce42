import { assembleCrew } from "../crew.ts";
import type { HostSnapshot } from "../../fleet/fleet_snapshot.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import type { CrewFlags } from "../run_flags.ts";
import { situationOf } from "../situation.ts";
import { oneLine, sayBytes } from "../../kernel/say.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";

/** Flags of `hosts` and `models`. */
export type ListFlags = CrewFlags & { readonly json: boolean };

/** Most time that asking the hosts may take. */
const BOUND_MS = 60_000;

/**
 * Lists the model servers and what they hold in memory. The program ends with 6 when none answers.
 *
 * @param flags project and hosts
 */
export default async function hosts(this: CliContext, flags: ListFlags): Promise<void> {
  const situation = situationOf(this, flags);
  const crew = await assembleCrew(this, situation, AbortSignal.timeout(BOUND_MS), { looks: true });
  try {
    const snapshot = crew.fleet.snapshot().hosts;
    const statuses = crew.fleet.status();
    const versions = new Map(statuses.map(({ name, version }) => [name, version]));
    const loads = new Map(statuses.map(({ name, load }) => [name, load]));
    if (flags.json) {
      for (const host of snapshot) {
        const { name, url, kind, state, reason, slots } = host;
        const line = {
          name,
          url,
          kind,
          state,
          reason,
          host_version: versions.get(name) ?? null,
          slots,
          models: host.models.length,
          load: loads.get(name) ?? null,
        };
        const resident = host.residentUnknown === true ? null : host.resident;
        this.stdout.write(jsonLine({ type: "host", ...line, resident }));
      }
    } else {
      const rows = snapshot.map((host) => [
        host.name,
        host.state,
        `${host.kind ?? "?"} ${versions.get(host.name) ?? ""}`.trim(),
        host.url,
        `${host.models.length}`,
        host.state === "up" ? residentOf(host) : oneLine(host.reason, 300),
      ]);
      this.stdout.write(columns([["HOST", "STATE", "KIND", "ADDRESS", "MODELS", "LOADED"], ...rows]));
    }
    if (!snapshot.some(({ state }) => state === "up")) this.endWith(EXIT.no_host);
  } finally {
    await crew.close();
  }
}

function residentOf({ resident, residentUnknown }: HostSnapshot): string {
  if (residentUnknown === true) return "it does not say";
  if (resident.length === 0) return "nothing";
  return resident.map(({ name, bytes, window }) =>
    `${name} (${sayBytes(bytes)}${window === null ? "" : `, window ${window}`})`
  )
    .join(", ");
}
