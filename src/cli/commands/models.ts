import { reasonOf } from "../../kernel/reason_of.ts";
import { assembleCrew, type Crew } from "../crew.ts";
import { canChat } from "../../fleet/model_name.ts";
import type { ModelAbilities } from "../../ports/model_host.ts";
import { recordKey } from "../../fleet/model_record.ts";
import { probeModel, sayTrials } from "../../effects/ask/probe_model.ts";
import { waysToTry } from "../../effects/ask/way_of_ask.ts";
import { familyOf } from "../../fleet/model_family.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { type KnownModel, knownModel } from "../models_of.ts";
import { situationOf } from "../situation.ts";
import { crewPlaces } from "../crew_places.ts";
import { sayBytes } from "../../kernel/say.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";
import type { ListFlags } from "./hosts.ts";

/** Flags of `models`. */
export type ModelsFlags = ListFlags & { readonly probe: boolean };

/** Most time that asking the hosts may take. */
const BOUND_MS = 60_000;
/** Most time that probing one model may take, its load included. */
const PROBE_MS = 900_000;
/** Window that a model is probed with where no role of the crew uses it, in tokens. */
const WINDOW = 4096;

/**
 * Lists the models of all hosts with the roles that would use them, how they are called and why, and what is remembered of them; the
 * roles that nothing can play beside. The program ends with 6 when there is such a role.
 *
 * @param flags project, hosts and models; `probe` asks each model how it calls best
 * @param only name of the only model that is meant
 */
export default async function models(this: CliContext, flags: ModelsFlags, only?: string): Promise<void> {
  const situation = situationOf(this, flags);
  const crew = await assembleCrew(this, situation, AbortSignal.timeout(BOUND_MS), { looks: true });
  try {
    const listed = listedModels(crew, only);
    if (only !== undefined && listed.length === 0) {
      throw new CommandError(
        EXIT.no_host,
        `No host has a model ${only}. \`autonomy models\` lists those that are there.`,
      );
    }
    const abilities = await abilitiesOf(crew, listed);
    if (flags.probe) await probe(this, crew, listed, abilities, flags.json);
    const places = crewPlaces(crew);
    const rows = listed.map(({ host, model, ...more }) => ({
      ...more,
      known: knownModel(crew, host, model, abilities.get(`${host} ${model}`)),
      roles: places.filter((place) => place.host === host && place.model === model).map(({ role }) => role),
    }));
    const notes = places.filter(({ note }) => note !== "");
    if (flags.json) {
      for (const row of rows) this.stdout.write(jsonOf(row));
      for (const { role, model, note } of notes) {
        this.stdout.write(jsonLine({ type: "note", role, model, text: note }));
      }
    } else {
      this.stdout.write(columns([
        ["HOST", "MODEL", "SIZE", "DISK", "", "WAY", "ROLES"],
        ...rows.map(({ known, size, bytes, loaded, roles }) => [
          known.host,
          known.model,
          size ?? "?",
          sayBytes(bytes),
          loaded === null ? "?" : loaded ? "loaded" : "",
          wayOf(known),
          roles.join(", "),
        ]),
      ]));
      this.stdout.write(recordsOf(rows.map(({ known }) => known)));
      const silent = new Set(notes.filter(({ model }) => model === null).map(({ note }) => note));
      for (const { role, model, note } of notes) if (model !== null) this.stdout.write(`${role}: ${note}\n`);
      // What keeps several roles from playing is said once.
      for (const note of silent) {
        const roles = notes.filter((one) => one.model === null && one.note === note).map(({ role }) => role);
        this.stdout.write(`${roles.join(", ")}: ${note}\n`);
      }
    }
    if (places.some(({ model }) => model === null)) this.endWith(EXIT.no_host);
  } finally {
    await crew.close();
  }
}

interface Listed {
  readonly host: string;
  readonly model: string;
  readonly size: string | null;
  readonly bytes: number | null;
  /** null where the host does not say. */
  readonly loaded: boolean | null;
  readonly chats?: boolean;
}

function listedModels({ fleet }: Crew, only: string | undefined): Listed[] {
  return fleet.snapshot().hosts.flatMap((host) =>
    host.models.filter(({ name }) => only === undefined || name === only || name === `${only}:latest`).map((model) => ({
      host: host.name,
      model: model.name,
      size: model.size,
      bytes: model.bytes,
      loaded: host.residentUnknown === true ? null : host.resident.some(({ name }) => name === model.name),
      chats: model.chats,
    }))
  );
}

/** What hosts say of their models; one that does not answer is left out. */
async function abilitiesOf(crew: Crew, listed: readonly Listed[]): Promise<Map<string, ModelAbilities>> {
  const signal = AbortSignal.timeout(BOUND_MS);
  const entries = await Promise.all(listed.map(async ({ host, model }) => {
    try {
      return [[`${host} ${model}`, await crew.fleet.abilities(host, model, signal)] as const];
    } catch {
      return []; // a host that is down: the list says so elsewhere
    }
  }));
  return new Map(entries.flat());
}

