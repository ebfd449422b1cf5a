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

test('the circuit opens after ten failures without a success between them', () => {
  const { circuit, fail } = circuitAt();
  fail(9);
  circuit.succeeded();
  fail(9);
  expect([circuit.state(), circuit.allowance().attempts]).toEqual(['closed', Number.POSITIVE_INFINITY]);
  fail(1);
  expect([circuit.state(), circuit.allowance()]).toEqual(['open', { attempts: 0, waitMs: 1000 }]);
});

test('one attempt may start after each pause, and the pause grows to 15 seconds', () => {
  const { circuit, fail, wait } = circuitAt();
  fail(10);
  const pauses = Array.from({ length: 6 }, () => {
    const ms = circuit.allowance().waitMs;
    wait(ms);
    expect([circuit.state(), circuit.allowance()]).toEqual(['half-open', { attempts: 1, waitMs: 0 }]);
    circuit.started();
    expect(circuit.allowance().attempts).toBe(0);
    circuit.failed();
    return ms;
  });
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('after a probe that was not made, another probe may start, and the pause stays the same', () => {
  const { circuit, fail, wait } = circuitAt();
  const notMadeBefore = circuit.started();
  fail(10);
  notMadeBefore();
  expect(circuit.allowance()).toEqual({ attempts: 0, waitMs: 1000 });
  wait(1000);
  for (let count = 0; count < 20; count++) {
    const notMade = circuit.started();
    expect(circuit.allowance().attempts).toBe(0);
    notMade();
    expect(circuit.allowance()).toEqual({ attempts: 1, waitMs: 0 });
  }
  circuit.started();
  expect(circuit.allowance().waitMs).toBe(2000);
  const late = circuit.started();
  circuit.succeeded();
  late();
  expect(circuit.state()).toBe('closed');
});

test('a success closes the circuit, and the next pause is short again', () => {
  const { circuit, fail, wait } = circuitAt();
  fail(10);
  wait(1000);
  circuit.started();
  expect(circuit.succeeded()).toBe(true);
  expect([circuit.state(), circuit.succeeded()]).toEqual(['closed', false]);
  fail(10);
  expect(circuit.allowance().waitMs).toBe(1000);
});

test('a circuit that allows no attempt always has a time to wait for, even if its pause ends as it is read', () => {
  let readings = 0;
  const circuit = createCircuit(() => readings++);
  for (let count = 0; count < 10; count++) circuit.failed();
  const allowances = Array.from({ length: 1500 }, () => circuit.allowance());
  expect(allowances.filter(({ attempts }) => attempts === 0).length).toBeGreaterThan(900);
  expect(allowances.filter(({ attempts, waitMs }) => (attempts === 0) !== waitMs > 0)).toEqual([]);
});
