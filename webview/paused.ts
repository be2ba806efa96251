import type { ToWebview } from '../src/protocol';

/**
 * Whether a message only tells what is new of what is on the page: left out while the user has paused it, and asked for as a
 * whole afterwards.
 * @param isKnown whether the run of an id is drawn already
 */
export function isNews(message: ToWebview, isKnown: (id: string) => boolean): boolean {
  switch (message.type) {
    case 'append':
    case 'assessed':
    case 'since':
      return true;
    case 'snapshot':
    case 'other':
      return isKnown(message.run.summary.id);
    case 'compared':
    case 'dismissed':
    case 'detail':
    case 'problem':
    case 'loading':
      return false;
  }
}
