import assert from "node:assert/strict";
import { EXIT } from "../../src/cli/exit_code.ts";
import { callHere } from "./fixtures/call_here.ts";
import { jsonLines } from "./fixtures/command_line.ts";
import { JSON_SCRIPT, JSON_WISH, PROJECT, quickly, withWish } from "./fixtures/wish_place.ts";

Deno.test("criteria of a file are taken word for word, told before the work, and named at the end; a run that goes on has its own", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const file = `${place.folder}/criteria.md`;
    await Deno.writeTextFile(file, "# Report\n\n- report gives `--json` rows as JSON\n* [ ] The README says so.\n");
    const words = ["run", JSON_WISH, "--trust", "--json", ...hosts, "--criteria"];
    const { out } = await callHere(place, [...words, file]);
    const lines = jsonLines(out);
    const made = lines.find(({ type }) => type === "criteria.made");
    const texts = (of: unknown) => (of as { readonly text: string }[]).map(({ text }) => text);
    const given = ["report gives `--json` rows as JSON", "The README says so."];
    assert.deepEqual([made?.by, texts(made?.criteria)], ["given", given]);
    const ended = lines.at(-1)?.criteria as { readonly text: string; readonly shown: boolean | null }[];
    assert.deepEqual([texts(ended), ended[1]?.shown], [given, null]);
    const again = await callHere(place, ["run", "--continue", "--criteria", file, ...hosts]);
    assert.equal(again.code, EXIT.usage);
    assert.match(again.err, /--criteria is for a new run/);
  }, quickly(PROJECT)));

Deno.test("a file of criteria that is not there, says nothing or is no list is a wrong use, and no run begins", () =>
  withWish({}, async (place, hosts) => {
    const file = `${place.folder}/criteria.md`;
    for (
      const [text, says] of [
        [null, /criteria could not be read: --criteria names .*criteria\.md: /],
        ["# Nothing\n\n", /holds no criteria: a line each is wanted/],
        ["x".repeat(100_001), /it has 100001 bytes, and 100000 are the most/],
        ["- a\0\n\0b", /it is no text in UTF-8/],
        ["- a\n".repeat(21), /criteria\.md holds 21 criteria, and 20 are the most that a run looks at/],
        [`- a\n- ${"x".repeat(1_001)}`, /criteria\.md holds 1001 characters as criterion 2, and 1000 are the most/],
      ] as const
    ) {
      if (text !== null) await Deno.writeTextFile(file, text);
      const { code, err } = await callHere(place, ["run", JSON_WISH, "--trust", ...hosts, "--criteria", file]);
      assert.equal(code, EXIT.usage, err);
      assert.match(err, says);
    }
    assert.doesNotMatch((await callHere(place, ["runs"])).out, /json/);
  }, quickly(PROJECT)));
