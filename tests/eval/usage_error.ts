/** Thrown for wrong use of a measurement; its message says what to do. */
export class UsageError extends Error {}
