import assert from "node:assert/strict";
import { writeFiles } from "../plugin/live/write_files.ts";
import { live, newestJournal } from "./fixtures/lives.ts";
import { withSample, withServers } from "./fixtures/separate_servers.ts";

/** A plugin with one tool, and an error of types where wanted. */
const TOOL = (said: string) =>
  `import { z } from "zod";
import { definePlugin, defineTool } from "autonomy";
export default definePlugin({
  name: "shout",
  tools: [defineTool({
    name: "shout",
    describes: "Shouts.",
    input: z.object({ text: z.string() }),
    access: "reads",
    run: () => "${said}",
  })],
});
`;

Deno.test("a run that is killed and resumed names the plugin versions that it had, and goes on with what stands there now", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      const plugins = `${place.config}/plugins`;
      await writeFiles(plugins, { "shout.ts": TOOL("first") });
      const words = ["run", "Make the failing tests pass", "--trust"];
      const killed = await live(place, hosts, words, {}, { facts: 30, delayMs: 0 });
      assert.ok(killed.killed, killed.err);
      assert.match(killed.err, / {2}shout v1 \([0-9a-f]{8}\) ready\n/);
      const copies = () => [...Deno.readDirSync(`${place.state}/hosted/copies`)].map(({ name }) => name);
      const [first] = copies();
      assert.deepEqual(copies(), [first]);

      await writeFiles(plugins, {
        "shout.ts": TOOL("second"),
        "whisper.ts": TOOL("quietly").replaceAll("shout", "whisper"),
      });
      const { lines, err } = await live(place, hosts, ["run", "--continue"], {}, { facts: 60, delayMs: 0 });
      assert.match(err, / {2}shout v1 → v2 \([0-9a-f]{8}\) ready: its file changed while the run was left\n/);
      assert.match(err, / {2}whisper v1 \([0-9a-f]{8}\) ready\n/);
      const ready = lines.filter(({ type }) => type === "plugin.ready");
      assert.deepEqual(ready.map(({ plugin, number, before }) => [plugin, number, before]), [
        ["shout", 2, 1],
        ["whisper", 1, null],
      ]);
      const facts = newestJournal(place)?.facts ?? [];
      const versions = facts.flatMap((fact) => fact.type === "plugin_ready" ? [`${fact.plugin} v${fact.number}`] : []);
      assert.deepEqual(versions, ["shout v1", "shout v2", "whisper v1"]);
      assert.ok(
        copies().length === 3 && copies().includes(first!),
        "each version has its copy, and is found again by it",
      );
    })
  ));
