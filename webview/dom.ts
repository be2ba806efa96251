/** What an element is built with: properties, `data-*`/`aria-*` attributes, listeners. */
export interface Attributes {
  class?: string;
  title?: string;
  attributes?: Readonly<Record<string, string>>;
  on?: Readonly<Record<string, (event: Event) => void>>;
}

/**
 * Builds an element. Children that are strings become text nodes: nothing that a log says is ever parsed as markup.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, title, attributes = {}, on = {} }: Attributes = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, { ...(className ? { class: className } : {}), ...(title ? { title } : {}), attributes, on });
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** As `el`, for the toolkit's own elements. */
export function custom(
  tag: `vscode-${string}`,
  options: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  dress(element, options);
  element.append(...children);
  return element;
}

function dress(
  element: HTMLElement,
  { class: className, title, attributes = {}, on = {} }: Attributes,
): void {
  if (className) element.className = className;
  if (title) element.title = title;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
}

/** The pieces of a text with elements in the places of its `{0}`, `{1}`. */
export function woven(text: string, ...parts: readonly (Node | string)[]): (Node | string)[] {
  return text.split(/\{(\d)\}/).map((piece, i) => (i % 2 === 1 ? parts[Number(piece)]! : piece));
}

/** A text in which what stands between backticks is shown as code. */
export function coded(text: string): (Node | string)[] {
  return text.split('`').map((piece, i) => (i % 2 === 1 ? el('code', {}, piece) : piece));
}

/** A button that looks like a link; `key` names it to what keeps the focus when it is drawn anew. */
export function link(text: string, key: string, onClick: () => void): HTMLElement {
  const attributes = { type: 'button', 'data-key': key };
  return el('button', { class: 'link', attributes, on: { click: onClick } }, text);
}
