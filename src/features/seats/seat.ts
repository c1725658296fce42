/** What stands between a role and the number of a further seat of it; no role's own name holds it. */
const MARK = "·";

/**
 * Names a seat of a role: a thread of its own in which the role works beside itself.
 *
 * @param number 1 for the role itself
 */
export function seatOf(role: string, number: number): string {
  return number === 1 ? role : `${role}${MARK}${number}`;
}

/** The role that plays a seat; for a role, the role itself. */
export function roleOfSeat(seat: string): string {
  const cut = seat.indexOf(MARK);
  return cut === -1 ? seat : seat.slice(0, cut);
}

/** Whether a name is the one of a further seat. */
export function isFurtherSeat(role: string): boolean {
  return role.includes(MARK);
}
