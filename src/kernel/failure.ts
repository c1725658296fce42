/** Classes of what can go wrong between an ask and its answer; every error of a host is sorted into one of them. */
export const FAILURE_CLASSES = [
  "unreachable", // connection refused, reset, DNS, TLS
  "busy", // 503: queue of the server is full, or the server is still loading
  "unauthorized", // 401, 403
  "rate_limited", // 429
  "model_missing", // 404: no such model on this host
  "window_exceeded", // prompt refused because it does not fit
  "truncated", // the server cut the prompt without saying so, and it cannot be made smaller
  "tools_unsupported", // model's template has no tools
  "template_refused", // the model's template does not take these messages
  "thinking_unsupported", // think asked of a model without it
  "schema_refused", // the grammar could not be made from the schema
  "model_output", // the server could not parse what the model wrote (a 500 that is the model's fault)
  "crashed", // runner stopped during generation
  "out_of_memory",
  "load_failed",
  "cut_off", // the stream ended without its last chunk
  "silent", // tokens were generated and nothing was delivered
  "first_token_timeout",
  "idle_timeout",
  "total_timeout",
  "bad_request", // any other 4xx: our own fault
  "protocol", // the answer is not of this wire
  "interrupted", // the program ended while the effect was open
  "cancelled", // a person or the run's end stopped it
  "tool_error", // a tool could not do it: its text says why
] as const;

/** One class of failure. */
export type FailureClass = typeof FAILURE_CLASSES[number];

/** Classes that say that a host was not there, or had no room: the ask is asked again, and nobody did it badly. */
export const AWAY: ReadonlySet<FailureClass> = new Set(["unreachable", "busy", "rate_limited"]);
