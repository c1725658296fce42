import assert from "node:assert/strict";
import { callHere as call } from "./fixtures/call_here.ts";
import { withPlace } from "./fixtures/command_line.ts";

const FILES = {
  "package.json": '{ "name": "p", "type": "module", "scripts": { "test": "node --test" } }',
  "src/add.js": "export function add(left, right) {\n  return left - right;\n}\n",
  "test/add.test.js": 'import { add } from "../src/add.js";\n',
};

async function write(project: string): Promise<void> {
  for (const [path, text] of Object.entries(FILES)) {
    await Deno.mkdir(`${project}/${path.slice(0, path.lastIndexOf("/") + 1)}`, { recursive: true });
    await Deno.writeTextFile(`${project}/${path}`, text);
  }
}

Deno.test("prompt prints the messages and the schema that a role would be sent, and the tokens of each part add up", () =>
  withPlace(async (place) => {
    await write(place.project);
    const { code, out, err } = await call(place, [
      "prompt",
      "coding",
      "--task",
      "Repair src/add.js",
      "--model-size",
      "7b",
      "--json",
    ]);
    assert.equal(code, 0, err);
    const sent = JSON.parse(out);
    assert.deepEqual([sent.role, sent.purpose, sent.variant, sent.complexity], ["coding", "work", "small", 1]);
    assert.match(sent.messages[0].content, /You are the coding specialist of a crew/);
    assert.match(sent.messages[1].content, /# File src\/add\.js \(3 lines\)\n```\nexport function add/);
    assert.ok(sent.schema.anyOf.length > 0);
    const parts = sent.sections.reduce((sum: number, { tokens }: { tokens: number }) => sum + tokens, 0);
    assert.ok(Math.abs(parts - sent.estimated) < 60, `${parts} of ${sent.estimated}`);
    const large = JSON.parse(
      (await call(place, ["prompt", "coding", "--task", "Repair src/add.js", "--model-size", "32b", "--json"])).out,
    );
    assert.equal(large.variant, "large");
    assert.notEqual(large.messages[0].content, sent.messages[0].content);
  }));

Deno.test("prompt shows every role of the crew as text, writes nothing, and refuses what it cannot show with a sentence", () =>
  withPlace(async (place) => {
    await write(place.project);
    for (const role of ["arbiter", "reasoning", "analysis", "interpreter"]) {
      const { code, out, err } = await call(place, ["prompt", role, "--task", "Repair src/add.js"]);
      assert.equal(code, 0, err);
      assert.match(out, /^PART +TOKENS +GIVES WAY$/m);
      assert.match(out, /^role +\d+ +pinned$/m);
      assert.match(out, /About \d+ tokens, counted with o200k/);
    }
    const review = await call(place, ["prompt", "reasoning", "--phase", "qa", "--task", "Repair src/add.js"]);
    assert.match(review.out, /^reasoning: review,/);
    const unknown = await call(place, ["prompt", "cook"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no role "cook"; the roles are arbiter, coding/);
    const untrusted = await call(place, ["prompt", "coding", "--checks"]);
    assert.equal(untrusted.code, 4);
    assert.match(untrusted.err, /is not trusted, so its checks may not run/);
    assert.deepEqual([...Deno.readDirSync(place.project)].map(({ name }) => name).sort(), [
      "package.json",
      "src",
      "test",
    ]);
  }));
