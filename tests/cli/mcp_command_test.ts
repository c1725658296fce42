import assert from "node:assert/strict";
import { startHttpServer } from "../fakes/mcp_http_server.ts";
import { fakeCommand } from "../mcp/fixtures/fake_server.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

async function configured(place: Place, mcp: object): Promise<void> {
  await Deno.writeTextFile(`${place.config}/config.jsonc`, JSON.stringify({ mcp }));
}

Deno.test("the list starts the servers and says of each how it is reached, what it offers, or why it does not", () =>
  withPlace(async (place) => {
    assert.match((await call(place, ["mcp"])).out, /^No MCP server is configured\. Name one under "mcp"/);
    await configured(place, {
      fake: { command: fakeCommand() },
      gone: { command: "no-such-program --at all" },
      away: { url: "http://me:s3cret@127.0.0.1:1/mcp" },
    });
    const { code, out } = await call(place, ["mcp"]);
    assert.equal(code, 0);
    assert.match(out, /^NAME +FROM +STATE +TOOLS +HOW\nfake +user +ready +10 tools, fake 1\.0 +\S+deno run /);
    assert.match(out, /^gone +user +failed +- +no-such-program --at all$/m);
    assert.match(out, /^away +user +failed +- +http:\/\/…@127\.0\.0\.1:1\/mcp$/m);
    assert.match(out, /The MCP server gone does not start: .*no-such-program: not found/);
    assert.doesNotMatch(out, /s3cret/);
    const lines = jsonLines((await call(place, ["mcp", "list", "--json"])).out);
    assert.deepEqual(lines.map(({ name, state }) => [name, state]), [
      ["fake", "ready"],
      ["gone", "failed"],
      ["away", "failed"],
    ]);
  }));

Deno.test("a test of a server shows its tools with their arguments, and says which ask first", () =>
  withPlace(async (place) => {
    await configured(place, { fake: { command: fakeCommand() }, dead: { command: fakeCommand("dies") } });
    const { code, out } = await call(place, ["mcp", "test", "fake"]);
    assert.equal(code, 0);
    assert.match(out, /^fake 1\.0 answers with 10 tools\. A role has them with "mcp:fake" in its tools\.\n/);
    assert.match(
      out,
      /^echo \(text\)\n {2}Says a text again\. It is nothing else\.\nkeep \(text, file, times\?\), asks first\n/m,
    );
    assert.match(out, /2 tools cannot be used as they are told\.\n$/);
    const tools = jsonLines((await call(place, ["mcp", "test", "fake", "--json"])).out);
    assert.deepEqual([tools[1]?.name, tools[1]?.free, tools.length], ["keep", false, 10]);
    const dead = await call(place, ["mcp", "test", "dead"]);
    assert.deepEqual([dead.code, dead.out], [7, ""]);
    assert.match(dead.err, /The MCP server dead does not start: .*no luck today \(exit code 3\)/);
    const unknown = await call(place, ["mcp", "test", "fakes"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no MCP server "fakes"; did you mean "fake"\? There are: fake, dead\./);
  }));

Deno.test("the key of a server that is reached by HTTP comes from the variable that is named", () =>
  withPlace(async (place) => {
    const server = startHttpServer({ key: "Bearer s3cret" });
    try {
      await configured(place, { web: { url: server.url, headers_from: { Authorization: "WEB_KEY" } } });
      const found = await call(place, ["mcp"], { env: { WEB_KEY: "Bearer s3cret" } });
      assert.match(found.out, /^web +user +ready +10 tools, fake 1\.0 /m);
      const unset = await call(place, ["mcp"]);
      assert.match(unset.out, /environment variables WEB_KEY hold, which are not set\. .*mcp\.web\.headers_from/);
    } finally {
      await server.close();
    }
  }));

Deno.test("servers of a project wait until it is trusted; what is written wrong is told with its place", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.project}/.autonomy`);
    const file = `${place.project}/.autonomy/config.jsonc`;
    await Deno.writeTextFile(file, JSON.stringify({ mcp: { own: { command: fakeCommand("dies"), folder: "tools" } } }));
    const untrusted = await call(place, ["mcp"]);
    assert.match(untrusted.out, /No MCP server is configured[^]*Not used until the project is trusted .*: mcp \(/);
    const shown = await call(place, ["config", "--trust"]);
    assert.match(
      shown.out,
      /^mcp\.own +\{"folder":"\S+\/project\/\.autonomy\/tools",.*\.autonomy\/config\.jsonc:1:15$/m,
    );
    await Deno.writeTextFile(
      file,
      '{ "mcp": { "a-b": { "command": "x" }, "both": { "command": "x", "url": "http://h/" } } }',
    );
    const wrong = await call(place, ["mcp", "--trust"]);
    assert.equal(wrong.code, 7);
    assert.match(wrong.err, /config\.jsonc:1:12: the name mcp\.a-b must be lower case letters, digits and _/);
    assert.match(wrong.err, /config\.jsonc:1:47: mcp\.both must have a command or an url, not both/);
  }));

Deno.test("servers of plugins are listed with the plugin, once it may start them; one whose name is taken leaves its plugin out", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.config}/plugins`);
    const plugin = (name: string, server: string) =>
      Deno.writeTextFile(
        `${place.config}/plugins/${name}.ts`,
        `export default { name: "${name}", mcp: { ${server}: { command: ${JSON.stringify(fakeCommand())} } } };`,
      );
    await plugin("tracker", "tracks");
    await plugin("taken", "fake");
    await configured(place, { fake: { command: fakeCommand() } });
    const before = await call(place, ["mcp"]);
    assert.match(before.out, /^tracks +plugin tracker +waits +- /m);
    assert.match(
      before.out,
      /^The MCP server tracks of the plugin tracker waits for a permission: its plugin starts \S+deno, and nobody allowed that yet\. A person allows it by: autonomy plugins allow tracker$/m,
    );
    assert.match(
      before.out,
      /^Left out: Plugin \S+taken\.ts offers a name that is taken\.\n {2}MCP server "mcp:fake" is named in \S+config\.jsonc:1:\d+\.$/m,
    );
    assert.match((await call(place, ["plugins"])).out, /^tracker +user +\w+ +ready +mcp:tracks$/m);
    assert.equal((await call(place, ["plugins", "allow", "tracker"])).code, 0);
    const { out } = await call(place, ["mcp"]);
    assert.match(out, /^fake +user +ready +10 tools, fake 1\.0 /m);
    assert.match(out, /^tracks +plugin tracker +ready +10 tools, fake 1\.0 /m);
    assert.match(
      (await call(place, ["mcp", "test", "tracks"])).out,
      /A role has them with "mcp:tracks" in its tools\.$/m,
    );
  }));
