// Adds names and keyboard access that the renderer leaves out. The renderer keeps changing the page, so the script repeats
// each change when needed.
const siteTitle = 'Reference | Partner Ecosystem kit';

function mend() {
  makeSearchReachable();
  nameControls();
  nameDocument();
}

function makeSearchReachable() {
  for (const trigger of document.querySelectorAll('[data-testid="search-trigger"]:not([role])')) {
    trigger.setAttribute('role', 'button');
    trigger.setAttribute('tabindex', '0');
    trigger.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      trigger.click();
    });
  }
}

function nameControls() {
  for (const input of document.querySelectorAll('input[placeholder^="Search"]:not([aria-label])'))
    input.setAttribute('aria-label', 'Search the reference');
  for (const button of document.querySelectorAll(
    '[data-component-name="Search/SearchInput"] button:not([aria-label])',
  ))
    button.setAttribute('aria-label', 'Clear the search');
  for (const button of document.querySelectorAll('button[aria-label^="Example"]')) {
    const name = `Example ${button.textContent}`.trim();
    if (button.getAttribute('aria-label') !== name) button.setAttribute('aria-label', name);
  }
}

function nameDocument() {
  const [, route = '/'] = location.hash.split('#');
  const link = document.querySelector(`.menu-content a[href="#${CSS.escape(route)}"]`);
  // The name comes first, and the method of an operation follows. On a phone the link is hidden, so it has no lines.
  const name = link && document.createTreeWalker(link, NodeFilter.SHOW_TEXT).nextNode()?.data.trim();
  const title = name && route !== '/' ? `${name} | ${siteTitle}` : siteTitle;
  if (document.title !== title) document.title = title;
}

function shareColourScheme() {
  const scheme = localStorage.getItem('redoc.colorMode');
  if (scheme) localStorage.setItem('starlight-theme', scheme);
}

const changes = {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['href', 'data-active'],
};
new MutationObserver(mend).observe(document, changes);
new MutationObserver(shareColourScheme).observe(document.documentElement, { attributeFilter: ['class'] });
globalThis.navigation?.addEventListener('currententrychange', mend);
mend();
