import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { acceptCase, portableChecks, same, submitCase } from './portable-checks.js';

async function callback(context) {
  const received = [];
  const receiver = createServer(async (incoming, outgoing) => {
    received.push(await merchantIn(incoming));
    outgoing.end();
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const merchantId = await submitCase(context, `http://127.0.0.1:${receiver.address().port}/accept`);
    await acceptCase(context.sandbox, merchantId);
    same(received, [merchantId], 'the receiver');
    return ['posted'];
  } finally {
    receiver.close();
  }
}

/** The id of the merchant that a callback is about. */
export async function merchantIn(incoming) {
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return JSON.parse(text).merchantData.id;
}

export const checks = { ...portableChecks, callback };

/** Runs the check of one cell, and writes the cell if nothing fails. */
export async function fillCell(transport, name, context) {
  writeCell(transport, name, await checks[name](context));
}

/** Appends a line to the file `cells`: the cell, and the libraries that were used. */
export function writeCell(transport, name, used) {
  appendFileSync('cells', `${transport} ${name}: ${used.join(', ')}\n`);
}
