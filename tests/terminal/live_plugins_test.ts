import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { openAutonomy } from "../bench/subjects.ts";
import { hostFlags } from "../cli/fixtures/command_line.ts";
import { type FollowedJournal, followJournal } from "../end_to_end/fixtures/followed_journal.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

/** A plugin with a pane, and a tool that wants something. */
const PULSE = (word: string, tools = "") =>
  `import { z } from "zod";
export default { name: "pulse", panes: [{ id: "pulse", title: "pulse", lines: () => ["${word}"] }], ${tools} };
`;
const WANTS = `tools: [{ name: "ring", describes: "Rings.", input: z.object({ path: z.string() }), access: "reads",
  permissions: { net: ["bell.example"] }, run: () => "rung" }]`;

Deno.test("on the screen of a run a saved pane appears, a broken save says where, a command brings the version before back, and what a plugin wants is asked", () =>
  inTemporaryFolder(async (folder) => {
    const project = await copySample();
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 1 });
    const program = await openAutonomy(["run", "Make it pass.", "--trust", "-C", project, ...hostFlags(fleet.hosts)], {
      AUTONOMY_CONFIG_HOME: `${folder}/config`,
      AUTONOMY_STATE_HOME: `${folder}/state`,
    });
    let journal: FollowedJournal | undefined;
    const save = (text: string) => writeFiles(`${folder}/config/plugins`, { "pulse.ts": text });
    try {
      journal = await followJournal(`${folder}/state`);
      await program.shows("arbiter");
      await save(PULSE("first-word"));
      await program.shows("first-word");
      await save(PULSE("second-word"));
      await program.shows("second-word");
      await save("\n\n" + PULSE("third-word").replace("lines:", "lines"));
      await program.shows("pulse.ts:4:");
      const refused = await journal.fact("plugin_refused");
      assert.equal(refused.number, 2, "the version before stays");

      await program.type(":rollback pulse\r");
      const back = await journal.fact("plugin_rolled_back");
      assert.deepEqual([back.number, back.from], [1, 2]);

      await save(PULSE("fourth-word", WANTS));
      await program.shows("wants more than its workspace");
      const asked = await journal.fact("question_asked", ({ kind }) => kind === "plugin");
      await program.type("a");
      const answered = await journal.fact("question_answered", ({ id }) => id === asked.id);
      assert.ok(answered.approved);
      const told = await journal.fact("person_told");
      assert.equal(told.text, "pulse may do more from now on: it connects to bell.example.");
      assert.match(await Deno.readTextFile(`${folder}/state/hosted/grants.json`), /bell\.example/);
    } finally {
      journal?.close();
      await program.end();
      await fleet.close();
      await Deno.remove(project, { recursive: true });
    }
  }));
