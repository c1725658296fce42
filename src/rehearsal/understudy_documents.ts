import { offers, type WantedCall } from "./understudy_call.ts";
import { type Scene, textOf, type WantedText } from "./understudy_scene.ts";

const PATH = "README.md";

/** What the document says of a function, and what it leaves out once the change that it belongs to stands. */
const ROW = "| `renderTable(header, rows)` | lines up columns; numbers stand right, text stands left |";
const NEW_ROW =
  "| `renderTable(header, rows)` | lines up columns, each as wide as its title at least; numbers stand right, text stands left |";

/** What a difference holds where the document is to be brought up to it. */
const CHANGED = /^\+.*title\.length/m;

/** Whether the task at hand is to bring documents up to what changed. */
function isAboutDocuments({ sections }: Scene): boolean {
  return sections.some(({ name }) => name === "changes");
}

/**
 * Decides the next call of who brings documents up to what changed: looks at the document, writes what it leaves out, and says so.
 *
 * @param scene the request
 * @returns the call; null where the task is another, or no tool is offered
 */
export function documentCall(scene: Scene): WantedCall | null {
  if (!isAboutDocuments(scene)) return null;
  const finish = (summary: string) =>
    offers(scene, "finish_task") ? { name: "finish_task", arguments: { summary }, reason: summary } : null;
  if (scene.results.some(({ name, ok }) => ok && name === "edit_file")) {
    return finish(`${PATH} says how wide the columns are.`);
  }
  const right = finish("The documents say nothing that these changes made wrong.");
  if (!CHANGED.test(textOf(scene.sections, "changes"))) return right;
  const file = scene.files.get(PATH);
  if (file === undefined) {
    const isRead = scene.replies.some((reply) => reply.includes(PATH));
    return isRead || !offers(scene, "read_file")
      ? right
      : { name: "read_file", arguments: { path: PATH }, reason: "I look what it says of the changed functions." };
  }
  if (!file.text.includes(ROW) || !offers(scene, "edit_file")) return right;
  const reason = `${PATH} does not say how wide a column is.`;
  return { name: "edit_file", arguments: { path: PATH, old_text: ROW }, reason };
}

/**
 * Writes the text that was asked for after such a call.
 *
 * @returns the reply; null where the task is another
 */
export function documentText(scene: Scene, wanted: WantedText): string | null {
  return isAboutDocuments(scene) && wanted.path === PATH ? `\`\`\`md\n${NEW_ROW}\n\`\`\`` : null;
}
