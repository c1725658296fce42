import { join } from "node:path";
import { oneLine, safe } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { contentHash } from "../../work/content_hash.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { projectFolder, stateHome } from "../places.ts";
import { type OwnChange, revokeTrust, type Standing, standingOf, trustProject } from "../trust.ts";
import { waitsText } from "../trust_text.ts";

/** Flags of `trust`. */
export interface TrustFlags {
  readonly project?: string;
  readonly full: boolean;
  readonly yes: boolean;
  readonly revoke: boolean;
  readonly json: boolean;
}

/**
 * Shows how the trust in a project stands and what waits for a yes, asks for it, or takes it back. The program ends with 4 where something
 * waits and nobody said yes.
 *
 * @param flags the project and what is wanted
 * @throws {CommandError} exit code 8 where the list of trusted projects cannot be read or written
 */
export default function trust(this: CliContext, flags: TrustFlags): void {
  const state = stateHome(this.environment);
  const project = projectFolder(flags.project ?? ".", this.folder);
  if (flags.revoke) return sayRevoked(this, flags, project, revokeTrust(state, project));
  const standing = standingOf(state, project);
  if (flags.json) tellLines(this, standing);
  else tell(this, standing, flags.full);
  if (standing.state === "trusted") return;
  const says = flags.yes || !flags.json && answered(this, standing);
  if (!says) {
    this.endWith(EXIT.blocked);
    if (!flags.json) this.stdout.write("Not trusted as it stands. To trust it: autonomy trust --yes\n");
    return;
  }
  trustProject(state, standing);
  if (flags.json) this.stdout.write(line({ type: "trusted", project, files: Object.keys(standing.hashes).length }));
  else this.stdout.write(`Trusted as it stands, with ${counted(Object.keys(standing.hashes).length, "file")}.\n`);
}

function sayRevoked(context: CliContext, flags: TrustFlags, project: string, was: boolean): void {
  if (flags.json) return context.stdout.write(line({ type: "revoked", project, was_trusted: was }));
  context.stdout.write(
    was
      ? `${oneLine(project)} is not trusted any more: the next run asks.\n`
      : `${oneLine(project)} was not trusted.\n`,
  );
}

function tellLines(context: CliContext, { project, state, at, fault, changes, hashes }: Standing): void {
  const files = Object.keys(hashes).length;
  context.stdout.write(line({ type: "trust", project, state, at, files, fault }));
  for (const change of changes) context.stdout.write(line({ type: "file", ...change }));
}

function line(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ version: 1, ...value })}\n`;
}

function tell(context: CliContext, standing: Standing, full: boolean): void {
  const { project, state, at, changes, fault, hashes } = standing;
  const say = (text: string) => context.stdout.write(`${text}\n`);
  if (state === "trusted") {
    const count = counted(Object.keys(hashes).length, "file");
    say(`${oneLine(project)} is trusted since ${at}; ${count} of its own folders are as they were then.`);
  } else {
    say(`${oneLine(project)} is not trusted${state === "changed" ? ` as it stands now; it was on ${at}` : ""}.`);
    say("With trust, its checks and commands run its code on this machine, and the files below are used.");
    if (state === "by_path") say(waitsText({ ...standing, changes: [] }));
  }
  if (fault !== null) say(`None of the files in its own folders is used. ${fault}`);
  for (const change of changes) {
    say(`  ${change.change.padEnd(8)} ${oneLine(change.path)}`);
    if (full) context.stdout.write(fullText(standing, change));
  }
}

/** All of a file that waits, as it was looked at. */
function fullText({ project, hashes }: Standing, { path, change }: OwnChange): string {
  if (change === "removed") return "";
  const place = path.startsWith("/") ? path : join(project, path);
  const kind = Deno.lstatSync(place);
  if (kind.isSymlink) return `    | a link to ${oneLine(Deno.readLinkSync(place))}\n`;
  if (!kind.isFile) return "    | neither file nor folder\n";
  const bytes = Deno.readFileSync(place);
  if (contentHash(bytes) !== hashes[path]) {
    throw new CommandError(EXIT.blocked, `${path} changed while it was shown. Nothing was trusted; look again.`);
  }
  if (bytes.includes(0)) return `    | ${bytes.length} bytes that are no text, SHA-256 ${hashes[path]}\n`;
  const text = safe(new TextDecoder().decode(bytes)).replace(/\n$/, "");
  return text.split("\n").map((row) => `    | ${row}\n`).join("");
}

/** Asks whoever is there; they may see the files before they answer. */
function answered(context: CliContext, standing: Standing): boolean {
  for (;;) {
    const answer = askPerson(context, "Trust it as it stands? [y/N, f shows the files in full]");
    if (answer !== "f") return isYes(answer);
    tell(context, standing, true);
  }
}
