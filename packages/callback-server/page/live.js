// Shows what changes while a page is open: fetches the page again, and takes over its main part.

const everyMs = 5000;
const main = document.querySelector('main[data-live]');
const status = document.getElementById('live-status');
const pause = document.getElementById('pause');
let isPaused = false;

if (main instanceof HTMLElement && status && pause) {
  pause.hidden = false;
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.setAttribute('aria-pressed', String(isPaused));
    say(isPaused ? 'Updates are paused.' : 'Updates go on.');
  });
  setInterval(() => update(main), everyMs);
  document.addEventListener('visibilitychange', () => update(main));
}

/** @param {string} text */
function say(text) {
  if (status && status.textContent !== text) status.textContent = text;
}

let isUpdating = false;

/** @param {HTMLElement} shown */
async function update(shown) {
  if (isUpdating || isPaused || document.hidden || isInUse(shown)) return;
  isUpdating = true;
  try {
    const response = await fetch(location.href);
    // The session has ended.
    if (response.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.querySelector('main[data-live]');
    if (!(next instanceof HTMLElement)) return say('The page cannot be updated. Reload it.');
    if (isPaused || isInUse(shown)) return;
    const isChanged = textOf(shown) !== textOf(next);
    if (shown.innerHTML !== next.innerHTML) takeOver(shown, next);
    if (isChanged) say(`Updated at ${new Date().toISOString().slice(11, 19)}.`);
  } catch {
    say('The server does not respond. The page tries again.');
  } finally {
    isUpdating = false;
  }
}

/**
 * Whether a person edits or selects something on the page. Then an update must not change the page.
 *
 * @param {HTMLElement} shown
 */
function isInUse(shown) {
  const { activeElement } = document;
  const isTyping =
    shown.contains(activeElement) && activeElement?.matches('input:not([type=checkbox]), select');
  const isReading = !(getSelection()?.isCollapsed ?? true);
  const isOpen = document.querySelector('dialog[open]') !== null;
  return isTyping || isReading || isOpen || [...shown.querySelectorAll('input, select')].some(isChanged);
}

/** @param {Element} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const initial = options.findIndex(({ defaultSelected }) => defaultSelected);
    return field.selectedIndex !== Math.max(0, initial);
  }
  if (!(field instanceof HTMLInputElement) || field.type === 'hidden') return false;
  return field.type === 'checkbox'
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

/**
 * The text of a page without its durations, which grow even if nothing happens.
 *
 * @param {HTMLElement} shown
 */
function textOf(shown) {
  const copy = /** @type {HTMLElement} */ (shown.cloneNode(true));
  for (const duration of copy.querySelectorAll('time[datetime^=PT]')) duration.remove();
  return copy.textContent;
}

/**
 * Shows the next state of the page. Keeps the focus, the scroll positions and the open details.
 *
 * @param {HTMLElement} shown
 * @param {HTMLElement} next
 */
function takeOver(shown, next) {
  const focused = shown.contains(document.activeElement) ? document.activeElement : null;
  for (const details of next.querySelectorAll('details[id]')) {
    const before = document.getElementById(details.id);
    if (before) details.toggleAttribute('open', before.hasAttribute('open'));
  }
  const scrolled = [...shown.querySelectorAll('[tabindex="0"]')].map((each) => ({
    left: each.scrollLeft,
    top: each.scrollTop,
  }));
  const { scrollX, scrollY } = window;
  shown.replaceChildren(...next.childNodes);
  for (const [index, each] of shown.querySelectorAll('[tabindex="0"]').entries())
    each.scrollTo(scrolled[index]);
  if (focused && focused !== shown) focusAgain(shown, focused);
  scrollTo(scrollX, scrollY);
}

/**
 * @param {HTMLElement} shown
 * @param {Element} focused
 */
function focusAgain(shown, focused) {
  const name = focused.id ? `#${CSS.escape(focused.id)}` : focused.tagName;
  const same = [...shown.querySelectorAll(name)].find(
    (each) => focused.id || each.outerHTML === focused.outerHTML,
  );
  const target = same instanceof HTMLElement ? same : shown;
  target.focus({ preventScroll: true });
}
