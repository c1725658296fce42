/**
 * A fault that a rehearsal server plays. `requests` says how many more requests it hits and counts down; Infinity is for
 * ever. Without `model` it hits every model. A server that is down is played by closing it.
 */
export type Fault =
  & { requests: number; readonly model?: string; /** Requests that it lets pass first. */ after?: number }
  & (
    /** Answers with a status and an error text before anything else, on the given path (`/api/chat` where absent). */
    | { readonly kind: "status"; readonly code: number; readonly text: string; readonly path?: string }
    /** Answers 503 in the server's words for a full queue. */
    | { readonly kind: "busy" }
    /** Takes the request and never sends headers. */
    | { readonly kind: "stall_before_headers" }
    /** Falls silent after so many lines of the stream. */
    | { readonly kind: "stall"; readonly afterLines: number }
    /** Resets the connection after so many lines. */
    | { readonly kind: "drop"; readonly afterLines: number }
    /** Ends the stream properly, but without the line that says `done`. */
    | { readonly kind: "no_done"; readonly afterLines: number }
    /** Ends the stream with an error line, as when the runner was killed; the text is the recorded one where absent. */
    | { readonly kind: "error_line"; readonly afterLines: number; readonly text?: string }
    /** Puts a line that is no JSON into the stream and goes on. */
    | { readonly kind: "garbage_line"; readonly afterLines: number; readonly text?: string }
    /** Makes a load take so many milliseconds more, and happen even where the model is loaded. */
    | { readonly kind: "slow_load"; readonly ms: number }
    /** Cuts a prompt that is too long although the request forbids it, and says nothing; `window` is what it really holds, where less than asked. */
    | { readonly kind: "silent_truncation"; readonly window?: number }
    /** Refuses a prompt that is longer than a window of its own, in the recorded words with the counts. */
    | { readonly kind: "small_window"; readonly window: number }
    /** Reports so many tokens of the prompt. */
    | { readonly kind: "lying_count"; readonly promptTokens: number }
    /** Swallows what the model said: nothing arrives but a count of tokens. */
    | { readonly kind: "swallow" }
  );

/** Kind of a {@link Fault}. */
export type FaultKind = Fault["kind"];

/**
 * Takes the faults that hit a request, one of each kind, and counts them down.
 * @param faults the server's switches; those that are used up are removed
 * @param model name of the model that is asked
 * @param path path of the request
 * @returns the faults by their kind
 */
export function takeFaults(faults: Fault[], model: string, path: string): TakenFaults {
  const taken = new Map<FaultKind, Fault>();
  for (const fault of [...faults]) {
    if (taken.has(fault.kind) || (fault.model !== undefined && fault.model !== model)) continue;
    if (path !== (fault.kind === "status" ? fault.path ?? "/api/chat" : "/api/chat")) continue;
    if ((fault.after ?? 0) > 0) {
      fault.after! -= 1;
      continue;
    }
    taken.set(fault.kind, fault);
    fault.requests -= 1;
    if (fault.requests <= 0) faults.splice(faults.indexOf(fault), 1);
  }
  return {
    get: <Kind extends FaultKind>(kind: Kind) => taken.get(kind) as Extract<Fault, { kind: Kind }> | undefined,
  };
}

/** The faults that hit one request. */
export interface TakenFaults {
  /** Gives the fault of a kind, undefined where none hits. */
  get<Kind extends FaultKind>(kind: Kind): Extract<Fault, { kind: Kind }> | undefined;
}
