import * as z from "zod";
import { defineTool, failureOf, languagesOf, readCases, ToolError } from "../../src/plugin/mod.ts";
import { readable, testBeside } from "./test_beside.ts";
import { countLines, path } from "./write_text.ts";

/** Cases of one test, and characters of what stands in one. */
const MOST = { cases: 4, call: 160, gives: 100 };

/** Writes a new test out of calls and what they give, so that a small model says these alone, and no more of them than are looked through. */
export const createTest = defineTool({
  name: "create_test",
  describes: "Creates a new test file out of calls and what they give.",
  input: z.object({
    path,
    subject: z.string().describe("The file that holds what is called, or will hold it."),
    cases: z.array(z.object({
      call: z.string().min(1).max(MOST.call).describe("A call as it stands in code."),
      gives: z.string().min(1).max(MOST.gives).describe(
        "Its value as it stands in code; the name of the error where it fails.",
      ),
    })).min(1).max(MOST.cases),
  }),
  access: "writes",
  traits: { edits: "cases", byWorkspace: true },
  async run({ path, subject, cases }, { workspace, languages, signal }) {
    if (await workspace.exists(path)) throw new ToolError(`${path} exists already. Name a file that is not there.`);
    const [language] = languagesOf(path, languages).filter(({ writeTest }) => writeTest !== undefined);
    const like = await testBeside(path, language, { workspace, languages, signal });
    const subjectText = await workspace.exists(subject) ? (await workspace.read(subject)).text : null;
    const meant = readCases(cases);
    if (meant.every((one) => failureOf(one) !== null)) {
      throw new ToolError("No case says what a call gives. Give at least one whose value you are sure of.");
    }
    const text = language?.writeTest?.(meant, {
      path,
      subject,
      subjectText,
      offers: subjectText === null ? [] : language.exports?.(subjectText) ?? [],
      like: like === null ? null : await readable(like, { workspace }),
    }) ?? null;
    if (text === null) {
      throw new ToolError(`No test of these calls can be made for ${path}. Use create_file and write the test whole.`);
    }
    await workspace.write(path, text, () => null);
    return `Created ${path} with ${countLines(text)} lines.`;
  },
});
