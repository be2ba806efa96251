import { plannedSteps, type Plan } from './plan';

/** What a schedule that decays leaves of the peak once its plan is over. */
const AFTER = 0.1;
const STEP_FACTOR = 0.2;
const RESTARTS = 3;

/** The learning rate of a step, the first being 0. */
export function rateAt(plan: Plan, step: number): number {
  const end = plannedSteps(plan);
  if (plan.schedule === 'constant') return plan.lr * warm(plan, step, end);
  if (step >= end) return plan.lr * AFTER;
  return plan.lr * shape(plan, step / end) * warm(plan, step, end);
}

function warm(plan: Plan, step: number, end: number): number {
  const steps = plan.warmup * end;
  return step < steps ? (step + 1) / (steps + 1) : 1;
}

function shape(plan: Plan, done: number): number {
  const cosine = (share: number) => 0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * share));
  switch (plan.schedule) {
    case 'constant':
      return 1;
    case 'step':
      return STEP_FACTOR ** Math.floor(3 * done);
    case 'linear':
      return 1 - 0.99 * done;
    case 'restarts':
      return cosine((RESTARTS * done) % 1);
    case 'cosine':
    case 'warmup-cosine':
      return cosine(Math.max(0, (done - plan.warmup) / (1 - plan.warmup)));
  }
}
