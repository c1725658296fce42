import assert from "node:assert/strict";
import { followTheme } from "../../src/cli/own_theme.ts";
import { parseTheme, readTheme } from "../../src/cli/theme_file.ts";
import { type Theme, THEMES } from "../../src/tui/theme.ts";
import { codeBlocks, readPages } from "../docs/pages.ts";
import { HANGING_MS } from "../fakes/hanging.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, withPlace } from "./fixtures/command_line.ts";

const PATH = "/home/person/.config/autonomy/themes/mine.jsonc";

Deno.test("a file of a theme says what is other than in the theme that it begins with", () => {
  const { theme, faults } = parseTheme(PATH, '{ // mine\n "from": "dark", "focus": "bold bright-magenta", }');
  assert.deepEqual(faults, []);
  assert.deepEqual(theme, { ...THEMES.dark, focus: "bold bright-magenta" });
  assert.deepEqual(parseTheme(PATH, "").theme, THEMES.terminal);
});

Deno.test("what is wrong in a file of a theme is said, all of it, with its place, and nothing of it is used", () => {
  const text = '{\n "from": "drak",\n "focsu": "blue",\n "added": "lime",\n "dim": ["dim"],\n "added": "green"\n}';
  const { theme, faults } = parseTheme(PATH, text);
  assert.equal(theme, null);
  assert.deepEqual(faults.map((fault) => fault.replace(/; [^]*/, "")).toSorted(), [
    `${PATH}:2:10: there is no theme "drak" to begin with`,
    `${PATH}:3:11: focsu: there is no such role of text`,
    `${PATH}:5:9: dim: wanted a text such as "bold red"`,
    `${PATH}:6:2: "added" stands here a second time`,
  ]);
  assert.match(
    parseTheme(PATH, '{ "added": "lime" }').faults.join(),
    /:1:12: added: "lime" is no look; wanted attributes/,
  );
  assert.match(parseTheme(PATH, "[]").faults.join(), /:1:1: wanted an object/);
  assert.match(parseTheme(PATH, '{ "added": ').faults.join(), /:1:12: this is no JSON/);
});

Deno.test("a name is no path, and one that stands for nothing says where its file would be", () =>
  withPlace((place) => {
    const environment = (name: string) => name === "AUTONOMY_CONFIG_HOME" ? place.config : undefined;
    assert.deepEqual(readTheme(environment, "light").theme, THEMES.light);
    assert.match(
      readTheme(environment, "../keys").faults.join(),
      /is no name of a theme; wanted terminal, light, dark/,
    );
    assert.match(
      readTheme(environment, "mine").faults.join(),
      /no theme mine: wanted .* or a file .*themes\/mine\.jsonc/,
    );
    return Promise.resolve();
  }));

Deno.test("config shows the theme with its place, and what is wrong with it", () =>
  withPlace(async (place) => {
    const shown = async () =>
      jsonLines((await call(place, ["config", "--json"])).out).find((row) => row.name === "theme");
    const usual = await shown() ?? {};
    assert.deepEqual([usual.value, usual.origin], ["terminal", "default"]);
    await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "theme": "mine" }');
    const { value, origin } = await shown() ?? {};
    assert.deepEqual([value, origin], ["mine", `${place.config}/config.jsonc:1:12`]);
    assert.match((await call(place, ["config"])).out, /^Not used: the theme: there is no theme mine: wanted terminal/m);
    await Deno.mkdir(`${place.config}/themes`);
    await Deno.writeTextFile(`${place.config}/themes/mine.jsonc`, '{ "dim": "blue" }');
    assert.doesNotMatch((await call(place, ["config"])).out, /Not used: the theme/);
  }));

Deno.test("a theme that is saved is taken on, one that is wrong is said and changes nothing, another that is chosen goes before it", () =>
  withPlace(async (place) => {
    const told: [Theme | null, string][] = [];
    let heard = Promise.withResolvers<void>();
    const next = async (): Promise<[Theme | null, string]> => {
      const hanging = setTimeout(() => heard.reject(new Error("no other look came")), HANGING_MS);
      await heard.promise.finally(() => clearTimeout(hanging));
      heard = Promise.withResolvers();
      return told.at(-1)!;
    };
    const screen = {
      restyle(theme: Theme | null, notice: string) {
        told.push([theme, notice]);
        heard.resolve();
      },
    };
    const context = {
      environment: (name: string) => name === "AUTONOMY_CONFIG_HOME" ? place.config : undefined,
      folder: place.folder,
    };
    const own = `${place.config}/themes/mine.jsonc`;
    await Deno.mkdir(`${place.config}/themes`);
    await Deno.writeTextFile(own, '{ "dim": "blue" }');
    await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "theme": "mine" }');
    const end = followTheme(context, {}, screen);
    try {
      assert.deepEqual(await next(), [{ ...THEMES.terminal, dim: "blue" }, ""]);
      await Deno.writeTextFile(own, '{ "dim": "bleu" }');
      const [theme, notice] = await next();
      assert.equal(theme, null);
      assert.ok(notice.startsWith(`The colours stay as they are: ${own}:1:10: dim: "bleu" is no look`), notice);
      await Deno.writeTextFile(own, '{ "dim": "cyan" }');
      assert.deepEqual(await next(), [{ ...THEMES.terminal, dim: "cyan" }, "The screen has the colours of mine now."]);
      await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "theme": "light" }');
      assert.deepEqual(await next(), [THEMES.light, "The screen has the colours of light now."]);
    } finally {
      end();
    }
    followTheme(context, { theme: "dark" }, screen)();
    assert.deepEqual(told.at(-1), [THEMES.dark, ""], "the flag goes before the settings");
  }));

Deno.test("the theme that the documentation shows is taken as it stands", async () => {
  const page = (await readPages()).find(({ path }) => path === "docs/keys.md")!;
  const text = codeBlocks(page, "json").find((block) => block.includes('"from"'));
  assert.deepEqual(parseTheme(PATH, text!).faults, []);
});
