import type { Node } from '../../python/node';

/** A string, number or boolean as it stands in Python; undefined for anything else, an f-string among them. */
export function literal(node: Node): string | number | boolean | undefined {
  switch (node.type) {
    case 'string': {
      const match = /^[rubRUB]*("""|'''|"|')([\s\S]*)\1$/.exec(node.text);
      return match?.[2];
    }
    case 'integer':
    case 'float':
      return numeric(node.text);
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return undefined;
  }
}

/** The value of plain arithmetic with numbers (`5 * 8`, `-1`, `2**-14`), null for anything else. */
export function arithmetic(node: Node): number | null {
  if (node.type === 'integer' || node.type === 'float') return numeric(node.text) ?? null;
  if (node.type === 'parenthesized_expression' && node.namedChildren.length === 1) {
    return arithmetic(node.namedChildren[0]!);
  }
  if (node.type === 'unary_operator') {
    const value = arithmetic(node.childForFieldName('argument')!);
    const sign = node.childForFieldName('operator')!.text;
    if (value === null || (sign !== '-' && sign !== '+')) return null;
    return sign === '-' ? -value : value;
  }
  if (node.type !== 'binary_operator') return null;
  const left = arithmetic(node.childForFieldName('left')!);
  const right = arithmetic(node.childForFieldName('right')!);
  if (left === null || right === null) return null;
  const value = operations[node.childForFieldName('operator')!.text]?.(left, right);
  return value !== undefined && Number.isFinite(value) ? value : null;
}

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '**': (a, b) => a ** b,
  '<<': (a, b) => a * 2 ** b,
};

function numeric(text: string): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? undefined : value;
}
