import assert from "node:assert/strict";
import fc from "fast-check";
import { byTurns } from "../../src/prompt/by_turns.ts";
import type { PromptMessage } from "../../src/prompt/prompt.ts";

/** A message by the first letter of its role; `c` is an assistant's call. */
const message = (letter: string, index: number): PromptMessage => {
  const pieces = [`${letter}${index}`];
  switch (letter) {
    case "s":
      return { role: "system", pieces };
    case "u":
      return { role: "user", pieces };
    case "t":
      return { role: "tool", toolName: "read_file", pieces };
    case "c":
      return { role: "assistant", pieces, calls: [{ name: "read_file", arguments: { path: "a" } }] };
    default:
      return { role: "assistant", pieces };
  }
};
const messages = (letters: string) => [...letters].map(message);

/** The same letters of what was joined, with what each message says. */
const told = (joined: readonly PromptMessage[]) =>
  joined.map(({ role, pieces, calls }) =>
    `${calls === undefined ? role[0] : "c"}: ${pieces.join("").replaceAll("\n\n", " ")}`
  );

/** What the templates of Devstral and Mistral Small refuse: roles that do not alternate, calls and results apart. */
const isRefused = (joined: readonly PromptMessage[]) =>
  joined.filter(({ role, calls }) => role === "user" || role === "assistant" && calls === undefined)
    .some(({ role }, index) => (role === "user") !== (index % 2 === 0));

const ROWS: readonly (readonly [what: string, letters: string, joined: readonly string[]])[] = [
  ["a word behind a result", "suctu", ["s: s0", "u: u1", "c: c2", "t: t3 u4"]],
  ["a text asked for after a call", "sucu", ["s: s0", "u: u1", "c: c2", "t: u3"]],
  ["a text written after a call", "sucatu", ["s: s0", "u: u1", "c: c2 a3", "t: t4 u5"]],
  ["two results and a word", "sucttu", ["s: s0", "u: u1", "c: c2", "t: t3", "t: t4 u5"]],
  ["two words of the application", "suuauu", ["s: s0", "u: u1 u2", "a: a3", "u: u4 u5"]],
  ["a reply without a call, and its fault", "suctau", ["s: s0", "u: u1", "c: c2", "t: t3", "a: a4", "u: u5"]],
  ["calls in a row", "suctctcu", ["s: s0", "u: u1", "c: c2", "t: t3", "c: c4", "t: t5", "c: c6", "t: u7"]],
];

for (const [what, letters, joined] of ROWS) {
  Deno.test(`natively, roles come by turns: ${what}`, () => {
    assert.deepEqual(told(byTurns(messages(letters), "native")), joined);
  });
}

Deno.test("no exchange is refused by a template that wants roles by turns, and nothing that was said is lost", () => {
  const exchange = fc.array(fc.constantFrom("u", "a", "ct", "ctt", "cu", "c", "cat"), { maxLength: 12 });
  fc.assert(fc.property(exchange, (entries) => {
    const said = messages(`su${entries.join("")}`);
    for (const way of ["native", "prompted", "constrained"] as const) {
      const plain = way === "native"
        ? said
        : said.map(({ role, pieces }): PromptMessage => ({ role: role === "tool" ? "user" : role, pieces }));
      const joined = byTurns(plain, way);
      assert.ok(!isRefused(joined), told(joined).join(", "));
      assert.deepEqual(
        joined.flatMap(({ pieces }) => pieces).filter((piece) => piece !== "\n\n"),
        plain.flatMap(({ pieces }) => pieces),
      );
    }
  }));
});
