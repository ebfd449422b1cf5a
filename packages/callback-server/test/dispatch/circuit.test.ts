import { expect, test } from 'vitest';
import { createCircuit } from '../../src/dispatch/create-circuit.ts';

/** A circuit with a clock that `wait` sets. */
function circuitAt() {
  let now = 0;
  const circuit = createCircuit(() => now);
  const fail = (times: number) => {
    for (let count = 0; count < times; count++) {
      circuit.started();
      circuit.failed();
    }
  };
  return { circuit, fail, wait: (ms: number) => (now += ms) };
}

test('opens after ten failures without a success between them', () => {
  const { circuit, fail } = circuitAt();
  fail(9);
  circuit.succeeded();
  fail(9);
  expect([circuit.state(), circuit.allowance()]).toEqual(['closed', Number.POSITIVE_INFINITY]);
  fail(1);
  expect([circuit.state(), circuit.allowance(), circuit.waitMs()]).toEqual(['open', 0, 1000]);
});

test('one attempt may start after each pause, and the pause grows to 15 seconds', () => {
  const { circuit, fail, wait } = circuitAt();
  fail(10);
  const pauses = Array.from({ length: 6 }, () => {
    const ms = circuit.waitMs();
    wait(ms);
    expect([circuit.state(), circuit.allowance(), circuit.waitMs()]).toEqual(['half-open', 1, 0]);
    circuit.started();
    expect(circuit.allowance()).toBe(0);
    circuit.failed();
    return ms;
  });
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('a success closes it, and the next pause is short again', () => {
  const { circuit, fail, wait } = circuitAt();
  fail(10);
  wait(1000);
  circuit.started();
  expect(circuit.succeeded()).toBe(true);
  expect([circuit.state(), circuit.succeeded()]).toEqual(['closed', false]);
  fail(10);
  expect(circuit.waitMs()).toBe(1000);
});
