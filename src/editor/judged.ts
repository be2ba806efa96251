import { setTimeout as pause } from 'node:timers/promises';
import type { RunSnapshot } from '../protocol';
import type { EngineService } from './engineService';

/** Points of a curve that are looked at: its extremes stay in it. */
const POINTS = 500;
/** How long a verdict is waited for (ms), and how often it is looked for. */
const PAUSE = 100;
const TRIES = 100;

/**
 * The run at a path with its verdict, for which the analyzer may need a moment; without one where there is none after ten
 * seconds, or where the log can't be read.
 */
export async function judgedRun(
  engine: Pick<EngineService, 'follow' | 'unfollow' | 'snapshot'>,
  path: string,
): Promise<RunSnapshot> {
  const id = await engine.follow(path);
  try {
    for (let tries = 0; ; tries++) {
      const snapshot = await engine.snapshot(id, POINTS);
      if (snapshot.assessment || snapshot.problem !== null || tries >= TRIES) return snapshot;
      await pause(PAUSE);
    }
  } finally {
    await engine.unfollow(id);
  }
}
