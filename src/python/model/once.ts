/** A function of one object (a script, a node) that is computed once for each. */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/** A value that is computed when it is first asked for. */
export function lazy<V>(compute: () => V): () => V {
  let known: { value: V } | null = null;
  return () => (known ??= { value: compute() }).value;
}

/** An object with more properties, each computed when it is first asked for. */
export function withLazy<E extends object, L extends Readonly<Record<string, () => unknown>>>(
  known: E,
  parts: L,
): E & { readonly [K in keyof L]: ReturnType<L[K]> } {
  const whole = { ...known };
  for (const [name, compute] of Object.entries(parts)) {
    Object.defineProperty(whole, name, { get: lazy(compute), enumerable: true });
  }
  return whole as E & { readonly [K in keyof L]: ReturnType<L[K]> };
}