/** Asks each model that can chat, once for each digest, and tells what came of it. */
async function probe(
  context: CliContext,
  crew: Crew,
  listed: readonly Listed[],
  abilities: ReadonlyMap<string, ModelAbilities>,
  json: boolean,
): Promise<void> {
  if (crew.memory === null) {
    throw new CommandError(EXIT.store, "What a probe finds could not be remembered; see the notes above.");
  }
  const windows = new Map(crewPlaces(crew).map(({ host, model, window }) => [`${host} ${model}`, window]));
  const seen = new Set<string>();
  for (const { host, model, chats } of listed) {
    const able = abilities.get(`${host} ${model}`);
    const { digest } = knownModel(crew, host, model);
    const key = recordKey(digest, model);
    if (able === undefined || !canChat({ name: model, chats }) || seen.has(key)) continue;
    seen.add(key);
    const window = Math.min(
      windows.get(`${host} ${model}`) ?? WINDOW,
      able.trainedWindow ?? WINDOW,
      able.fixedWindow ?? Infinity,
    );
    const ways = waysToTry({
      purpose: "work",
      configured: undefined,
      record: null,
      family: familyOf(model),
      parser: able.parser,
      tools: able.tools,
    });
    try {
      const { trials, tokens, ended } = await probeModel(
        { host: crew.fleet.host(host), model, digest, window, abilities: able },
        ways,
        { whole: true, now: Date.now },
        AbortSignal.timeout(PROBE_MS),
        (what) => context.stderr.write(`${model} on ${host}: ${what}\n`),
      );
      crew.memory.add(trials, Date.now());
      if (trials.length > 0) crew.memory.probed(key, model, Date.now());
      const line = { type: "probe", host, model, digest, tried: sayTrials(trials), tokens, ended };
      if (json) context.stdout.write(jsonLine(line));
      else if (ended !== null) context.stderr.write(`${model} on ${host}: ended early: ${ended}\n`);
    } catch (error) {
      context.stderr.write(`${model} on ${host} could not be probed: ${reasonOf(error)}\n`);
    }
  }
}

/** One word where decisions and work are asked for alike, and where it comes from. */
function wayOf({ decision, work, record }: KnownModel): string {
  const unknown = record === null && decision.from === "default" ? ", not probed yet" : "";
  return decision.way === work.way
    ? `${work.way} (${work.from}${unknown})`
    : `${decision.way} to decide, ${work.way} to work (${work.from})`;
}

function recordsOf(known: readonly KnownModel[]): string {
  const seen = new Set<string>();
  const rows = known.flatMap(({ record }) => {
    if (record === null || seen.has(record.digest)) return [];
    seen.add(record.digest);
    const probed = record.probedAt === null ? "" : `probed ${new Date(record.probedAt).toISOString().slice(0, 10)}`;
    return Object.entries({ ...record.ways, ...record.edits, ...reviewsOf(record) }).map(([what, tally], index) => [
      index === 0 ? record.model : "",
      what,
      String(tally.asks),
      String(tally.right),
      String(tally.repaired),
      String(tally.failed),
      index === 0 ? probed : "",
    ]);
  });
  if (rows.length === 0) return "";
  const reasons = known.map(({ model, work, edit }) => [model, `${work.from}: ${work.why}`, `edits: ${edit.why}`]);
  return `\n${columns([["RECORD OF", "WHAT", "ASKED", "RIGHT", "REPAIRED", "FAILED", ""], ...rows])}\n${
    columns([["MODEL", "WHY", ""], ...reasons])
  }`;
}

/** Reviews of answers, where it made some. */
function reviewsOf({ reviews }: NonNullable<KnownModel["record"]>) {
  return reviews.asks === 0 ? {} : { reviews };
}

function jsonOf(
  { known, size, bytes, loaded, roles }: Omit<Listed, "host" | "model"> & {
    readonly known: KnownModel;
    readonly roles: readonly string[];
  },
): string {
  const { host, model, digest, record, decision, work, edit } = known;
  const ways = { decision, work };
  const edits = { without: edit.without, in_json: edit.inJson, why: edit.why };
  const remembered = record === null ? null : {
    probed_at: record.probedAt === null ? null : new Date(record.probedAt).toISOString(),
    ways: record.ways,
    edits: record.edits,
    ...reviewsOf(record),
  };
  return jsonLine({
    type: "model",
    host,
    model,
    size,
    bytes,
    loaded,
    roles,
    digest,
    ways,
    edits,
    record: remembered,
  });
}
