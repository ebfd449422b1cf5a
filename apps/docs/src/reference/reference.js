// Mends what the renderer leaves out. It renders again and again, so each change is made whenever something has changed.
const mend = () => {
  for (const trigger of document.querySelectorAll('[data-testid="search-trigger"]:not([role])')) {
    trigger.setAttribute('role', 'button');
    trigger.setAttribute('tabindex', '0');
    trigger.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        trigger.click();
      }
    });
  }
  for (const input of document.querySelectorAll(
    'input[type="search"]:not([aria-label]), input[placeholder^="Search"]:not([aria-label])',
  ))
    input.setAttribute('aria-label', 'Search the reference');
  for (const button of document.querySelectorAll('button[aria-label="Example"]'))
    button.setAttribute('aria-label', `Example ${button.innerText}`);
  for (const link of document.querySelectorAll('a[href^="/"]'))
    link.setAttribute('href', `#${link.getAttribute('href')}`);
  const name = document.querySelector(`a[href="${CSS.escape(location.hash.replace(/(?<=.)#.*/, ''))}"]`);
  const title = `${name ? `${name.innerText.split('\n')[0]} | ` : ''}Reference | Partner Ecosystem kit`;
  if (document.title !== title) document.title = title;
};

new MutationObserver(mend).observe(document, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['href'],
});
mend();
