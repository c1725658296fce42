/** A message as it comes to a server. */
export interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: {
    readonly protocolVersion?: string;
    readonly name?: string;
    readonly arguments?: Record<string, unknown>;
    readonly _meta?: { readonly progressToken?: number };
  };
}

const TEXT = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
const NONE = { type: "object", properties: {} };
const READS = { readOnlyHint: true };

const TOOLS: Record<string, unknown>[] = [
  { name: "echo", description: "Says a text again. It is nothing else.", inputSchema: TEXT, annotations: READS },
  {
    name: "keep",
    description: "Keeps a text in a file.",
    inputSchema: {
      type: "object",
      properties: { text: { type: "string" }, file: { type: "string" }, times: { type: "integer" } },
      required: ["text", "file"],
    },
  },
  { name: "picture", inputSchema: NONE, annotations: READS },
  {
    name: "much",
    inputSchema: { type: "object", properties: { megabytes: { type: "integer" } }, required: ["megabytes"] },
    annotations: READS,
  },
  { name: "crash", inputSchema: NONE, annotations: READS },
  { name: "hang", inputSchema: NONE, annotations: READS },
  { name: "garble", inputSchema: NONE, annotations: READS },
  { name: "refuse", inputSchema: NONE, annotations: READS },
  { name: "variables", inputSchema: NONE, annotations: READS },
  { name: "change", inputSchema: NONE, annotations: READS },
  { name: "a name that nobody can call", inputSchema: NONE },
  { name: "odd", inputSchema: "no schema" },
];

/** Gives what a server says to a message: answers, notifications, or a text that is none. */
export function answerTo({ id, method, params = {} }: Message): readonly unknown[] {
  const answer = (result: unknown) => [{ jsonrpc: "2.0", id, result }];
  switch (method) {
    case "initialize":
      return answer({
        protocolVersion: params.protocolVersion,
        capabilities: { tools: { listChanged: true } },
        serverInfo: { name: "fake", version: "1.0" },
      });
    case "tools/list":
      return answer({ tools: TOOLS });
    case "tools/call":
      return called(params, answer, id);
    default:
      return [];
  }
}

function called(
  { name, arguments: args = {}, _meta }: NonNullable<Message["params"]>,
  answer: (result: unknown) => readonly unknown[],
  id: number | undefined,
): readonly unknown[] {
  const text = (said: string) => answer({ content: [{ type: "text", text: said }] });
  switch (name) {
    case "keep":
      Deno.writeTextFileSync(String(args.file), String(args.text));
      return text("kept");
    case "picture":
      return answer({
        content: [
          { type: "text", text: "A dot:" },
          { type: "image", data: "aGVsbG8h", mimeType: "image/png" },
          { type: "resource_link", uri: "file:///dot.svg", name: "dot" },
          { type: "hologram" },
        ],
      });
    case "much":
      return text("a".repeat(Number(args.megabytes) * 1024 * 1024));
    case "crash":
      Deno.stderr.writeSync(new TextEncoder().encode("out of luck\n"));
      return Deno.exit(3);
    case "hang":
      return [{
        jsonrpc: "2.0",
        method: "notifications/progress",
        params: { progressToken: _meta?.progressToken, progress: 1, total: 3, message: "still at it" },
      }];
    case "garble":
      return ['{"jsonrpc": "2.0", "id": 1, "result": {"content": ['];
    case "refuse":
      return [{ jsonrpc: "2.0", id, error: { code: -32602, message: "not with me" } }];
    case "variables":
      return text(Object.keys(Deno.env.toObject()).sort().join(" "));
    case "change":
      TOOLS.push({ name: "later", description: "Came later.", inputSchema: NONE, annotations: READS });
      return [{ jsonrpc: "2.0", method: "notifications/tools/list_changed" }, ...text("changed")];
    default:
      return text(String(args.text ?? "nothing"));
  }
}
