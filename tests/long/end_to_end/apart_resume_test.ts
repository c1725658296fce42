import assert from "node:assert/strict";
import { join } from "node:path";
import { live, newestJournal } from "../../end_to_end/fixtures/lives.ts";
import { withSample, withServers } from "../../end_to_end/fixtures/separate_servers.ts";

const RUN = ["run", "Make the failing tests pass", "--trust"];

Deno.test("a run that was killed while an attempt worked in a copy goes on in copies, whatever the configuration says by then", () =>
  withServers(async (hosts) => {
    let written = 0;
    await withSample(async (place) => {
      await live(place, hosts, RUN, {}, null);
      written = newestJournal(place)!.facts.find((fact) => fact.type === "write_closed" && "workspace" in fact)!.seq;
    });
    await withSample(async (place) => {
      const { killed } = await live(place, hosts, RUN, {}, { facts: written, delayMs: 0 });
      assert.ok(killed);
      Deno.writeTextFileSync(join(place.config, "config.jsonc"), '{ "sandbox": { "copies": false } }\n');
      const lived = await live(place, hosts, ["run", "--continue"], {}, null);
      assert.equal(lived.code, 0, lived.err);
      const { facts } = newestJournal(place)!;
      const byTools = facts.filter((fact) => fact.type === "write_closed" && /\.call\d/.test(fact.key));
      assert.ok(byTools.length > 0);
      assert.deepEqual(byTools.filter((fact) => !("workspace" in fact)), []);
    });
  }));
