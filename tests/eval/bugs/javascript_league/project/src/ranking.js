/** Compares two teams: more points first, then more goals, then the alphabet. */
function byRank(one, other) {
  return other.points - one.points || other.goals - one.goals || one.name.localeCompare(other.name);
}

/**
 * The best teams.
 *
 * @template {{ name: string, points: number, goals: number }} T
 * @param {T[]} teams
 * @param {number} limit
 * @returns {T[]}
 */
export function best(teams, limit) {
  return teams.sort(byRank).slice(0, limit);
}
