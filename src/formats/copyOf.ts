/** A deep copy of an object whose fields hold only data, with its class. */
export function copyOf<T extends object>(original: T): T {
  return Object.assign(
    Object.create(Object.getPrototypeOf(original) as object) as T,
    structuredClone({ ...original }),
  );
}
