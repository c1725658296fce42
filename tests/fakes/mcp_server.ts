// An MCP server over standard streams, written by hand, with faults: `deno run tests/fakes/mcp_server.ts [silent | dies | stubborn]`.
import { answerTo, type Message } from "./mcp_answers.ts";

const [way] = Deno.args;
const encoder = new TextEncoder();
const say = (message: unknown): void => {
  let bytes = encoder.encode(typeof message === "string" ? `${message}\n` : `${JSON.stringify(message)}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
};

if (way === "dies") {
  Deno.stderr.writeSync(encoder.encode("no luck today\n"));
  Deno.exit(3);
}

let rest = "";
for await (const piece of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + piece).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    if (way !== "silent") { for (const message of answerTo(JSON.parse(line) as Message)) say(message); }
  }
}
if (way === "stubborn") await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
