import type { Quantity } from './textNumbers';
import type { TextRecord } from './textRecord';

/** `[rank0]:`, `[Rank 0]`, `[trainer0|0]:`, and `[1,0]<stdout>:` of Open MPI. */
const NAMED = /^\s*\[(?:rank ?|\w+\|(?=\d+\]:)|\d+,(?=\d+\]<std))(\d+)\]/i;
/** `0: ` as `srun --label` puts it before each line; it may be a step as well. */
const BARE = /^(\d{1,4}): (?=\S)/;
/** More metrics are not told apart by the process that prints them. */
const MOST_METRICS = 2_000;

/** The process that a line says it is from; `certain` where nothing else can be meant. */
export interface Rank<Source = Quantity> {
  readonly quantity: Source;
  readonly certain: boolean;
}

/** The rank at the start of a line, or null. */
export function rankOf(text: string): Rank | null {
  const named = NAMED.exec(text);
  const rank = named ?? BARE.exec(text);
  if (!rank) return null;
  const start = rank[0].lastIndexOf(rank[1]!);
  return { quantity: { text: rank[1]!, start }, certain: named !== null };
}

/**
 * Of what several processes print, each its own value for the same place, only the first one's is kept. A bare number
 * before a line is a rank once two of them stood before the same metrics at the same place.
 */
export class TextRanks {
  /** By split and metric: the process that printed it first. */
  private readonly leaders = new Map<string, number>();
  private bareAreRanks = false;
  private last = { rank: -1, place: '' };

  /** The record without what another process says; null when that is all of it. */
  take(record: TextRecord): TextRecord | null {
    const { keys, rank, split } = record;
    if (Number.isNaN(rank) || keys.length === 0 || !this.isRank(record)) return record;
    const kept = keys.flatMap((key, index) =>
      this.leaderOf(`${split} ${key}`, rank) === rank ? [index] : [],
    );
    if (kept.length === keys.length) return record;
    if (kept.length === 0) return null;
    return {
      ...record,
      keys: kept.map((index) => keys[index]!),
      values: kept.map((index) => record.values[index]!),
      splits: kept.map((index) => record.splits[index]!),
    };
  }

  private isRank({ keys, rank, rankIsCertain, split, epoch, count }: TextRecord): boolean {
    if (rankIsCertain || this.bareAreRanks) return true;
    if (Number.isNaN(count)) return false;
    const { last } = this;
    const place = `${epoch} ${count} ${split} ${keys.join()}`;
    this.bareAreRanks = last.place === place && last.rank !== rank;
    this.last = { rank, place };
    // The line before was already read: its process leads.
    if (this.bareAreRanks) for (const key of keys) this.leaderOf(`${split} ${key}`, last.rank);
    return this.bareAreRanks;
  }

  private leaderOf(metric: string, rank: number): number {
    const leader = this.leaders.get(metric);
    if (leader !== undefined) return leader;
    if (this.leaders.size < MOST_METRICS) this.leaders.set(metric, rank);
    return rank;
  }
}
