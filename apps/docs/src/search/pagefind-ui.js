/**
 * Replaces Pagefind's class of this name, and builds the real search when a reader first opens the search. Starlight alone
 * would build the search on each page: 94 kB, and the longest task of a guide on a phone.
 */
export class PagefindUI {
  constructor(options) {
    const dialog = document.querySelector(options.element).closest('dialog');
    const buildWhenOpen = () => {
      if (!dialog.open) return;
      observer.disconnect();
      build({ ...options, autofocus: true });
    };
    const observer = new MutationObserver(buildWhenOpen);
    observer.observe(dialog, { attributeFilter: ['open'] });
    buildWhenOpen();
  }
}

async function build(options) {
  const pagefind = await import('@pagefind/default-ui');
  new pagefind.PagefindUI(options);
}
