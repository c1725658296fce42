import type { State } from "../features/state.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { decisionWords, outcomeWords } from "../tell/decision_words.ts";
import { Decisions } from "../tell/decisions.ts";
import { Earlier, sayDecision } from "../tell/earlier.ts";
import { History, type StoredFacts } from "../tell/history.ts";
import { MessageStories } from "../tell/message_stories.ts";
import { Replies } from "../tell/replies.ts";
import type { ShownKinds } from "../tell/shown_run.ts";
import { tellingOf } from "../tell/telling.ts";
import type { Store } from "../tui/store.ts";
import { changeText } from "./change_text.ts";
import { RunChanges } from "./run_changes.ts";
import { textsOf } from "./texts_of.ts";

/** What of a run the screen reads out of its stored facts. */
export type Story = Pick<
  Store,
  | "text"
  | "difference"
  | "replies"
  | "reply"
  | "scrollback"
  | "says"
  | "tells"
  | "decisions"
  | "why"
  | "message"
  | "causedBy"
  | "parts"
  | "changes"
>;

/**
 * Reads what the screen shows of a run out of its stored facts.
 *
 * @param id of the run
 * @param facts the facts, which may go on growing
 * @param blobs where texts and files stand
 * @param kinds how each fact is told
 * @param state the run as it is now
 */
export function storyOf(
  id: string,
  facts: StoredFacts,
  blobs: BlobStore,
  kinds: ShownKinds,
  state: () => State,
): Story {
  const texts = textsOf(blobs);
  const history = new History(facts, tellingOf(kinds), new Earlier(kinds));
  const replies = new Replies(facts, texts);
  const decisions = new Decisions(facts, texts, kinds);
  const words = (wanted: string) => {
    const decision = decisions.list().find((one) => one.id === wanted);
    return decision === undefined ? null : decisionWords(kinds, decision);
  };
  const messages = new MessageStories(facts, tellingOf(kinds), new Earlier(kinds), words);
  const changes = new RunChanges(id, facts, blobs);
  return {
    text: (text) => texts.whole(text),
    difference: (change) => changeText(change, (hash) => texts.stored(hash)),
    replies: (role) => replies.count(role),
    reply: (role, at) => replies.read(role, at, state()),
    scrollback: (role, before, lines) => history.read(role, before, lines),
    says: (name, args, made) =>
      made === undefined ? sayDecision(kinds, name, args) : decisionWords(kinds, { ...made, name, arguments: args }),
    tells(decision) {
      const words = decisionWords(kinds, decision);
      return { words, came: outcomeWords(words, decision) };
    },
    decisions: () => decisions.list(),
    why: (wanted) => decisions.why(wanted),
    message: (wanted) => messages.story(wanted),
    causedBy: (wanted) => messages.after(wanted),
    parts: () => changes.parts(),
    changes: (part) => part === "run" ? changes.whole(state().files.byPath) : changes.of(part),
  };
}
