import { statSync } from "node:fs";
import { attempt } from "./attempt.ts";
import { realpath } from "node:fs/promises";
import { isAbsolute, join, normalize, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { FileChanged, ToolError } from "../ports/tool.ts";
import type {
  Arranged,
  ArrangedReport,
  CommandResult,
  Entry,
  Expects,
  FilesBelow,
  FileText,
  ProtectedFiles,
} from "../ports/workspace.ts";
import { completeCheck } from "../languages/check.ts";
import type { Check } from "../languages/runner.ts";
import { judgesByName, protectionOf } from "../languages/protection_of.ts";
import { detectChecks } from "./detect_checks.ts";
import { type FileState, placeAt } from "./file_state.ts";
import { filesBelow } from "./files_below.ts";
import type { IgnoreRules } from "./ignore_rules.ts";
import { MOST_FILES } from "./project_files.ts";
import { listFolder, readTextFile } from "./read_project.ts";
import { leadsElsewhere, resolveProjectPath } from "./project_path.ts";
import { missingFolders, removeHollowFolder } from "./replace_file.ts";
import { CheckPace } from "./check_pace.ts";
import { protectedFilesIn } from "./protected_files.ts";
import type { SeenFile } from "./seen_files.ts";
import { runChecks } from "./run_checks.ts";
import { CommandNotStarted } from "./command_words.ts";
import { cacheEnvironment } from "./sandbox/cache_environment.ts";
import { supervise } from "./supervise.ts";
import { WatchedCommands } from "./watched_commands.ts";
import type { ProjectWorkspace, WorkspaceOptions } from "./project_workspace.ts";
import { carryOut, writeFile } from "./write_file.ts";
import type { WriteRecord, WriteRecorder } from "./write_record.ts";

export type { ProjectWorkspace, WorkspaceOptions } from "./project_workspace.ts";

/**
 * Opens a project for tools.
 *
 * @param options the folder, and who keeps what is written
 * @throws when the folder does not exist
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<ProjectWorkspace> {
  const root = await realpath(options.root);
  const place = options.place ?? root;
  const judges = (path: string) => judgesByName(path, options.languages);
  return new DiskWorkspace(root, place, options, {
    commands: new WatchedCommands(place, options.blobs, judges, options.ignoreFiles, root),
    pace: options.pace ?? new CheckPace(),
  });
}

/** What all views of one project have in common. */
interface Common {
  readonly commands: WatchedCommands;
  readonly pace: CheckPace;
}

/** {@link RunWorkspace} on the real disk. */
class DiskWorkspace implements ProjectWorkspace {
  readonly #options: WorkspaceOptions;
  readonly #common: Common;

  constructor(readonly root: string, readonly place: string, options: WorkspaceOptions, common: Common) {
    this.#options = options;
    this.#common = common;
  }

  recordedBy(recorder: WriteRecorder): ProjectWorkspace {
    return new DiskWorkspace(this.root, this.place, { ...this.#options, recorder }, this.#common);
  }

  async files(signal?: AbortSignal): Promise<readonly string[]> {
    return (await this.below(".", signal)).files.slice(0, MOST_FILES);
  }

  async below(path: string, signal?: AbortSignal): Promise<FilesBelow> {
    const hidden = (rules: IgnoreRules) => this.#common.commands.hiddenNow(rules, signal);
    return await filesBelow(...this.#shown(path), this.root, hidden, signal);
  }

  list(path: string): Promise<readonly Entry[]> {
    return attempt(() => listFolder(...this.#shown(path)));
  }

  read(path: string): Promise<FileText> {
    return attempt(() => readTextFile(...this.#shown(path)));
  }

  exists(path: string): Promise<boolean> {
    return attempt(() => {
      const [place, named] = this.#shown(path);
      return placeAt(join(place, resolveProjectPath(place, named))).kind !== "nothing";
    });
  }

  async hashes(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { entries } = await this.#common.commands.look(signal);
    return new Map([...entries].map(([path, { hash }]) => [path, hash]));
  }

  write(
    named: string,
    text: string | null,
    expects?: Expects,
  ): Promise<{ readonly before: string | null; readonly after: string | null }> {
    // From the look at the old file to the rename nothing else of this program runs: no two writes can cross.
    return attempt(() => {
      const { commands } = this.#common;
      const path = this.#named(named);
      this.#refuseHidden(path, text === null);
      const before = (record: WriteRecord) => commands.writes(record);
      const { write, done } = writeFile(this.place, path, text, { ...this.#options, expects, before });
      if (done) commands.wrote(write);
      return { before: write.before, after: write.after };
    });
  }

  /** A path as it is in the copy that is worked in: an absolute one names the project. */
  #named(path: string): string {
    const isInside = this.place !== this.root && isAbsolute(path) &&
      (normalize(path) === this.root || normalize(path).startsWith(`${this.root}/`));
    return isInside ? relative(this.root, path) || "." : path;
  }

  /** Where something is read, and as what: what a copy shares with the project stands only there. */
  #shown(path: string): [place: string, path: string] {
    const named = this.#named(path);
    if (!this.#isShared(named)) return [this.place, named];
    // A link may lead back to what the copy has of its own, as to a package beside it.
    const real = resolveProjectPath(this.root, named);
    return this.#isShared(real) ? [this.root, named] : [this.place, real];
  }

  #isShared(path: string): boolean {
    const plain = normalize(path).replace(/\/$/, "");
    return this.#options.enclosure?.shared.some((one) => plain === one || plain.startsWith(`${one}/`)) === true;
  }

  /** What is asked of a person is told by the path that a call names: what judges is not reached through a link. */
  #refuseHidden(path: string, keepLastLink: boolean): void {
    const real = resolveProjectPath(this.place, path, { forWriting: true, keepLastLink });
    if (normalize(isAbsolute(path) ? relative(this.place, path) : path) === real) return;
    if (protectionOf(real, this.#options.languages) === null) return;
    throw new ToolError(`${path} is a link that leads to ${real}, which judges the work. Name that file itself.`);
  }

  async run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult> {
    const { recorder, enclosure, languages } = this.#options;
    const environment = cacheEnvironment(languages, enclosure);
    const { value } = await this.#common.commands.run({ command, recorder }, options.signal, async () => {
      try {
        return this.#asNamed(await supervise({ command, folder: this.place, ...options, enclosure, environment }));
      } catch (error) {
        if (error instanceof CommandNotStarted) throw new ToolError(error.message, { cause: error });
        throw error;
      }
    });
    return value;
  }

  async check(signal: AbortSignal, arranged: readonly Arranged[] = []): Promise<ArrangedReport> {
    const { languages, recorder, enclosure } = this.#options;
    const { pace } = this.#common;
    const { value, changed } = await this.#common.commands.run(
      { command: ["checks"], arranged, recorder },
      signal,
      async () => runChecks(this.place, await this.#checks(signal), languages, signal, pace, undefined, enclosure),
    );
    const results = value.results.map(({ name, evidence, ...result }) => (
      { ...result, name: this.#told(name), evidence: this.#told(evidence) }
    ));
    return { ...this.#asNamed(value), results, changed };
  }

  #asNamed<T extends { readonly output: string }>(said: T): T {
    return { ...said, output: this.#told(said.output) };
  }

  /** What a command said, with the project's own path in place of the copy's, also in addresses. */
  #told(text: string): string {
    if (this.place === this.root) return text;
    const [from, to] = [this.place, this.root].map((path) => pathToFileURL(path).href);
    return text.replaceAll(from!, to!).replaceAll(this.place, this.root);
  }

  async protectedFiles(isNew: (path: string) => boolean, signal: AbortSignal): Promise<ProtectedFiles> {
    const [{ languages, blobs }, { commands }] = [this.#options, this.#common];
    const checks = await this.#checks(signal);
    const named = new Set(
      checks.flatMap(({ command, files, folder }) => [
        ...command.map((word) => folder === "" ? plainName(word) : `${folder}/${plainName(word)}`),
        ...files.map(plainName),
      ]),
    );
    commands.watch(named);
    const snapshot = await commands.look(signal);
    const files = protectedFilesIn({
      root: this.place,
      snapshot,
      languages,
      named,
      tests: new Set(checks.flatMap(({ tests }) => tests)),
      isNew,
      blobs,
      stateOf: (path) => this.#stateOfNamed(path),
    });
    commands.watch(files.map(({ path }) => path));
    return { files, isComplete: snapshot.complete };
  }

  stateOf(path: string): SeenFile | null {
    const found = leadsElsewhere(this.place, path) ? null : placeAt(join(this.place, path));
    return found?.kind !== "file" && found?.kind !== "link" ? null : this.#common.commands.seen.now(path, found);
  }

  /** Of a word that may be any: what stands there, where it is a file of the project. */
  #stateOfNamed(path: string): SeenFile | null {
    try {
      const place = statSync(join(this.place, path), { throwIfNoEntry: false });
      return place === undefined ? null : this.stateOf(resolveProjectPath(this.place, path));
    } catch {
      return null; // No path, one that leaves the project, or one that cannot be read.
    }
  }

  putBack(path: string, file: FileState | null, expects?: string | null): void {
    const now = this.stateOf(path);
    const mustHold = (state: FileState | null) => {
      if (expects !== undefined && (state?.hash ?? null) !== expects) throw wasChanged(path, state?.hash ?? null);
    };
    mustHold(now);
    const bytes = file === null ? null : this.#options.blobs.getBlob(file.hash) ?? null;
    if (file !== null && bytes === null) throw new Error(`The earlier content of ${path} is not in the journal.`);
    if (now?.hash === file?.hash && now?.mode === file?.mode) return;
    if (leadsElsewhere(this.place, path)) {
      throw new ToolError(
        `${path} leads elsewhere through a link now, so it cannot be put back as it was. Take the link away.`,
      );
    }
    const place = join(this.place, path);
    // A file takes the place of a folder whose files went before.
    if (file !== null && placeAt(place).kind === "folder" && !removeHollowFolder(place)) {
      throw new ToolError(`${path} is a folder that holds files, so no file can stand there.`);
    }
    const write: WriteRecord = {
      path,
      before: now?.hash ?? null,
      after: file?.hash ?? null,
      modeBefore: now?.mode ?? null,
      modeAfter: file?.mode ?? null,
      createdFolders: file === null ? [] : missingFolders(this.place, path),
    };
    this.#common.commands.writes(write);
    const asBefore = () => mustHold(this.stateOf(path));
    const { recorder } = this.#options;
    this.#common.commands.wrote(carryOut(this.place, write, bytes, file?.mode ?? null, recorder, asBefore));
  }

  async isCheck(command: readonly string[], signal: AbortSignal): Promise<boolean> {
    const words = JSON.stringify(command);
    // A command runs in the project's own folder.
    return (await this.#checks(signal)).some((one) => one.folder === "" && JSON.stringify(one.command) === words);
  }

  async #checks(signal: AbortSignal): Promise<readonly Check[]> {
    const { checks: configured, languages } = this.#options;
    return configured?.map((check) => completeCheck(check, languages)) ??
      await detectChecks(this.place, languages, signal, this.root);
  }

  async settleCommand(
    command: readonly string[],
    snapshot: string,
    arranged: readonly Arranged[] = [],
    since: readonly WriteRecord[] = [],
  ): Promise<readonly WriteRecord[]> {
    const { recorder } = this.#options;
    return await this.#common.commands.settle({ command, arranged, recorder }, snapshot, since);
  }
}

function wasChanged(path: string, hash: string | null): FileChanged {
  return new FileChanged(`${path} was changed by somebody else meanwhile: their change stays.`, path, hash);
}

/** A word of a command as a file of the project is named. */
function plainName(word: string): string {
  return word.replace(/^\.\//, "");
}
