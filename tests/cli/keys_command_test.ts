import assert from "node:assert/strict";
import { parseKeys } from "../../src/cli/keys_file.ts";
import { codeBlocks, readPages } from "../docs/pages.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

async function writeKeys(place: Place, text: string): Promise<string> {
  const path = `${place.config}/keys.jsonc`;
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test("keys lists each action with its keys, and the place of those that are bound anew", () =>
  withPlace(async (place) => {
    const usual = await call(place, ["keys"]);
    assert.equal(usual.code, 0);
    assert.match(usual.out, /^pane\.zoom +z +the panel alone, and back +default$/m);
    const path = await writeKeys(place, '{\n  // mine\n  "pane.zoom": ["Z", "f4"],\n  "pane.raw": null,\n}\n');
    const { code, out } = await call(place, ["keys", "--json"]);
    assert.equal(code, 0);
    const own = jsonLines(out).filter(({ origin }) => origin !== "default");
    assert.deepEqual(own.map(({ action, keys, origin }) => [action, keys, origin]), [
      ["pane.zoom", ["Z", "f4"], `${path}:3:16`],
      ["pane.raw", [], `${path}:4:15`],
    ]);
    assert.match((await call(place, ["keys"])).out, /^pane\.raw +none /m);
  }));

Deno.test("a file of keys that is wrong ends keys with 7, with each place and what to do", () =>
  withPlace(async (place) => {
    const path = await writeKeys(
      place,
      '{\n "pane.zoom": "p",\n "pane.zom": "Z",\n "pane.raw": 3,\n "gate.pass": "cmd-x"\n}',
    );
    const { code, out, err } = await call(place, ["keys"]);
    assert.equal(code, 7);
    assert.equal(out, "");
    assert.match(
      err,
      /keys\.jsonc has 4 mistakes, so the usual keys are used until you correct it\. To see .* rename the file/,
    );
    for (
      const told of [
        `${path}:2:15: pane.zoom: p is a key of pane.pause`,
        `${path}:3:2: there is no action pane.zom; did you mean pane.zoom?`,
        `${path}:4:14: pane.raw: wanted a key, a list of keys, or null for none`,
        `${path}:5:15: gate.pass: terminals keep cmd-x for themselves`,
      ]
    ) assert.ok(err.includes(told), `${told}\n${err}`);
  }));

Deno.test("what is no JSON, no object or stands twice binds nothing, and says so", () => {
  for (const text of ['{ "pane.zoom" "Z" }', '["pane.zoom"]', '{ "pane.zoom": "Z", "pane.zoom": "Y" }']) {
    const { keymap, faults } = parseKeys("/k", text);
    assert.equal(keymap.size, 0, text);
    assert.match(faults[0] ?? "", /^\/k:1:\d+: /, text);
  }
  assert.deepEqual(parseKeys("/k", "").faults, []);
});

Deno.test("the keys that are printed in the documentation can be bound as they are printed", async () => {
  const page = (await readPages()).find(({ path }) => path === "docs/keys.md")!;
  const [text = ""] = codeBlocks(page, "json");
  const { keymap, faults } = parseKeys("/k", text);
  assert.deepEqual(faults, []);
  assert.equal(keymap.size, 3);
});
