/** What can be done with a move, wherever it is shown: suppose it, note that it was observed, read it. */

import { jump } from "./editor.js";
import { observe } from "./evidence.js";
import { openMenu } from "./menu.js";
import { state, suppose } from "./state.js";

let steps = [];

/** Takes the steps of a scenario. */
export function knowSteps(scenario) {
  steps = scenario.steps;
}

/** The declared step of a fact such as `demand` or `demand of 2`. */
const stepOf = (fact) =>
  steps.find(({ name }) => name === fact)
  ?? steps.find(({ name, rounds }) => rounds.some((round) => `${name} of ${round}` === fact));

/** Whether something can be done with a move of this fact. */
export const isKnownMove = (fact) => stepOf(fact) !== undefined;

/** Opens a menu for a move beside `anchor`. */
export function offerMove(anchor, fact, option) {
  const step = stepOf(fact);
  if (!step) return;
  const isSupposed = state().supposing[fact] === option;
  const items = [];
  if (step.party && step.options.includes(option)) {
    items.push(
      isSupposed
        ? { text: "Suppose it no longer", act: () => suppose(fact, null) }
        : { text: "Suppose it", act: () => suppose(fact, option) });
  }
  items.push(
    { text: "Observed: write it down…", act: () => observe(fact, option) },
    { text: `Go to line ${step.line}`, act: () => jump(step.line, 1) });
  openMenu(anchor, `${fact} = ${option}`, items);
}
