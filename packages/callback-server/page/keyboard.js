// Shortcuts. The dialog of the page lists them. Every page can be used without them.

const off = 'inbox-shortcuts-off';
const help = document.getElementById('help');
const showHelp = document.getElementById('show-help');
const toggle = document.getElementById('use-shortcuts');
let isGoing = false;

if (help instanceof HTMLDialogElement && showHelp && toggle instanceof HTMLInputElement) {
  showHelp.hidden = false;
  showHelp.addEventListener('click', () => help.showModal());
  toggle.checked = !localStorage.getItem(off);
  toggle.addEventListener('change', () => {
    if (toggle.checked) localStorage.removeItem(off);
    else localStorage.setItem(off, 'true');
  });
  document.addEventListener('keydown', handleKey);
}
if (location.hash === '#search') focusOn(document.getElementById('search'));

/** @type {Readonly<Record<string, () => void>>} */
const actions = {
  j: () => step(1, 'a[rel=next]'),
  k: () => step(-1, 'a[rel=prev]'),
  o: () => click(currentRow()?.querySelector('a')),
  x: () => click(currentRow()?.querySelector('input[type=checkbox]')),
  '/': () => {
    const search = document.getElementById('search');
    if (search) focusOn(search);
    else location.assign('/inbox/callbacks#search');
  },
  g: () => {
    isGoing = true;
  },
  p: () => click(document.getElementById('pause')),
  '?': () => click(showHelp),
};

/** @type {Readonly<Record<string, string>>} */
const pages = {
  o: '',
  c: '/callbacks',
  r: '/routes',
  m: '/merchants',
  d: '/drift',
  a: '/audit',
  s: '/settings',
};

/** @param {KeyboardEvent} event */
function handleKey(event) {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (event.defaultPrevented || ctrlKey || metaKey || altKey || isTyping(target)) return;
  if (localStorage.getItem(off) || document.querySelector('dialog[open]')) return;
  const page = isGoing && Object.hasOwn(pages, key) ? pages[key] : undefined;
  isGoing = false;
  const act = Object.hasOwn(actions, key) ? actions[key] : undefined;
  if (page === undefined && !act) return;
  // A key that moves the focus to a text field must not type into that field.
  event.preventDefault();
  if (page === undefined) act?.();
  else location.assign(`/inbox${page}`);
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/**
 * Moves the focus among the rows. On a page without rows, clicks the link instead.
 *
 * @param {number} by
 * @param {string} link - The selector of the link to the next or the previous page.
 */
function step(by, link) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) return click(document.querySelector(link));
  const current = currentRow();
  const index = current ? rows.indexOf(current) + by : by > 0 ? 0 : rows.length - 1;
  focusOn(rows[Math.min(Math.max(index, 0), rows.length - 1)]?.querySelector('a'));
}

function currentRow() {
  return document.activeElement?.closest('[data-row]');
}

/** @param {Element | null | undefined} element */
function click(element) {
  if (element instanceof HTMLElement && !element.hidden) element.click();
}

/** @param {Element | null | undefined} element */
function focusOn(element) {
  if (element instanceof HTMLElement) element.focus();
}
