import { counted } from "../../kernel/text.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { assembleCrew, type Crew, mustBeUsable } from "../crew.ts";
import { auditCrew, type CrewAudit, LOOK_MS } from "../audit_crew.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { stateHome } from "../places.ts";
import { LOOK_TRUST, situationOf } from "../situation.ts";
import { crewPlaces, tooSmall } from "../crew_places.ts";
import { oneLine, sayBytes } from "../../kernel/say.ts";
import { bytesBelow } from "../../run/run_folder.ts";
import { commandOf } from "../../work/run_checks.ts";
import { copiesFolder } from "../copies_of.ts";
import { findTier, holdsOf, lacksOf, type Tier } from "../../work/sandbox/tier.ts";
import { CommandError } from "../command_error.ts";
import { auditText } from "../../features/models/told.ts";
import type { AuditResult } from "../../fleet/audit.ts";
import { SURVEY_MS } from "../../fleet/watched_host.ts";
import { NO_HOST_ADVICE } from "../../fleet/impossible.ts";
import { jsonLine } from "../../tell/json_line.ts";
import type { ListFlags } from "./hosts.ts";

/** Most time that the whole look may take. */
const BOUND_MS = 180_000;

/** One thing that was looked at. */
interface Finding {
  readonly about: "program" | "config" | "store" | "project" | "host" | "role" | "audit" | "terminal" | "sandbox";
  readonly name: string;
  /** good, worth knowing, or in the way. */
  readonly state: "ok" | "note" | "bad";
  readonly text: string;
  /** Of an audit, for programs: what was found, and where it shows. */
  readonly finding?: AuditResult["finding"];
  readonly reason?: string;
  /** Of the sandbox, for programs: its tier, what that holds and what not. */
  readonly tier?: Tier;
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
}

/** Name of what is about nothing in particular: its text alone is shown. */
const NOTE = "note";

const SIGNS: Readonly<Record<Finding["state"], string>> = { ok: "ok  ", note: "note", bad: "BAD " };

/**
 * Looks at everything that a run needs. The program ends with 0 when a run could start, 6 without a host or model, 7 with a wrong
 * configuration or plugin, 8 when runs cannot be stored.
 *
 * @param flags project, hosts and models
 */
export default async function doctor(this: CliContext, flags: ListFlags): Promise<void> {
  let about: Finding["about"] | null = null;
  const tell = (finding: Finding) => {
    if (flags.json) this.stdout.write(jsonLine({ type: "finding", ...finding }));
    else {
      if (finding.about !== about) this.stdout.write(`${about === null ? "" : "\n"}${finding.about}\n`);
      const name = finding.name === NOTE ? "" : `${finding.name}: `;
      this.stdout.write(`  ${SIGNS[finding.state]}  ${name}${oneLine(finding.text, 600)}\n`);
    }
    about = finding.about;
    return finding.state === "bad";
  };
  tell({ about: "program", name: "autonomy", state: "ok", text: `${this.version} on Deno ${Deno.version.deno}` });
  for (const finding of terminalFindings(this)) tell(finding);
  if (tell(storeFinding(this))) this.endWith(EXIT.store);
  const signal = AbortSignal.timeout(BOUND_MS);
  let crew: Crew;
  let wrong = false;
  try {
    const situation = situationOf(this, flags);
    crew = await assembleCrew(this, situation, signal, { looks: true });
    for (const { path, found } of situation.config.files) {
      tell({ about: "config", name: path, state: "ok", text: found ? "read" : "not there; defaults hold" });
    }
  } catch (error) {
    if (!(error instanceof CommandError) || error.exit !== EXIT.config) throw error;
    wrong = true;
    crew = await assembleCrew(this, situationOf(this, flags, { withoutFiles: true }), signal, { looks: true });
    tell({ about: "config", name: "wrong", state: "bad", text: error.message });
    tell({ about: "config", name: NOTE, state: "note", text: "no file counts for the rest of this look" });
  }
  try {
    wrong ||= !hostsAreUsable(crew);
    for (const text of crew.notes) tell({ about: "config", name: NOTE, state: "note", text });
    for (const finding of projectFindings(crew)) tell(finding);
    for (const finding of await sandboxFindings(this, crew, signal)) tell(finding);
    let playable = true;
    for (const finding of [...hostFindings(crew), ...roleFindings(crew), ...windowFindings(crew)]) {
      if (tell(finding) && finding.about === "role") playable = false;
    }
    for await (const audit of auditCrew(crew, signal)) tell(auditFinding(audit));
    if (wrong) this.endWith(EXIT.config);
    else if (!playable) this.endWith(EXIT.no_host);
  } finally {
    await crew.close();
  }
}

