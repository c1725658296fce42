import assert from "node:assert/strict";
import { BUILT_IN } from "../../src/sentences/built_in.ts";
import { say } from "../../src/sentences/say.ts";

/** What a call of `say` names: keys, and the names of its values; null where they cannot be told. */
interface Said {
  readonly place: string;
  readonly keys: readonly string[];
  readonly values: readonly string[] | null;
}

const KEY = new RegExp(`^(?:${Object.keys(BUILT_IN).join("|")})\\.(?!(?:md|cfg)$)[a-z][a-z0-9_]*$`);

Deno.test("each sentence that code says stands in a file, with no placeholder that has no value, and each of a file is said", async () => {
  const said = new Set<string>();
  for await (const { place, text } of sources("src")) {
    if (!text.includes("sentences/say.ts")) continue;
    for (const [, key = ""] of text.matchAll(/"([a-z]+\.[a-z0-9_]+)"/g)) {
      if (!KEY.test(key)) continue;
      assert.ok(sentence(key) !== undefined, `${place} says "${key}", which no file has`);
      // Marks only name what builders say.
      if (!place.endsWith("prompt/marks.ts")) said.add(key);
    }
    for (const { keys, values } of callsIn(place, text)) {
      for (const key of keys) {
        for (const [, name = ""] of (sentence(key) ?? "").matchAll(/\{\{(\w+)\}\}/g)) {
          assert.ok(
            values === null || values.includes(name),
            `${place}: "${key}" has {{${name}}}, which gets no value`,
          );
        }
      }
    }
  }
  const all = Object.entries(BUILT_IN).flatMap(([file, names]) => Object.keys(names).map((name) => `${file}.${name}`));
  assert.deepEqual(all.filter((key) => !said.has(key)), [], "sentences that nothing says");
});

Deno.test("a sentence of a registry goes before the one that comes with Autonomy, with its values and the lines for the model's size", () => {
  const text = "<small>\nStep by step: {{goal}}\n</small>\n<large>\nGoal: {{goal}} {{none}}\n</large>";
  const registry = { prompts: { "sentences/turn.md": { sentences: { goal: text } } } };
  assert.equal(say(registry, "turn.goal", { goal: "{{goal}}" }, "small"), "Step by step: {{goal}}");
  assert.equal(say(registry, "turn.goal", { goal: "a" }), "Goal: a {{none}}");
  assert.equal(say(registry, "turn.differently"), "Do it differently this time.");
  assert.equal(say({}, "turn.goal", { goal: "a" }), "Goal of the project's owner: a");
  assert.throws(() => say({}, "turn.nothing_of_it"), /turn\.md has no section "## nothing_of_it"/);
});

function sentence(key: string): string | undefined {
  const [file = "", name = ""] = key.split(".");
  return (BUILT_IN as Readonly<Record<string, Readonly<Record<string, string>>>>)[file]?.[name];
}

async function* sources(folder: string): AsyncGenerator<{ readonly place: string; readonly text: string }> {
  for await (const entry of Deno.readDir(folder)) {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sources(place);
    else if (/\.tsx?$/.test(entry.name)) yield { place, text: await Deno.readTextFile(place) };
  }
}

function callsIn(place: string, text: string): Said[] {
  return [...text.matchAll(/\bsay\(/g)].flatMap(({ index }) => {
    const [, key = "", values = "{}"] = argumentsAt(text, index + "say(".length);
    const keys = [...key.matchAll(/"([a-z]+\.[a-z0-9_]+)"/g)].map(([, name]) => name!);
    if (keys.length === 0) return [];
    const isPlain = values.startsWith("{") && !values.includes("...");
    return [{ place, keys, values: isPlain ? namesOf(values.slice(1, -1)) : null }];
  });
}

/** Names of the members of an object that is written out. */
function namesOf(members: string): string[] {
  return argumentsAt(`${members})`, 0).map((member) => /^\w+/.exec(member)?.[0] ?? "");
}

/** The arguments of a call whose bracket is open, each as it is written. */
function argumentsAt(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let index = start; index < text.length; index++) {
    const sign = text[index]!;
    if (`"'\``.includes(sign)) index = text.indexOf(sign, index + 1);
    else if ("([{".includes(sign)) depth++;
    else if (depth === 0 && (sign === "," || sign === ")")) {
      found.push(text.slice(from, index).trim());
      from = index + 1;
      if (sign === ")") return found.filter((one) => one !== "");
    } else if (")]}".includes(sign)) depth--;
  }
  return found;
}
