import { type Ability } from "../features/ability.ts";
import type { Way } from "../kernel/call.ts";

/** How an edit is written: old and new text, a whole function or the whole file; as text right after the call, or as a string in its JSON. */
export const EDIT_FORMS = [
  "replace text",
  "replace json",
  "function text",
  "function json",
  "whole text",
  "whole json",
] as const;

/** One form of edits. */
export type EditForm = typeof EDIT_FORMS[number];

/** How often something was tried, and what came of it. */
export interface Tally {
  readonly asks: number;
  /** As it was wanted: a legal call read as written; an edit that was kept. */
  readonly right: number;
  /** A legal call after a repair. */
  readonly repaired: number;
  /** No legal call; an edit that the tool refused or that was taken back. */
  readonly failed: number;
}

/** Nothing tried. */
export const NO_TALLY: Tally = { asks: 0, right: 0, repaired: 0, failed: 0 };

/** What is known of one model, by its digest. */
export interface ModelRecord {
  /** Digest of the model's files, or its name where the host gives none. */
  readonly digest: string;
  /** Name under which it was last asked. */
  readonly model: string;
  /** When it was last probed, ms since 1970; null while it was not. */
  readonly probedAt: number | null;
  /** By `purpose way`. */
  readonly ways: Readonly<Record<string, Tally>>;
  /** By edit form. */
  readonly edits: Readonly<Record<string, Tally>>;
  /** Reviews that it made, as arbiter, of answers to its questions: right where a question back led to work that was kept. */
  readonly reviews: Tally;
}

/** One thing that was tried with a model: what a record is made of. */
export interface Trial {
  readonly digest: string;
  readonly model: string;
  readonly what:
    | { readonly kind: "way"; readonly purpose: Ability; readonly way: Way }
    | { readonly kind: "edit"; readonly form: EditForm }
    | { readonly kind: "review"; readonly of: "answers" };
  readonly outcome: "right" | "repaired" | "failed";
}

/** Key of a model in the record: hosts that name no digest are told apart by the model's name. */
export function recordKey(digest: string, model: string): string {
  return digest === "" ? `name:${model}` : digest;
}

/** Name of what was tried, as a record keys it. */
export function trialKey(what: Trial["what"]): string {
  switch (what.kind) {
    case "way":
      return `${what.purpose} ${what.way}`;
    case "edit":
      return what.form;
    case "review":
      return what.of;
  }
}

/**
 * Says how good something is, on the careful side: the lower end of the interval in which its share of successes probably lies
 * (Wilson's score interval, one standard deviation). A repaired call counts nine tenths of a right one.
 *
 * @returns 0 to 1; 0 where nothing was tried
 */
export function carefulShare({ asks, right, repaired }: Tally): number {
  if (asks === 0) return 0;
  const share = (right + 0.9 * repaired) / asks;
  const spread = Math.sqrt(share * (1 - share) / asks + 1 / (4 * asks * asks));
  return Math.max(0, (share + 1 / (2 * asks) - spread) / (1 + 1 / asks));
}

/** Reviews of answers before they speak, and the share of them that must have helped: each costs an ask of a small prompt. */
const REVIEWS = { enough: 4, share: 0.25 };

/** Whether a model's reviews of answers are worth what they cost. */
export function reviewsHelp({ reviews: { asks, right } }: ModelRecord): boolean {
  return asks >= REVIEWS.enough && right >= REVIEWS.share * asks;
}
