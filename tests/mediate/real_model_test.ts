import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readReply } from "../../src/mediate/read_reply.ts";
import type { ToolDeclaration, Way } from "../../src/kernel/call.ts";

interface Row {
  readonly model: string;
  readonly mode: string;
  readonly case: string;
  readonly expected: string | readonly string[];
  readonly message: {
    readonly content: string;
    readonly tool_calls?: readonly { readonly function: { name: string; arguments: unknown } }[];
  };
}

interface WireTool {
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Record<string, unknown>;
  };
}

const FOLDER = new URL("../wire/real-model/", import.meta.url);
const cases = JSON.parse(readFileSync(new URL("cases.json", FOLDER), "utf8")) as { tools: Record<string, WireTool[]> };
const rows = readFileSync(new URL("ways_of_calling.jsonl", FOLDER), "utf8").trim().split("\n").map((line) =>
  JSON.parse(line) as Row
);

function declarations(key: string): ToolDeclaration[] {
  return (cases.tools[key] ?? []).map(({ function: { name, description, parameters } }) => ({
    name,
    describes: description,
    parameters,
  }));
}

function wayOf(mode: string): Way {
  return mode.startsWith("format") ? "constrained" : mode.startsWith("declarations") ? "prompted" : "native";
}

const COPIED = /^The call of \w+ repeats what the schema says of "(?:query|content)"\. Give the value itself\.$/;

/** Replies that name an offered tool and yet are no call that could be made, each with what the fault must say. */
const REFUSED: Readonly<Record<number, RegExp>> = {
  // What the schema says of an argument in its place.
  30: COPIED,
  48: COPIED,
  50: COPIED,
  137: COPIED,
  138: COPIED,
  140: COPIED,
  141: COPIED,
  32: /The reply ended inside the call/, // an object that nests itself until the end
  83: /"start_line" must be a whole number, but is "integer"/,
  163: /"path" must be a string, but is \{"type"/, // the schema in the argument's place
  164: /"path" must be a string, but is \{"type"/,
  168: /"command" must be a string, but is \{"type"/,
};

Deno.test("each reply of the real models that a person reads as a call is read as that call, each other is refused with its reason", () => {
  assert.equal(rows.length, 288);
  rows.forEach((row, index) => {
    const tools = declarations(row.case[0] ?? "");
    const names = new Set(tools.map(({ name }) => name));
    const reading = readReply({
      text: row.message.content,
      delivered: (row.message.tool_calls ?? []).map((call) => call.function),
      thinking: "",
      tools,
      way: wayOf(row.mode),
      forced: false,
    });
    const label = `${index} ${row.model} ${row.mode} ${row.case}`;
    // A person sees an object that says "name": an offered tool.
    const seen = /["']name["']:\s*["']([^"']+)["'][^}]*["']arguments["']/.exec(row.message.content)?.[1];
    const refusal = REFUSED[index];
    if (seen !== undefined && names.has(seen) && refusal === undefined) {
      assert.deepEqual(reading.calls.map(({ name }) => name), [seen], label);
      assert.equal(reading.fault, null, label);
    } else {
      assert.deepEqual(reading.calls, [], label);
      const reason = refusal ??
        (seen !== undefined ? /There is no tool|could not be read/ : /holds no call|names no tool|There is no tool/);
      assert.match(reading.fault ?? "", reason, label);
    }
  });
});

Deno.test("the share of right replies is at least what was measured when they were recorded", () => {
  const right = new Map<string, number>();
  for (const row of rows) {
    const reading = readReply({
      text: row.message.content,
      delivered: [],
      thinking: "",
      tools: declarations(row.case[0] ?? ""),
      way: wayOf(row.mode),
      forced: false,
    });
    const [call] = reading.calls;
    const key = `${row.model.includes("0.5B") ? "0.5B" : "1.5B"} ${row.mode}`;
    const hit = call !== undefined && reading.calls.length === 1 && [row.expected].flat().includes(call.name);
    right.set(key, (right.get(key) ?? 0) + (hit ? 1 : 0));
  }
  assert.equal(right.get("1.5B format: reason first"), 17);
  assert.equal(right.get("1.5B format: anyOf exact"), 15);
  assert.equal(right.get("1.5B declarations in the prompt"), 13);
  assert.equal(right.get("1.5B native"), 13);
  assert.equal(right.get("0.5B format: reason first"), 10, "one more copies the schema in place of an argument");
  assert.equal(right.get("0.5B declarations in the prompt"), 6);
  assert.equal(right.get("1.5B unwrapped tools (the predecessor)"), 0);
});
