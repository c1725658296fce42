import { say, type Wording } from "../../sentences/say.ts";
import type { Scope } from "./judge_scope.ts";

/** Says what an attempt did beside its task, for who tries next: what was held against it first, then what may be. */
export function scopeWords(from: Wording, { missing, beyond, unexported, signatures, shrunk }: Scope): string[] {
  const list = (names: readonly string[]) => names.join(", ");
  return [
    ...(missing.length === 0 ? [] : [say(from, "tasks.missing", { names: list(missing) })]),
    ...(beyond.length === 0 ? [] : [say(from, "tasks.beyond", { names: list(beyond) })]),
    ...(unexported.length === 0 ? [] : [say(from, "tasks.unexported", { names: list(unexported) })]),
    ...(signatures.length === 0 ? [] : [say(from, "tasks.signatures", { names: list(signatures) })]),
    ...(shrunk.length === 0 ? [] : [say(from, "tasks.shrunk", { files: list(shrunk) })]),
  ];
}
