import { fromTemplate, part } from '../shell/element.ts';

const questions = {
  reason: { title: 'Why?', label: 'Reason', confirm: 'Decide' },
  instructions: { title: 'What is missing?', label: 'Instructions for the merchant', confirm: 'Send back' },
} as const;

/** Asks for the text of a decision. Resolves to `undefined` if the person cancels. */
export function askForText(question: keyof typeof questions, subject: string): Promise<string | undefined> {
  const { title, label, confirm } = questions[question];
  const dialog = fromTemplate('decision', 'dialog');
  const input = part(dialog, 'textarea');
  part(dialog, 'h2').textContent = `${subject}: ${title}`;
  part(dialog, 'label').textContent = label;
  part(dialog, 'button').textContent = confirm;
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
