import assert from "node:assert/strict";
import { lookFor, paintLine, span, type Style } from "../../src/tui/line.ts";
import { styleFault, STYLES, THEMES } from "../../src/tui/theme.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** Sequences that begin a text in a style. */
const painted = (style: Style, ...look: Parameters<typeof lookFor>) =>
  paintLine([span("x", style)], 1, lookFor(...look));

Deno.test("without a choice the sixteen colours of the terminal are used, those that neither ground swallows", () => {
  assert.equal(painted("removed", {}), "\x1b[31mx\x1b[0m");
  assert.equal(painted("heading", {}), "\x1b[1;36mx\x1b[0m");
  const words = Object.values(THEMES.terminal).flatMap((look) => look.split(" "));
  for (const swallowed of ["black", "white", "bright-white", "bright-black"]) {
    assert.ok(!words.includes(swallowed), `${swallowed} is the ground of some terminals`);
  }
});

Deno.test("light and dark have a look of their own for what the other ground would swallow", () => {
  assert.equal(painted("waits", {}, THEMES.light), "\x1b[35mx\x1b[0m");
  assert.equal(painted("waits", {}, THEMES.dark), "\x1b[93mx\x1b[0m");
  assert.ok(!Object.values(THEMES.light).some((look) => look.includes("yellow") || look.includes("bright")));
});

Deno.test("NO_COLOR goes before a theme and keeps attributes; TERM=dumb has nothing", () => {
  for (const [style] of STYLES) {
    // deno-lint-ignore no-control-regex
    assert.match(painted(style, { NO_COLOR: "1" }, THEMES.dark), /^(?:\x1b\[[1247]mx\x1b\[0m|x)$/, style);
    assert.equal(painted(style, { TERM: "dumb" }, THEMES.dark), "x");
  }
});

Deno.test("each theme says a look for each role of text, of words that are known", () => {
  for (const theme of Object.values(THEMES)) {
    assert.deepEqual(Object.keys(theme), STYLES.map(([style]) => style));
    for (const [style, look] of Object.entries(theme)) assert.equal(styleFault(style, look), null);
  }
  assert.match(styleFault("focus", "bold blau") ?? "", /"blau" is no look; wanted attributes \(bold, /);
  assert.match(styleFault("focsu", "blue") ?? "", /did you mean "focus"\?/);
  assert.match(styleFault("focus", 3) ?? "", /found 3/);
});

screenTest("a screen takes other colours on at once, on all that stands on it, and says so", async () => {
  await session([80, 24], new DemoStore(), async (terminal, type, _quits, screen) => {
    const before = terminal.bytes.length;
    screen.restyle(THEMES.dark, "The screen has the colours of dark now.");
    await terminal.until((text) => text.includes("colours of dark now"), "that it did");
    const rows = await terminal.styledRows();
    const inks = new Set(rows.flat().map(({ style }) => style.ink));
    assert.deepEqual([...inks].filter((ink) => typeof ink === "number" && ink < 8), [], "no ink of before is left");
    assert.ok(inks.has(14), "what is at work is bright cyan");
    assert.ok(!terminal.bytes.slice(before).includes("\x1b[2J"), "nothing was cleared for it");
    screen.restyle(null, "The colours stay as they are: why");
    await terminal.until((text) => text.includes("stay as they are"), "the notice");
    assert.ok((await terminal.styledRows()).flat().some(({ style }) => style.ink === 14));
    await type("j", /\? help/);
    screen.restyle(THEMES.light, "");
    await terminal.until(() => terminal.bytes.includes("\x1b[34m"), "blue");
    const bright = (await terminal.styledRows()).flat().filter(({ style }) => Number(style.ink) >= 8);
    assert.deepEqual(bright, [], "the hints have their colours with the rest, also where nothing is said of it");
  });
});
