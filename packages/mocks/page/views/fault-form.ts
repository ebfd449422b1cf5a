import { operations } from '@partner-ecosystem/openapi/operations';
import type { components } from '../../src/control-client.ts';
import { callbackFaultKinds, requestFaultKinds } from '../../src/core/faults/fault-kinds.ts';
import { dataOf } from '../shell/connection.ts';
import { element, fromTemplate, part } from '../shell/element.ts';
import type { PageContext } from '../shell/page-context.ts';

type FaultSpec = components['schemas']['FaultSpec'];

/** Examples of the parameters of those kinds of faults that have parameters. */
const exampleParameters: { readonly [kind: string]: string } = {
  status: '{"status": 503}',
  latency: '{"delay": "2s"}',
  'latency-uniform': '{"from": "100ms", "to": "2s"}',
  'latency-long-tail': '{"median": "100ms", "longest": "20s"}',
  delay: '{"by": "1m"}',
};

/** A form that adds a fault. The control API validates the fault. */
export function faultForm({ control, act }: PageContext): HTMLElement {
  const form = fromTemplate('fault', 'form');
  const where = part(form, 'select', 'fault-where');
  const kind = part(form, 'select', 'fault-kind');
  const parameters = part(form, 'input', 'fault-parameters');
  const effect = part(form, 'p');
  where.replaceChildren(...targets());
  where.addEventListener('change', offerKinds);
  kind.addEventListener('change', describeKind);
  form.addEventListener('submit', addFault);
  offerKinds();
  return form;

  function offerKinds(): void {
    const kinds = Object.keys(effectsOn(where.value));
    kind.replaceChildren(...kinds.map((name) => option(name, name)));
    describeKind();
  }

  function describeKind(): void {
    effect.textContent = `Shows: ${effectsOn(where.value)[kind.value]}.`;
    parameters.value = exampleParameters[kind.value] ?? '';
  }

  function addFault(event: Event): void {
    event.preventDefault();
    void act('The fault was added.', async () => {
      await dataOf(control.POST('/faults', { body: faultSpecOf(new FormData(form)) }));
    });
  }
}

/** The effect of each kind of fault that can strike the target. */
function effectsOn(target: string): { readonly [kind: string]: string } {
  if (target.startsWith('callback')) return callbackFaultKinds;
  return Object.fromEntries(Object.entries(requestFaultKinds).map(([kind, { shows }]) => [kind, shows]));
}

function targets(): HTMLElement[] {
  return [
    option('operation *', 'every operation'),
    ...Object.keys(operations).map((name) => option(`operation ${name}`, name)),
    option('callback *', 'every callback'),
    ...['pending', 'accept', 'reject'].map((event) => option(`callback ${event}`, `${event} callback`)),
  ];
}

function faultSpecOf(form: FormData): FaultSpec {
  const text = (name: string) => `${form.get(name) ?? ''}`.trim();
  const [target = '', name = ''] = text('where').split(' ');
  const [times, ttl] = [text('times'), text('ttl')];
  const spec = {
    ...parseParameters(text('parameters')),
    [target]: name,
    kind: text('kind'),
    ...(times !== '' && { times: Number(times) }),
    ...(ttl !== '' && { ttl }),
  };
  return spec as FaultSpec; // The control API validates the fault and explains what is wrong.
}

function parseParameters(json: string): object {
  try {
    return Object(json === '' ? {} : JSON.parse(json));
  } catch {
    throw new Error('The parameters are not JSON. Enter an object, such as {"status": 503}.');
  }
}

function option(value: string, label: string): HTMLElement {
  return element('option', { value }, label);
}
