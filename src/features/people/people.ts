import { granted, refused } from "../../kernel/granted.ts";
import type { Due } from "../registry.ts";
import type { Place } from "../../kernel/fact.ts";
import { facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { defineFeature } from "../feature.ts";
import { CRITERIA_QUESTION } from "../criteria/due_understanding.ts";
import { LANGUAGE_QUESTION } from "../setup/due_setup.ts";
import type { State } from "../state.ts";
import { peopleFacts } from "./facts.ts";
import type { PeopleSlice, Question } from "./slice.ts";
import { peopleTold } from "./told.ts";

/** Words of the person that stay in the brief. */
const KEPT_WORDS = 6;

/** What the person is asked, says and does: the trust in a project, questions, and the moment of their last deed. */
export const people = defineFeature<PeopleSlice>({
  name: "people",
  facts: peopleFacts,
  tell: peopleTold,
  empty: { trusted: false, denied: false, questions: [], said: [], seq: 0 },
  on: {
    run_started: (own, { trusted, waits }) => ({ ...own, trusted, ...(waits === undefined ? {} : { waits }) }),
    // Who denied the trust is asked again where somebody is there.
    run_resumed: (own, { headless, waits }) => {
      if (waits !== undefined) return { ...own, trusted: false, denied: false, waits };
      return own.denied && !headless ? { ...own, denied: false } : own;
    },
    run_paused: did,
    run_unpaused: did,
    hold_placed: did,
    hold_lifted: did,
    message_released: did,
    message_taken_back: did,
    message_sent: (own, fact) =>
      fact.message.kind === "word" || fact.message.duplicateOf !== undefined ? did(own, fact) : own,
    message_edited: (own, fact) => fact.by === "person" ? did(own, fact) : own,
    message_redirected: (own, fact) => fact.by === "person" ? did(own, fact) : own,
    message_dropped: (own, fact) => fact.by === "person" ? did(own, fact) : own,
    // A word of the person counts as said once it stands in a prompt, as it was changed until then.
    message_in_prompt(own, { id }, before) {
      const message = before.messages.list.find((one) => one.id === id);
      return message?.kind === "word" ? { ...own, said: saidWith(own, message.text) } : own;
    },
    question_asked: (own, { id, kind, text, context, turn, shows, proposes, at }) => ({
      ...own,
      questions: [...own.questions, {
        id,
        kind,
        text,
        context,
        turn,
        at,
        ...(shows && { shows }),
        ...(proposes && { proposes }),
      }],
    }),
    question_answered(own, fact, before) {
      const question = own.questions.find((one) => one.id === fact.id);
      const answered = { ...did(own, fact), questions: own.questions.filter((one) => one.id !== fact.id) };
      if (question?.kind === "trust") return { ...answered, trusted: fact.approved, denied: !fact.approved };
      const asked = Object.values(before.decisions.open).some((decision) => decision.question === fact.id);
      return asked && fact.text !== "" ? { ...answered, said: saidWith(own, fact.text) } : answered;
    },
    turn_closed: (own, { id }) =>
      own.questions.some((question) => question.turn === id)
        ? { ...own, questions: own.questions.filter((question) => question.turn !== id) }
        : own,
  },
  due(state) {
    const asked = state.people.questions[0];
    if (state.run.info?.headless === true && asked !== undefined) return unanswered(state, asked);
    return state.people.trusted ? NOTHING : dueTrust(state, state.people.questions);
  },
  wishes: {
    answer(state: State, intent: { readonly question: string; readonly approved: boolean; readonly text: string }) {
      const { question: id, approved, text } = intent;
      return state.people.questions.some((question) => question.id === id)
        ? granted({ type: "question_answered", id, approved, text })
        : refused("That question is answered already.");
    },
  },
});

/** What a person did is part of the situation: the arbiter may decide anew. */
function did(own: PeopleSlice, { seq }: Place): PeopleSlice {
  return { ...own, seq };
}

function saidWith(own: PeopleSlice, text: string): readonly string[] {
  return [...own.said, text].slice(-KEPT_WORDS);
}

/** Questions that have an answer of their own where nobody gives one. */
const LEFT_OPEN: readonly string[] = [CRITERIA_QUESTION, LANGUAGE_QUESTION];

/** A question that was put to a person who is not there any more: a call or a plugin is refused, a goal stays as it is, anything else blocks the run. */
function unanswered(state: State, question: Question): Due {
  if (question.kind === "trust" && !state.people.trusted) return dueTrust(state, []);
  return question.kind === "call" || question.kind === "plugin" || LEFT_OPEN.includes(question.id)
    ? facts({ type: "question_answered", id: question.id, approved: false, text: "" })
    : blocked(`The crew needs an answer, and nobody is at the keyboard: ${question.text}`);
}

/** A new project is trusted by a person, or not at all: its checks run its code. */
function dueTrust(state: State, questions: readonly Question[]): Due {
  if (state.people.denied) return blocked("The project is not trusted, so its checks and commands may not run.");
  if (questions.some((question) => question.kind === "trust")) return WAITING;
  const { waits } = state.people;
  if (state.run.info?.headless === true) {
    if (waits !== undefined) return blocked(`${waits} Add --trust, if you trust the project as it stands now.`);
    return blocked("The project is not trusted yet: its checks run its code. Add --trust once, if you trust it.");
  }
  return facts({
    type: "question_asked",
    id: "trust",
    kind: "trust",
    text: `Do you trust ${
      state.run.info?.project ?? "this project"
    }? Its checks and commands run its code on this machine.`,
    context: [
      ...(waits === undefined ? [] : [waits]),
      "Reading is free and writes inside the project can be taken back exactly. Asked once for each project, and again when these files change.",
    ].join(" "),
    turn: null,
  });
}

function blocked(cause: string): Due {
  return facts({ type: "run_ended", kind: "blocked", cause });
}
