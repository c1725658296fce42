import { best } from "./ranking.js";

/** A league: its teams in the order in which they joined. */
export class League {
  #teams = [];

  join(name) {
    this.#teams.push({ name, points: 0, goals: 0 });
  }

  /** Enters the result of a match. */
  enter(home, away, homeGoals, awayGoals) {
    this.#add(home, homeGoals, awayGoals);
    this.#add(away, awayGoals, homeGoals);
  }

  #add(name, scored, taken) {
    const team = this.#teams.find((each) => each.name === name);
    if (team === undefined) throw new Error(`no team ${name}`);
    team.goals += scored;
    team.points += scored > taken ? 3 : scored === taken ? 1 : 0;
  }

  /** The names of all teams in the order in which they joined. */
  names() {
    return this.#teams.map((team) => team.name);
  }

  /** The name of the team that leads; undefined without teams. */
  leader() {
    return best(this.#teams, 1)[0]?.name;
  }

  /** Lines such as `1. Reds 3`. */
  table() {
    return best(this.#teams, this.#teams.length).map((team, index) => `${index + 1}. ${team.name} ${team.points}`);
  }
}
