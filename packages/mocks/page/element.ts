type Child = Node | string | undefined | false;
type Properties = {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
};

/**
 * Makes an element. Text stays text: nothing that the sandbox was told can become markup. A property that is a function
 * listens to the event of its name; one that is `false` or left out is not set.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : `${value}`);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** The element of the page with that id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

const shown = new WeakMap<Element, string>();

/**
 * Shows something in a place, if it differs from what is shown there, so that the page does not flicker and nobody loses
 * the focus: it goes to the element with the same id.
 */
export function show(place: HTMLElement, what: unknown, make: () => readonly Node[]): void {
  const key = JSON.stringify(what);
  if (shown.get(place) === key) return;
  shown.set(place, key);
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const open = [...place.querySelectorAll<HTMLDetailsElement>('details[open][id]')].map(({ id }) => id);
  place.replaceChildren(...make());
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
}
