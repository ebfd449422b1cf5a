import fc from 'fast-check';
import { compareCases, createMerchant, decide, pull, push, wait } from './case-commands.ts';
import type { Command } from './command.ts';
import type { Model } from './model.ts';
import {
  assignFlows,
  createPartner,
  link,
  login,
  registerCallback,
  repeatUsername,
} from './partner-commands.ts';
import type { SandboxDriver } from './sandbox-driver.ts';

/** Prepares one partner, so that most commands of a run concern cases. */
export function enrolPartner(model: Model, driver: SandboxDriver): void {
  const steps = [
    createPartner,
    login(0, true),
    link(0),
    assignFlows(0, true),
    registerCallback(0, 'pending', true),
  ];
  for (const step of steps) step.run(model, driver);
}

const choice = fc.nat(5);
const pushes = fc.tuple(choice, choice).map(([one, by]) => push(one, by));
const decisions = fc
  .tuple(choice, fc.constantFrom('accept', 'reject', 'draft', 'reverse'))
  .map(([one, decision]) => decide(one, decision));

/** Lists of commands. Pushes and decisions are twice as frequent as the other commands. */
export const commandLists: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    fc.constant(createPartner),
    fc.constant(repeatUsername),
    fc.tuple(choice, fc.boolean()).map(([one, isRight]) => login(one, isRight)),
    choice.map(link),
    fc.tuple(choice, fc.boolean()).map(([one, gives]) => assignFlows(one, gives)),
    fc
      .tuple(choice, fc.constantFrom('accept', 'reject', 'pending'), fc.boolean())
      .map(([one, event, isOn]) => registerCallback(one, event, isOn)),
    choice.map(createMerchant),
    pushes,
    pushes,
    fc.tuple(choice, choice).map(([one, by]) => pull(one, by)),
    decisions,
    decisions,
    fc.constantFrom(1, 7, 14, 15).map(wait),
    fc.constant(compareCases),
  ],
  { size: '+1' },
);