/** Whether a run would take the hosts as they are written. */
function hostsAreUsable({ situation }: Crew): boolean {
  try {
    mustBeUsable(situation.config);
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

function terminalFindings(context: CliContext): Finding[] {
  const { stdin, stdout } = context.terminal;
  const variable = (name: string) => context.environment(name) ?? "";
  const colors = variable("NO_COLOR") !== ""
    ? "none (NO_COLOR)"
    : /truecolor|24bit/.test(variable("COLORTERM"))
    ? "16 million"
    : variable("TERM").includes("256")
    ? "256"
    : "16";
  const utf8 = /utf-?8/i.test(variable("LC_ALL") || variable("LC_CTYPE") || variable("LANG"));
  const size = stdout ? Deno.consoleSize() : null;
  const finding = (name: string, state: Finding["state"], text: string): Finding => ({
    about: "terminal",
    name,
    state,
    text,
  });
  return [
    stdin && stdout
      ? finding(
        "screen",
        variable("TERM") === "dumb" ? "note" : "ok",
        variable("TERM") === "dumb" ? "TERM=dumb: runs go headless" : "can be opened",
      )
      : finding("screen", "note", "input and output are no terminal: runs go headless"),
    ...(size === null ? [] : [
      finding(
        "size",
        size.columns < 40 || size.rows < 10 ? "note" : "ok",
        `${size.columns}×${size.rows}${size.columns < 40 || size.rows < 10 ? "; the screen needs 40×10" : ""}`,
      ),
    ]),
    finding("colours", "ok", colors),
    finding(
      "characters",
      utf8 ? "ok" : "note",
      utf8 ? "UTF-8" : "LANG does not name UTF-8: lines and signs may look wrong",
    ),
  ];
}

/** Tries whether runs can be stored, by storing something. */
function storeFinding(context: CliContext): Finding {
  const folder = stateHome(context.environment);
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = Deno.makeTempFileSync({ dir: folder, prefix: ".doctor-" });
    Deno.removeSync(probe);
    return { about: "store", name: folder, state: "ok", text: "can be written" };
  } catch (error) {
    const text = `cannot be written: ${
      reasonOf(error)
    }. Make it writable or set AUTONOMY_STATE_HOME to another folder.`;
    return { about: "store", name: folder, state: "bad", text };
  }
}

function projectFindings({ situation, capabilities }: Crew): Finding[] {
  const { checks, passedOver, plugins } = capabilities;
  const { project, trusted, newlyTrusted, standing } = situation;
  return [
    {
      about: "project",
      name: project,
      state: trusted ? "ok" : "note",
      text: newlyTrusted
        ? LOOK_TRUST
        : trusted
        ? "trusted"
        : standing?.state === "changed"
        ? "not trusted as it stands now: look with `autonomy trust`"
        : "not trusted yet: a run asks once, or give --trust",
    },
    checks.length === 0
      ? {
        about: "project",
        name: "checks",
        state: "note",
        text: 'none were found: work cannot be accepted, only end partial. Name some in the config ("checks").',
      }
      : {
        about: "project",
        name: "checks",
        state: "ok",
        text: checks.map(commandOf).join("; "),
      },
    ...passedOver.map(({ passedOver: path, why }): Finding => ({
      about: "project",
      name: "no check",
      state: "note",
      text: `${path}: ${why}`,
    })),
    {
      about: "project",
      name: "plugins",
      state: plugins.failures.length === 0 ? "ok" : "note",
      text: `${counted(plugins.offers.length, "plugin")} loaded, ${plugins.failures.length} left out`,
    },
  ];
}

/** The sandbox that commands and checks would get here, with what it holds and what not. */
async function sandboxFindings(context: CliContext, { situation }: Crew, signal: AbortSignal): Promise<Finding[]> {
  const { tier: wanted, network, write, copies } = situation.config.sandbox;
  const { tier, why } = await findTier(wanted.value, signal);
  const [holds, lacks] = [holdsOf(tier), lacksOf(tier)];
  const opened = [
    ...(network.value ? [`the network is open (${network.origin})`] : []),
    ...(write.value.length > 0 ? [`${write.value.join(", ")} may be written (${write.origin})`] : []),
  ];
  const finding = (state: Finding["state"], name: string, text: string): Finding => ({
    ...{ about: "sandbox", name, state, text },
    ...(name === "tier" ? { tier, holds, lacks } : {}),
  });
  return [
    finding(why === null ? "ok" : "note", "tier", why === null ? tier : `${tier}. ${why}`),
    ...holds.map((text) => finding("ok", "holds", text)),
    ...lacks.map((text) => finding("note", "does not hold", text)),
    ...(tier === "none" ? [] : opened.map((text) => finding("note", "opened", text))),
    finding(
      "ok",
      "copies",
      copies.value ? copiesText(context) : `none: attempts work in the project (${copies.origin})`,
    ),
  ];
}

/** What copies of projects take of the disk now. */
function copiesText(context: CliContext): string {
  const folder = copiesFolder(stateHome(context.environment));
  const bytes = bytesBelow(folder);
  return bytes === 0
    ? `made in ${folder} while a run is at work`
    : `${sayBytes(bytes)} in ${folder}, given back when their runs end`;
}

function hostFindings({ fleet, situation }: Crew): Finding[] {
  const versions = new Map(fleet.status().map(({ name, version }) => [name, version]));
  const { hosts } = fleet.snapshot();
  const findings = hosts.map((host): Finding => {
    const origin = situation.config.hosts[host.name]?.origin ?? "";
    const text = host.state === "up"
      ? `${host.kind} ${versions.get(host.name) ?? ""} at ${host.url} (${origin}), ${
        counted(host.models.length, "model")
      }, ${host.residentUnknown === true ? "which are loaded it does not say" : `${host.resident.length} loaded`}, ${
        counted(host.slots, "slot")
      }`
      : `${host.url} (${origin}): ${host.reason === "" ? "no answer yet" : host.reason}`;
    return { about: "host", name: host.name, state: host.state === "up" ? "ok" : "bad", text };
  });
  const bounds =
    `Each host was given ${SURVEY_MS / 1000} s to answer; a look at a model is given ${LOOK_MS / 1000} s, ` +
    `everything together ${BOUND_MS / 1000} s.`;
  findings.push({ about: "host", name: NOTE, state: "note", text: bounds });
  return hosts.some(({ state }) => state === "up")
    ? findings
    : [...findings, { about: "host", name: "none answers", state: "note", text: NO_HOST_ADVICE }];
}

function windowFindings(crew: Crew): Finding[] {
  return tooSmall(crew).map((text): Finding => ({ about: "role", name: "window", state: "bad", text }));
}

function auditFinding({ host, model, finding, reason, way, wayReason }: CrewAudit): Finding {
  const about = { about: "audit" as const, name: `${model} on ${host}` };
  if (finding === "failed") return { ...about, state: "bad", text: reason };
  const called = `called ${way} (${wayReason})`;
  return finding === "not_looked_at"
    ? { ...about, state: "ok", text: `${called}; not looked at how native tools are shown: ${reason}` }
    : { ...about, state: "ok", text: `${called}: ${auditText(finding)}`, finding, reason };
}

function roleFindings(crew: Crew): Finding[] {
  // The findings of hosts have said why, and what to do.
  const isSilent = !crew.fleet.snapshot().hosts.some(({ state }) => state === "up");
  return crewPlaces(crew).map(({ role, model, host, window, note }): Finding => ({
    about: "role",
    name: role,
    state: model === null ? "bad" : note === "" ? "ok" : "note",
    text: model === null
      ? isSilent ? "no host answers" : note
      : `${model} on ${host}, window ${window}${note === "" ? "" : `; ${note}`}`,
  }));
}
