import assert from "node:assert/strict";
import type { Timer } from "../../src/ports/timer.ts";
import { type Code, codeOf, languageOfFence, languageOfFile } from "../../src/tui/code.ts";
import { CodeColours, type Colourist } from "../../src/tui/code_colours.ts";
import { newColourist } from "../../src/tui/colourist.ts";
import { type Line, lookFor } from "../../src/tui/line.ts";
import { PaneRows } from "../../src/tui/pane_rows.ts";
import { block } from "../../src/tui/select/block.ts";
import { differenceOf } from "../../src/effects/difference.ts";
import { showDifference } from "../../src/tui/select/difference.ts";
import { DEMO } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

const code = (text: string, language = "python" as Code["language"]): Code => codeOf(language, text.split("\n"))!;
const said = (line: Line) => line.map(({ text, style }) => style === "plain" ? text : `‹${style}:${text}›`).join("");

/** A turn of the program is over at once. */
const now: Timer = (_ms, act) => {
  act();
  return () => {};
};

/** Colours by the real grammars, and what settles when they are there. */
function colours(load: () => Promise<Colourist> = newColourist) {
  let heard = Promise.withResolvers<void>();
  const one = new CodeColours(load, now, () => heard.resolve());
  const settled = async () => {
    await heard.promise;
    heard = Promise.withResolvers();
  };
  return { one, settled };
}

Deno.test("a text is plain until it is its turn, and has the colours of its language then", async () => {
  const { one, settled } = colours();
  const text = code('class A:\n    """Two\n    lines."""\n    x = f(1, "b")  # why');
  assert.equal(one.of(text), null);
  await settled();
  assert.deepEqual(one.of(text)!.map(said), [
    "‹keyword:class› A:",
    '    ‹string:"""Two›',
    '‹string:    lines."""›',
    '    x = f(‹number:1›, ‹string:"b"›)  ‹comment:# why›',
  ]);
  assert.equal(one.version, 1);
});

Deno.test("every language that is known has a grammar, which leaves no character out", async () => {
  const colourist = await newColourist();
  const words =
    "python typescript javascript rust go java kotlin scala groovy ruby php c cpp csharp makefile bash json yaml ini xml css sql";
  const text = "a = \"b\" # c\n<d e='f'>{1, true}</d> // g\n\tif (x) { return `h ${i}`; }";
  for (const word of words.split(" ")) {
    const language = languageOfFence(word)!;
    const read = await colourist.readerOf(language);
    assert.equal(read(text).map((line) => line.map((piece) => piece.text).join("")).join("\n"), text, word);
  }
});

Deno.test("nothing is loaded before there is code, and once for all of it", async () => {
  let loads = 0;
  const { one, settled } = colours(() => {
    loads += 1;
    return newColourist();
  });
  assert.equal(loads, 0);
  for (const text of ["a = 1", "b = 2", "c = 3"]) one.of(code(text));
  one.of(code("let d = 4;", "javascript"));
  await settled();
  assert.equal(loads, 1);
});

Deno.test("what cannot be loaded or read stays plain, and the others have their colours", async () => {
  const broken = colours(() => Promise.reject(new Error("no network")));
  broken.one.of(code("a = 1"));
  await broken.settled();
  assert.equal(broken.one.of(code("a = 1")), null);
  const real = await newColourist();
  const half = colours(() =>
    Promise.resolve({
      readerOf: (language) => language === "python" ? Promise.reject(new Error("no grammar")) : real.readerOf(language),
    })
  );
  half.one.of(code("a = 1"));
  half.one.of(code("let a = 1;", "javascript"));
  await half.settled();
  assert.equal(half.one.of(code("a = 1")), null);
  assert.match(half.one.of(code("let a = 1;", "javascript"))!.map(said).join(), /‹keyword:let›/);
});

Deno.test("a text that its grammar fails on stays plain, and the next one of its language has its colours", async () => {
  const real = await newColourist();
  const { one, settled } = colours(() =>
    Promise.resolve({
      async readerOf(language) {
        const read = await real.readerOf(language);
        return (text) => {
          if (text === "bad = 1") throw new Error("a grammar without end");
          return read(text);
        };
      },
    })
  );
  one.of(code("bad = 1"));
  one.of(code("good = 1"));
  await settled();
  assert.equal(one.of(code("bad = 1")), null);
  assert.deepEqual(one.of(code("good = 1"))!.map(said), ["good = ‹number:1›"]);
});

