import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { situationOf } from "../situation.ts";
import { crewPlaces } from "../start_form.ts";
import { assembleCrew } from "../start_run.ts";
import { columns, sayBytes } from "../table.ts";
import type { ListFlags } from "./hosts.ts";

/** Most time that asking the hosts may take. */
const BOUND_MS = 60_000;

/**
 * Lists the models of all hosts with the roles that would use them, and the roles that nothing can play.
 * The program ends with 6 when there is such a role.
 *
 * @param flags project, hosts and models
 */
export default async function models(this: CliContext, flags: ListFlags): Promise<void> {
  const situation = situationOf(this, flags);
  const crew = await assembleCrew(this, situation, AbortSignal.timeout(BOUND_MS));
  try {
    const places = crewPlaces(crew);
    const listed = crew.fleet.snapshot().hosts.flatMap((host) =>
      host.models.map((model) => ({
        host: host.name,
        model: model.name,
        size: model.size,
        bytes: model.bytes,
        loaded: host.resident.some(({ name }) => name === model.name),
        roles: places.filter((place) => place.host === host.name && place.model === model.name).map(({ role }) => role),
      }))
    );
    const notes = places.filter(({ note }) => note !== "");
    if (flags.json) {
      for (const one of listed) this.stdout.write(`${JSON.stringify({ version: 1, type: "model", ...one })}\n`);
      for (const { role, model, note } of notes) {
        this.stdout.write(`${JSON.stringify({ version: 1, type: "note", role, model, text: note })}\n`);
      }
    } else {
      const rows = listed.map((
        { host, model, size, bytes, loaded, roles },
      ) => [host, model, size ?? "?", sayBytes(bytes), loaded ? "loaded" : "", roles.join(", ")]);
      this.stdout.write(columns([["HOST", "MODEL", "SIZE", "DISK", "", "ROLES"], ...rows]));
      for (const { role, note } of notes) this.stdout.write(`${role}: ${note}\n`);
    }
    if (places.some(({ model }) => model === null)) this.endWith(EXIT.no_host);
  } finally {
    await crew.close();
  }
}
