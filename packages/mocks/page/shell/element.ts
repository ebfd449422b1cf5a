type Child = Node | string | undefined | false;
type Properties = {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
};

/**
 * Creates an element. Strings become text nodes, so that data of the sandbox cannot become markup. A property that is a
 * function listens to the event of that name. A property that is `false` or `undefined` is not set.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') created.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      created.setAttribute(name, value === true ? '' : `${value}`);
  }
  created.append(...children.filter((child) => child !== undefined && child !== false));
  return created;
}

/** Creates an element from the template in `index.html` with this id. */
export function fromTemplate<Tag extends keyof HTMLElementTagNameMap>(
  id: string,
  tag: Tag,
): HTMLElementTagNameMap[Tag] {
  const { content } = byId(id) as HTMLTemplateElement;
  return part(content.cloneNode(true) as DocumentFragment, tag);
}

/** Returns the first element inside `root` with this tag, and with the id if one is given. */
export function part<Tag extends keyof HTMLElementTagNameMap>(root: ParentNode, tag: Tag, id?: string) {
  const found = root.querySelector<HTMLElementTagNameMap[Tag]>(id === undefined ? tag : `${tag}#${id}`);
  if (!found) throw new Error(`The page has no element ${tag} ${id ?? ''}.`);
  return found;
}

/** Creates a button that does not submit a form. */
export function button(
  properties: Properties & { readonly click: () => void },
  ...label: readonly Child[]
): HTMLButtonElement {
  return element('button', { type: 'button', ...properties }, ...label);
}

export function quiet(...children: readonly Child[]): HTMLParagraphElement {
  return element('p', { class: 'quiet' }, ...children);
}

export function jsonDetails(id: string, summary: string, label: string, value: unknown): HTMLElement {
  const json = JSON.stringify(value, null, 2);
  return element(
    'details',
    { id },
    element('summary', {}, summary),
    element('pre', { tabindex: 0, role: 'group', 'aria-label': label }, json),
  );
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element with the id ${id}.`);
  return found;
}

const rendered = new WeakMap<Element, string>();

/**
 * Replaces the children of `root` if `content` has changed since the last call. Focus and open disclosures move to the new
 * elements with the same ids.
 */
export function render(root: HTMLElement, content: unknown, create: () => readonly (Node | string)[]): void {
  const key = JSON.stringify(content);
  if (rendered.get(root) === key) return;
  rendered.set(root, key);
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const open = [...root.querySelectorAll<HTMLDetailsElement>('details[open][id]')].map(({ id }) => id);
  root.replaceChildren(...create());
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
}