Deno.test("code that is too long for a glance stays plain, as does what nobody can read", () => {
  assert.equal(codeOf(null, ["a"]), null);
  assert.equal(codeOf("python", ["a".repeat(201)]), null);
  assert.equal(codeOf("python", Array(201).fill("a")), null);
  assert.equal(codeOf("python", Array(100).fill("a".repeat(40))), null);
  assert.equal(codeOf("python", ["\x1b]0;owned\x07a\tb", "c\rd"])!.text, "a  b\nc d");
  assert.deepEqual(["a.py", "b/Makefile", "x.tsx", "README.md", "c.h"].map(languageOfFile), [
    "python",
    "makefile",
    "typescript",
    null,
    "c",
  ]);
  assert.deepEqual(["TS", "sh", "text", ""].map(languageOfFence), ["typescript", "bash", null, null]);
});

Deno.test("rows of a pane take the colours on when they are there, what comes and goes keeping its own sign and colour", async () => {
  const { one, settled } = colours();
  const look = { ...lookFor({}), code: one };
  const patch = differenceOf("a.py", "x = 1\ny = None\n", "x = 1\ny = 'b'\n", 3);
  const { rows: lines } = showDifference("a.py", patch, "k");
  const prose = { ...block("p", "", "plain", "So:\n```py\nreturn z\n```"), isMarkdown: true };
  const rows = new PaneRows();
  const all = [...lines, prose];
  rows.update(all, null, 40, look);
  assert.deepEqual(rows.visible(9).map(said), [
    "‹dim:  1   ›x = 1",
    "‹removed:  2 − ›‹removed:y = None›",
    "‹added:  2 + ›‹added:y = 'b'›",
    "So:",
    "‹dim:│ ›return z",
  ]);
  await settled();
  rows.update(all, null, 40, look);
  assert.deepEqual(rows.visible(9).map(said), [
    "‹dim:  1   ›x = ‹number:1›",
    "‹removed:  2 − ›‹removed:y = ›‹number:None›",
    "‹added:  2 + ›‹added:y = ›‹string:'b'›",
    "So:",
    "‹dim:│ ›‹keyword:return› z",
  ]);
});

for (
  const [name, env, ink] of [["colours", { TERM: "xterm" }, 5], [
    "NO_COLOR",
    { TERM: "xterm", NO_COLOR: "1" },
    null,
  ]] as const
) {
  screenTest(
    `code on the screen, with ${name}: it stands at once, and nothing is loaded where no colour may come of it`,
    async () => {
      let loads = 0;
      const coloured = Promise.withResolvers<void>();
      const store = new DemoStore(DEMO);
      store.texts = {
        ...store.texts,
        found: "def parse(text):\n    return []\n",
        tried: "def parse(text):\n    return [1]\n",
      };
      await session([100, 40], store, async (terminal, type) => {
        await type("2.", /2 \+ {5}return \[1\]/);
        if (ink === null) return assert.equal(loads, 0);
        await coloured.promise;
        await terminal.until(() => terminal.bytes.includes(`\x1b[3${ink}mreturn\x1b[0m`), "a word of the language");
        assert.equal(loads, 1);
      }, {
        env,
        colourist: () => {
          loads += 1;
          coloured.resolve();
          return newColourist();
        },
      });
    },
  );
}

Deno.test("of many texts one is read in each turn of the program, and a closed screen reads no more", async () => {
  const turns: (() => void)[] = [];
  let read = 0;
  let next = Promise.withResolvers<void>();
  const reader = (text: string): readonly Line[] => {
    read += 1;
    return [[{ text, style: "plain" }]];
  };
  const one = new CodeColours(
    () => Promise.resolve({ readerOf: () => Promise.resolve(reader) }),
    (_ms, act) => {
      turns.push(act);
      next.resolve();
      return () => {};
    },
    () => {},
  );
  for (const text of ["a = 1", "b = 2", "c = 3"]) one.of(code(text));
  for (const count of [1, 2]) {
    await next.promise;
    next = Promise.withResolvers();
    assert.equal(read, count);
    turns.shift()!();
  }
  await next.promise;
  one.of(code("d = 4"));
  one.close();
  turns.shift()?.();
  await Promise.resolve();
  assert.equal(read, 3);
});
