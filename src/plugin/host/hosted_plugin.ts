import { join } from "node:path";
import { byTheClock, type Timer } from "../../ports/timer.ts";
import type { Grants } from "./grants.ts";
import { keptCopy } from "./kept_copy.ts";
import type { Manifest } from "./manifest.ts";
import type { Asked, LoadOrder } from "./messages.ts";
import { isNothing, NO_PERMISSIONS, type PermissionSet, unionOf, withoutThose } from "./permissions.ts";
import type { PathPlaces } from "./permitted_path.ts";
import type { PluginFiles } from "../plugin_files.ts";
import { PluginFault } from "./plugin_fault.ts";
import type { CallParts } from "./open_call.ts";
import { PluginProcess } from "./plugin_process.ts";
import { beginProcess, type ProcessOptions } from "./begin_process.ts";
import type { Grantee } from "./grants.ts";

/** Time without a call after which a process is ended, ms. */
export const IDLE_MS = 60_000;
/** Wait before a process that ended of itself is started anew, ms: none at first, then doubled from the first to the last. */
const FIRST_WAIT_MS = 1_000;
export const LAST_WAIT_MS = 30_000;

/** What all plugins of a program have in common. */
export interface HostedOptions extends PathPlaces {
  /** State folder: copies, manifests and grants are kept there. */
  readonly state: string;
  /** Folders that no plugin ever writes, beside the state folder. */
  readonly protects: readonly string[];
  readonly timer?: Timer;
}

/** One version of a plugin, and its process while there is one. */
export class HostedPlugin {
  readonly #files: PluginFiles;
  readonly #options: HostedOptions;
  readonly #grants: Grants;
  readonly #grantee: Grantee;
  readonly #timer: Timer;
  /** What it wants, once that is known. */
  #wants: PermissionSet = NO_PERMISSIONS;
  #name: string;
  #process: Promise<PluginProcess> | null = null;
  /** What of its permissions its process was started with, and all that it may do. */
  #given: PermissionSet = NO_PERMISSIONS;
  #permissions: PermissionSet = NO_PERMISSIONS;
  /** Addresses of its hosts. */
  readonly #reached = new Set<{ readonly address: string }>();
  #open = 0;
  #crashes = 0;
  #rest: (() => void) | null = null;
  readonly #leaving = new Set<Promise<void>>();
  #closed = false;
  #drained = Promise.withResolvers<void>();

  /** @param grantee as permissions are given to it */
  constructor(files: PluginFiles, grantee: Grantee, grants: Grants, options: HostedOptions) {
    this.#files = files;
    this.#grantee = grantee;
    this.#grants = grants;
    this.#options = options;
    this.#timer = options.timer ?? byTheClock;
    this.#name = grantee.path;
  }

  /** What of its permissions it has now. */
  granted(): PermissionSet {
    return this.#grants.of(this.#grantee, this.#wants);
  }

  /**
   * Lets its process reach the address of a host that the configuration gives it.
   *
   * @param address `name:port`
   * @returns takes that back
   */
  reach(address: string): () => void {
    const reached = { address };
    this.#reached.add(reached);
    return () => void this.#reached.delete(reached);
  }

  /** Notes what is known of it. */
  know({ plugin, wants }: Manifest): void {
    this.#name = plugin;
    this.#wants = wants;
  }

