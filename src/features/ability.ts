/** What a model's record tells of it: whether it decides, works and interprets well, each by its calls. */
export const ABILITIES = ["decision", "work", "interpretation"] as const;

/** What a model's record tells of it. */
export type Ability = typeof ABILITIES[number];
