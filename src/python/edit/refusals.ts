import { hasSplat, type Call } from '../model/call';

/** Why an argument can not be added to a call, or null where it can. */
export function insertionRefusal(call: Call, argument: string): string | null {
  const line = call.node.startPosition.row + 1;
  return hasSplat(call)
    ? `${call.name} in line ${line} gets more arguments from elsewhere: set ${argument} there`
    : null;
}
