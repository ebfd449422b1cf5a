import { operations as evidence, webhooks as evidenceOfWebhooks } from '@partner-ecosystem/openapi/evidence';
import { operations } from '@partner-ecosystem/openapi/operations';
import * as schemas from '@partner-ecosystem/openapi/schemas';
import { expect, test } from 'vitest';

const text = JSON.stringify(schemas);

test('bare schemas have no annotations', () => {
  for (const { additionalProperties: _, properties = {}, ...schema } of Object.values(schemas.components)) {
    expect(Object.keys(schema)).not.toContain('description');
    expect(Object.keys(schema)).not.toContain('examples');
    expect(Object.keys(schema)).not.toContain('x-evidence');
    expect(Object.values(properties).flatMap((property) => Object.keys(property))).not.toContain(
      'description',
    );
  }
  expect(schemas.components['Status']?.['x-extensible-enum']).toContain('accept');
});

test('properties with the name of an annotation are kept', () => {
  expect(Object.keys(schemas.components['LoopBackErrorDetail']?.properties ?? {})).toContain('message');
  expect(text).toContain('"name":{"$ref"');
});

test('every reference has a component as its target', () => {
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name = '') => !(name in schemas.components))).toEqual([]);
});

test('each operation has schemas for its request and responses, and evidence', () => {
  for (const { operationId, success, errors, ...operation } of Object.values(operations)) {
    expect(operationId in schemas.requests).toBe('requestType' in operation);
    for (const status of success) expect(schemas.responses[operationId]).toHaveProperty(`${status}`);
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(['400']));
    expect(['documented', 'observed', 'inferred']).toContain(evidence[operationId].evidence);
    expect(evidence[operationId].basis).toMatch(/\.$/);
  }
  expect(Object.keys(evidenceOfWebhooks)).toEqual(Object.keys(schemas.webhooks));
});
