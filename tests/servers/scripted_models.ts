/** A model of known output, or a real one, and how its server is started. */
export interface ServedModelPlan {
  /** Name that the server gives the model. */
  readonly name: string;
  /** What the model says, whatever it is asked; null for the real model. */
  readonly says: string | null;
  /** Whether it says that without end. */
  readonly endless: boolean;
  /** Context window of the whole server in tokens; its slots share it. */
  readonly window: number;
  readonly slots: number;
}

const call = (name: string, given: Readonly<Record<string, unknown>>) =>
  `<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;

/** Arguments of the two calls that `calls_twice` makes. */
export const CALLED_TWICE = [
  { name: "read_file", arguments: { path: "src/main.ts", start_line: 3 } },
  { name: "run_command", arguments: { command: "deno task test" } },
] as const;

/** Name that `calls_unknown` calls; no request declares it. */
export const UNKNOWN_NAME = "open_document";

/** Room for an answer that is still being written when a test cuts it, at any speed of the machine. */
const LONG_WINDOW = 131_072;

/** The servers of these tests: one model each. */
export const SERVED_MODELS: readonly ServedModelPlan[] = [
  {
    name: "calls_twice",
    says: CALLED_TWICE.map((made) => call(made.name, made.arguments)).join("\n"),
    endless: false,
    window: 2048,
    slots: 2,
  },
  {
    name: "calls_unknown",
    says: call(UNKNOWN_NAME, { path: "src/main.ts", start_line: 3 }),
    endless: false,
    window: 2048,
    slots: 1,
  },
  { name: "endless", says: "And so it goes on, word after word. ", endless: true, window: LONG_WINDOW, slots: 1 },
  { name: "doomed", says: "It speaks until it is killed. ", endless: true, window: LONG_WINDOW, slots: 1 },
  { name: "smollm2", says: null, endless: false, window: 8192, slots: 1 },
];
