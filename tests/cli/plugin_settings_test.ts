import assert from "node:assert/strict";
import { callHere as call } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";

const PLUGIN = `
import { z } from "zod";
import { definePlugin } from "autonomy";

export default definePlugin({
  name: "clock",
  settings: z.object({
    zone: z.string().describe("Zone of the clock."),
    hours: z.int().min(1).default(24).describe("Hours of a day."),
  }),
});
`;

/** A plugin with settings in the person's folder, and what the two files say. */
async function withClock(place: Place, user: string, project = "{}"): Promise<void> {
  await Deno.mkdir(`${place.config}/plugins`);
  await Deno.writeTextFile(`${place.config}/plugins/clock.ts`, PLUGIN);
  await Deno.writeTextFile(`${place.config}/config.jsonc`, user);
  await Deno.mkdir(`${place.project}/.autonomy`);
  await Deno.writeTextFile(`${place.project}/.autonomy/config.jsonc`, project);
}

Deno.test("settings of a plugin are shown with their place, those of the project once it is trusted, the usual ones too", () =>
  withPlace(async (place) => {
    await withClock(
      place,
      '{\n  "settings": {\n    "clock": { "zone": "UTC" }\n  }\n}\n',
      '{ "settings": { "clock": { "zone": "CET" } } }',
    );
    const untrusted = await call(place, ["config"]);
    assert.equal(untrusted.code, 0);
    assert.match(untrusted.out, /settings\.clock\.zone +UTC +\S+\/config\/config\.jsonc:3:24/);
    assert.match(untrusted.out, /settings\.clock\.hours +24 +default/);
    assert.match(untrusted.out, /Not used until the project is trusted .*: settings \(\S+config\.jsonc:1:15\)/);
    const trusted = await call(place, ["config", "--trust"]);
    assert.match(trusted.out, /settings\.clock\.zone +CET +\S+\/project\/\.autonomy\/config\.jsonc:1:36/);
  }));

Deno.test("a plugin whose settings do not fit is left out with each fault and its place, and the rest goes on", () =>
  withPlace(async (place) => {
    await withClock(
      place,
      '{\n  "settings": { "clock": { "hours": 0, "zones": 1 }, "comands": { "a": 1 }, "commands": { "a": 1 } }\n}\n',
    );
    const { code, out } = await call(place, ["plugins"]);
    assert.equal(code, 0);
    assert.match(out, /clock\.ts cannot be used with its settings/);
    assert.match(out, /settings\.clock: "zone" is missing \(string: Zone of the clock\)/);
    assert.match(out, /config\.jsonc:2:37: settings\.clock: "hours" must be at least 1/);
    assert.match(out, /config\.jsonc:2:49: settings\.clock: There is no setting "zones"\. Did you mean "zone"\?/);
    assert.match(out, /config\.jsonc:2:72: settings\.comands is of no plugin\. Did you mean "commands"\?/);
    assert.match(out, /config\.jsonc:2:96: the plugin "commands" takes no settings/);
  }));

Deno.test("the schema of the file says which settings the plugins that are there take, whatever stands in the files", () =>
  withPlace(async (place) => {
    await withClock(place, "{ wrong");
    const { code, out } = await call(place, ["config", "--schema"]);
    assert.equal(code, 0);
    const { settings } = JSON.parse(out).properties;
    assert.deepEqual(settings.properties.clock.properties.hours, {
      type: "integer",
      minimum: 1,
      default: 24,
      description: "Hours of a day.",
    });
    assert.equal(typeof settings.additionalProperties, "object", "those of others may be anything");
  }));
