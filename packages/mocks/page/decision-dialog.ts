import { element } from './element.ts';

const questions = {
  reason: { title: 'Why?', label: 'Reason', ok: 'Decide' },
  instructions: { title: 'What is missing?', label: 'Instructions for the merchant', ok: 'Send it back' },
} as const;

/** Asks for the words that go with a decision. Answers `undefined` if the person thought better of it. */
export function decisionDialog(asks: keyof typeof questions, about: string): Promise<string | undefined> {
  const { title, label, ok } = questions[asks];
  const words = element('textarea', { id: 'words', rows: 3 });
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'dialog-title' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'dialog-title' }, `${about}: ${title}`),
      element('label', { for: 'words' }, label),
      words,
      element(
        'div',
        { class: 'moves' },
        element('button', { type: 'submit', value: 'yes', class: 'main' }, ok),
        element('button', { type: 'submit', value: 'no' }, 'Cancel'),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  words.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? words.value.trim() : undefined);
    });
  });
}
