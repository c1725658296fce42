import assert from "node:assert/strict";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { LIST_JSON, OPTION, SMALL_WISHES } from "../../end_to_end/fixtures/small_wishes.ts";
import { wished } from "../../end_to_end/fixtures/wished.ts";

for (const [name, one] of Object.entries(SMALL_WISHES)) {
  Deno.test(`${name}: who does it right is accepted`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "accepted", ending?.cause);
      for (const [path, text] of Object.entries(one.left)) {
        assert.equal(await Deno.readTextFile(`${crew.project}/${path}`), text, path);
      }
    }, { ...one, code: one.right }));

  Deno.test(`${name}: who gets it wrong is not accepted, though all is said yes to`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.notEqual(ending?.kind, "accepted", ending?.cause);
      assert.match(ending?.cause ?? "", /is not shown/);
    }, { ...one, code: Array.from({ length: 12 }, () => one.wrong).flat() }));
}

Deno.test("a list of which one criterion is not shown is partial, also with a yes to the test of the other", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial", ending?.cause);
    assert.match(ending.cause, /^1 of 2 criteria not shown: The function `list` trims/);
  }, {
    ...OPTION,
    goal: `Better lists:\n- ${OPTION.goal}\n- The function \`list\` trims what it lists.`,
    // The second is never a test of its own.
    tests: [OPTION.tests[0]!, OPTION.files["test/list.test.js"]!],
    code: [
      ...OPTION.right,
      writes("src/list.js", LIST_JSON.replace("args.filter", "args.map((one) => one.trim()).filter")),
    ],
  }));

const README = "# Lists\n\n`list --json` writes them as JSON.\n";
const WITH_README: Parameters<typeof wished>[1] = {
  ...OPTION,
  goal: `${OPTION.goal} Mention it in README.md, and keep the tests passing.`,
  files: { ...OPTION.files, "README.md": "# Lists\n" },
  code: [...OPTION.right, writes("README.md", README)],
};

Deno.test("beside a wish that gets its test a document is written for the eye, and the tests that are to pass are no wish", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.deepEqual(crew.run.state().criteria.list?.map(({ how }) => how), ["test", "eye", "check"]);
    assert.match(ending.cause, /"Mention it in README\.md" is for your eye: no check shows it\./);
    assert.equal(await Deno.readTextFile(`${crew.project}/README.md`), README);
  }, WITH_README));

Deno.test("a wish for the eye for which nothing was written is told to whoever says yes, and without one nothing is accepted", async () => {
  const asked: string[] = [];
  const left = { ...WITH_README, code: OPTION.right };
  const answer = ({ text }: { readonly text: string }) => {
    asked.push(text);
    return "";
  };
  await wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.match(ending.cause, /no check shows it, and nothing was written for it\./);
    assert.match(asked.join("\n"), /nothing was written for "Mention it in README\.md"/);
  }, { ...left, answer });
  await wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial", ending?.cause);
    assert.match(ending.cause, /^nothing was written for "Mention it in README\.md": nobody has agreed/i);
  }, { ...left, answer: null });
});
