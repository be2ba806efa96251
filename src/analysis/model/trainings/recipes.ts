/** The constructions: each takes the plan of a sound training and changes what its name says. */
import type { Random } from '../random';
import { drawKind, drawPlan, drawRegularisers, type Range } from './draw';
import { faults } from './faultRecipes';
import { notFaults } from './notFaultRecipes';
import type { Plan } from './plan';
import { drawSize, type Size } from './size';

export interface Recipe {
  /** How often it is drawn, in percent. */
  weight: number;
  size?: Partial<Size>;
  /** Kinds of problem for which it makes sense. */
  fits?: (plan: Plan) => boolean;
  /** Before the size is drawn. */
  change?: (plan: Plan, random: Random) => void;
  /** After it. */
  finish?: (plan: Plan, random: Random) => void;
}

const ENOUGH: Range = [2000, 12000];
const USUAL: Size = { samples: ENOUGH, steps: [200, 900], evaluations: [5, 200] };

export function regularise(plan: Plan, random: Random, strength = 1): void {
  plan.regularisers = { ...plan.regularisers, ...drawRegularisers(plan, random, strength) };
}

const recipes: Record<string, Recipe> = {
  good: { weight: 11, change: (plan, random) => regularise(plan, random) },
  'good-plain': { weight: 6 },
  big: { weight: 1, size: { samples: [20000, 50000] }, change: (plan, random) => regularise(plan, random) },
  converged: {
    weight: 4,
    size: { samples: [4000, 12000], steps: [900, 1600] },
    fits: (plan) => plan.architecture === 'mlp' || plan.architecture === 'cnn',
    change(plan, random) {
      plan.width = Math.min(plan.width, 48);
      regularise(plan, random, 0.5);
    },
  },
  ...notFaults,
  ...faults,
};

export const RECIPES = Object.keys(recipes);

export function planOf(seed: number, random: Random): Plan {
  const name = pickRecipe(random);
  const recipe = recipes[name]!;
  let plan: Plan;
  do plan = drawPlan(seed, name === 'big' ? 'good' : name, drawKind(random), random);
  while (recipe.fits && !recipe.fits(plan));
  recipe.change?.(plan, random);
  drawSize(plan, { ...USUAL, ...recipe.size }, random);
  recipe.finish?.(plan, random);
  return plan;
}

export function pickRecipe(random: Random): string {
  let left = random.next() * RECIPES.reduce((sum, name) => sum + recipes[name]!.weight, 0);
  for (const name of RECIPES) {
    left -= recipes[name]!.weight;
    if (left < 0) return name;
  }
  return 'good';
}
