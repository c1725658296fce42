import { definitionsByForm } from "../../src/languages/definitions_by_form.ts";
import type { Language, Languages } from "../../src/languages/language.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import type { Runner } from "../../src/languages/runner.ts";

/** Prints `OK name` or `BAD name (place)` for each line `EXPECT name word` of a test: `word` is what the song of that name says. */
const SCRIPT = `for test in *.ear; do
  song=$(sed -n 's/^HEAR //p' "$test")
  grep '^EXPECT' "$test" | while read -r _ name word; do
    if sed -n "/^SHOUT $name/,/^HUSH/p" "$song" | grep -q "SAY $word"; then echo "OK $name"
    else echo "BAD $name (./$test)"; fi
  done
done
`;

/** A runner of tests that no other language has. */
const chorus: Runner = {
  name: "chorus",
  runs: /\bchorus\.sh\b/,
  checks: (project) => project.has("chorus.sh") ? [{ name: "chorus", command: ["sh", "chorus.sh"] }] : [],
  read: (output) => ({
    cases: [...output.matchAll(/^(OK|BAD) (\w+)(.*)$/gm)].map(([line, verdict, name = ""]) => ({
      name,
      passed: verdict === "OK",
      evidence: verdict === "OK" ? "" : line,
    })),
    broken: [],
  }),
};

/** A language that the program does not know. */
export const shout: Language = {
  name: "shout",
  files: /\.(?:song|ear)$/,
  definitions: definitionsByForm(/^()SHOUT (\w+):/),
  imports: {
    line: /^HEAR /,
    files: (_path, text, files) =>
      [...text.matchAll(/^HEAR (.+)$/gm)].flatMap(([, name = ""]) => files.includes(name) ? [name] : []),
  },
  tests: /\.ear$/,
  loads: /(^|\/)volume\.txt$/,
  common: "SAY EXPECT",
  standards: {
    configurations: { "volume.txt": (text) => [`Songs are sung at ${text.trim()}.`] },
    habits: (texts) => /^\s*SAY [a-z]/m.test(texts) ? ["Words are small."] : [],
  },
  runners: [chorus],
};

/** What is built in, and the language beside it. */
export const WITH_SHOUT: Languages = { ...LANGUAGES, shout };

/** A project in it; of two songs, one says what its test does not expect. */
export const SHOUT_PROJECT: Readonly<Record<string, string>> = {
  "chorus.sh": SCRIPT,
  "volume.txt": "full voice\n",
  "day.song": "HEAR sky.song\nSHOUT morning:\n  SAY hello\nHUSH\n\nSHOUT evening:\n  SAY hello\nHUSH\n",
  "sky.song": "SHOUT blue:\n  SAY sky\nHUSH\n",
  "day.ear": "HEAR day.song\nEXPECT morning hello\nEXPECT evening goodbye\n",
};
