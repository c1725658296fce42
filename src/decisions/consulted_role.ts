/** Name of the decision that consults a role. */
export function consultOf(role: string): string {
  return `consult_${role}_specialist`;
}

/** Role that a consult names, or null. */
export function consultedRole(name: string): string | null {
  return /^consult_(.+)_specialist$/.exec(name)?.[1] ?? null;
}
