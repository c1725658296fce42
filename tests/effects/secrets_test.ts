import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { contentHash } from "../../src/work/content_hash.ts";
import { atTurn, OLD, type TurnAtWork } from "./turn_at_work.ts";

const SECRET = "TOKEN=s3cret-return-1";
/** Files with secrets, and one that only shows how such a file is written. */
const FILES = {
  ".env": SECRET,
  "src/.env.local": SECRET,
  "keys/id_ed25519": SECRET,
  "keys/server.pem": SECRET,
  ".npmrc": SECRET,
  "credentials-prod.json": SECRET,
  ".aws/config": SECRET,
  ".env.example": "TOKEN=fill-this-in",
};
const SECRETS = Object.keys(FILES).filter((path) => path !== ".env.example");

/** All that the turn was given: what it starts with and what its calls gave. */
function given(turn: TurnAtWork): string {
  const [open] = Object.values(turn.state.turns.open);
  const { texts, changes } = open!.prepared!;
  const whole = [...texts, ...open!.exchange].map(({ text }) => text).concat(changes ?? []).map(({ text, blob }) =>
    blob === undefined ? text : new TextDecoder().decode(turn.blobs.getBlob(blob))
  );
  return [JSON.stringify(open), ...whole].join("\n");
}

Deno.test("a search passes over files that may hold secrets and says how many; one that is named itself is searched", () =>
  atTurn(async (turn) => {
    const all = await turn.call("search_code", { query: "return-1" });
    assert.match(
      all.text,
      new RegExp(`not found in .* files\\.\\n\\(${SECRETS.length} files that may hold secrets were passed over`),
    );
    const sample = await turn.call("search_code", { query: "TOKEN" });
    assert.match(sample.text, /^\.env\.example:1: TOKEN=fill-this-in\n/);
    const folder = await turn.call("search_code", { query: "TOKEN", path: "keys" });
    assert.match(folder.text, /2 files that may hold secrets/);
    assert.ok(!given(turn).includes("s3cret"));
    // The rule asks a person before this one.
    assert.match((await turn.call("search_code", { query: "TOKEN", path: "./keys/server.pem" })).text, /s3cret/);
  }, FILES));

Deno.test("no link and no tool leads to a secret that the call does not name", () =>
  atTurn(async (turn) => {
    symlinkSync(".env", `${turn.root}/notes.txt`);
    mkdirSync(`${turn.root}/docs`);
    symlinkSync("../keys", `${turn.root}/docs/more`);
    for (
      const [name, args] of [
        ["read_file", { path: "notes.txt" }],
        ["rewrite_file", { path: "notes.txt", content: "x" }],
        ["edit_file", { path: "notes.txt", old_text: "TOKEN", new_text: "x" }],
        ["rewrite_lines", { path: "./notes.txt", from_line: 1, to_line: 1, content: "x" }],
      ] as const
    ) {
      const refused = await turn.call(name, args);
      assert.ok(!refused.done && /may hold secrets/.test(refused.text), `${name}: ${refused.text}`);
    }
    assert.equal(turn.text(".env"), SECRET);
    assert.ok(!given(turn).includes("s3cret"));
    assert.ok((await turn.call("read_file", { path: "./.env" })).done, "the one that was asked about");
  }, FILES));

Deno.test("no turn starts with what stands in a file that may hold secrets, though its task and its failures name it", async () => {
  const paths = [...SECRETS, ".env.example"];
  for (const target of [".env", "keys/server.pem", ".env.example"]) {
    await atTurn(
      (turn) => {
        const { files, texts } = Object.values(turn.state.turns.open)[0]!.prepared!;
        assert.ok(files.includes(target), "its name is known");
        assert.deepEqual(texts.filter(({ path }) => SECRETS.includes(path)), []);
        if (target === ".env.example") assert.ok(texts.some(({ path }) => path === target), "a sample is shown");
        assert.ok(!given(turn).includes("s3cret"));
        return Promise.resolve();
      },
      FILES,
      { paths: [target, ...paths], target, mentions: SECRETS.join(" ") },
    );
  }
});

Deno.test("a difference of a file that may hold secrets says only that it changed", () =>
  atTurn(
    (turn) => {
      const [open] = Object.values(turn.state.turns.open);
      const changes = open!.prepared!.changes;
      assert.match(changes?.text ?? "", /\.env: changed; it may hold secrets/);
      assert.ok(!JSON.stringify(changes).includes("s3cret"));
      return Promise.resolve();
    },
    FILES,
    {
      tried: [{
        number: 1,
        writes: [{
          path: ".env",
          before: contentHash(OLD),
          after: contentHash(SECRET),
          modeBefore: null,
          modeAfter: null,
          createdFolders: [],
        }],
      }],
    },
  ));
