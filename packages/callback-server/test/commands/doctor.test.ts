import { expect, test } from 'vitest';
import { token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('the doctor passes a good machine, and prints no token', async () => {
  const path = temporaryDatabase();
  await runInProcess(['migrate'], { DATABASE_URL: `sqlite:${path}` }).exit;
  const doctor = runInProcess(['doctor'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${path}`,
    DISK_RESERVE_BYTES: '0',
  });
  expect(await doctor.exit).toBe(0);
  for (const about of ['database', 'flush', 'disk', 'clock'])
    expect(doctor.output()).toMatch(new RegExp(`^(ok|warning) +${about}: `, 'm'));
  expect(doctor.output()).not.toContain(token);
});

test('the doctor asks the running server about the database that it holds', async () => {
  const path = temporaryDatabase();
  const { url } = await serve(path);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${path}`, DISK_RESERVE_BYTES: '0' };
  const doctor = runInProcess(['doctor'], { ...settings, HOST: '0.0.0.0', PORT: new URL(url).port });
  expect(await doctor.exit).toBe(0);
  expect(doctor.output()).toMatch(/^ok +database: is open in the server at port \d+, whose writes succeed/m);
});

test('the doctor reports a database that cannot be opened, and continues', async () => {
  const path = temporaryDatabase();
  await serve(path);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${path}` };
  const doctor = runInProcess(['doctor'], { ...settings, PORT: '2' });
  expect(await doctor.exit).toBe(1);
  expect(doctor.output()).toMatch(/^failure +database: Another process has/m);
  expect(doctor.output()).toMatch(/^\w+ +clock: /m);
});

test('the doctor reports a missing database folder, and continues', async () => {
  const doctor = runInProcess(['doctor'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: 'sqlite:./no/such/folder/callbacks.db',
  });
  expect(await doctor.exit).toBe(1);
  for (const about of ['database', 'flush', 'disk'])
    expect(doctor.output()).toMatch(new RegExp(`^failure +${about}: `, 'm'));
  expect(doctor.output()).toMatch(/^ok +clock: /m);
});

test('the doctor checks the public URL with all factors', async () => {
  const factors = {
    CALLBACK_HEADER: 'X-Api-Key: not-a-real-secret-1',
    CALLBACK_BASIC: 'signzy:not-a-real-password',
  };
  const { url } = await serve(temporaryDatabase(), factors);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${temporaryDatabase()}`, PUBLIC_URL: url };
  const right = runInProcess(['doctor'], { ...settings, ...factors });
  await right.exit;
  expect(right.output()).toMatch(
    /^warning +public URL: leads to a server that admits callbacks, but by http/m,
  );
  const wrong = runInProcess(['doctor'], settings);
  await wrong.exit;
  expect(wrong.output()).toMatch(/^warning +public URL: .*401/m);
});
