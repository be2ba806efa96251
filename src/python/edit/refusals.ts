import * as l10n from '@vscode/l10n';
import { hasSplat, type Call } from '../model/call';

/** Why an argument can not be added to a call, or null where it can. */
export function insertionRefusal(call: Call, argument: string): string | null {
  const line = call.node.startPosition.row + 1;
  return hasSplat(call)
    ? l10n.t('{0} in line {1} gets more arguments from elsewhere: set {2} there', call.name, line, argument)
    : null;
}