  /**
   * Loads it in a process without any permission, runs its self-test, and ends that process.
   *
   * @returns what it offers
   * @throws with a sentence for people
   */
  async look(signal?: AbortSignal): Promise<Manifest> {
    const { process, folder } = await this.#start(NO_PERMISSIONS, signal);
    try {
      const manifest = await process.load({ ...this.#module(folder), looks: true }, signal);
      if (manifest === null) throw new PluginFault("The plugin did not say what it offers.");
      return manifest;
    } catch (error) {
      signal?.throwIfAborted();
      throw new Error(this.#placed(error, folder), { cause: error });
    } finally {
      await process.end("was looked at");
    }
  }

  /**
   * Asks it for something, in its process, which is started where it is not there.
   *
   * @throws as {@link PluginProcess.call} does
   */
  async call(asked: Asked, parts: CallParts): Promise<unknown> {
    if (this.#closed) throw new PluginFault(`${parts.says} failed: its plugin ${this.#name} is closed.`);
    return await this.#during(async () => {
      const process = await this.#ready(parts.signal);
      const value = await process.call(asked, parts);
      this.#crashes = 0;
      return value;
    });
  }

  /** Starts its process ahead of a call that may come, unless it is there or has crashed. It ends like one that was called. */
  begin(): void {
    if (this.#closed || this.#process !== null || this.#crashes > 0) return;
    // What is wrong with it, the call says that needs it.
    void this.#during(() => this.#ready(new AbortController().signal)).catch(() => {});
  }

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#rest?.();
    this.#rest = null;
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#whenIdle();
    }
  }

  /** Ends its process once its open calls are over. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#open > 0) await this.#drained.promise;
    this.#rest?.();
    this.#rest = null;
    this.#retire("is not used any more");
    await Promise.all(this.#leaving);
  }

  #whenIdle(): void {
    if (this.#closed) this.#drained.resolve();
    else this.#rest = this.#timer(IDLE_MS, () => this.#retire("is not used any more"));
  }

  /** The process, with the permissions that the plugin has now. */
  async #ready(signal: AbortSignal): Promise<PluginProcess> {
    if (this.#process === null) await this.#pause(signal);
    // Only now: what was given and taken back while this waited holds.
    const granted = this.granted();
    const all = unionOf([granted, { net: [...this.#reached].map(({ address }) => address) }]);
    if (this.#process !== null && !isSame(all, this.#permissions)) {
      // What was taken back is gone at once; what was given is there for the next call, and a host that went for no other.
      const revoked = !isNothing(withoutThose(this.#given, granted));
      this.#retire(revoked ? "lost a permission" : "got a permission", revoked);
    }
    if (this.#process === null) {
      this.#given = granted;
      this.#permissions = all;
      this.#process = this.#begin(all);
    }
    const { promise: given, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([this.#process, given]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** Starts a process with the plugin loaded. */
  #begin(granted: PermissionSet): Promise<PluginProcess> {
    const forget = () => {
      if (this.#process === began) this.#process = null;
    };
    const began = (async () => {
      const { process, folder } = await this.#start(granted, undefined, (byItself) => {
        if (byItself) this.#crashes += 1;
        forget();
      });
      try {
        await process.load({ ...this.#module(folder), looks: false });
        return process;
      } catch (error) {
        await process.end("does not load");
        throw new PluginFault(this.#placed(error, folder), { cause: error });
      }
    })();
    began.catch(forget);
    return began;
  }

  #module(folder: string): Omit<LoadOrder, "do" | "looks"> {
    return { path: join(folder, this.#files.module), languages: this.#files.speaksOf("languages") };
  }

  async #start(permissions: PermissionSet, signal?: AbortSignal, gone: (byItself: boolean) => void = () => {}) {
    const { state, protects, home, project, timer } = this.#options;
    const folder = keptCopy(state, this.#files);
    const options: ProcessOptions = {
      ...{ folder, permissions, home, project, timer },
      plugin: this.#name,
      protects: [...protects, state],
    };
    const process = new PluginProcess(await beginProcess(options, signal), options, gone);
    this.#leave(process.ended);
    return { process, folder };
  }

  /** Waits before a plugin that crashed is started again. */
  async #pause(signal: AbortSignal): Promise<void> {
    if (this.#crashes < 2) return;
    const ms = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#crashes - 2));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const callOff = this.#timer(ms, resolve);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await promise;
    } finally {
      callOff();
      signal.removeEventListener("abort", abort);
    }
  }

  /** Ends the process that is there, at once or after its calls. */
  #retire(reason: string, atOnce = true): void {
    const retiring = this.#process;
    this.#process = null;
    if (retiring === null) return;
    this.#leave(retiring.then(
      (process) => atOnce ? process.end(reason) : process.endAfterCalls(reason),
      () => {},
    ));
  }

  /** Has its close wait for something that ends. */
  #leave(ending: Promise<void>): void {
    const left: Promise<void> = ending.finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  /** The words of an error with the places of the files that people know, in place of those of the copy. */
  #placed(error: unknown, copy: string): string {
    const text = error instanceof Error ? error.message : String(error);
    const said = text.replaceAll(copy, this.#files.root).replace(
      STRANGE_PACKAGE,
      "it imports a package that plugins do not have:",
    );
    return STRANGE_IMPORT.test(said) ? `${said}\n  ${OWN_FILES}` : said;
  }
}

/** What is said of an import of a package that the program's own list does not name, and of any that fails. */
const STRANGE_PACKAGE = /The lockfile is out of date\. Run [^\n]* to update it\.\s*changes:/;
const STRANGE_IMPORT = /Requires read access|Module not found|not found in cache|a package that plugins do not have/;

/** What may be imported, for those who tried more. */
const OWN_FILES =
  'A plugin imports "autonomy", "zod" and its own files: what lies in its folder with a mod.ts, and what lies beside it with a name that ' +
  "begins with _ or in a folder without mod.ts; a project's plugin also modules of the project.";

function isSame(one: PermissionSet, other: PermissionSet): boolean {
  return isNothing(withoutThose(one, other)) && isNothing(withoutThose(other, one));
}
