import type { BlobStore } from "../../ports/blob_store.ts";
import type { Arranged, ArrangedReport, CommandResult, Expects, ProtectedFiles } from "../../ports/workspace.ts";
import { undoWrites } from "../undo.ts";
import type { ProjectWorkspace } from "../workspace.ts";
import type { WriteRecord, WriteRecorder } from "../write_record.ts";

/**
 * The copy of an attempt, as its effects see it once it stands ready. What the project's own checks change there is no work of the attempt:
 * it is taken back, and nobody is told.
 */
export class CopyView implements ProjectWorkspace {
  readonly #copy: () => ProjectWorkspace;
  readonly #blobs: BlobStore;

  /**
   * @param copy gives the copy with the recorder of an effect
   * @param blobs where contents are kept
   */
  constructor(copy: () => ProjectWorkspace, blobs: BlobStore) {
    this.#copy = copy;
    this.#blobs = blobs;
  }

  get root(): string {
    return this.#copy().root;
  }

  get place(): string {
    return this.#copy().place;
  }

  recordedBy(recorder: WriteRecorder): ProjectWorkspace {
    return new CopyView(() => this.#copy().recordedBy(recorder), this.#blobs);
  }

  files(signal?: AbortSignal) {
    return this.#copy().files(signal);
  }

  below(path: string, signal?: AbortSignal) {
    return this.#copy().below(path, signal);
  }

  list(path: string) {
    return this.#copy().list(path);
  }

  read(path: string) {
    return this.#copy().read(path);
  }

  exists(path: string) {
    return this.#copy().exists(path);
  }

  hashes(signal?: AbortSignal) {
    return this.#copy().hashes(signal);
  }

  write(path: string, text: string | null, expects?: Expects) {
    return this.#copy().write(path, text, expects);
  }

  async run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult> {
    const isCheck = await this.#copy().isCheck(command, options.signal);
    return isCheck
      ? await this.#uncounted((copy) => copy.run(command, options))
      : await this.#copy().run(command, options);
  }

  check(signal: AbortSignal, arranged?: readonly Arranged[]): Promise<ArrangedReport> {
    return this.#uncounted((copy) => copy.check(signal, arranged));
  }

  isCheck(command: readonly string[], signal: AbortSignal) {
    return this.#copy().isCheck(command, signal);
  }

  protectedFiles(isNew: (path: string) => boolean, signal: AbortSignal): Promise<ProtectedFiles> {
    return this.#copy().protectedFiles(isNew, signal);
  }

  stateOf(path: string) {
    return this.#copy().stateOf(path);
  }

  putBack(path: string, file: { readonly hash: string; readonly mode: number } | null, expects?: string | null): void {
    this.#copy().putBack(path, file, expects);
  }

  settleCommand(...how: Parameters<ProjectWorkspace["settleCommand"]>) {
    return this.#copy().settleCommand(...how);
  }

  async #uncounted<T>(action: (copy: ProjectWorkspace) => Promise<T>): Promise<T> {
    const writes: WriteRecord[] = [];
    const copy = this.#copy();
    const heard: WriteRecorder = {
      opened() {},
      closed() {},
      commandOpened() {},
      commandClosed: (_command, changed) => void writes.push(...changed),
    };
    try {
      return await action(copy.recordedBy(heard));
    } finally {
      undoWrites(copy.place, writes, this.#blobs);
    }
  }
}
