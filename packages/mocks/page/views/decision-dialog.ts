import { element } from '../shell/element.ts';

const questions = {
  reason: { title: 'Why?', label: 'Reason', confirm: 'Decide' },
  instructions: {
    title: 'What is missing?',
    label: 'Instructions for the merchant',
    confirm: 'Send back',
  },
} as const;

/** Asks for the text of a decision. Resolves to `undefined` if the person cancels. */
export function askForText(question: keyof typeof questions, subject: string): Promise<string | undefined> {
  const { title, label, confirm } = questions[question];
  const input = element('textarea', { id: 'decision-text', rows: 3 });
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { id: 'dialog-title' }, `${subject}: ${title}`),
    element('label', { for: input.id }, label),
    input,
    element(
      'div',
      { class: 'moves' },
      element('button', { type: 'submit', value: 'yes', class: 'main' }, confirm),
      element('button', { type: 'submit', value: 'no' }, 'Cancel'),
    ),
  );
  const dialog = element('dialog', { 'aria-labelledby': 'dialog-title' }, form);
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? input.value.trim() : undefined);
    });
  });
}
