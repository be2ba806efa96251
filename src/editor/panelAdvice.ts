import { assessedFor, otherTechniques } from '../engine/remedyCards';
import type { Assessment, OfferedFix, RunSummary, ToWebview } from '../protocol';
import { untold, type Told } from '../remedies/context';
import type { Dismissals } from './dismissals';
import type { Fixes } from './fixes';
import type { TrainingKinds } from './trainingKinds';

/** What the engine said of a run: said again when other fixes can be offered. */
interface Assessed {
  readonly summary: RunSummary;
  readonly assessment: Assessment;
}
type Shown = Assessment & Required<Pick<Assessment, 'others'>>;

export interface AdviceServices {
  fixes: Pick<Fixes, 'offer'>;
  kinds: Pick<TrainingKinds, 'told'>;
  dismissals: Pick<Dismissals, 'of'>;
}

/** The panel around it. */
export interface AdviceHost {
  readonly path: string;
  /** Whether its page would show what it is told. */
  readonly listening: boolean;
  tell(message: ToWebview): void;
}

/** What a panel says of its run: ranked by what script, config and user say of it, with the fixes that can be offered. */
export class PanelAdvice {
  private assessed: Assessed | null = null;
  private lastFixes: OfferedFix[] = [];
  /** What script and config last said of the run. */
  private told: Told = untold;
  /** Counts what was said: of two answers that are under way only the later one is told. */
  private round = 0;

  constructor(
    private readonly services: AdviceServices,
    private readonly host: AdviceHost,
  ) {}

  /** The fixes that were last offered. */
  get fixes(): OfferedFix[] {
    return this.lastFixes;
  }

  /** Where the run itself is: a path may lead to a run that has a folder of its own. */
  get runPath(): string {
    return this.assessed?.summary.path ?? this.host.path;
  }

  /** Another run is shown: what is still under way is not told. */
  forget(): void {
    this.round++;
    this.assessed = null;
    this.lastFixes = [];
    this.told = untold;
  }

  /** What is known at once, for a picture that does not wait; `say` follows it with what script and config say now. */
  atOnce(summary: RunSummary, assessment: Assessment | null): Shown | null {
    this.assessed = assessment && { summary, assessment };
    return assessment && this.shownAs(assessment);
  }

  /** Tells the page what is said of its run, and what can be done. */
  async say(summary: RunSummary, assessment: Assessment): Promise<void> {
    this.assessed = { summary, assessment };
    if (!this.host.listening) return;
    const round = ++this.round;
    const told = await this.services.kinds.told(summary);
    const shown = this.shownAs(assessment, told);
    // A run that is all right has no remedies, and nobody is to look for others.
    const others = shown.remedies.length > 0 ? shown.others.filter(({ unfitFor }) => unfitFor === null) : [];
    const fixes = await this.services.fixes.offer(
      shown.remedies,
      this.host.path,
      others.map(({ technique }) => technique),
    );
    if (round !== this.round) return;
    this.lastFixes = fixes;
    this.told = told;
    this.host.tell({ type: 'assessed', summary, assessment: shown, fixes });
  }

  /** The same again, since scripts, configs or the user say something else now. */
  sayAgain(): void {
    if (this.assessed) void this.say(this.assessed.summary, this.assessed.assessment);
  }

  /** As the page shows it: with the techniques that are not recommended, too. */
  private shownAs(assessment: Assessment, told = this.told): Shown {
    const dismissed = new Set(this.services.dismissals.of(this.runPath).map(({ id }) => id));
    const ranked = assessedFor(assessment, told, dismissed);
    return { ...ranked, others: otherTechniques(ranked) };
  }
}
